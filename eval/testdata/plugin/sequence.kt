# sequence_detect: every way through the steps, within the windows
datatable(who: string, t: datetime, what: string)[
    "a", datetime(2024-01-01), "heat", "a", datetime(2024-01-02), "fire", "a", datetime(2024-01-03), "fire", "a", datetime(2024-01-20), "fire",
    "b", datetime(2024-01-02), "fire", "b", datetime(2024-01-03), "heat"]
| evaluate sequence_detect(t, 5d, 5d, heat = (what == "heat"), fire = (what == "fire"), who)
----
who: string  heat_t: datetime              fire_t: datetime              Duration: timespan
"a"          2024-01-01T00:00:00.0000000Z  2024-01-02T00:00:00.0000000Z  1.00:00:00
"a"          2024-01-01T00:00:00.0000000Z  2024-01-03T00:00:00.0000000Z  2.00:00:00

# rows_near: the example of its page
datatable(t: long, state: string)[1, "ok", 2, "ok", 3, "ok", 4, "error", 5, "ok", 6, "ok", 7, "error"]
| sort by t asc
| evaluate rows_near(state == "error", 1)
----
t: long  state: string
3        "ok"
4        "error"
5        "ok"
6        "ok"
7        "error"

# other numbers before and after
datatable(t: long, state: string)[1, "ok", 2, "ok", 3, "error", 4, "ok", 5, "ok"]
| sort by t asc
| evaluate rows_near(state == "error", 2, 0)
----
t: long  state: string
1        "ok"
2        "ok"
3        "error"

# an order is needed
datatable(t: long)[1] | evaluate rows_near(t == 1, 1)
----
error 1:34 rows_near needs rows in a fixed order (put sort or serialize before it)

# funnel_sequence: by the states right before and right after
datatable(id: string, t: datetime, s: string)[
    "a", datetime(2024-01-01 01:00), "hail", "a", datetime(2024-01-01 02:00), "tornado", "a", datetime(2024-01-01 03:00), "wind",
    "b", datetime(2024-01-01 01:00), "tornado", "c", datetime(2024-01-01 02:00), "tornado"]
| evaluate funnel_sequence(id, t, datetime(2024-01-01), datetime(2024-01-02), 1d, 1d, s, dynamic(["tornado"]))
----
t: datetime                   prev: string  next: string  dcount: long  samples: dynamic
2024-01-01T00:00:00.0000000Z  "hail"        "wind"        1             ["a"]
2024-01-01T00:00:00.0000000Z  ""            ""            2             ["b","c"]

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
