# fork gives several tables
datatable(x: long)[1] | fork (count) few = (where x > 3)
----
error 1:25 fork cannot run here: it gives several tables, where one is wanted (run each of its branches as a query)

# its branches are checked
datatable(x: long)[1] | fork (where y == 1) (count)
----
error 1:25 fork cannot run here: it gives several tables, where one is wanted (run each of its branches as a query)
error 1:37 KS142 The name 'y' does not refer to any known column, table, variable or function.

# facet gives several tables
datatable(x: long)[1] | facet by x with (take 1)
----
error 1:25 facet cannot run here: it gives several tables, where one is wanted (run summarize count() by each of its columns as a query)

# its columns and its subquery are checked
datatable(x: long)[1] | facet by y with (where z == 1)
----
error 1:25 facet cannot run here: it gives several tables, where one is wanted (run summarize count() by each of its columns as a query)
error 1:34 KS142 The name 'y' does not refer to any known column, table, variable or function.
error 1:48 KS142 The name 'z' does not refer to any known column, table, variable or function.
