# session_count, sliced by a dimension
datatable(id: string, t: long, d: string)["a", 1, "x", "a", 5, "x", "a", 30, "x", "b", 31, "y"]
| evaluate session_count(id, t, 0, 100, 10, 10, d)
----
t: long  d: string  count_sessions: long
0        "x"        1
30       "x"        1
30       "y"        1

# sliding_window_counts looks back before the start
datatable(id: string, t: datetime)["a", datetime(2024-01-01), "b", datetime(2024-01-03)]
| evaluate sliding_window_counts(id, t, datetime(2024-01-02), datetime(2024-01-05), 2d, 1d)
----
t: datetime                   Count: long  Dcount: long
2024-01-02T00:00:00.0000000Z  1            1
2024-01-03T00:00:00.0000000Z  1            1
2024-01-04T00:00:00.0000000Z  1            1

# activity_counts_metrics
datatable(id: string, t: datetime)["a", datetime(2024-01-01), "a", datetime(2024-01-02), "b", datetime(2024-01-02)]
| evaluate activity_counts_metrics(id, t, datetime(2024-01-01), datetime(2024-01-05), 1d)
----
t: datetime                   count: long  dcount: long  new_dcount: long  aggregated_dcount: long
2024-01-01T00:00:00.0000000Z  1            1             1                 1
2024-01-02T00:00:00.0000000Z  2            2             1                 2

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

# activity_metrics
datatable(id: string, t: datetime)["a", datetime(2024-01-01), "b", datetime(2024-01-01), "a", datetime(2024-01-02), "c", datetime(2024-01-02)]
| evaluate activity_metrics(id, t, datetime(2024-01-01), datetime(2024-01-05), 1d)
----
t: datetime                   dcount_values: long  dcount_newvalues: long  retention_rate: real  churn_rate: real
2024-01-01T00:00:00.0000000Z  2                    2                       NaN                   NaN
2024-01-02T00:00:00.0000000Z  2                    1                       0.5                   0.5

# active_users_count: the example of its page
datatable(User: string, Timestamp: datetime)[
    "B", datetime(2018-06-29), "B", datetime(2018-06-30), "A", datetime(2018-07-02), "B", datetime(2018-07-04), "B", datetime(2018-07-08),
    "A", datetime(2018-07-10), "A", datetime(2018-07-14), "A", datetime(2018-07-17), "A", datetime(2018-07-20), "B", datetime(2018-07-24)]
| evaluate active_users_count(User, Timestamp, datetime(2018-07-01), datetime(2018-07-31), 8d, 1d, 3, 7d)
----
Timestamp: datetime           dcount: long
2018-07-01T00:00:00.0000000Z  1
2018-07-15T00:00:00.0000000Z  1

# new_activity_metrics: the example of its page
let Users = datatable(day: long, users: dynamic)[
    1, dynamic([0,2,3,4]), 2, dynamic([0,1,3,4,5]), 3, dynamic([0,2,4,5]), 4, dynamic([0,1,2,3]), 5, dynamic([0,1,2,3,4])]
    | mv-expand user = users to typeof(long) | project user, Timestamp = datetime(2019-10-31) + day * 1d;
Users
| evaluate new_activity_metrics(user, Timestamp, datetime(2019-11-01), datetime(2019-11-07) - 1tick, 1d)
| where from_Timestamp < datetime(2019-11-03)
----
from_Timestamp: datetime      to_Timestamp: datetime        dcount_new_values: long  dcount_retained_values: long  dcount_churn_values: long  retention_rate: real  churn_rate: real
2019-11-01T00:00:00.0000000Z  2019-11-01T00:00:00.0000000Z  4                        4                             0                          1                     0
2019-11-01T00:00:00.0000000Z  2019-11-02T00:00:00.0000000Z  2                        3                             1                          0.75                  0.25
2019-11-01T00:00:00.0000000Z  2019-11-03T00:00:00.0000000Z  1                        3                             1                          0.75                  0.25
2019-11-01T00:00:00.0000000Z  2019-11-04T00:00:00.0000000Z  1                        3                             1                          0.75                  0.25
2019-11-01T00:00:00.0000000Z  2019-11-05T00:00:00.0000000Z  1                        4                             0                          1                     0
2019-11-01T00:00:00.0000000Z  2019-11-06T00:00:00.0000000Z  0                        0                             4                          0                     1
2019-11-02T00:00:00.0000000Z  2019-11-02T00:00:00.0000000Z  2                        2                             0                          1                     0
2019-11-02T00:00:00.0000000Z  2019-11-03T00:00:00.0000000Z  0                        1                             1                          0.5                   0.5
2019-11-02T00:00:00.0000000Z  2019-11-04T00:00:00.0000000Z  0                        1                             1                          0.5                   0.5
2019-11-02T00:00:00.0000000Z  2019-11-05T00:00:00.0000000Z  0                        1                             1                          0.5                   0.5
2019-11-02T00:00:00.0000000Z  2019-11-06T00:00:00.0000000Z  0                        0                             2                          0                     1

# one cohort, and ids seen before
let Before = datatable(id: string)["a"];
datatable(id: string, t: long)["a", 1, "b", 1, "b", 2]
| evaluate new_activity_metrics(id, t, 1, 2, 1, 1, Before)
----
from_t: long  to_t: long  dcount_new_values: long  dcount_retained_values: long  dcount_churn_values: long  retention_rate: real  churn_rate: real
1             1           1                        1                             0                          1                     0
1             2           0                        1                             0                          1                     0

# a step must be above zero
datatable(id: string, t: datetime)["a", datetime(2024-01-01)]
| evaluate activity_counts_metrics(id, t, datetime(2024-01-01), datetime(2024-01-05), 0d)
----
error activity_counts_metrics: a window or a step must be above zero
