# its input comes out
datatable(x: long, s: string)[1, "a", 2, "b"] | evaluate identity()
----
x: long  s: string
1        "a"
2        "b"

# nulls as well
datatable(x: long)[long(null)] | evaluate identity()
----
x: long
null

# no rows
datatable(x: long)[] | evaluate identity()
----
x: long

# a written schema must have its columns
datatable(x: long)[] | evaluate identity() : (y: long)
----
error 1:46 the plugin gives no column 'y'
