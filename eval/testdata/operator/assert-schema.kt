# the schema is as it is said to be
print a = 1, b = "x" | assert-schema (a: long, b: string)
----
a: long  b: string
1        "x"

# another type
print a = 1 | assert-schema (a: string)
----
error 1:29 the column 'a' is long, not string

# a missing column
print a = 1 | assert-schema (a: long, b: string)
----
error 1:29 the input has no column 'b'

# nulls fit any type
datatable(x: long)[long(null)] | assert-schema (x: long)
----
x: long
null

# no rows
datatable(x: long)[] | assert-schema (x: long)
----
x: long
