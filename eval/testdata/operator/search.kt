# a term in any column
datatable(a: string, b: long)["red fox", 1, "blue", 12] | search "fox"
----
a: string  b: long
"red fox"  1

# in numbers too
datatable(a: string, b: long)["red fox", 1, "blue", 12] | search "12"
----
a: string  b: long
"blue"     12

# terms are whole words
datatable(a: string)["redfox"] | search "fox"
----
a: string

# stars leave an end open
datatable(a: string)["redfox", "foxes", "fox", "dog"] | search "fox*"
----
a: string
"foxes"
"fox"

# at both ends
datatable(a: string)["redfoxes", "dog"] | search "*fox*"
----
a: string
"redfoxes"

# in the middle
datatable(a: string)["find the red fox", "fox red"] | search "red*fox"
----
a: string
"find the red fox"

# in one column
datatable(a: string, b: string)["x", "y", "y", "x"] | search a: "x"
----
a: string  b: string
"x"        "y"

# with conditions
datatable(a: string, b: long)["x", 1, "x", 2] | search "x" and b == 2
----
a: string  b: long
"x"        2

# tables by name; $table says which
let A = datatable(a: string)["x 1", "y"]; let B = datatable(b: long)[1, 2]; search in (A, B) "1"
----
$table: string  a: string  b: long
"A"             "x 1"      null
"B"             ""         1

# with regard to case
datatable(a: string)["Fox", "fox"] | search kind=case_sensitive "fox"
----
a: string
"fox"

# nothing to search
search "x"
----
error 1:1 KS204 there is no table to search

# nulls and empty texts hold no term
let A = datatable(s: string, n: long)["", long(null), "needle", 1]; search in (A) "needle"
----
$table: string  s: string  n: long
"A"             "needle"   1

# tables behind a pipe
print s = "x" | search in (T) "x"
----
error 1:17 KS175 search in (…) must be the first operator of a query: here the rows come through the pipe (leave the tables out)
