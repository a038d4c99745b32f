# names, patterns and arrays of them, in their order
print a = 1, b1 = 2, b2 = 3 | project-by-names "b*", dynamic(["a", "none"])
----
b1: long  b2: long  a: long
2         3         1

# the names of another table
let T = print b = 1, a = 2; print a = 1, b = 2, c = 3 | project-by-names column_names_of(T)
----
b: long  a: long
2        1

# nulls in what stays
datatable(a: long, b: long)[long(null), 1] | project-by-names "a"
----
a: long
null

# no rows
datatable(a: long, b: long)[] | project-by-names "b"
----
b: long

# a number names no column
datatable(a: long)[1] | project-by-names 1
----
no columns, 1 rows

# an expression that is not there
datatable(a: long)[1] | project-by-names b
----
error 1:42 KS142 The name 'b' does not refer to any known column, table, variable or function.
