# project keeps the order listed
datatable(a: long, b: string)[1, "x"] | project b, a, c = a + 1
----
b: string  a: long  c: long
"x"        1        2

# one name twice
datatable(a: long)[1] | project a, a
----
error 1:36 KS171 the column 'a' is made twice

# null and the empty string
datatable(a: long, s: string)[long(null), ""] | project s, a, isnull(a), isempty(s)
----
s: string  a: long  Column1: bool  Column2: bool
""         null     True           True

# no rows
datatable(a: long)[] | project b = a + 1
----
b: long

# unnamed columns
datatable(a: long, s: string)[1, "x"] | project a + 1, tostring(a), strlen(s), toupper(s)
----
Column1: long  a: string  strlen_s: long  Column2: string
2              "1"        1               "X"

# a column that is not there
datatable(a: long)[1] | project b
----
error 1:33 KS142 The name 'b' does not refer to any known column, table, variable or function.
