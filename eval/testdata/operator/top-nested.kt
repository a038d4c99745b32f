# the greatest of each level, within the level before
datatable(s: string, e: string, v: long)["a", "x", 5, "a", "y", 3, "b", "x", 4, "c", "x", 1] | top-nested 2 of s by sum(v), top-nested 1 of e by max(v)
----
s: string  aggregated_s: long  e: string  aggregated_e: long
"a"        8                   "x"        5
"b"        4                   "x"        4

# without a number all are kept
datatable(s: string, v: long)["a", 5, "b", 7] | top-nested of s by n = count()
----
s: string  n: long
"b"        1
"a"        1

# the least first
datatable(s: string, v: long)["a", 5, "b", 7, "c", 1] | top-nested 2 of s by sum(v) asc
----
s: string  aggregated_s: long
"c"        1
"a"        5

# others stand in one row
datatable(s: string, v: long)["a", 5, "b", 7, "c", 1] | top-nested 1 of s with others = "rest" by sum(v)
----
s: string  aggregated_s: long
"b"        7
"rest"     6

# a level without a word for the others leaves it null, for the sake of those below
datatable(s: string, e: string, v: long)["a", "x", 5, "a", "y", 3, "b", "x", 4] | top-nested 1 of s by sum(v), top-nested 1 of e with others = "rest" by sum(v)
----
s: string  aggregated_s: long  e: string  aggregated_e: long
"a"        8                   "x"        5
"a"        8                   "rest"     3
""         null                "rest"     4

# an expression with a name
datatable(v: long)[1, 2, 11] | top-nested 1 of tens = bin(v, 10) by count()
----
tens: long  aggregated_tens: long
0           2

# no aggregate
datatable(s: string, v: long)[] | top-nested 1 of s by v + 1
----
error 1:56 KS236 top-nested orders by an aggregate (write by count(), or by sum(x))

# no rows
datatable(s: string, v: long)[] | top-nested 2 of s by sum(v)
----
s: string  aggregated_s: long

# a null is a value
datatable(k: long, v: long)[long(null), 5, 1, 3] | top-nested 2 of k by sum(v)
----
k: long  aggregated_k: long
null     5
1        3

# an aggregate of a column that a plugin has made
datatable(k: string, d: dynamic)["x", dynamic({"n": 2}), "y", dynamic({"n": 5})] | evaluate bag_unpack(d) | top-nested 1 of k by max(n)
----
k: string  aggregated_k: long
"y"        5
