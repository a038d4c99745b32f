# funnel_sequence: by the states right before and right after
datatable(id: string, t: datetime, s: string)[
    "a", datetime(2024-01-01 01:00), "hail", "a", datetime(2024-01-01 02:00), "tornado", "a", datetime(2024-01-01 03:00), "wind",
    "b", datetime(2024-01-01 01:00), "tornado", "c", datetime(2024-01-01 02:00), "tornado"]
| evaluate funnel_sequence(id, t, datetime(2024-01-01), datetime(2024-01-02), 1d, 1d, s, dynamic(["tornado"]))
----
t: datetime                   prev: string  next: string  dcount: long  samples: dynamic
2024-01-01T00:00:00.0000000Z  "hail"        "wind"        1             ["a"]
2024-01-01T00:00:00.0000000Z  ""            ""            2             ["b","c"]

# a null time is nowhere
datatable(id: string, t: datetime, s: string)["a", datetime(2024-01-01), "x", "b", datetime(null), "x"]
| evaluate funnel_sequence(id, t, datetime(2024-01-01), datetime(2024-01-02), 1d, 1d, s, dynamic(["x"]))
----
t: datetime                   prev: string  next: string  dcount: long  samples: dynamic
2024-01-01T00:00:00.0000000Z  ""            ""            1             ["a"]

# no rows
datatable(id: string, t: datetime, s: string)[] | evaluate funnel_sequence(id, t, datetime(2024-01-01), datetime(2024-01-02), 1d, 1d, s, dynamic(["x"]))
----
t: datetime  prev: string  next: string  dcount: long  samples: dynamic

# a sequence is needed
datatable(id: string, t: datetime, s: string)[] | evaluate funnel_sequence(id, t, datetime(2024-01-01), datetime(2024-01-02), 1d, 1d, s)
----
error 1:60 KS119 funnel_sequence needs an argument for 'Sequence'
