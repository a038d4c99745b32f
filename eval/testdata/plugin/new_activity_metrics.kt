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

# a null time is nowhere
datatable(id: string, t: datetime)["a", datetime(2024-01-01), "b", datetime(null)]
| evaluate new_activity_metrics(id, t, datetime(2024-01-01), datetime(2024-01-02), 1d)
----
from_t: datetime              to_t: datetime                dcount_new_values: long  dcount_retained_values: long  dcount_churn_values: long  retention_rate: real  churn_rate: real
2024-01-01T00:00:00.0000000Z  2024-01-01T00:00:00.0000000Z  1                        1                             0                          1                     0
2024-01-01T00:00:00.0000000Z  2024-01-02T00:00:00.0000000Z  0                        0                             1                          0                     1
2024-01-02T00:00:00.0000000Z  2024-01-02T00:00:00.0000000Z  0                        0                             0                          NaN                   NaN

# no rows
datatable(id: string, t: datetime)[] | evaluate new_activity_metrics(id, t, datetime(2024-01-01), datetime(2024-01-05), 1d)
----
from_t: datetime  to_t: datetime  dcount_new_values: long  dcount_retained_values: long  dcount_churn_values: long  retention_rate: real  churn_rate: real

# arguments are needed
datatable(id: string, t: datetime)[] | evaluate new_activity_metrics(id)
----
error 1:49 KS119 new_activity_metrics needs an argument for 'TimelineColumn'
