# a table for each column, with the number of rows of each value
datatable(s: string, n: long)["a", 1, "b", 1, "a", 2] | facet by s, n
----
table s
s: string  count_s: long
"a"        2
"b"        1
table n
n: long  count_n: long
1        2
2        1

# the subquery behind with gives the first table
datatable(s: string, n: long)["a", 1, "b", 1, "a", 2] | where n < 3 | facet by s with (where s == "a" | project n)
----
table
n: long
1
2
table s
s: string  count_s: long
"a"        2
"b"        1

# the subquery may stand without parentheses
datatable(s: string, n: long)["a", 1, "b", 1] | facet by n with count
----
table
Count: long
2
table n
n: long  count_n: long
1        2

# null and the empty string are values
datatable(s: string, n: long)["", 1, "b", long(null), "", long(null)] | facet by s, n
----
table s
s: string  count_s: long
""         2
"b"        1
table n
n: long  count_n: long
1        1
null     2

# no rows
datatable(s: string, n: long)[] | facet by s
----
s: string  count_s: long

# a path into a dynamic value
datatable(d: dynamic)[dynamic({"k": 1})] | facet by d.k
----
error 1:53 KS116 'd_k' is dynamic, by which rows cannot be counted (convert it with tostring())

# a dynamic column
datatable(d: dynamic)[dynamic([1])] | facet by d
----
error 1:48 KS116 'd' is dynamic, by which rows cannot be counted (convert it with tostring())

# a column and a subquery are checked
datatable(x: long)[1] | facet by y with (where z == 1)
----
error 1:34 KS142 The name 'y' does not refer to any known column, table, variable or function.
error 1:48 KS142 The name 'z' does not refer to any known column, table, variable or function.

# no operator takes several tables
datatable(x: long)[1] | facet by x with (take 1) | count
----
error 1:52 count needs one table, and what stands before it gives several (end the query with the operator that gives several)
