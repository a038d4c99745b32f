# project keeps the order listed
datatable(a: long, b: string)[1, "x"] | project b, a, c = a + 1
----
b: string  a: long  c: long
"x"        1        2

# project-away, by name and by pattern
datatable(a1: long, a2: long, b: long)[1, 2, 3] | project-away a*
----
b: long
3

# project-keep keeps the order of the input
datatable(a: long, b: long, c: long)[1, 2, 3] | project-keep c, a
----
a: long  c: long
1        3

# project-rename keeps the place
datatable(a: long, b: long)[1, 2] | project-rename z = a
----
z: long  b: long
1        2

# project-reorder with a pattern in order of the numbers
datatable(b: long, a10: long, a2: long)[1, 2, 3] | project-reorder a* granny-asc
----
a2: long  a10: long  b: long
3         2          1

# one name twice
datatable(a: long)[1] | project a, a
----
error 1:36 KS171 the column 'a' is made twice
