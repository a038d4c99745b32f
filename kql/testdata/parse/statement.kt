# statements are parted by semicolons; the last may have one too
let x = 1;
let y = datatable(a: long)[1, 2];
y | where a == x;
----
let x = 1; let y = datatable(a: long)[1, 2]; y | where a == x

# a text may hold several queries
print 1; print 2
----
print 1; print 2

# a function without parameters, and one whose body is a scalar
let a = () { 1 }; let b = (x: real) { x * 2.0 }; print a, b(3)
----
let a = () {1}; let b = (x: real) {x * 2.0}; print a, b(3)

# comments end with the line
T // a table
// | take 1
| where a == "//" // a string
----
T | where a == "//"

# words are keywords in their place only
datatable(count: long, type: string)[1, "where"] | where count == 1 and type has "top" | summarize count(), sum(count) by type
----
datatable(count: long, type: string)[1, "where"] | where count == 1 and type has "top" | summarize count(), sum(count) by type

# names with blanks, quotes and backslashes
print ['a b'] = 1, ["c'd"] = 2, ['e\\f'] = 3 | project ['a b'], ["c'd"]
----
print ['a b'] = 1, ['c\'d'] = 2, ['e\\f'] = 3 | project ['a b'], ['c\'d']

# a name may start with a digit
print 1x = 1, y = 1d2
----
print 1x = 1, y = 1d2

# odd white space
print 1 , 2　,﻿3​,4
----
print 1, 2, 3, 4

# an in list, and a range, may hold tables and expressions
T | where a in (U | project b) and c !in~ ("x", 'y') and d between (1 .. 2 + 3) and e has_any (dynamic(["z"]))
----
T | where a in (U | project b) and c !in~ ("x", 'y') and d between (1 .. 2 + 3) and e has_any (dynamic(["z"]))

# paths
print a.b.c, a['b'], a["b"][0], a.['b'], a.[0], a[b.c], cluster('x').database('y').T, (a).b
----
print a.b.c, a['b'], a["b"][0], a.['b'], a[0], a[b.c], cluster('x').database('y').T, (a).b

# adjacent strings are one
print "a" 'b'
  @"c\d" h"e" ```f"g```
----
print "a" 'b' @"c\d" h"e" ```f"g```

# the last operator may be missing its expression's brackets only where the function takes a pipe
print toscalar(T | summarize max(a)), totable(T | take 1); materialize(T | take 1)
----
print toscalar(T | summarize max(a)), totable(T | take 1); materialize(T | take 1)

# one fault does not hide the next
T | wher a | take 5 | sumarize count() ; print 1 +; print 2
----
error 1:5 KS176 Query operator expected (did you mean where?)
error 1:23 KS176 Query operator expected (did you mean summarize?)
error 1:51 KS006 Missing expression

# true is a value
T | extend true = 1
----
error 1:12 KS006 Missing name: 'true' is a value (write ['true'])

# in brackets it is a name
T | extend ['true'] = 1
----
T | extend ['true'] = 1

# a star in a schema that is not that of a function's rows
datatable(*)[1]
----
error 1:10 KS005 The columns are to be named, without a star

# nor at the end of one
T | assert-schema (a: long, *)
----
error 1:29 KS005 The name of a column is expected, not a star
