# what is read here can be counted exactly
range x from 1 to 5 step 1 | evaluate estimate_rows_count()
----
EstimatedRowsCount: long
5

# rows of nulls count
datatable(x: long)[long(null)] | evaluate estimate_rows_count()
----
EstimatedRowsCount: long
1

# no rows
datatable(x: long)[] | evaluate estimate_rows_count()
----
EstimatedRowsCount: long
0

# it takes no arguments
print x = 1 | evaluate estimate_rows_count(x)
----
error 1:44 KS119 estimate_rows_count takes 0 arguments
