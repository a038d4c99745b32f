# values are converted to their column's type
datatable(r: real, t: datetime)[1, "2024-01-01"]
----
r: real  t: datetime
1        2024-01-01T00:00:00.0000000Z

# a number of values that does not fit
datatable(a: long, b: long)[1, 2, 3]
----
error 1:1 KS173 the number of values is no multiple of the number of columns

# nulls, and the empty string
datatable(a: long, s: string, d: dynamic)[long(null), "", dynamic(null)]
----
a: long  s: string  d: dynamic
null     ""         null

# no rows
datatable(a: long, s: string)[]
----
a: long  s: string

# a text that is no number reads as null
datatable(a: long)["x"]
----
a: long
null

# its values are constants
datatable(a: long)[rand()]
----
error 1:20 KS140 the values of a datatable must be constants

# a name twice
datatable(a: long, a: string)[]
----
error 1:20 KS171 the column 'a' is declared twice

# a type that is none
datatable(a: number)[]
----
error 1:14 KS023 'number' is no scalar type

# the first value of a row is at fault
datatable(a: datetime, b: string)[datetime(2026-03-0  09:00), "x"]
----
error 1:35 KS214 datetime(2026-03-0  09:00) is no valid datetime literal
