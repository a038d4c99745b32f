# getschema
print a = 1, b = "x" | getschema
----
ColumnName: string  ColumnOrdinal: int  DataType: string  ColumnType: string
"a"                 0                   "System.Int64"    "long"
"b"                 1                   "System.String"   "string"

# of types with nulls
datatable(d: dynamic, t: datetime, r: real, g: guid)[dynamic(null), datetime(null), real(null), guid(null)] | getschema | project ColumnName, ColumnType
----
ColumnName: string  ColumnType: string
"d"                 "dynamic"
"t"                 "datetime"
"r"                 "real"
"g"                 "guid"

# of a table without rows
datatable(b: bool, m: decimal, s: timespan, i: int)[] | getschema
----
ColumnName: string  ColumnOrdinal: int  DataType: string                   ColumnType: string
"b"                 0                   "System.SByte"                     "bool"
"m"                 1                   "System.Data.SqlTypes.SqlDecimal"  "decimal"
"s"                 2                   "System.TimeSpan"                  "timespan"
"i"                 3                   "System.Int32"                     "int"

# behind it there are its own columns
print a = 1 | getschema | project a
----
error 1:35 KS142 The name 'a' does not refer to any known column, table, variable or function.

# as one text, as a schema is written in a query
print a = 1, ['b c'] = "x" | getschema kind=csl
----
Schema: string
"a:long,['b c']:string"
