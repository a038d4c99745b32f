# project-rename keeps the place
datatable(a: long, b: long)[1, 2] | project-rename z = a
----
z: long  b: long
1        2

# two names at once
datatable(a: long, b: long)[1, 2] | project-rename x = b, y = a
----
y: long  x: long
1        2

# nulls stay null
datatable(a: long)[long(null)] | project-rename z = a
----
z: long
null

# no rows
datatable(a: long)[] | project-rename z = a
----
z: long

# a column that is not there
datatable(a: long)[1] | project-rename z = b
----
error 1:44 KS109 The name 'b' does not refer to any known column.

# a name that there is already
datatable(a: long, b: long)[1, 2] | project-rename b = a
----
error 1:52 KS171 there is a column 'b' already

# a column that is renamed twice has its first new name
datatable(a: long, b: long)[1, 2] | project-rename x = a, y = a
----
x: long  b: long
1        2
