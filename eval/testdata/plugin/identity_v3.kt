# its input comes out
datatable(x: long, s: string)[1, "a", 2, "b"] | evaluate identity_v3("mode", "text")
----
x: long  s: string
1        "a"
2        "b"

# nulls as well
datatable(x: long)[long(null)] | evaluate identity_v3("mode", "text")
----
x: long
null

# no rows
datatable(x: long)[] | evaluate identity_v3("mode", "text")
----
x: long

# a written schema must have its columns
datatable(x: long)[] | evaluate identity_v3("mode", "text") : (y: long)
----
error 1:63 the plugin gives no column 'y'
