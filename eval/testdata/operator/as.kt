# as names the rows so far
range x from 1 to 2 step 1 | as T | where x == toscalar(T | summarize max(x))
----
x: long
2

# nulls and empty texts are kept
datatable(x: long, s: string)[long(null), ""] | as T | union T
----
x: long  s: string
null     ""
null     ""

# no rows
datatable(x: long)[] | as T | join kind=inner T on x
----
x: long  x1: long

# the name is known behind it
range x from 1 to 2 step 1 | as T;
T | count
----
table T
x: long
1
2
table
Count: long
2

# and not before
T | where x == 1 | as T
----
error 1:1 KS204 The name 'T' does not refer to any known table, tabular variable or function.
