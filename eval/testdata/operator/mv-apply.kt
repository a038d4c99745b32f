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

# a name given within is used beside it
datatable(n: long, v: dynamic)[10, dynamic([1, 2]), 20, dynamic([3])] | mv-apply x = v to typeof(long) on (as P | join kind=inner (P | summarize m = max(x) by one = 1 | project m) on $left.x == $right.m)
----
n: long  v: dynamic  x: long  m: long
10       [1,2]       2        2
20       [3]         3        3

# but not within toscalar(), which is computed once
datatable(n: long, v: dynamic)[10, dynamic([1, 2])] | mv-apply x = v to typeof(long) on (as P | extend z = toscalar(P | count))
----
error 1:117 'P' differs from row to row, and cannot be used outside of the rows that it is made for

# nor within another row
datatable(v: dynamic, w: dynamic)[dynamic([1, 2]), dynamic([3])] | mv-apply x = v on (as P | mv-apply y = w on (union P))
----
error 1:119 'P' differs from row to row, and cannot be used outside of the rows that it is made for

# toscalar() does not reach the row around it
datatable(n: long, v: dynamic)[10, dynamic([1, 2])] | mv-apply x = v to typeof(long) on (extend z = toscalar(print n))
----
error 1:116 'toscalar': can't use 'n' as it is defined outside its row-context scope.

# a list made of the row around it is made for each row
datatable(n: long, v: dynamic)[1, dynamic([1, 2]), 2, dynamic([1, 2])] | mv-apply x = v to typeof(long) on (where x in ((print n)))
----
n: long  v: dynamic  x: long
1        [1,2]       1
2        [1,2]       2

# the columns of bag_unpack must be the same for all rows
print v = dynamic([{"a": 1}]) | mv-apply x = v on (evaluate bag_unpack(x))
----
error 1:61 bag_unpack would give other columns for each row around it (write its columns: evaluate bag_unpack(…) : (a: string, b: long))

# so they have to be written
print v = dynamic([{"a": 1}, {"a": 2}]) | mv-apply x = v on (evaluate bag_unpack(x) : (a: long))
----
v: dynamic         a: long
[{"a":1},{"a":2}]  1
[{"a":1},{"a":2}]  2

# an empty array gives no rows, a null one
datatable(id: long, d: dynamic)[1, dynamic(null), 2, dynamic([]), 3, dynamic([5])] | mv-apply v = d to typeof(long) on (project v)
----
id: long  d: dynamic  v: long
1         null        null
3         [5]         5

# no rows
datatable(d: dynamic)[] | mv-apply d on (count)
----
Count: long

# what is expanded stands among the columns of the subquery, and others where they stood
datatable(d: dynamic, k: long, s: string)[dynamic([1, 2]), 7, "a,b"] | mv-apply d to typeof(long) on (extend e = d + k)
----
k: long  s: string  d: long  e: long
7        "a,b"      1        8
7        "a,b"      2        9

# a computed array leaves the column that it is named by where it stands
datatable(s: string, k: long)["a,b", 7] | mv-apply split(s, ",") to typeof(string) on (where s != "a")
----
s: string  k: long
"b"        7
