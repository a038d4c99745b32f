# a column for each key, in the order of the names, with the type of its values
datatable(n: long, d: dynamic)[
    1, dynamic({"b": "x", "a": 1}),
    2, dynamic({"b": "y", "c": true}),
    3, dynamic(null)]
| evaluate bag_unpack(d)
----
n: long  a: long  b: string  c: bool
1        1        "x"        null
2        null     "y"        True
3        null     ""         null

# values that differ in type make a dynamic column; nulls have no say
datatable(d: dynamic)[dynamic({"a": 1, "b": null}), dynamic({"a": "x", "b": 2}), dynamic({"a": [1]})]
| evaluate bag_unpack(d)
----
a: dynamic  b: long
1           null
"x"         2
[1]         null

# a prefix, and properties left out
datatable(d: dynamic)[dynamic({"a": 1, "b": 2})]
| evaluate bag_unpack(d, "p_", ignoredProperties=dynamic(["b"]))
----
p_a: long
1

# a key that names a column is an error
datatable(a: string, d: dynamic)["x", dynamic({"a": 1})]
| evaluate bag_unpack(d)
----
error 2:12 KS171 bag_unpack makes a column 'a', and there is one already (set columnsConflict, or give a prefix)

# unless the query says which of them stays
datatable(a: string, d: dynamic)["x", dynamic({"a": 1}), "y", dynamic({"b": 2})]
| evaluate bag_unpack(d, columnsConflict="replace_source")
----
a: long  b: long
1        null
null     2

# the input's column can stay instead
datatable(a: string, d: dynamic)["x", dynamic({"a": 1}), "y", dynamic({"b": 2})]
| evaluate bag_unpack(d, columnsConflict="keep_source")
----
a: string  b: long
"x"        null
"y"        2

# what follows sees the columns with their types
datatable(d: dynamic)[dynamic({"who": "ann", "n": 2}), dynamic({"who": "bob", "n": 5}), dynamic({"who": "ann", "n": 4})]
| evaluate bag_unpack(d)
| where n > 1
| summarize total = sum(n) by who
| sort by who asc
----
who: string  total: long
"ann"        6
"bob"        5

# operators that pass columns on pass these on as well
datatable(t: long, d: dynamic)[2, dynamic({"a": "x"}), 1, dynamic({"a": "y"})]
| evaluate bag_unpack(d)
| sort by t asc
| extend copy = a
| project-away t
----
a: string  copy: string
"y"        "y"
"x"        "x"

# a name that no row brings is unknown, as for the service
datatable(d: dynamic)[dynamic({"a": 1})]
| evaluate bag_unpack(d)
| where b == 1
----
error 3:9 KS142 The name 'b' does not refer to any known column, table, variable or function.

# column_ifexists asks first
datatable(d: dynamic)[dynamic({"a": 1})]
| evaluate bag_unpack(d)
| project a, b = column_ifexists("b", "none")
----
a: long  b: string
1        "none"

# of no rows any name may be asked for
datatable(d: dynamic)[]
| evaluate bag_unpack(d)
| where b == 1
| count
----
Count: long
0

# a written schema holds whatever the rows bring
datatable(n: long, d: dynamic)[1, dynamic({"a": 1, "b": 2}), 2, dynamic({})]
| evaluate bag_unpack(d) : (*, a: string, z: long)
----
n: long  a: string  z: long
1        "1"        null
2        ""         null

# without a star, only what it lists
datatable(n: long, m: long, d: dynamic)[1, 2, dynamic({"a": 3})]
| evaluate bag_unpack(d) : (a: long, n: long)
----
a: long  n: long
3        1

# both sides of a join and a let that is read twice
let L = datatable(k: string, d: dynamic)["x", dynamic({"a": 1})] | evaluate bag_unpack(d);
let R = datatable(k: string, d: dynamic)["x", dynamic({"b": 2})] | evaluate bag_unpack(d);
L | join kind=inner R on k | union L
----
k: string  a: long  k1: string  b: long
"x"        1        "x"         2
"x"        1        ""          null

# one after another
datatable(d: dynamic)[dynamic({"a": 1, "more": {"b": 2}})]
| evaluate bag_unpack(d)
| evaluate bag_unpack(more)
----
a: long  b: long
1        2

# join on a column from the bag
datatable(d: dynamic)[dynamic({"k": "x"})]
| evaluate bag_unpack(d)
| join kind=inner (datatable(k: string, n: long)["x", 1]) on k
----
k: string  k1: string  n: long
"x"        "x"         1

# what is not known yet fits any type: as a key, in a union, in a function
datatable(d: dynamic)[dynamic({"who": "ann"}), dynamic({"who": "bob"}), dynamic({"who": "ann"})]
| evaluate bag_unpack(d)
| sort by who asc
| summarize n = count(), size = take_any(strlen(who)) by who
| union (datatable(who: string, n: long)["cat", 7])
| project who = toupper(who), n, size
----
who: string  n: long  size: long
"ANN"        2        3
"BOB"        1        3
"CAT"        7        null

# a column of no rows takes the type that it has elsewhere
datatable(d: dynamic)[]
| evaluate bag_unpack(d)
| project who
| union (datatable(who: string)["cat"])
----
who: string
"cat"

# stars and subqueries carry the columns on
let M = materialize(datatable(t: long, k: string, d: dynamic)[1, "x", dynamic({"a": "p", "l": [1, 2]}), 2, "x", dynamic({"a": "q", "l": [3]})]
    | evaluate bag_unpack(d));
M
| summarize arg_max(t, *) by k
| distinct k, a, texts = tostring(l)
| mv-apply n = todynamic(texts) to typeof(long) on (project n, both = strcat(a, n))
| project-away texts
----
k: string  a: string  n: long  both: string
"x"        "q"        3        "q3"

# an aggregate may return such a column
datatable(t: long, d: dynamic)[1, dynamic({"a": "p"}), 2, dynamic({"a": "q"})]
| evaluate bag_unpack(d)
| summarize arg_max(t, a)
| project t, a
----
t: long  a: string
2        "q"

# a name that is nowhere is an error once the rows are known
datatable(d: dynamic)[dynamic({"a": "p"})]
| evaluate bag_unpack(d)
| distinct *
| project nowhere
----
error 4:11 KS142 The name 'nowhere' does not refer to any known column, table, variable or function.
