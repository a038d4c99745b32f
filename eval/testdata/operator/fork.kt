# each branch gives a table, under its name where it has one
datatable(x: long)[1, 2, 3, 4, 5] | fork (count) few = (where x > 3)
----
table
Count: long
5
table few
x: long
4
5

# branches read the same input, and keep to themselves what they name
let T = datatable(x: long, s: string)[1, "a", 2, "b"];
T | where x > 1 | extend y = x * 10
| fork (as Q | join kind=inner Q on x | project x, s1) (project-away s) (summarize sum(y) by s)
----
table
x: long  s1: string
2        "b"
table
x: long  y: long
2        20
table
s: string  sum_y: long
"b"        20

# where the input differs from reading to reading, it is read once
range i from 1 to 3 step 1 | extend r = rand(1000000) | fork a = (summarize s = sum(r)) b = (summarize s = sum(r))
----
table a
s: real
2172780
table b
s: real
2172780

# no rows
datatable(x: long)[] | fork (count) (where x > 3)
----
table
Count: long
0
table
x: long

# nulls
datatable(x: long, s: string)[long(null), ""] | fork (where isnull(x)) (summarize count() by s)
----
table
x: long  s: string
null     ""
table
s: string  count_: long
""         1

# a single branch
print x = 1 | fork (extend y = 2)
----
x: long  y: long
1        2

# a branch may begin with an operator that is a source elsewhere
print x = 1 | fork (union (print x = 2) | sort by x asc) (search "nothing")
----
table
x: long
1
2
table
x: long

# render and names of statements around it
let q = print x = 1 | fork (count) only = (project x);
q
----
table
Count: long
1
table only
x: long
1

# a function may give several tables, and materialize() keeps them
let f = (n: long) { materialize(range x from 1 to n step 1 | fork (count) (summarize sum(x))) };
f(4)
----
table
Count: long
4
table
sum_x: long
10

# each statement gives its tables
print a = 1;
print b = 2 | fork (count) (project b)
----
table
a: long
1
table
Count: long
1
table
b: long
2

# its branches are checked
datatable(x: long)[1] | fork (where y == 1) (count)
----
error 1:37 KS142 The name 'y' does not refer to any known column, table, variable or function.

# a branch has no input of its own
datatable(x: long)[1] | fork (print y = 1)
----
error 1:31 KS176 an operator is expected here: the input of the subquery is implied

# no branch may fork
datatable(x: long)[1] | fork (fork (count) (take 1)) (count)
----
error 1:31 KS177 one table is expected here, not several (fork, facet and graph-to-table of both stand last in a query only)

# no operator takes several tables
datatable(x: long)[1] | fork (count) (take 1) | count
----
error 1:49 count needs one table, and what stands before it gives several (end the query with the operator that gives several)

# and no other table is made of them
let q = datatable(x: long)[1] | fork (count) (take 1);
union q, (print x = 1)
----
error 2:7 KS177 one table is expected here, not several (fork, facet and graph-to-table of both stand last in a query only)
