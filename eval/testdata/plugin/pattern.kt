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

# autocluster
datatable(state: string, event: string)["TX", "hail", "AL", "hail", "AK", "hail", "TX", "wind", "TX", "wind", "AL", "flood"]
| evaluate autocluster()
----
SegmentId: long  Count: long  Percent: real  state: string  event: string
0                2            33.33333333    "TX"           "wind"
1                3            50             ""             "hail"
2                2            33.33333333    "AL"           ""

# diffpatterns: what differs between two sets
datatable(ok: string, host: string, code: long)["yes", "a", 1, "yes", "b", 1, "yes", "c", 2, "no", "x", 9, "no", "x", 9, "no", "a", 1]
| evaluate diffpatterns(ok, "yes", "no", "~", 0.3)
----
SegmentId: long  CountA: long  CountB: long  PercentA: real  PercentB: real  PercentDiffAB: real  ok: string  host: string  code: long
0                0             2             0               66.66666667     66.66666667          ""          "x"           9
1                2             1             66.66666667     33.33333333     33.33333333          ""          ""            1
2                1             0             33.33333333     0               33.33333333          ""          "c"           2

# of no rows there are none
datatable(a: string)[] | evaluate basket()
----
SegmentId: long  Count: long  Percent: real  a: string
