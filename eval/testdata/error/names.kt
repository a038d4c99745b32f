# an unknown column, with what may be meant
datatable(EventName: string)["x"] | where EventNme == "x"
----
error 1:43 KS142 The name 'EventNme' does not refer to any known column, table, variable or function. (did you mean EventName?)

# an unknown table
NoSuchTable | count
----
error 1:1 KS204 The name 'NoSuchTable' does not refer to any known table, tabular variable or function.

# an unknown function
print strlenn("x")
----
error 1:7 KS211 The name 'strlenn' does not refer to any known function. (did you mean strlen?)

# several errors at once
datatable(a: long)[1] | where b == 1 | extend c = nosuch(a)
----
error 1:31 KS142 The name 'b' does not refer to any known column, table, variable or function.
error 1:51 KS211 The name 'nosuch' does not refer to any known function.

# an aggregate outside summarize
print sum(1)
----
error 1:7 KS144 the aggregate 'sum' cannot be used here (use it within summarize)

# a predicate must be bool
datatable(a: long)[1] | where a
----
error 1:31 KS141 the expression must have the type bool, not long (compare it, or convert it with tobool())

# texts have no order
print "a" < "b"
----
error 1:7 KS106 the operator '<' cannot be used on string and string (compare texts with strcmp())

# has needs text
datatable(a: long)[1] | where a has "1"
----
error 1:31 KS106 the operator 'has' needs a string, not long (convert it with tostring())

# a wrong number of arguments
print strlen()
----
error 1:7 KS119 strlen() takes 1 argument, not 0

# an operator that is not there
print 1 | wheer true
----
error 1:11 KS176 Query operator expected (did you mean where?)
