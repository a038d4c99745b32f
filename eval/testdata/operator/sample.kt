# so many rows, any of them
range x from 1 to 100 step 1 | sample 5 | count
----
Count: long
5

# fewer where there are no more
range x from 1 to 2 step 1 | sample 5
----
x: long
1
2

# null rows are rows
datatable(x: long)[long(null)] | sample 1
----
x: long
null

# none
range x from 1 to 5 step 1 | sample 0
----
x: long

# no rows
datatable(x: long)[] | sample 3
----
x: long

# a number of rows is an integer
range x from 1 to 5 step 1 | sample "a"
----
error 1:37 KS134 a number of rows must be an integer, not string
