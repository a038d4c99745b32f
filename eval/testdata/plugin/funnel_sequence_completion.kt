# funnel_sequence_completion: more time, more who get there
datatable(id: string, t: datetime, s: string)[
    "a", datetime(2024-01-01 01:00), "hail", "a", datetime(2024-01-01 01:30), "tornado",
    "b", datetime(2024-01-01 01:00), "hail", "b", datetime(2024-01-01 04:00), "tornado"]
| evaluate funnel_sequence_completion(id, t, datetime(2024-01-01), datetime(2024-01-02), 1d, s, dynamic(["hail", "tornado"]), dynamic(["01:00:00", "1.00:00:00"]))
----
t: datetime                   s: string  Period: timespan  dcount: long
2024-01-01T00:00:00.0000000Z  "hail"     01:00:00          2
2024-01-01T00:00:00.0000000Z  "tornado"  01:00:00          1
2024-01-01T00:00:00.0000000Z  "hail"     1.00:00:00        2
2024-01-01T00:00:00.0000000Z  "tornado"  1.00:00:00        2

# a null time is nowhere
datatable(id: string, t: datetime, s: string)["a", datetime(2024-01-01), "x", "b", datetime(null), "x"]
| evaluate funnel_sequence_completion(id, t, datetime(2024-01-01), datetime(2024-01-02), 1d, s, dynamic(["x"]), dynamic(["01:00:00"]))
----
t: datetime                   s: string  Period: timespan  dcount: long
2024-01-01T00:00:00.0000000Z  "x"        01:00:00          1

# no rows
datatable(id: string, t: datetime, s: string)[] | evaluate funnel_sequence_completion(id, t, datetime(2024-01-01), datetime(2024-01-02), 1d, s, dynamic(["x"]), dynamic(["01:00:00"]))
----
t: datetime  s: string  Period: timespan  dcount: long

# the lengths of time are needed
datatable(id: string, t: datetime, s: string)[] | evaluate funnel_sequence_completion(id, t, datetime(2024-01-01), datetime(2024-01-02), 1d, s, dynamic(["x"]))
----
error 1:60 KS119 funnel_sequence_completion needs an argument for 'MaxSequenceStepWindows'
