# take
range x from 1 to 10 step 1 | take 2
----
x: long
1
2

# a number of rows is an integer
range x from 1 to 10 step 1 | take 1.5
----
error 1:36 KS134 a number of rows must be an integer, not real

# rows of nulls are rows
datatable(x: long)[long(null), 1] | take 1
----
x: long
null

# no rows, or none wanted
range x from 1 to 3 step 1 | limit 0
----
x: long

# a number that a let gives
let n = 2; range x from 1 to 3 step 1 | take n
----
x: long
1
2

# a column is no number of rows
range x from 1 to 3 step 1 | take x
----
error 1:35 KS142 The name 'x' does not refer to any known column, table, variable or function.
