# rolling_percentile: the example of its page
range idx from 0 to 239 step 1
| project Timestamp = datetime(2018-01-01) + 1h * idx, val = idx + 1
| evaluate rolling_percentile(val, 50, Timestamp, 1d, 3)
----
Timestamp: datetime           rolling_3_percentile_val_50: long
2018-01-01T00:00:00.0000000Z  12
2018-01-02T00:00:00.0000000Z  24
2018-01-03T00:00:00.0000000Z  36
2018-01-04T00:00:00.0000000Z  60
2018-01-05T00:00:00.0000000Z  84
2018-01-06T00:00:00.0000000Z  108
2018-01-07T00:00:00.0000000Z  132
2018-01-08T00:00:00.0000000Z  156
2018-01-09T00:00:00.0000000Z  180
2018-01-10T00:00:00.0000000Z  204

# nulls have no rank
datatable(t: datetime, v: long)[datetime(2024-01-01), 1, datetime(2024-01-01), long(null), datetime(2024-01-02), 3]
| evaluate rolling_percentile(v, 50, t, 1d, 2)
----
t: datetime                   rolling_2_percentile_v_50: long
2024-01-01T00:00:00.0000000Z  1
2024-01-02T00:00:00.0000000Z  1

# no rows
datatable(t: datetime, v: long)[] | evaluate rolling_percentile(v, 50, t, 1d, 2)
----
t: datetime  rolling_2_percentile_v_50: long

# the value is a column
datatable(t: datetime, v: long)[] | evaluate rolling_percentile(w, 50, t, 1d, 2)
----
error 1:65 KS142 The name 'w' does not refer to any known column, table, variable or function.
