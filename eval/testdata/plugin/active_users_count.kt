# active_users_count: the example of its page
datatable(User: string, Timestamp: datetime)[
    "B", datetime(2018-06-29), "B", datetime(2018-06-30), "A", datetime(2018-07-02), "B", datetime(2018-07-04), "B", datetime(2018-07-08),
    "A", datetime(2018-07-10), "A", datetime(2018-07-14), "A", datetime(2018-07-17), "A", datetime(2018-07-20), "B", datetime(2018-07-24)]
| evaluate active_users_count(User, Timestamp, datetime(2018-07-01), datetime(2018-07-31), 8d, 1d, 3, 7d)
----
Timestamp: datetime           dcount: long
2018-07-01T00:00:00.0000000Z  1
2018-07-15T00:00:00.0000000Z  1

# a null time is nowhere
datatable(id: string, t: datetime)["a", datetime(2024-01-01), "a", datetime(2024-01-02), "", datetime(2024-01-02), "b", datetime(null)]
| evaluate active_users_count(id, t, datetime(2024-01-01), datetime(2024-01-05), 4d, 1d, 2, 4d)
----
t: datetime                   dcount: long
2024-01-01T00:00:00.0000000Z  1

# no rows
datatable(id: string, t: datetime)[] | evaluate active_users_count(id, t, datetime(2024-01-01), datetime(2024-01-05), 4d, 1d, 2, 4d)
----
t: datetime  dcount: long

# arguments are needed
datatable(id: string, t: datetime)[] | evaluate active_users_count(id, t)
----
error 1:49 KS119 active_users_count needs an argument for 'Start'
