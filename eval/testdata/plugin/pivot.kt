# counts rows; the other columns stay
datatable(event: string, state: string)["wind", "AL", "wind", "AL", "hail", "AK"]
| evaluate pivot(state)
----
event: string  AK: long  AL: long
"wind"         0         2
"hail"         1         0

# an aggregate, whose column goes
datatable(event: string, state: string, n: long)["wind", "AL", 2, "wind", "AK", 3, "hail", "AL", 4, "wind", "AL", 5]
| evaluate pivot(state, sum(n))
----
event: string  AK: long  AL: long
"wind"         3         7
"hail"         0         4

# only the columns named stay
datatable(event: string, source: string, state: string, n: long)["wind", "p", "AL", 2, "wind", "q", "AL", 3]
| evaluate pivot(state, max(n), event)
----
event: string  AL: long
"wind"         3

# a cell without rows holds what the aggregate gives of none
datatable(k: long, p: string, v: string)[1, "a", "x", 2, "b", "y"]
| evaluate pivot(p, take_any(v), k)
----
k: long  a: string  b: string
1        "x"        ""
2        ""         "y"

# names and types are known to what follows
datatable(id: long, key: string, value: string)[1, "user", "ann", 1, "ip", "1.2.3.4", 2, "user", "bob"]
| evaluate pivot(key, take_any(value), id)
| where user startswith "a"
| project id, user, ip
----
id: long  user: string  ip: string
1         "ann"         "1.2.3.4"

# a written schema
datatable(k: string, p: string)["x", "a", "x", "b", "y", "c"]
| evaluate pivot(p) : (k: string, a: long, z: long)
----
k: string  a: long  z: long
"x"        1        0
"y"        0        0

# a value that names a column that stays
datatable(k: string, p: string)["x", "k"]
| evaluate pivot(p)
----
error 2:12 KS171 pivot makes a column 'k', and there is one already (rename it before)

# nulls add nothing
datatable(k: string, p: string, n: long)["x", "b", 1, "x", "a", long(null)] | evaluate pivot(p, sum(n), k)
----
k: string  a: long  b: long
"x"        0        1

# no rows
datatable(k: string, p: string)[] | evaluate pivot(p)
----
k: string
