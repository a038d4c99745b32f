# activity_counts_metrics
datatable(id: string, t: datetime)["a", datetime(2024-01-01), "a", datetime(2024-01-02), "b", datetime(2024-01-02)]
| evaluate activity_counts_metrics(id, t, datetime(2024-01-01), datetime(2024-01-05), 1d)
----
t: datetime                   count: long  dcount: long  new_dcount: long  aggregated_dcount: long
2024-01-01T00:00:00.0000000Z  1            1             1                 1
2024-01-02T00:00:00.0000000Z  2            2             1                 2

# a step must be above zero
datatable(id: string, t: datetime)["a", datetime(2024-01-01)]
| evaluate activity_counts_metrics(id, t, datetime(2024-01-01), datetime(2024-01-05), 0d)
----
error activity_counts_metrics: a window or a step must be above zero

# an empty id is one of them, a null time is nowhere
datatable(id: string, t: datetime)["a", datetime(2024-01-01), "", datetime(2024-01-01), "b", datetime(null)]
| evaluate activity_counts_metrics(id, t, datetime(2024-01-01), datetime(2024-01-05), 1d)
----
t: datetime                   count: long  dcount: long  new_dcount: long  aggregated_dcount: long
2024-01-01T00:00:00.0000000Z  2            2             2                 2

# no rows
datatable(id: string, t: datetime)[] | evaluate activity_counts_metrics(id, t, datetime(2024-01-01), datetime(2024-01-05), 1d)
----
t: datetime  count: long  dcount: long  new_dcount: long  aggregated_dcount: long
