# query_now is the instant of now()
set query_now = datetime(2023-07-24T20:23:59.1070000Z); print a = now(), b = ago(1d)
----
a: datetime                   b: datetime
2023-07-24T20:23:59.1070000Z  2023-07-23T20:23:59.1070000Z

# it has to be an instant
set query_now = 5; print now()
----
error 1:17 KS141 the expression must have the type datetime, not long (convert it with todatetime())
