# activity_metrics
datatable(id: string, t: datetime)["a", datetime(2024-01-01), "b", datetime(2024-01-01), "a", datetime(2024-01-02), "c", datetime(2024-01-02)]
| evaluate activity_metrics(id, t, datetime(2024-01-01), datetime(2024-01-05), 1d)
----
t: datetime                   dcount_values: long  dcount_newvalues: long  retention_rate: real  churn_rate: real
2024-01-01T00:00:00.0000000Z  2                    2                       NaN                   NaN
2024-01-02T00:00:00.0000000Z  2                    1                       0.5                   0.5

# a null time is nowhere
datatable(id: string, t: datetime)["a", datetime(2024-01-01), "b", datetime(null)]
| evaluate activity_metrics(id, t, datetime(2024-01-01), datetime(2024-01-05), 1d)
----
t: datetime                   dcount_values: long  dcount_newvalues: long  retention_rate: real  churn_rate: real
2024-01-01T00:00:00.0000000Z  1                    1                       NaN                   NaN

# no rows
datatable(id: string, t: datetime)[] | evaluate activity_metrics(id, t, datetime(2024-01-01), datetime(2024-01-05), 1d)
----
t: datetime  dcount_values: long  dcount_newvalues: long  retention_rate: real  churn_rate: real

# a column that is not there
datatable(id: string, t: datetime)[] | evaluate activity_metrics(user, t, datetime(2024-01-01), datetime(2024-01-05), 1d)
----
error 1:66 KS142 The name 'user' does not refer to any known column, table, variable or function.
