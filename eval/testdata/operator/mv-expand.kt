# an array gives a row for each element, an empty one none, a null one
datatable(k: long, b: dynamic)[1, dynamic([10, 20]), 2, dynamic([]), 3, dynamic(null), 4, dynamic("s")] | mv-expand b
----
k: long  b: dynamic
1        10
1        20
3        null
4        "s"

# a bag gives one-entry bags
print b = dynamic({"p": 1, "q": 2}) | mv-expand b
----
b: dynamic
{"p":1}
{"q":2}

# or pairs
print b = dynamic({"p": 1, "q": 2}) | mv-expand bagexpansion=array b
----
b: dynamic
["p",1]
["q",2]

# several columns go in lockstep
print a = dynamic([1, 2, 3]), b = dynamic(["x"]) | mv-expand a to typeof(long), b to typeof(string)
----
a: long  b: string
1        "x"
2        ""
3        ""

# with the number of the element
print a = dynamic(["x", "y"]) | mv-expand with_itemindex = i a
----
a: dynamic  i: long
"x"         0
"y"         1

# the old spelling stops at 128 rows
print a = range(1, 1000) | mvexpand a | count
----
Count: long
128

# the new one does not
print a = range(1, 1000) | mv-expand a | count
----
Count: long
1000

# a limit
print a = range(1, 1000) | mv-expand a limit 2
----
a: dynamic
1
2

# under another name, beside the array
print a = dynamic([1, 2]) | mv-expand x = a
----
a: dynamic  x: dynamic
[1,2]       1
[1,2]       2

# text is not expanded
print a = "x" | mv-expand a
----
error 1:27 KS141 only dynamic values can be expanded, not string (parse the text with parse_json() or split())

# no rows
datatable(d: dynamic)[] | mv-expand d
----
d: dynamic

# an index whose name a column has
datatable(s: string, d: dynamic)["x", dynamic([7, 8])] | mv-expand with_itemindex=s d
----
s: string  d: dynamic  s1: long
"x"        7           0
"x"        8           1
