# sequence_detect: every way through the steps, within the windows
datatable(who: string, t: datetime, what: string)[
    "a", datetime(2024-01-01), "heat", "a", datetime(2024-01-02), "fire", "a", datetime(2024-01-03), "fire", "a", datetime(2024-01-20), "fire",
    "b", datetime(2024-01-02), "fire", "b", datetime(2024-01-03), "heat"]
| evaluate sequence_detect(t, 5d, 5d, heat = (what == "heat"), fire = (what == "fire"), who)
----
who: string  heat_t: datetime              fire_t: datetime              Duration: timespan
"a"          2024-01-01T00:00:00.0000000Z  2024-01-02T00:00:00.0000000Z  1.00:00:00
"a"          2024-01-01T00:00:00.0000000Z  2024-01-03T00:00:00.0000000Z  2.00:00:00

# a null time is nowhere
datatable(who: string, t: datetime, what: string)["a", datetime(2024-01-01), "x", "a", datetime(null), "y"]
| evaluate sequence_detect(t, 5d, 5d, x = (what == "x"), y = (what == "y"), who)
----
who: string  x_t: datetime  y_t: datetime  Duration: timespan

# no rows
datatable(who: string, t: datetime, what: string)[] | evaluate sequence_detect(t, 5d, 5d, x = (what == "x"), y = (what == "y"), who)
----
who: string  x_t: datetime  y_t: datetime  Duration: timespan

# steps are needed
datatable(who: string, t: datetime, what: string)[] | evaluate sequence_detect(t, 5d, 5d)
----
error 1:64 KS119 sequence_detect needs a timeline, two windows and predicates
