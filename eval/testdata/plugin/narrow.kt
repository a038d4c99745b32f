# a row for each cell
datatable(a: long, b: string, t: datetime)[1, "x", datetime(2024-01-02), long(null), "y", datetime(null)]
| evaluate narrow()
----
Row: long  Column: string  Value: string
0          "a"             "1"
0          "b"             "x"
0          "t"             "2024-01-02T00:00:00.0000000Z"
1          "a"             ""
1          "b"             "y"
1          "t"             ""

# no rows
datatable(a: long)[] | evaluate narrow()
----
Row: long  Column: string  Value: string

# it takes no arguments
print a = 1 | evaluate narrow(a)
----
error 1:31 KS119 narrow takes 0 arguments
