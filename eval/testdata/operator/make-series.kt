# bins from a start to an end that is left out; missing points are 0
datatable(t: datetime, k: string, v: long)[datetime(2024-01-01 00:30), "a", 1, datetime(2024-01-01 02:30), "a", 5, datetime(2024-01-01 01:10), "b", 7, datetime(2024-01-02), "b", 9]
| make-series count(), avg(v) on t from datetime(2024-01-01) to datetime(2024-01-01 03:00) step 1h by k
----
k: string  count_: dynamic  avg_v: dynamic                t: dynamic
"a"        [1,0,1]          ["real 1","real 0","real 5"]  ["2024-01-01T00:00:00.0000000Z","2024-01-01T01:00:00.0000000Z","2024-01-01T02:00:00.0000000Z"]
"b"        [0,1,0]          ["real 0","real 7","real 0"]  ["2024-01-01T00:00:00.0000000Z","2024-01-01T01:00:00.0000000Z","2024-01-01T02:00:00.0000000Z"]

# the bins begin at the start
datatable(t: datetime)[datetime(2024-01-01 00:10), datetime(2024-01-01 00:40)]
| make-series n = count() on t from datetime(2024-01-01 00:30) to datetime(2024-01-01 02:00) step 1h
----
n: dynamic  t: dynamic
[1,0]       ["2024-01-01T00:30:00.0000000Z","2024-01-01T01:30:00.0000000Z"]

# another value for missing points
datatable(t: long, v: long)[1, 10, 3, 30] | make-series a = sum(v) default=-1, b = max(v) default=long(null) on t from 0 to 5 step 1
----
a: dynamic        b: dynamic              t: dynamic
[-1,10,-1,30,-1]  [null,10,null,30,null]  [0,1,2,3,4]

# without bounds a series goes from its first to its last bin
datatable(t: long, k: string)[1, "a", 4, "a", 2, "b"] | make-series n = count() on t step 1 by k
----
k: string  n: dynamic  t: dynamic
"a"        [1,0,0,1]   [1,2,3,4]
"b"        [1]         [2]

# in range: the end is included, and the bins are those of bin()
datatable(t: long)[1, 4, 5, 10] | make-series n = count() on t in range(1, 10, 5)
----
n: dynamic  t: dynamic
[2,1,1]     [0,5,10]

# a constant marks the bins that have rows
datatable(t: long)[1, 3] | make-series here = 1 default=0 on t from 0 to 4 step 1
----
here: dynamic  t: dynamic
[0,1,0,1]      [0,1,2,3]

# no rows, no series
datatable(t: long)[] | make-series n = count() on t from 0 to 3 step 1
----
n: dynamic  t: dynamic

# unless kind=nonempty
datatable(t: long)[] | make-series kind=nonempty n = count() default=7 on t from 0 to 3 step 1
----
n: dynamic  t: dynamic
[7,7,7]     [0,1,2]

# the arrays expand again
datatable(t: datetime)[datetime(2024-01-01), datetime(2024-01-03)] | make-series n = count() on t step 1d | mv-expand t to typeof(datetime), n to typeof(long)
----
n: long  t: datetime
1        2024-01-01T00:00:00.0000000Z
0        2024-01-02T00:00:00.0000000Z
1        2024-01-03T00:00:00.0000000Z

# an axis of reals
datatable(x: real)[0.1, 0.6] | make-series n = count() on x from 0.0 to 1.0 step 0.5
----
n: dynamic  x: dynamic
[1,1]       ["real 0","real 0.5"]

# a step of another type
datatable(t: datetime)[] | make-series count() on t step 1
----
error 1:58 KS178 an axis of type datetime cannot go by a step of type long

# a step of zero
datatable(t: long)[] | make-series count() on t step 0
----
error 1:54 KS140 the step must be above zero

# a step of zero that is known at run time only
let s = toscalar(print 0); datatable(t: long)[1] | make-series count() on t step s
----
error make-series: the step must be above zero

# too long a series
datatable(t: datetime)[datetime(2024-01-01)] | make-series count() on t from datetime(2000-01-01) to datetime(2024-01-01) step 1tick
----
error the query needs more than its limit of points of a series (1048576)

# the ends of the numbers are too far apart
datatable(t: long)[long(min), long(max)] | make-series count() on t step 1
----
error the query needs more than its limit of points of a series (1048576)
