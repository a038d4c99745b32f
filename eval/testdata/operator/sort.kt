# descending unless asc is written, nulls last
datatable(a: long)[1, long(null), 3] | sort by a
----
a: long
3
1
null

# ascending, nulls first
datatable(a: long)[1, long(null), 3] | order by a asc
----
a: long
null
1
3

# nulls where they are wanted
datatable(a: long)[1, long(null), 3] | sort by a asc nulls last
----
a: long
1
3
null

# several keys, each with its direction; equals keep their order
datatable(a: long, b: string)[1, "x", 2, "y", 1, "z", 2, "a"] | sort by a asc, b desc
----
a: long  b: string
1        "z"
1        "x"
2        "y"
2        "a"

# NaN stands next to null
datatable(a: real)[real(nan), 1.0, real(null), real(-inf)] | sort by a asc
----
a: real
null
NaN
-Infinity
1

# top
datatable(a: long, b: string)[1, "x", 2, "y", 2, "z"] | top 1 by a
----
a: long  b: string
2        "y"

# a dynamic value has no order
print d = dynamic(1) | sort by d
----
error 1:32 KS116 the rows cannot be sorted by a dynamic value (convert it with tostring() or tolong())

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

# row_number counts in that order
datatable(a: long)[2, 1] | sort by a asc | extend n = row_number(), before = prev(a), after = next(a)
----
a: long  n: long  before: long  after: long
1        1        null          2
2        2        1             null
