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

# a dynamic value has no order
print d = dynamic(1) | sort by d
----
error 1:32 KS116 the rows cannot be sorted by a dynamic value (convert it with tostring() or tolong())

# row_number counts in that order
datatable(a: long)[2, 1] | sort by a asc | extend n = row_number(), before = prev(a), after = next(a)
----
a: long  n: long  before: long  after: long
1        1        null          2
2        2        1             null

# no rows
datatable(a: long)[] | sort by a
----
a: long

# by an expression
datatable(s: string)["bb", "a", "ccc"] | order by strlen(s) asc
----
s: string
"a"
"bb"
"ccc"

# equal rows keep their order
datatable(k: long, n: long)[1, 1, 0, 2, 1, 3, 0, 4] | sort by k asc | project n
----
n: long
2
4
1
3

# texts by their code points
datatable(s: string)["b", "B", "a", "", "é"] | sort by s asc
----
s: string
""
"B"
"a"
"b"
"é"

# a column that is not there
datatable(a: long)[] | sort by b
----
error 1:32 KS142 The name 'b' does not refer to any known column, table, variable or function.
