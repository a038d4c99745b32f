# it marks the order of the rows as meant
datatable(x: long)[3, 1, 2] | serialize | extend n = row_number()
----
x: long  n: long
3        1
1        2
2        3

# it may add columns, which look around
datatable(x: long)[3, 1, 2] | serialize n = row_number(), before = prev(x)
----
x: long  n: long  before: long
3        1        null
1        2        3
2        3        1

# a null before the first row
datatable(x: long)[long(null), 1] | serialize p = prev(x), s = row_cumsum(x)
----
x: long  p: long  s: long
null     null     0
1        null     1

# no rows
datatable(x: long)[] | serialize n = row_number()
----
x: long  n: long

# an order is lost where rows are grouped
datatable(x: long)[3, 1] | serialize | summarize count() by x | extend n = row_number()
----
error 1:76 row_number() needs rows in a fixed order (put sort or serialize before it)

# columns are those of the input
datatable(x: long)[1] | serialize y = z
----
error 1:39 KS142 The name 'z' does not refer to any known column, table, variable or function.

# a column that is there stays, and the new one is numbered
datatable(x: long)[3, 1] | serialize x = row_number(), x, bin(x, 2)
----
x: long  x1: long  x2: long
3        1         2
1        2         0

# a name twice
datatable(x: long)[3, 1] | serialize n = row_number(), n = x
----
error 1:56 KS171 the column 'n' is made twice
