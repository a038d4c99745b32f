# those met first
datatable(s: string, v: long)["a", 1, "b", 2, "a", 3, "c", 4] | sample-distinct 2 of s
----
s: string
"a"
"b"

# only a column
datatable(s: string)[] | sample-distinct 2 of toupper(s)
----
error 1:47 KS109 a column is expected here (make it one with extend)

# none of dynamic
datatable(d: dynamic)[] | sample-distinct 2 of d
----
error 1:48 KS116 there are no distinct values of dynamic (convert it with tostring())

# null is a value
datatable(x: long)[long(null), 1, long(null)] | sample-distinct 5 of x
----
x: long
null
1

# no rows
datatable(x: long)[] | sample-distinct 5 of x
----
x: long
