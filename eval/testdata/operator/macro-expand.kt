# a group of one database is the data at hand
macro-expand entity_group [database('d')] as X (print a = 1 | extend d = X.$current_database)
----
a: long  d: string
1        "d"

# a group may be named
let G = entity_group [database('d')];
macro-expand kind=outer G as X (let b = 2; print a = b) | extend c = a + 1
----
a: long  c: long
2        3

# several databases
let G = entity_group [database('a'), database('b')];
macro-expand G as X (print a = 1)
----
error 2:14 macro-expand cannot run here: the group has several databases, and there is one at hand

# a cluster
macro-expand entity_group [cluster('a').database('b')] as X (X.T)
----
error 1:28 macro-expand cannot run here: it reads from another cluster

# a table that there is not
macro-expand entity_group [database('d')] as X (X.T | count)
----
error 1:51 KS204 The name 'T' does not refer to any known table, tabular variable or function.

# what is no group
macro-expand G as X (print a = 1)
----
error 1:14 KS204 a group of databases is expected here (write entity_group [database('name')])

# what only the service knows
macro-expand entity_group [database('d')] as X (print c = X.$current_cluster_endpoint)
----
error 1:61 $current_cluster_endpoint cannot run here: it asks the service about itself

# nulls and no rows
macro-expand entity_group [database("d")] as X (print n = long(null), d = X.$current_database)
----
n: long  d: string
null     "d"

# no rows
macro-expand entity_group [database("d")] as X (print n = 1 | where false)
----
n: long
