# a sum: the step reads what it has kept of the row before, at first the declared value
range x from 1 to 5 step 1 | scan declare (total: long = 0) with (step s1: true => total = x + s1.total;)
----
x: long  total: long
1        1
2        3
3        6
4        10
5        15

# two sums that begin anew
range x from 1 to 5 step 1 | extend y = 2 * x
| scan declare (cx: long = 0, cy: long = 0) with (step s1: true => cx = iff(s1.cx >= 10, x, x + s1.cx), cy = iff(s1.cy >= 10, y, y + s1.cy);)
----
x: long  y: long  cx: long  cy: long
1        2        1         2
2        4        3         6
3        6        6         12
4        8        10        8
5        10       5         18

# empty cells are filled with the last that is not
datatable(ts: timespan, e: string)[0m, "A", 1m, "", 2m, "B", 3m, "", 4m, ""]
| sort by ts asc | scan declare (filled: string = "") with (step s1: true => filled = iff(isempty(e), s1.filled, e);)
----
ts: timespan  e: string  filled: string
00:00:00      "A"        "A"
00:01:00      ""         "A"
00:02:00      "B"        "B"
00:03:00      ""         "B"
00:04:00      ""         "B"

# a column of the input may be set
datatable(e: string)["", "A", "", "B", ""] | scan with (step s1: true => e = iff(isempty(e), s1.e, e);)
----
e: string
""
"A"
"A"
"B"
"B"

# sessions: a step without output moves the sequence on, so that another begins with the same row
datatable(ts: timespan, e: string)[0m, "A", 1m, "A", 3m, "D", 32m, "B", 41m, "E", 75m, "A"]
| sort by ts asc
| scan with_match_id = session declare (start: timespan) with (
    step inside: true => start = iff(isnull(inside.start), ts, inside.start);
    step end output = none: ts - inside.start > 30m;
)
----
ts: timespan  e: string  start: timespan  session: long
00:00:00      "A"        00:00:00         0
00:01:00      "A"        00:00:00         0
00:03:00      "D"        00:00:00         0
00:32:00      "B"        00:32:00         1
00:41:00      "E"        00:32:00         1
01:15:00      "A"        01:15:00         2

# a pair of rows gives one
datatable(t: long, user: string, e: string)[1, "a", "in", 2, "b", "in", 5, "a", "out", 9, "b", "out", 11, "a", "out"]
| sort by t asc
| partition hint.strategy=native by user (sort by t asc
  | scan declare (from: long, length: long) with (
      step s1 output=none: e == "in" => from = t;
      step s2: e == "out" => from = s1.from, length = t - s1.from;
  ))
----
t: long  user: string  e: string  from: long  length: long
5        "a"           "out"      1           4
11       "a"           "out"      1           10
9        "b"           "out"      2           7

# what lies between a start and a stop within five minutes
datatable(ts: timespan, e: string)[0m, "A", 1m, "Start", 2m, "B", 3m, "D", 4m, "Stop", 6m, "C", 8m, "Start", 11m, "E", 12m, "Stop"]
| sort by ts asc
| scan with_match_id = m with (
    step s1: e == "Start";
    step s2: e != "Start" and e != "Stop" and ts - s1.ts <= 5m;
    step s3: e == "Stop" and ts - s1.ts <= 5m;
)
----
ts: timespan  e: string  m: long
00:01:00      "Start"    0
00:02:00      "B"        0
00:03:00      "D"        0
00:04:00      "Stop"     0
00:08:00      "Start"    1
00:11:00      "E"        1
00:12:00      "Stop"     1

# output=last holds a row back until its step repeats no more
datatable(n: long, e: string)[1, "a", 2, "a", 3, "b", 4, "b", 5, "a", 6, "a"]
| scan with_match_id = m with (step s1 output=last: e == "a"; step s2 output=last: e == "b";)
----
n: long  e: string  m: long
2        "a"        0
4        "b"        0
6        "a"        1

# a sequence that begins takes the place of one that has ended
datatable(n: long, e: string)[1, "a", 2, "b", 3, "a", 4, "b", 5, "b"]
| scan with_match_id = m declare (head: long) with (step s1: e == "a"; step s2: e == "b" => head = s1.n;)
----
n: long  e: string  head: long  m: long
1        "a"        null        0
2        "b"        1           0
3        "a"        null        1
4        "b"        3           1
5        "b"        3           1

