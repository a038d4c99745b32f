# a star stands for the terms that differ
datatable(s: string)["job alpha done", "job beta done", "job alpha done"] | reduce by s
----
Pattern: string  Count: long  Representative: string
"job*done"       3            "job alpha done"

# terms with digits always do
range x from 1 to 3 step 1 | project s = strcat("fooZ", x) | reduce by s with characters="Z"
----
Pattern: string  Count: long  Representative: string
"foo*"           3            "fooZ1"

# texts without a common term are the others
range x from 1 to 3 step 1 | project s = strcat("fooZ", x) | reduce by s
----
Pattern: string  Count: long  Representative: string
"others"         3            ""

# the rows themselves
datatable(s: string)[] | reduce kind=source by s
----
error 1:26 reduce kind=source is not supported

# only strings
datatable(v: long)[] | reduce by v
----
error 1:34 KS141 reduce groups strings, not long (convert it with tostring())

# an empty text
datatable(s: string, n: long)["", long(null), "error 1 in a", 1, "error 2 in a", 2] | reduce by s
----
Pattern: string  Count: long  Representative: string
"error*in a"     2            "error 1 in a"
"others"         1            ""

# no rows
datatable(s: string)[] | reduce by s
----
Pattern: string  Count: long  Representative: string

# options that there are not, or are of another type
print s = "x" | reduce by s with treshold=0.1, characters=1
----
error 1:34 KS198 reduce has no option 'treshold' (did you mean threshold?)
error 1:59 KS222 characters is a text, written out
