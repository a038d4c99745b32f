# count, also under another name
range x from 1 to 3 step 1 | count as n
----
n: long
3

# rows of nulls count
datatable(x: long)[long(null), long(null)] | count
----
Count: long
2

# of no rows there are 0
datatable(x: long)[] | count
----
Count: long
0

# the name is Count
range x from 1 to 3 step 1 | count | project Count + 1
----
Column1: long
4

# the columns are gone
range x from 1 to 3 step 1 | count | project x
----
error 1:46 KS142 The name 'x' does not refer to any known column, table, variable or function.
