# columns that the predicate names and that all tables have; the others in a bag
let A = datatable(k: long, s: string, v: long)[1, "a", 10, 2, "b", 20]; let B = datatable(k: int, s: string)[1, "c"]; find in (A, B) where k == 1
----
source_: string  k: long  s: string  pack_: dynamic
"A"              1        "a"        {"v":10}
"B"              1        "c"        {}

# with a list of columns
let A = datatable(k: long, s: string)[1, "a"]; let B = datatable(k: int, t: string)[1, "c"]; find withsource=From in (A, B) where k == 1 project k, s, t
----
From: string  k: long  s: string  t: string
"A"           1        "a"        ""
"B"           1        ""         "c"

# of given types
let A = datatable(k: long)[1]; find in (A) where k == 1 project k: string
----
source_: string  k: string
"A"              "1"

# a table without the predicate's columns has no rows
let A = datatable(k: long)[1]; let B = datatable(z: long)[1]; find in (A, B) where k == 1
----
source_: string  k: long
"A"              1

# no table has them
let A = datatable(k: long)[1]; find in (A) where nokey == 1
----
error 1:50 KS142 The name 'nokey' does not refer to any known column, table, variable or function.

# nulls are not in the bag
let A = datatable(k: long, v: long)[1, long(null)]; find in (A) where k == 1
----
source_: string  k: long  v: long
"A"              1        null

# no rows
let A = datatable(k: long)[]; find in (A) where k == 1
----
source_: string  k: long

# a term in any column
let A = datatable(s: string, n: long)["needle in hay", 1, "hay", 2]; find in (A) where * has "needle"
----
source_: string  s: string        n: long
"A"              "needle in hay"  1

# project-away
let A = datatable(k: long, v: long)[1, 2]; find in (A) where k == 1 project-away v
----
source_: string  k: long
"A"              1

# a column of several types
let A = datatable(a: long)[1]; let B = datatable(a: string)["x"]; find in (A, B) where true project a | sort by source_ asc
----
source_: string  a: dynamic
"A"              1
"B"              "x"
