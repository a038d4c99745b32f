# the example of its page
range x from 1 to 100 step 1
| summarize even = hll(iff(x % 2 == 0, x, 0), 2), by3 = hll(iff(x % 3 == 0, x, 0), 2), by5 = hll(iff(x % 5 == 0, x, 0), 2)
| evaluate dcount_intersect(even, by3, by5)
| project even = s0 - 1, by6 = s1 - 1, by30 = s2 - 1
----
even: long  by6: long  by30: long
50          16         3
