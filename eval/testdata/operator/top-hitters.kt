# by the number of rows
datatable(s: string)["a", "b", "a", "c", "b", "a"] | top-hitters 2 of s
----
s: string  approximate_count_s: long
"a"        3
"b"        2

# by a sum
datatable(s: string, v: long)["a", 1, "b", 5, "a", 2] | top-hitters 1 of s by v
----
s: string  approximate_sum_v: long
"b"        5

# the sum of texts
datatable(s: string)[] | top-hitters 1 of s by s
----
error 1:48 KS137 top-hitters sums numbers, not string

# null and the empty string are values
datatable(s: string, n: long)["", long(null), "", long(null), "a", 1] | top-hitters 1 of n
----
n: long  approximate_count_n: long
null     2

# no rows
datatable(s: string)[] | top-hitters 2 of s
----
s: string  approximate_count_s: long
