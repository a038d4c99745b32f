a or b and c or d
----
((a or (b and c)) or d)

a + b * c - d / e % f
----
((a + (b * c)) - ((d / e) % f))

a == b + 1 and c != d
----
((a == (b + long "1")) and (c != d))

a < b == c > d
----
((a < b) == (c > d))

# the string operators bind tighter than arithmetic
a has b + c
----
((a has b) + c)

a + b has c
----
(a + (b has c))

-a * +b
----
((-a) * (+b))

- - 1
----
(-(-long "1"))

not(a) and b
----
(not(a) and b)

a in (1, 2) and b
----
((a in [long "1", long "2"]) and b)

a in~ ('x') or b !in (1)
----
((a in~ [string "x"]) or (b !in [long "1"]))

a between (1 .. 2) and b
----
((a between long "1" .. long "2") and b)

x !between (datetime(2020-01-01) .. 1d)
----
(x !between datetime "2020-01-01" .. timespan "1d")

a matches regex @"\d" and b
----
((a matches regex string "\\d") and b)

a <> b
----
(a != b)

a has_any ('x', 'y')
----
(a has_any [string "x", string "y"])

a.b[0]['c'].d
----
a→b[long "0"][string "c"]→d

a - -1
----
(a - (-long "1"))

1 - 2 - 3
----
((long "1" - long "2") - long "3")

(1 - (2 - 3))
----
(long "1" - (long "2" - long "3"))

a contains "x" == true
----
((a contains string "x") == bool "true")

a notcontains 'x' and b containscs 'y'
----
((a notcontains string "x") and (b containscs string "y"))
