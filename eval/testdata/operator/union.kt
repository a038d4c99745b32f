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

# nulls where a leg lacks a column
union (datatable(a: long, t: datetime)[1, datetime(null)]), (datatable(s: string)["x"])
----
a: long  t: datetime  s: string
1        null         ""
null     null         "x"

# no rows
union (datatable(a: long)[]), (datatable(a: long)[])
----
a: long

# a column of several types gives way to one that has its name
union (print x = 1), (print x = toint(2)), (print x_long = 3)
----
x_long1: long  x_int: int  x_long: long
1              null        null
null           2           null
null           null        3

# views by a pattern
let V1 = view () { print x = 1 }; let V2 = view () { print x = 2 }; union withsource=From V*
| sort by From asc
----
From: string  x: long
"V1"          1
"V2"          2

# isfuzzy with no table left
union isfuzzy=true NoSuchTable1, NoSuchTable2
----
error 1:20 KS204 The name 'NoSuchTable1' does not refer to any known table, tabular variable or function.
error 1:34 KS204 The name 'NoSuchTable2' does not refer to any known table, tabular variable or function.
