# basket: values that occur together, with all that follow from them
datatable(state: string, event: string, damage: string)[
    "TX", "hail", "no", "TX", "hail", "no", "AL", "hail", "no", "TX", "wind", "yes", "AL", "wind", "yes"]
| evaluate basket(0.3)
----
SegmentId: long  Count: long  Percent: real  state: string  event: string  damage: string
0                3            60             ""             "hail"         "no"
1                2            40             "TX"           "hail"         "no"
2                2            40             ""             "wind"         "yes"
3                3            60             "TX"           ""             ""
4                2            40             "AL"           ""             ""

# weights, and a wildcard of its own
datatable(event: string, damage: string, n: long)["hail", "no", 8, "wind", "yes", 1, "wind", "no", 1]
| evaluate basket(0.5, n, "~", "*")
----
SegmentId: long  Count: long  Percent: real  event: string  damage: string  n: long
0                8            80             "hail"         "no"            null
1                9            90             "*"            "no"            null

# of no rows there are none
datatable(a: string)[] | evaluate basket()
----
SegmentId: long  Count: long  Percent: real  a: string

# nulls are values
datatable(a: string, n: long)["x", long(null), "x", long(null), "y", 1] | evaluate basket(0.5)
----
SegmentId: long  Count: long  Percent: real  a: string  n: long
0                2            66.66666667    "x"        null

# a threshold lies between 0 and 1
datatable(a: string)["x"] | evaluate basket(7)
----
error 1:45 KS140 Threshold is from 0 to 1
