# every expression sees the columns of the input only
datatable(Name: string)["alice@contoso.com"]
| extend Name = tostring(split(Name, "@")[0]), Suffix = iff(Name contains "@", tostring(split(Name, "@")[1]), "")
----
Name: string  Suffix: string
"alice"       "contoso.com"

# a column of the same name is replaced where it stands, and may change its type
datatable(a: int, b: string)[1, "2"] | extend a = tostring(a), c = strlen(b)
----
a: string  b: string  c: long
"1"        "2"        1

# unnamed expressions are named as Kusto names them
datatable(d: dynamic, s: string)[dynamic({"a": {"b": 1}}), "x"] | extend d.a.b, tolower(s), strlen(s), tostring(d["a"])
----
d: dynamic     s: string  d_a_b: dynamic  Column1: string  strlen_s: long  d_a: string
{"a":{"b":1}}  "x"        1               "x"              1               "{\"b\":1}"

# columns that are computed twice are computed once
range x from 1 to 2 step 1 | extend y = x * 10 | extend z = y + y
----
x: long  y: long  z: long
1        10       20
2        20       40

# null in, null out; texts have none
datatable(a: long, s: string)[long(null), ""] | extend b = a + 1, c = strcat(s, "x"), d = isnull(a)
----
a: long  s: string  b: long  c: string  d: bool
null     ""         null     "x"        True

# no rows
datatable(a: long)[] | extend b = a * 2
----
a: long  b: long

# a name twice
print a = 1 | extend b = 1, b = 2
----
error 1:29 KS171 the column 'b' is made twice

# a column that is made beside it is not there yet
print a = 1 | extend b = 2, c = b
----
error 1:33 KS142 The name 'b' does not refer to any known column, table, variable or function.

# types that do not go together
print a = 1, s = "x" | extend b = a + s
----
error 1:35 KS106 the operator '+' cannot be used on long and string (join texts with strcat())
