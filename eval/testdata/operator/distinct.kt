# distinct
datatable(a: long, b: long)[1, 1, 1, 1, 2, 1] | distinct a, b
----
a: long  b: long
1        1
2        1

# a star stands for all columns
datatable(a: long, b: string)[1, "x", 1, "x", 1, "y"] | distinct *
----
a: long  b: string
1        "x"
1        "y"

# an expression and its name
datatable(a: string)["x", "X"] | distinct lower = tolower(a)
----
lower: string
"x"

# nulls are equal, and so are empty texts
datatable(a: long, s: string)[long(null), "", long(null), "", 1, ""] | distinct a, s
----
a: long  s: string
null     ""
1        ""

# no rows
datatable(a: long)[] | distinct a
----
a: long

# a dynamic value
datatable(d: dynamic)[dynamic([1])] | distinct d
----
error 1:39 KS116 'd' is dynamic, of which there is no distinct (convert it with tostring())

# a column that is not there
datatable(a: long)[] | distinct b
----
error 1:33 KS142 The name 'b' does not refer to any known column, table, variable or function.
