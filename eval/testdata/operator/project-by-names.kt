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
