# the first rows, and how many there are
range x from 1 to 5 step 1 | evaluate preview(2)
----
table
x: long
1
2
table
Count: long
5

# nulls
datatable(x: long)[long(null)] | evaluate preview(1)
----
table
x: long
null
table
Count: long
1

# no rows
datatable(x: long)[] | evaluate preview(1)
----
table
x: long
table
Count: long
0

# no operator takes both tables
range x from 1 to 5 step 1 | evaluate preview(2) | count
----
error 1:52 count needs one table, and what stands before it gives several (end the query with the operator that gives several)

# a number of rows is needed
print x = 1 | evaluate preview()
----
error 1:24 KS119 preview needs an argument for 'NumberOfRows'
