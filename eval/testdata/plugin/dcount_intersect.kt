# the example of its page
range x from 1 to 100 step 1
| summarize even = hll(iff(x % 2 == 0, x, 0), 2), by3 = hll(iff(x % 3 == 0, x, 0), 2), by5 = hll(iff(x % 5 == 0, x, 0), 2)
| evaluate dcount_intersect(even, by3, by5)
| project even = s0 - 1, by6 = s1 - 1, by30 = s2 - 1
----
even: long  by6: long  by30: long
50          16         3

# a sketch that is null holds nothing
datatable(k: string, x: long)["a", 1, "b", long(null)]
| summarize a = hll_if(x, k == "a"), b = hll_if(x, k == "b")
| evaluate dcount_intersect(a, b)
----
a: dynamic                               b: dynamic  s0: long  s1: long
[[65536,14],["9070148300878247591"],""]  null        1         null

# no rows
datatable(h: dynamic, i: dynamic)[] | evaluate dcount_intersect(h, i)
----
h: dynamic  i: dynamic  s0: long  s1: long

# its arguments are sketches
print h = dynamic(null) | evaluate dcount_intersect(h, 1)
----
error 1:56 KS141 the expression must have the type dynamic, not long (convert it with todynamic())
