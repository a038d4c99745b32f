# project-away, by name and by pattern
datatable(a1: long, a2: long, b: long)[1, 2, 3] | project-away a*
----
b: long
3

# nulls in what stays
datatable(a: long, b: long)[1, long(null)] | project-away a
----
b: long
null

# no rows
datatable(a: long, b: long)[] | project-away a
----
b: long

# all columns
datatable(a: long)[1] | project-away *
----
no columns, 1 rows

# a pattern without a match takes none away
datatable(a: long)[1] | project-away zz*
----
a: long
1

# a column that is not there
datatable(a: long)[1] | project-away b
----
error 1:38 KS109 The name 'b' does not refer to any known column.
