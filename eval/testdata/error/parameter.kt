# a word that the parameter is not
datatable(a: long)[1] | summarize hint.strategy=shuffel count() by a
----
error 1:35 KS005 summarize has no hint.strategy 'shuffel' (did you mean shuffle?)

# of a union
union kind=left (print a = 1), (print a = 2)
----
error 1:7 KS005 union has no kind 'left' (write inner or outer)

# neither true nor false
union isfuzzy=maybe (print a = 1), (print a = 2)
----
error 1:7 KS223 isfuzzy is true or false, not 'maybe'

# neither a number nor a word
union hint.concurrency=many (print a = 1), (print a = 2)
----
error 1:7 KS005 hint.concurrency is not 'many' (write a number, or auto, left, local, right or unresolved)

# no whole number
datatable(a: long)[1] | distinct hint.num_partitions=1.5 a
----
error 1:34 KS220 hint.num_partitions is a whole number

# a key that is no column
datatable(a: long)[1] | distinct hint.shufflekey=b a
----
error 1:50 KS142 The name 'b' does not refer to any known column, table, variable or function.

# a hint that no operator knows
datatable(a: long)[1] | join hint.strateg=shuffle (print a = 1) on a
----
error 1:30 KS198 there is no hint.strateg (did you mean hint.strategy?)

# a parameter of other operators does nothing
datatable(a: long)[1, 1] | lookup hint.strategy=broadcast (print a = 1, b = 2) on a | count isfuzzy=true
----
Count: long
2
