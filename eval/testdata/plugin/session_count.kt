# session_count, sliced by a dimension
datatable(id: string, t: long, d: string)["a", 1, "x", "a", 5, "x", "a", 30, "x", "b", 31, "y"]
| evaluate session_count(id, t, 0, 100, 10, 10, d)
----
t: long  d: string  count_sessions: long
0        "x"        1
30       "x"        1
30       "y"        1

# a null time is nowhere
datatable(id: string, t: long)["a", 1, "b", long(null)] | evaluate session_count(id, t, 0, 20, 10, 10)
----
t: long  count_sessions: long
0        1

# no rows
datatable(id: string, t: long)[] | evaluate session_count(id, t, 0, 100, 10, 10)
----
t: long  count_sessions: long

# arguments are needed
datatable(id: string, t: long)[] | evaluate session_count(id, t, 0, 100)
----
error 1:45 KS119 session_count needs an argument for 'Bin'
