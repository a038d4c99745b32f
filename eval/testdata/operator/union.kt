# columns come in the order in which they first appear
union (datatable(a: long)[1]), (datatable(b: string, a: long)["x", 2])
----
a: long  b: string
1        ""
2        "x"

# a name of two types becomes two columns
union (datatable(a: long)[1]), (datatable(a: string)["x"])
----
a_long: long  a_string: string
1             ""
null          "x"

# kind=inner keeps what all legs have
union kind=inner (datatable(a: long, b: long)[1, 2]), (datatable(a: long)[3])
----
a: long
1
3

# withsource comes first
let A = datatable(x: long)[1]; let B = datatable(x: long)[2]; union withsource=From A, B
----
From: string  x: long
"A"           1
"B"           2

# isfuzzy leaves out what is not known
union isfuzzy=true NoSuchTable, (datatable(a: long)[1])
----
a: long
1

# without it that is an error
union NoSuchTable, (datatable(a: long)[1])
----
error 1:7 KS204 The name 'NoSuchTable' does not refer to any known table, tabular variable or function.

# in a pipe
datatable(a: long)[1] | union (datatable(a: long)[2])
----
a: long
1
2
