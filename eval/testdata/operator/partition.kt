# the subquery runs over each part
datatable(k: string, n: long)["a", 1, "b", 5, "a", 3, "b", 2, "a", 2] | partition by k (top 2 by n)
----
k: string  n: long
"a"        3
"a"        2
"b"        5
"b"        2

# the columns are those of the subquery
datatable(k: string, n: long)["a", 1, "b", 5, "a", 3] | partition hint.strategy=native by k (summarize total = sum(n), rows = count())
----
total: long  rows: long
4            2
5            1

# the column may be gone, its value is a constant
datatable(k: string, n: long)["a", 1, "b", 5, "a", 3] | partition hint.strategy=shuffle by k (summarize total = sum(n) | extend part = k)
----
total: long  part: string
4            "a"
5            "b"

# in braces the subquery reads a table of its own
let U = datatable(k: string, m: long)["a", 10, "b", 20, "c", 30];
datatable(x: string)["b", "a", "b"] | partition hint.strategy=legacy by x { U | where k == x }
----
k: string  m: long
"b"        20
"a"        10

# a part may be named; what toscalar() makes of it is that part's
datatable(k: string, n: long)["a", 1, "b", 5, "a", 3]
| partition by k (as P | extend share = n * 100.0 / toscalar(P | summarize sum(n)))
----
k: string  n: long  share: real
"a"        1        25
"a"        3        75
"b"        5        100

# and so is what in and materialize() make of it
datatable(k: string, n: long)["a", 1, "b", 5, "a", 3]
| partition by k (as P | where n in ((P | summarize max(n))) | join kind=inner (materialize(P | summarize c = count() by k)) on k)
----
k: string  n: long  k1: string  c: long
"a"        3        "a"         2
"b"        5        "b"         1

# null is a part, as is the empty string; parts are in the order in which they come
datatable(k: long, s: string)[long(null), "", 2, "x", long(null), "y"] | partition by k (summarize make_list(s))
----
list_s: dynamic
["","y"]
["x"]

# without rows there are no parts
datatable(k: string)[] | partition by k (count)
----
Count: long

# a part without rows in the result is gone
datatable(k: string, n: long)["a", 1, "b", 5] | partition by k (where n > 1)
----
k: string  n: long
"b"        5

# the value is in reach of what is joined
datatable(k: long, s: string)[1, "x", 2, "y"] | partition by k (join kind=inner (range j from 1 to 3 step 1 | where j >= k) on $left.k == $right.j)
----
k: long  s: string  j: long
1        "x"        1
2        "y"        2

# the value is in reach of toscalar(), and of functions
let f = (a: long) { range i from 1 to a step 1 };
datatable(k: long)[1, 2] | partition by k { f(k) | extend c = toscalar(print k * 10) }
----
i: long  c: long
1        10
1        20
2        20

# parts within parts
datatable(a: string, b: string, n: long)["x", "p", 1, "x", "q", 2, "y", "p", 3, "x", "p", 4]
| partition by a (partition by b (summarize sum(n) by key = strcat(a, b)))
----
key: string  sum_n: long
"xp"         5
"xq"         2
"yp"         3

# within the subquery of mv-apply
datatable(n: long, v: dynamic)[10, dynamic([1, 2, 1])] | mv-apply x = v to typeof(long) on (partition by x (summarize c = count() * n by x))
----
n: long  v: dynamic  x: long  c: long
10       [1,2,1]     1        20
10       [1,2,1]     2        10

# several parts may be joined with one another
datatable(k: string, n: long)["a", 1, "b", 5, "a", 3] | partition by k (summarize n = max(n) by k) | as Q | join kind=inner (Q) on n
----
k: string  n: long  k1: string  n1: long
"a"        3        "a"         3
"b"        5        "b"         5

# the engine's own word
datatable(k: string, n: long)["a", 1, "b", 5, "a", 3] | __partitionby k (count)
----
Count: long
2
1

# and with an id
datatable(k: string)["a"] | __partitionby k id guid(74be27de-1e4e-49d9-b579-fe0b331d3642) (count)
----
Count: long
1

# a column that there is not
datatable(key: string)["a"] | partition by keys (count)
----
error 1:44 KS142 The name 'keys' does not refer to any known column, table, variable or function. (did you mean key?)

# not a column
datatable(d: dynamic)[dynamic({})] | partition by d.a (count)
----
error 1:51 KS109 partition needs the name of a column (extend the input with a column of this value)

# a dynamic column
datatable(d: dynamic)[dynamic({})] | partition by d (count)
----
error 1:51 KS116 'd' is dynamic, by which there are no parts (extend the input with tostring() of it)

# other columns are no constants
datatable(k: string, n: long)["a", 1] | partition by k { print n }
----
error 1:64 KS142 The name 'n' does not refer to any known column, table, variable or function.

# the name of a part ends with it
datatable(k: string)["a"] | partition by k (as P) | union P
----
error 1:59 KS204 The name 'P' does not refer to any known table, tabular variable or function.

# a scalar in braces
datatable(k: string)["a"] | partition by k { k }
----
error 1:46 KS204 'k' is a scalar where a table is expected

# the operators within are checked
datatable(k: string)["a"] | partition by k (where z == 1)
----
error 1:51 KS142 The name 'z' does not refer to any known column, table, variable or function.

# union, search and evaluate take the part
datatable(k: string, n: long)["a", 1, "b", 5] | partition by k (union (print m = 2)) | extend s = "union"
| union (datatable(k: string, n: long)["a", 1, "b", 5] | partition by k (search "b") | project k, s = "search"), (datatable(k: string, n: long)["a", 1] | partition by k (evaluate narrow()))
----
k: string  n: long  m: long  s: string  Row: long  Column: string  Value: string
"a"        1        null     "union"    null       ""              ""
""         null     2        "union"    null       ""              ""
"b"        5        null     "union"    null       ""              ""
""         null     2        "union"    null       ""              ""
"b"        null     null     "search"   null       ""              ""
""         null     null     ""         0          "k"             "a"
""         null     null     ""         0          "n"             "1"

# a table within parentheses
datatable(k: string)["a"] | partition by k (print 1)
----
error 1:45 KS176 an operator is expected here: the input of the subquery is implied

# the columns of bag_unpack are those of all parts
datatable(k: string, d: dynamic)["a", dynamic({"x": 1}), "b", dynamic({"y": "z"})] | partition by k (evaluate bag_unpack(d))
----
k: string  x: long  y: string
"a"        1        ""
"b"        null     "z"

# pivot within a part, beside the value of the column
datatable(k: string, d: string)["a", "x", "b", "y", "b", "y"] | partition by k (where k != "" | evaluate pivot(d) | extend part = k)
----
k: string  x: long  y: long  part: string
"a"        1        0        "a"
"b"        0        2        "b"
