# the input is the first argument
let f = (T: (x: long), n: long) { T | where x > n };
range x from 1 to 4 step 1 | invoke f(2)
----
x: long
3
4

# a function over any table sees the columns that it names
let f = (T: (*)) { T | count };
datatable(a: string)["p", "q"] | invoke f()
----
Count: long
2

# named and default arguments
let f = (T: (x: long), least: long = 0, most: long = 10) { T | where x between (least .. most) };
range x from 1 to 4 step 1 | invoke f(most = 2)
----
x: long
1
2

# one after another
let twice = (T: (x: long)) { T | extend x = x * 2 };
print x = 1 | invoke twice() | invoke twice()
----
x: long
4

# nulls stay
let f = (T: (x: long)) { T | where isnull(x) };
datatable(x: long)[1, long(null)] | invoke f()
----
x: long
null

# no rows
let f = (T: (x: long)) { T | where x > 0 };
datatable(x: long)[] | invoke f()
----
x: long

# a column that the function needs must be there
let f = (T: (x: long)) { T };
print y = 1 | invoke f()
----
error 2:22 KS142 the table for 'T' has no column 'x'

# and have its type
let f = (T: (x: long)) { T };
print x = "a" | invoke f()
----
error 2:24 KS249 the column 'x' of the table for 'T' must be long, not string (convert it before the call)

# a function that is not there
print x = 1 | invoke nosuch()
----
error 1:22 KS211 The name 'nosuch' does not refer to any known function.

# a function that takes no table
let f = (n: long) { n };
print x = 1 | invoke f()
----
error 2:22 KS204 'f' gives a scalar where a table is expected
