# rows of the left side with what the right side knows of their key, which stands once
let facts = datatable(id: long, n: long)[1, 10, 2, 20, 3, 30];
let names = datatable(id: long, name: string)[1, "a", 2, "b"];
facts | lookup names on id
----
id: long  n: long  name: string
1         10       "a"
2         20       "b"
3         30       ""

# kind=inner leaves out rows without a match
let facts = datatable(id: long, n: long)[1, 10, 3, 30];
facts | lookup kind=inner (datatable(id: long, name: string)[1, "a"]) on id
----
id: long  n: long  name: string
1         10       "a"

# keys of other names
datatable(a: long)[1, 2] | lookup (datatable(b: long, name: string)[1, "x"]) on $left.a == $right.b
----
a: long  name: string
1        "x"
2        ""

# a name that both sides have is numbered
datatable(id: long, v: long)[1, 10] | lookup (datatable(id: long, v: long)[1, 20]) on id
----
id: long  v: long  v1: long
1         10       20

# several matches give several rows
datatable(id: long)[1] | lookup (datatable(id: long, s: string)[1, "a", 1, "b"]) on id
----
id: long  s: string
1         "a"
1         "b"

# a null key matches none
datatable(id: long)[long(null), 1] | lookup (datatable(id: long, s: string)[long(null), "null", 1, "one"]) on id
----
id: long  s: string
null      ""
1         "one"

# no rows on either side
datatable(id: long)[] | lookup (datatable(id: long, s: string)[]) on id
----
id: long  s: string

# no rows on the right
datatable(id: long)[1] | lookup (datatable(id: long, s: string)[]) on id
----
id: long  s: string
1         ""

# other kinds of join
datatable(id: long)[1] | lookup kind=fullouter (datatable(id: long)[1]) on id
----
error 1:33 KS005 lookup has no kind 'fullouter' (write inner or leftouter)

# a key that is not there
datatable(id: long)[1] | lookup (datatable(k: long)[1]) on id
----
error 1:60 KS142 The name 'id' does not refer to any known column.
