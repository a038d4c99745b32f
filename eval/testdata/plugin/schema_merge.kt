# numbers merge to the widest, and other types clash
let A = datatable(a: int, b: string)[] | getschema;
let B = datatable(a: long, b: bool, c: real)[] | getschema;
union A, B | evaluate schema_merge()
----
ColumnName: string  ColumnOrdinal: long  DataType: string                                               ColumnType: string
"a"                 0                    "System.Int64"                                                 "long"
"b"                 -1                   "ERROR(unknown CSL type:ERROR(columns have different types))"  "ERROR(columns have different types)"
"c"                 2                    "System.Double"                                                "real"
