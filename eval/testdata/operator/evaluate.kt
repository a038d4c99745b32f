# plugins that reach out are refused
print x = 1 | evaluate python(typeof(*), "result = df")
----
error 1:24 the plugin python cannot run here: it runs code in another language

# so are those that do not exist
print x = 1 | evaluate bag_unpak(x)
----
error 1:24 KS124 The plug-in function 'bag_unpak' is not defined. (did you mean bag_unpack?)

# arguments are checked
print d = dynamic({}) | evaluate bag_unpack(d, nosuch = 1)
----
error 1:48 KS119 bag_unpack has no parameter 'nosuch'

# and must be columns where columns are meant
print d = dynamic({}) | evaluate bag_unpack(dynamic({}))
----
error 1:45 KS109 bag_unpack needs the name of a column here

# plugins need rows
evaluate narrow()
----
error 1:1 KS006 the plugin narrow needs rows to work on (put a table and a pipe before it)

# a written schema chooses and converts columns
datatable(a: long)[1] | evaluate narrow() : (Value: long, Row: string)
----
Value: long  Row: string
1            "0"

# and must not promise others
datatable(a: long)[1] | evaluate narrow() : (Nothing: long)
----
error 1:45 the plugin gives no column 'Nothing'

# nulls and no rows come as they are
datatable(a: long)[long(null)] | evaluate narrow()
----
Row: long  Column: string  Value: string
0          "a"             ""

# no rows
datatable(a: long)[] | evaluate narrow()
----
Row: long  Column: string  Value: string
