# activity_engagement, bounded and not
datatable(id: string, t: datetime)["a", datetime(2024-01-01), "b", datetime(2024-01-02), "c", datetime(2024-01-02)]
| evaluate activity_engagement(id, t, datetime(2024-01-01), datetime(2024-01-05), 1d, 7d)
----
t: datetime                   dcount_activities_inner: long  dcount_activities_outer: long  activity_ratio: real
2024-01-01T00:00:00.0000000Z  1                              1                              1
2024-01-02T00:00:00.0000000Z  2                              3                              0.6666666667

# without bounds the days of the data count
datatable(id: string, t: datetime)["a", datetime(2024-01-01 10:00), "b", datetime(2024-01-02), "c", datetime(2024-01-02)]
| evaluate activity_engagement(id, t, 1d, 7d)
----
t: datetime                   dcount_activities_inner: long  dcount_activities_outer: long  activity_ratio: real
2024-01-01T00:00:00.0000000Z  1                              1                              1
2024-01-02T00:00:00.0000000Z  2                              3                              0.6666666667

# a null time is nowhere
datatable(id: string, t: datetime)["a", datetime(2024-01-01), "b", datetime(null)]
| evaluate activity_engagement(id, t, datetime(2024-01-01), datetime(2024-01-05), 1d, 7d)
----
t: datetime                   dcount_activities_inner: long  dcount_activities_outer: long  activity_ratio: real
2024-01-01T00:00:00.0000000Z  1                              1                              1

# no rows
datatable(id: string, t: datetime)[] | evaluate activity_engagement(id, t, datetime(2024-01-01), datetime(2024-01-05), 1d, 7d)
----
t: datetime  dcount_activities_inner: long  dcount_activities_outer: long  activity_ratio: real

# the ids and the times are columns
datatable(id: string, t: datetime)[] | evaluate activity_engagement("a", t, datetime(2024-01-01), datetime(2024-01-05), 1d, 7d)
----
error 1:69 KS109 activity_engagement needs the name of a column here
