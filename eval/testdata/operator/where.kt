# where keeps the rows for which the predicate is true
datatable(a: long)[1, 2, 3] | where a >= 2
----
a: long
2
3

# null is not true, and != holds against null
datatable(a: int)[5, int(null), 6] | where a != 5
----
a: int
null
6

# not(x == 5) keeps the null as well, since null == 5 is false
datatable(a: int)[5, int(null), 6] | where not(a == 5)
----
a: int
null
6

# filter is another word for it
datatable(s: string)["x", "y"] | filter s == "y"
----
s: string
"y"

# and, or in three-valued logic
print x = iff(bool(null) and true, 1, 2), y = iff(bool(null) or true, 1, 2)
----
x: long  y: long
2        1

# a constant predicate
range x from 1 to 3 step 1 | where false
----
x: long

# * stands for any column
datatable(a: string, b: string)["x", "needle", "y", "z"] | where * has "needle"
----
a: string  b: string
"x"        "needle"

# no rows
datatable(a: long)[] | where a > 0
----
a: long

# a predicate that is no bool
print a = 1 | where a
----
error 1:21 KS141 the expression must have the type bool, not long (compare it, or convert it with tobool())

# a dynamic value is none either
print d = dynamic(true) | where d
----
error 1:33 KS141 the expression must have the type bool, not dynamic (compare it, or convert it with tobool())
