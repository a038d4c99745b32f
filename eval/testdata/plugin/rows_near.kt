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

# a condition that is null is not met
datatable(t: long)[1, long(null), 3] | serialize | evaluate rows_near(t > 2, 1)
----
t: long
null
3

# no rows
datatable(t: long)[] | serialize | evaluate rows_near(t > 2, 1)
----
t: long
