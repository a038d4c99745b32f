# a scalar
let x = 1 + 1; print x
----
print_0: long
2

# a function with a default and a named argument
let f = (a: long, b: string = "d") { strcat(a, "-", b) }; print f(1), f(2, b = "x")
----
print_0: string  print_1: string
"1-d"            "2-x"

# a tabular function, called without parentheses
let T = () { datatable(a: long)[1, 2] }; T | count
----
Count: long
2

# a tabular parameter
let f = (T: (a: long)) { T | extend b = a * 2 }; datatable(a: long)[3] | invoke f()
----
a: long  b: long
3        6

# toscalar is computed once
let m = toscalar(range x from 1 to 5 step 1 | summarize max(x)); print m, m * 2
----
print_0: long  print_1: long
5              10

# a name declared twice
let x = 1; let x = 2; print x
----
error 1:16 KS201 'x' is declared already (give it another name)

# a function that calls itself
let f = (a: long) { f(a) }; print f(1)
----
error 1:21 KS198 'f' calls itself, which KQL does not allow
