# row_number goes through the rows that others make
datatable(v: long)[1, 2] | sort by v asc | extend a = dynamic([7, 8]) | mv-expand a to typeof(long) | extend n = row_number()
----
v: long  a: long  n: long
1        7        1
1        8        2
2        7        3
2        8        4

# ranks
datatable(v: long)[3, 1, 3, 2, 3, 4] | sort by v asc | extend least = row_rank_min(v), dense = row_rank_dense(v), old = row_rank(v)
----
v: long  least: long  dense: long  old: long
1        1            1            1
2        2            2            2
3        3            3            3
3        3            3            3
3        3            3            3
4        6            4            4

# with restarts
datatable(k: string, v: long)["a", 1, "a", 1, "a", 2, "b", 1] | sort by k asc, v asc | extend r = row_rank_dense(v, k != prev(k)), m = row_rank_min(v, k != prev(k))
----
k: string  v: long  r: long  m: long
"a"        1        1        1
"a"        1        1        1
"a"        2        2        3
"b"        1        1        1

# sessions end after a gap, or when they have been too long
datatable(t: datetime)[datetime(2024-01-01 00:00), datetime(2024-01-01 00:04), datetime(2024-01-01 00:08), datetime(2024-01-01 00:12), datetime(2024-01-01 01:00)]
| sort by t asc | extend s = row_window_session(t, 10m, 5m)
----
t: datetime                   s: datetime
2024-01-01T00:00:00.0000000Z  2024-01-01T00:00:00.0000000Z
2024-01-01T00:04:00.0000000Z  2024-01-01T00:00:00.0000000Z
2024-01-01T00:08:00.0000000Z  2024-01-01T00:00:00.0000000Z
2024-01-01T00:12:00.0000000Z  2024-01-01T00:12:00.0000000Z
2024-01-01T01:00:00.0000000Z  2024-01-01T01:00:00.0000000Z

# a time of null belongs to no session, and ends the one before
datatable(n: long, t: datetime)[1, datetime(2024-01-01), 2, datetime(null), 3, datetime(2024-01-01 00:01)] | sort by n asc | extend s = row_window_session(t, 1h, 1h)
----
n: long  t: datetime                   s: datetime
1        2024-01-01T00:00:00.0000000Z  2024-01-01T00:00:00.0000000Z
2        null                          null
3        2024-01-01T00:01:00.0000000Z  2024-01-01T00:01:00.0000000Z

# the order must be fixed
datatable(v: long)[1] | extend row_rank_min(v)
----
error 1:32 row_rank_min() needs rows in a fixed order (put sort or serialize before it)
