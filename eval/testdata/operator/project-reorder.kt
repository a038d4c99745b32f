# project-reorder with a pattern in order of the numbers
datatable(b: long, a10: long, a2: long)[1, 2, 3] | project-reorder a* granny-asc
----
a2: long  a10: long  b: long
3         2          1

# columns not named follow
datatable(a: long, b: long, c: long)[1, 2, 3] | project-reorder c
----
c: long  a: long  b: long
3        1        2

# in order of names, up and down
datatable(b: long, c: long, a: long)[1, 2, 3] | project-reorder * desc
----
c: long  b: long  a: long
2        1        3

# nulls are moved along
datatable(a: long, b: long)[1, long(null)] | project-reorder b
----
b: long  a: long
null     1

# no rows
datatable(a: long, b: long)[] | project-reorder b, a
----
b: long  a: long

# a column that is not there
datatable(a: long)[1] | project-reorder b
----
error 1:41 KS109 The name 'b' does not refer to any known column.
