# rows that do not fit are dropped
datatable(s: string)["a=1;", "a=x;", "b=1;"] | parse-where s with "a=" a: long ";"
----
s: string  a: long
"a=1;"     1

# kind=relaxed keeps those whose column is not of its type
datatable(s: string)["a=1;", "a=x;", "b=1;"] | parse-where kind=relaxed s with "a=" a: long ";"
----
s: string  a: long
"a=1;"     1
"a=x;"     null

# kind=regex
datatable(s: string)["id=7", "id=seven"] | parse-where kind=regex s with "id=" id: long
----
s: string  id: long
"id=7"     7

# an empty text fits no pattern that has any text
datatable(s: string, n: long)["", long(null), "a=1", 2] | parse-where s with "a=" a: long
----
s: string  n: long  a: long
"a=1"      2        1

# no rows
datatable(s: string)[] | parse-where s with "a=" a: long
----
s: string  a: long

# a column that is not there
print s = "a" | parse-where t with "a" b
----
error 1:29 KS142 The name 't' does not refer to any known column, table, variable or function.
