# autocluster
datatable(state: string, event: string)["TX", "hail", "AL", "hail", "AK", "hail", "TX", "wind", "TX", "wind", "AL", "flood"]
| evaluate autocluster()
----
SegmentId: long  Count: long  Percent: real  state: string  event: string
0                2            33.33333333    "TX"           "wind"
1                3            50             ""             "hail"
2                2            33.33333333    "AL"           ""

# nulls are values
datatable(a: string, n: long)["x", long(null), "x", long(null), "y", 1] | evaluate autocluster()
----
SegmentId: long  Count: long  Percent: real  a: string  n: long
0                2            66.66666667    "x"        null

# no rows
datatable(a: string)[] | evaluate autocluster()
----
SegmentId: long  Count: long  Percent: real  a: string

# the weight of size is between 0 and 1
datatable(a: string)["x"] | evaluate autocluster(2)
----
error 1:50 KS140 SizeWeight is from 0 to 1
