# the subquery runs once for each row
datatable(k: string, v: dynamic)["a", dynamic([3, 1, 2]), "b", dynamic([5])] | mv-apply x = v to typeof(long) on (top 1 by x)
----
k: string  v: dynamic  x: long
"a"        [3,1,2]     3
"b"        [5]         5

# a row without elements is gone, even under summarize
datatable(k: string, v: dynamic)["a", dynamic([]), "b", dynamic([5, 6])] | mv-apply x = v to typeof(long) on (summarize sum(x))
----
k: string  v: dynamic  sum_x: long
"b"        [5,6]       11

# the row around it is in reach
datatable(n: long, v: dynamic)[10, dynamic([1, 2])] | mv-apply x = v to typeof(long) on (project y = x * n)
----
n: long  v: dynamic  y: long
10       [1,2]       10
10       [1,2]       20
