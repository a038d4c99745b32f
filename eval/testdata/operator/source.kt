# print names its columns by their place
print 1, a = 5, "x"
----
print_0: long  a: long  print_2: string
1              5        "x"

# range includes its end
range x from 1 to 8 step 3
----
x: long
1
4
7

# downwards, and nowhere
range x from 10 to 1 step 1
----
x: long

# times
range t from datetime(2024-01-01) to datetime(2024-01-02) step 12h
----
t: datetime
2024-01-01T00:00:00.0000000Z
2024-01-01T12:00:00.0000000Z
2024-01-02T00:00:00.0000000Z

# values are converted to their column's type
datatable(r: real, t: datetime)[1, "2024-01-01"]
----
r: real  t: datetime
1        2024-01-01T00:00:00.0000000Z

# a number of values that does not fit
datatable(a: long, b: long)[1, 2, 3]
----
error 1:1 KS173 the number of values is no multiple of the number of columns

# count, also under another name
range x from 1 to 3 step 1 | count as n
----
n: long
3

# distinct
datatable(a: long, b: long)[1, 1, 1, 1, 2, 1] | distinct a, b
----
a: long  b: long
1        1
2        1

# getschema
print a = 1, b = "x" | getschema
----
ColumnName: string  ColumnOrdinal: int  DataType: string  ColumnType: string
"a"                 0                   "System.Int64"    "long"
"b"                 1                   "System.String"   "string"

# as names the rows so far
range x from 1 to 2 step 1 | as T | where x == toscalar(T | summarize max(x))
----
x: long
2

# render changes nothing
print a = 1 | render table
----
a: long
1
