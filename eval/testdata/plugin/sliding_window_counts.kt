# sliding_window_counts looks back before the start
datatable(id: string, t: datetime)["a", datetime(2024-01-01), "b", datetime(2024-01-03)]
| evaluate sliding_window_counts(id, t, datetime(2024-01-02), datetime(2024-01-05), 2d, 1d)
----
t: datetime                   Count: long  Dcount: long
2024-01-02T00:00:00.0000000Z  1            1
2024-01-03T00:00:00.0000000Z  1            1
2024-01-04T00:00:00.0000000Z  1            1

# a null time is nowhere, an empty id is one
datatable(id: string, t: datetime)["", datetime(2024-01-01), "b", datetime(null)]
| evaluate sliding_window_counts(id, t, datetime(2024-01-01), datetime(2024-01-03), 1d, 1d)
----
t: datetime                   Count: long  Dcount: long
2024-01-01T00:00:00.0000000Z  1            1

# no rows
datatable(id: string, t: datetime)[] | evaluate sliding_window_counts(id, t, datetime(2024-01-01), datetime(2024-01-05), 2d, 1d)
----
t: datetime  Count: long  Dcount: long

# a column that is not there
datatable(id: string, t: datetime)[] | evaluate sliding_window_counts(user, t, datetime(2024-01-01), datetime(2024-01-05), 2d, 1d)
----
error 1:71 KS142 The name 'user' does not refer to any known column, table, variable or function.
