# project-keep keeps the order of the input
datatable(a: long, b: long, c: long)[1, 2, 3] | project-keep c, a
----
a: long  c: long
1        3

# a pattern
datatable(a1: long, b: long, a2: long)[1, 2, 3] | project-keep a*
----
a1: long  a2: long
1         3

# nulls in what stays
datatable(a: long, b: long)[1, long(null)] | project-keep b
----
b: long
null

# no rows
datatable(a: long, b: long)[] | project-keep b
----
b: long

# a column that is not there
datatable(a: long)[1] | project-keep b
----
error 1:38 KS109 The name 'b' does not refer to any known column.