# a row may match two steps
datatable(n: long)[1, 2, 3] | scan with_match_id = m declare (step_: string) with (step s1: true => step_ = "s1"; step s2: n > 1 => step_ = "s2";)
----
n: long  step_: string  m: long
1        "s1"           0
2        "s2"           0
2        "s1"           1
3        "s2"           1
3        "s1"           2

# what no step has kept is null, or the declared value
datatable(n: long)[1, 2] | scan declare (d: string = "none", a: string, b: long) with (step s1: true => a = s2.d, b = s2.n; step s2: false => d = "x";)
----
n: long  d: string  a: string  b: long
1        "none"     "none"     null
2        "none"     "none"     null

# a step may be left out
datatable(n: long, e: string)[1, "a", 2, "c", 3, "a", 4, "b", 5, "c"]
| scan with_match_id = m declare (mid: long) with (step s1: e == "a"; step s2 optional: e == "b"; step s3: e == "c" => mid = s2.n;)
----
n: long  e: string  mid: long  m: long
1        "a"        null       0
2        "c"        null       0
3        "a"        null       1
4        "b"        null       1
5        "c"        4          1

# parts are scanned on their own, in the order asked for
datatable(t: long, k: string)[3, "a", 1, "a", 2, "b", 4, "b"]
| scan with_match_id = m order by t asc partition by k declare (before: long) with (step s1: true => before = s1.t;)
----
t: long  k: string  before: long  m: long
1        "a"        null          0
2        "b"        null          1
3        "a"        1             0
4        "b"        2             1

# a value that is set has the type of its column
datatable(n: long)[1] | scan declare (s: string, r: real) with (step s1: true => s = n, r = n;)
----
n: long  s: string  r: real
1        "1"        1

# a condition that is null does not hold
datatable(n: long)[long(null), 1] | scan with (step s1: n > 0;)
----
n: long
1

# no rows
datatable(n: long)[] | scan with (step s1: true;)
----
n: long

# the rows keep their order
range x from 1 to 2 step 1 | scan with (step s1: true;) | extend r = row_number()
----
x: long  r: long
1        1
2        2

# the name of the match's column is free
datatable(m: long)[7] | scan with_match_id = m with (step s1: true;)
----
m: long  m1: long
7        0

# a column that is not declared
datatable(n: long)[1] | scan with (step s1: true => z = 1;)
----
error 1:53 KS142 there is no column 'z' to set (declare it: scan declare (z: long) with (…))

# a column that is there already
datatable(n: long)[1] | scan declare (n: long) with (step s1: true;)
----
error 1:39 KS171 there is a column 'n' already (give it another name)

# a step twice
datatable(n: long)[1] | scan with (step s1: true; step s1: true;)
----
error 1:56 KS201 there is a step 's1' already (give it another name)

# a step's column that there is not
datatable(n: long)[1] | scan with (step s1: s1.z > 0;)
----
error 1:48 KS142 the step 's1' has no column 'z'

# a step that there is not
datatable(n: long)[1] | scan with (step s1: s3.n > 0;)
----
error 1:45 KS142 The name 's3' does not refer to any known column, table, variable or function.

# an output that there is not
datatable(n: long)[1] | scan with (step s1 output=first: true;)
----
error 1:44 KS005 a step has output=all, output=last or output=none

# a declared value that is no constant
datatable(n: long)[1] | scan declare (d: long = n) with (step s1: true;)
----
error 1:49 KS142 The name 'n' does not refer to any known column, table, variable or function.

# a step's column outside of the scan
datatable(n: long)[1] | scan with (step s1: true;) | extend z = s1.n
----
error 1:65 KS142 The name 's1' does not refer to any known column, table, variable or function.

# columns that a plugin has made, set and looked at
datatable(k: string, d: dynamic)["x", dynamic({"n": 2}), "y", dynamic({"n": 5})] | evaluate bag_unpack(d)
| scan with (step s1: n > 1 => n = n * 10; step s2: n > s1.n;)
----
k: string  n: long
"x"        20
"y"        50
