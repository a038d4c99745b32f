# without a kind the left side is first reduced to one row a key
datatable(k: long, l: string)[1, "l1", 1, "l2"] | join (datatable(k: long, r: string)[1, "r1", 1, "r2"]) on k
----
k: long  l: string  k1: long  r: string
1        "l1"       1         "r1"
1        "l1"       1         "r2"

# inner
datatable(k: long, l: string)[1, "a", 2, "b", 3, "c"] | join kind=inner (datatable(k: long, r: string)[1, "x", 3, "y", 4, "z"]) on k
----
k: long  l: string  k1: long  r: string
1        "a"        1         "x"
3        "c"        3         "y"

# leftouter fills with null and the empty string
datatable(k: long)[1, 2] | join kind=leftouter (datatable(k: long, r: string, n: long)[1, "x", 5]) on k
----
k: long  k1: long  r: string  n: long
1        1         "x"        5
2        null      ""         null

# rightouter
datatable(k: long)[1, 2] | join kind=rightouter (datatable(k: long, r: string)[1, "x", 9, "y"]) on k
----
k: long  k1: long  r: string
1        1         "x"
null     9         "y"

# fullouter
datatable(k: long)[1, 2] | join kind=fullouter (datatable(k: long, r: string)[1, "x", 9, "y"]) on k
----
k: long  k1: long  r: string
1        1         "x"
2        null      ""
null     9         "y"

# leftsemi
datatable(k: long)[1, 2] | join kind=leftsemi (datatable(k: long)[1]) on k
----
k: long
1

# leftanti
datatable(k: long)[1, 2] | join kind=leftanti (datatable(k: long)[1]) on k
----
k: long
2

# rightsemi
datatable(k: long)[1, 2] | join kind=rightsemi (datatable(k: long)[1, 9]) on k
----
k: long
1

# rightanti
datatable(k: long)[1, 2] | join kind=rightanti (datatable(k: long)[1, 9]) on k
----
k: long
9

# null keys meet none
datatable(k: long)[long(null)] | join kind=inner (datatable(k: long)[long(null)]) on k
----
k: long  k1: long

# columns of other names
datatable(a: long)[1] | join kind=inner (datatable(b: long)[1]) on $left.a == $right.b
----
a: long  b: long
1        1

# the sides in the wrong order
datatable(a: long)[1] | join kind=inner (datatable(b: long)[1]) on $right.b == $left.a
----
error 1:68 KS183 a condition must compare $left.column with $right.column, in this order

# lookup leaves the keys of the right side out
datatable(k: long)[1, 2] | lookup (datatable(k: long, v: string)[1, "x"]) on k
----
k: long  v: string
1        "x"
2        ""

# a kind that does not exist
datatable(k: long)[1] | join kind=cross (datatable(k: long)[1]) on k
----
error 1:30 KS005 join has no kind 'cross' (write anti, fullouter, inner, innerunique, leftanti, leftantisemi, leftouter, leftsemi, rightanti, rightantisemi, rightouter or rightsemi)

# types that do not meet
datatable(k: long)[1] | join kind=inner (datatable(k: string)["1"]) on k
----
error 1:72 KS242 the columns 'k' (long) and 'k' (string) cannot be joined on (convert one of them before the join)

# a whole number and a real do not meet
datatable(k: long)[1] | join (print r = 1.0) on $left.k == $right.r
----
error 1:49 KS242 the columns 'k' (long) and 'r' (real) cannot be joined on (convert one of them before the join)

# an int and a long do
datatable(k: long)[1] | join (print i = toint(1)) on $left.k == $right.i
----
k: long  i: int
1        1

# a dynamic column is no key
datatable(k: long)[1] | join (print d = dynamic(1)) on $left.k == $right.d
----
error 1:56 KS241 the column 'd' is dynamic, and cannot be joined on (convert it before the join, as with tostring())
