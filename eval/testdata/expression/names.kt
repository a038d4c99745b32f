# a path into a call that has no name is named after its last step
print s = "http://a.b/c" | project parse_url(s)["Host"], parse_url(s).Scheme
----
Host: dynamic  Scheme: dynamic
"a.b"          "http"

# a sign makes an int a long
print i = int(3) | project a = +i, b = -i
----
a: long  b: long
3        -3

# a column that is converted to the type that it has is that column
print s = "x" | extend tostring(s)
----
s: string
"x"

# and is made once
print s = "x" | extend s, s
----
error 1:27 KS171 the column 's' is made twice

# a percentile has a name only where it stands alone
print l = 1 | summarize percentile(l, 50) + 1, percentile(l, 50)
----
Column1: long  percentile_l_50: long
2              1

# any() names everything that it returns
print s = "x", l = 1 | summarize any(l, l + 1)
----
any_l: long  any_arg1: long
1            2

# a star does not stand beside others in any()
print s = "x", l = 1 | summarize any(l, *)
----
error 1:34 KS191 a * stands alone in any() (call take_any())

# beside a star no column is returned twice
print s = "x", l = 1 | summarize arg_max(l, s, *)
----
l: long  s: string
1        "x"

# the arguments of argmax() without a name are named after it
print s = "x", l = 1 | summarize argmax(l, l + 1)
----
max_l: long  max_l_arg1: long
1            2

# more names than columns
print s = "x", l = 1 | summarize (a, b, c) = arg_max(l, s)
----
error 1:41 KS150 The name does not have a corresponding expression.

# a variable is no column, and may be listed twice
let v = 1; print s = "x" | project v, v
----
v: long  v1: long
1        1
