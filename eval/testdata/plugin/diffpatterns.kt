# diffpatterns: what differs between two sets
datatable(ok: string, host: string, code: long)["yes", "a", 1, "yes", "b", 1, "yes", "c", 2, "no", "x", 9, "no", "x", 9, "no", "a", 1]
| evaluate diffpatterns(ok, "yes", "no", "~", 0.3)
----
SegmentId: long  CountA: long  CountB: long  PercentA: real  PercentB: real  PercentDiffAB: real  ok: string  host: string  code: long
0                0             2             0               66.66666667     66.66666667          ""          "x"           9
1                2             1             66.66666667     33.33333333     33.33333333          ""          ""            1
2                1             0             33.33333333     0               33.33333333          ""          "c"           2

# nulls are values
datatable(ok: string, n: long)["yes", long(null), "no", 1, "no", 1] | evaluate diffpatterns(ok, "yes", "no")
----
SegmentId: long  CountA: long  CountB: long  PercentA: real  PercentB: real  PercentDiffAB: real  ok: string  n: long
0                0             2             0               100             100                  ""          1

# no rows
datatable(ok: string, n: long)[] | evaluate diffpatterns(ok, "yes", "no")
----
SegmentId: long  CountA: long  CountB: long  PercentA: real  PercentB: real  PercentDiffAB: real  ok: string  n: long

# the split is a column
datatable(a: string)["x"] | evaluate diffpatterns(b, "yes", "no")
----
error 1:51 KS142 The name 'b' does not refer to any known column, table, variable or function.
