# groups come with their keys first
datatable(k: string, v: long)["a", 1, "b", 2, "a", 3] | summarize sum(v), n = count() by k | sort by k asc
----
k: string  sum_v: long  n: long
"a"        4            2
"b"        2            1

# without rows and without keys there is one row
datatable(v: long)[] | summarize count(), sum(v), avg(v), min(v), make_list(v), dcount(v)
----
count_: long  sum_v: long  avg_v: real  min_v: long  list_v: dynamic  dcount_v: long
0             0            NaN          null         []               0

# without rows but with keys there is none
datatable(k: string, v: long)[] | summarize count() by k
----
k: string  count_: long

# nulls are left out
datatable(v: long)[1, long(null), 3] | summarize count(), sum(v), avg(v), min(v), make_list(v)
----
count_: long  sum_v: long  avg_v: real  min_v: long  list_v: dynamic
3             4            2            1            [1,3]

# arg_max gives the row
datatable(k: string, t: long, v: string)["a", 1, "x", "a", 2, "y", "b", 5, "z"] | summarize arg_max(t, *) by k | sort by k asc
----
k: string  t: long  v: string
"a"        2        "y"
"b"        5        "z"

# bin of a key keeps the name of the column
datatable(t: datetime)[datetime(2024-01-01 10:10), datetime(2024-01-01 10:50), datetime(2024-01-01 11:00)] | summarize count() by bin(t, 1h) | sort by t asc
----
t: datetime                   count_: long
2024-01-01T10:00:00.0000000Z  2
2024-01-01T11:00:00.0000000Z  1

# an expression over aggregates
datatable(v: long)[1, 2, 9] | summarize spread = max(v) - min(v), round(avg(v), 1)
----
spread: long  avg_v: real
8             4

# a key must not be dynamic
print d = dynamic({"a": 1}) | summarize count() by d
----
error 1:52 KS116 rows cannot be grouped by a dynamic value (convert it with tostring() or tolong())

# sums need numbers
print s = "x" | summarize sum(s)
----
error 1:31 KS141 argument 1 of sum() must be a number, a timespan or a datetime, not string

# a column outside an aggregate, be it a key
datatable(a: long)[1] | summarize x = a + count() by a
----
error 1:39 KS236 the column 'a' stands outside an aggregate (put it behind by, or take one value of each group, as with take_any(a))

# what does not depend on the row may stand there
let k = 2; datatable(a: long)[1, 1] | summarize x = k * count(), y = "z" by a
----
a: long  x: long  y: string
1        4        "z"
