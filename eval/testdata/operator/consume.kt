# it reads its input and gives no rows and no columns
range x from 1 to 3 step 1 | consume
----
no columns, 0 rows

# nulls and no rows are read alike
datatable(x: long)[long(null)] | consume
| count
----
Count: long
0

# what it reads runs
datatable(x: long)[] | consume decodeblocks=true
----
no columns, 0 rows

# but there are no columns to speak of behind it
print x = 1 | consume | project x
----
error 1:33 KS142 The name 'x' does not refer to any known column, table, variable or function.
