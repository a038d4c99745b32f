# top
datatable(a: long, b: string)[1, "x", 2, "y", 2, "z"] | top 1 by a
----
a: long  b: string
2        "y"

# by one expression only
datatable(a: long, b: string)[1, "x", 2, "y"] | top 1 by a desc, b asc
----
error 1:64 KS198 The incomplete fragment is unexpected

# which may be computed
datatable(s: string)["bbb", "a"] | top 1 by strlen(s) asc
----
s: string
"a"

# nulls stand last unless told otherwise
datatable(a: long)[long(null), 3, 1] | top 3 by a
----
a: long
3
1
null

# or first
datatable(a: long)[long(null), 3, 1] | top 1 by a nulls first
----
a: long
null

# no rows
datatable(a: long)[] | top 2 by a
----
a: long

# none wanted
datatable(a: long)[1] | top 0 by a
----
a: long

# a dynamic value has no order
print d = dynamic(1) | top 1 by d
----
error 1:33 KS116 the rows cannot be sorted by a dynamic value (convert it with tostring() or tolong())

# a number of rows is an integer
print a = 1 | top 1.5 by a
----
error 1:19 KS134 a number of rows must be an integer, not real
