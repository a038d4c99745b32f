# a row for each place that looks like the pattern
datatable(a: string, b: string, w: long)["x", "y", 1, "y", "z", 2] | make-graph a --> b with_node_id=id
| graph-match (p)-[e]->(q) where e.w > 1 project p.id, e.w, q.id
----
p_id: string  e_w: long  q_id: string
"y"           2          "z"

# an edge against its direction, and in either
let g = datatable(a: string, b: string)["x", "y"] | make-graph a --> b with_node_id=id;
let against = g | graph-match (p)<-[e]-(q) project p.id, q.id;
let either = g | graph-match (p)-[e]-(q) project p.id, q.id;
union withsource=way against, either
----
way: string  p_id: string  q_id: string
"against"    "y"           "x"
"either"     "x"           "y"
"either"     "y"           "x"

# nodes and edges without names
datatable(a: string, b: string)["x", "y", "y", "z", "w", "z"] | make-graph a --> b with_node_id=id
| graph-match (p)-->()<--(q) project p.id, q.id
----
p_id: string  q_id: string
"y"           "w"
"w"           "y"

# an edge has one arrow at most
datatable(a: string, b: string)["x", "y"] | make-graph a --> b with_node_id=id | graph-match (p)<-->(q) project p.id, q.id
----
error 1:97 KS238 an edge is -->, <-- or -- (write -- for an edge of either direction)

# nodes alone
datatable(a: string, b: string)["x", "y"] | make-graph a --> b with_node_id=id | graph-match (n) where n.id != "x" project n.id
----
n_id: string
"y"

# a name that stands twice is one node
datatable(a: string, b: string)["x", "y", "y", "x", "y", "z"] | make-graph a --> b with_node_id=id
| graph-match (p)-->(q)-->(p) project p.id, q.id
----
p_id: string  q_id: string
"x"           "y"
"y"           "x"

# a path of one to three edges: the properties of its edges are arrays
datatable(a: string, b: string, w: long)["x", "y", 1, "y", "z", 2, "z", "u", 3] | make-graph a --> b with_node_id=id
| graph-match (p)-[e*1..3]->(q) where p.id == "x" project q.id, e.w, hops = array_length(e)
----
q_id: string  e_w: dynamic  hops: long
"y"           [1]           1
"z"           [1,2]         2
"u"           [1,2,3]       3

# a path may be of no edge
datatable(a: string, b: string)["x", "y"] | make-graph a --> b with_node_id=id
| graph-match (p)-[e*0..1]->(q) project p.id, q.id, e.a
----
p_id: string  q_id: string  e_a: dynamic
"x"           "x"           []
"x"           "y"           ["x"]
"y"           "y"           []

# a path without a name, and one against the direction
datatable(a: string, b: string)["x", "y", "y", "z"] | make-graph a --> b with_node_id=id
| graph-match (p)<-[*2..2]-(q) project p.id, q.id
----
p_id: string  q_id: string
"z"           "x"

# the edges of a path against the direction are in the order of the pattern
datatable(a: string, b: string)["x", "y", "y", "z"] | make-graph a --> b with_node_id=id
| graph-match (p)<-[e*1..5]-(q) where q.id == "x" project p.id, e.a, map(inner_nodes(e), id)
----
p_id: string  e_a: dynamic  Column1: dynamic
"y"           ["x"]         []
"z"           ["y","x"]     ["y"]

# all tests every edge of a path
datatable(a: string, b: string, tag: string)["x", "y", "good", "y", "z", "bad", "x", "z", "good"] | make-graph a --> b with_node_id=id
| graph-match (p)-[e*1..2]->(q) where all(e, tag == "good") project p.id, q.id
----
p_id: string  q_id: string
"x"           "y"
"x"           "z"

# any asks for one; any of none is false and all of none is true
datatable(a: string, b: string, tag: string)["x", "y", "good", "y", "z", "bad"] | make-graph a --> b with_node_id=id
| graph-match (p)-[e*0..2]->(q) project p.id, q.id, some = any(e, tag == "bad"), every = all(e, tag == "bad")
----
p_id: string  q_id: string  some: bool  every: bool
"x"           "x"           False       True
"x"           "y"           False       False
"x"           "z"           True        False
"y"           "y"           False       True
"y"           "z"           True        True
"z"           "z"           False       True

# a predicate that is null counts as false
datatable(a: string, b: string, w: long)["x", "y", long(null)] | make-graph a --> b with_node_id=id
| graph-match (p)-[e*1..1]->(q) project all(e, w > 1), any(e, w > 1)
----
Column1: bool  Column2: bool
False          False

# all and any over the nodes within a path
datatable(a: string, b: string)["x", "y", "y", "z", "z", "u"] | make-graph a --> b with_node_id=id
| graph-match (p)-[e*1..3]->(q) where p.id == "x" and all(inner_nodes(e), id != "z") project q.id, any(inner_nodes(e), id == "y")
----
q_id: string  Column1: bool
"y"           False
"z"           True

# map gives an array of an expression over the edges, or over the nodes within
datatable(a: string, b: string, w: long)["x", "y", 1, "y", "z", 2] | make-graph a --> b with_node_id=id
| graph-match (p)-[e*1..2]->(q) project p.id, q.id, twice = map(e, w * 2), within = map(inner_nodes(e), toupper(id))
----
p_id: string  q_id: string  twice: dynamic  within: dynamic
"x"           "y"           [2]             []
"x"           "z"           [2,4]           ["Y"]
"y"           "z"           [4]             []

# an expression over the edges of a path may read other variables of the pattern
datatable(a: string, b: string, w: long)["x", "y", 1, "y", "z", 2] | make-graph a --> b with_node_id=id
| graph-match (p)-[e*1..2]->(q) where all(e, a != q.id) project p.id, q.id, map(e, strcat(p.id, a, b))
----
p_id: string  q_id: string  Column1: dynamic
"x"           "y"           ["xxy"]
"x"           "z"           ["xxy","xyz"]
"y"           "z"           ["yyz"]

# an expression over a path is one over each of its edges: an array, or a condition that all must meet
datatable(a: string, b: string, w: long)["x", "y", 1, "y", "z", 2, "z", "u", 3] | make-graph a --> b with_node_id=id
| graph-match (p)-[e*1..3]->(q) where e.w >= 2 and (q.id == "u" or e.w == 2) project p.id, q.id, e.w * 10, strcat(p.id, e.a, e.b)
----
p_id: string  q_id: string  Column1: dynamic  Column2: dynamic
"y"           "z"           [20]              ["yyz"]
"y"           "u"           [20,30]           ["yyz","yzu"]
"z"           "u"           [30]              ["zzu"]

# of one path at a time
datatable(a: string, b: string, w: long)[] | make-graph a --> b with_node_id=id
| graph-match (p)-[e*1..3]->(q)-[f*1..3]->(r) where e.w > f.w project p.id
----
error 2:59 an expression reads the edges of one path at a time (gather the others with map(), or test them with all() or any())

# map over one node or edge is an array of one
datatable(a: string, b: string, w: long)["x", "y", 1] | make-graph a --> b with_node_id=id
| graph-match (p)-[e]->(q) project map(p, id), map(e, w)
----
Column1: dynamic  Column2: dynamic
["x"]             [1]

# degrees, ids and labels; a graph that make-graph makes has no labels
datatable(a: long, b: long)[1, 2, 1, 3, 3, 2] | make-graph a --> b with_node_id=id
| graph-match (p)-[e]->(q) project node_id(p), node_degree_out(p), node_degree_in(q), labels(p), labels(e)
----
Column1: string  Column2: long  Column3: long  Column4: dynamic  Column5: dynamic
"1"              2              2              []                []
"1"              2              1              []                []
"3"              1              2              []                []

# within map and its kin they are of the element at hand
datatable(a: string, b: string)["x", "y", "y", "z", "u", "y"] | make-graph a --> b with_node_id=id
| graph-match (p)-[e*2..2]->(q) project p.id, map(inner_nodes(e), strcat(node_id(), node_degree_in(), node_degree_out())), map(e, labels())
----
p_id: string  Column1: dynamic  Column2: dynamic
"x"           ["y21"]           [[],[]]
"u"           ["y21"]           [[],[]]

# the degree in an undirected graph counts all edges
datatable(a: string, b: string)["x", "y", "y", "z"] | make-graph a -- b with_node_id=id
| graph-match (p) project node_id(p), node_degree_in(p), node_degree_out(p)
----
Column1: string  Column2: long  Column3: long
"x"              1              1
"y"              2              2
"z"              1              1

# cycles=unique_edges, which is the default, goes along no edge twice
let g = datatable(a: string, b: string)["x", "y", "y", "x"] | make-graph a --> b with_node_id=id;
let unique = g | graph-match (p)-[e*1..4]->(q) where p.id == "x" project q.id, array_length(e);
let none = g | graph-match cycles=none (p)-[e*1..4]->(q) where p.id == "x" project q.id, array_length(e);
let every = g | graph-match cycles=all (p)-[e*1..4]->(q) where p.id == "x" project q.id, array_length(e);
union withsource=rule unique, none, every
----
rule: string  q_id: string  Column1: long
"unique"      "y"           1
"unique"      "x"           2
"none"        "y"           1
"every"       "y"           1
"every"       "x"           2
"every"       "y"           3
"every"       "x"           4

# nor does a chain of single edges; with all it may
let g = datatable(a: string, b: string)["x", "y"] | make-graph a --> b with_node_id=id;
let unique = g | graph-match (p)--(q)--(r) project p.id, q.id, r.id;
let every = g | graph-match cycles=all (p)--(q)--(r) project p.id, q.id, r.id;
union withsource=rule unique, every
----
rule: string  p_id: string  q_id: string  r_id: string
"every"       "x"           "y"           "x"
"every"       "y"           "x"           "y"

# with none a pattern that comes back finds nothing, and an edge to its own node neither
let g = datatable(a: string, b: string)["x", "y", "y", "x", "x", "x"] | make-graph a --> b with_node_id=id;
let back = g | graph-match cycles=none (p)-->(q)-->(p) project p.id;
let loops = g | graph-match cycles=none (p)-->(q) where p.id == q.id project p.id;
union back, loops
----
p_id: string

# several sequences share a node
datatable(a: string, b: string)["x", "y", "x", "z", "w", "x"] | make-graph a --> b with_node_id=id
| graph-match (p)-->(q), (r)-->(p) project p.id, q.id, r.id
----
p_id: string  q_id: string  r_id: string
"x"           "y"           "w"
"x"           "z"           "w"

# a star of two sequences; the rule for cycles holds within each
datatable(a: long, b: long)[1, 9, 9, 2, 3, 9, 9, 4] | make-graph a --> b with_node_id=id
| graph-match (a)-->(n)-->(b), (c)-->(n)-->(d) where a.id < c.id and b.id <= d.id project a.id, b.id, n.id, c.id, d.id
----
a_id: long  b_id: long  n_id: long  c_id: long  d_id: long
1           2           9           3           2
1           2           9           3           4
1           4           9           3           4

# two paths in one pattern
datatable(a: string, b: string, tag: string)["x", "y", "up", "y", "z", "up", "z", "y", "down", "y", "x", "down"] | make-graph a --> b with_node_id=id
| graph-match (p)-[out*1..2]->(q)-[back*1..2]->(p) where all(out, tag == "up") and all(back, tag == "down") project p.id, q.id, out.tag, back.tag
----
p_id: string  q_id: string  out_tag: dynamic  back_tag: dynamic
"x"           "y"           ["up"]            ["down"]
"x"           "z"           ["up","up"]       ["down","down"]
"y"           "z"           ["up"]            ["down"]

# where may compare variables with one another
datatable(a: string, b: string, w: long)["x", "y", 1, "y", "z", 2, "z", "u", 1] | make-graph a --> b with_node_id=id
| graph-match (p)-[e]->(q)-[f]->(r) where e.w < f.w and p.id != r.id project p.id, q.id, r.id
----
p_id: string  q_id: string  r_id: string
"x"           "y"           "z"

# a column around the graph, and a let
let least = 2;
datatable(a: string, b: string, w: long)["x", "y", 1, "y", "z", 2] | make-graph a --> b with_node_id=id
| graph-match (p)-[e*1..1]->(q) where all(e, w >= least) project p.id, least
----
p_id: string  least: long
"y"           2

# a node that is null in a property
let people = datatable(id: string, age: long)["x", 1];
datatable(a: string, b: string)["x", "y"] | make-graph a --> b with people on id
| graph-match (p)-->(q) where isnull(q.age) project p.age, q.age
----
p_age: long  q_age: long
1            null

# a variable itself is a bag of its properties, and a path an array of bags
datatable(a: string, b: string, w: long)["x", "y", 1] | make-graph a --> b with_node_id=id
| graph-match (p)-[e]->(q)-[f*0..1]->(r) project p, e, f
----
p: dynamic  e: dynamic               f: dynamic
{"id":"x"}  {"a":"x","b":"y","w":1}  []

# without project it is the graph of all that lies in a place found
datatable(a: string, b: string, w: long)["x", "y", 1, "y", "z", 2, "p", "q", 3] | make-graph a --> b with_node_id=id
| graph-match (p)-[e*2..2]->(q) | graph-to-table edges
----
a: string  b: string  w: long
"x"        "y"        1
"y"        "z"        2

# no place, no rows
datatable(a: string, b: string)["x", "y"] | make-graph a --> b with_node_id=id | graph-match (p)-->(q)-->(r) project p.id
----
p_id: string

# an empty graph
datatable(a: string, b: string)[] | make-graph a --> b with_node_id=id | graph-match (p) project p.id
----
p_id: string

# names of columns are those of the variable and the property; one that is taken is numbered
datatable(a: string, b: string)["x", "y"] | make-graph a --> b with_node_id=id
| graph-match (p)-[e]->(q) project p.id, p.id, e.a, strcat(p.id, q.id), end = q.id
----
p_id: string  p_id1: string  e_a: string  Column1: string  end: string
"x"           "x"            "x"          "xy"             "y"

# the paths of a graph in which all lead to all are bounded by the rule for cycles
range i from 1 to 6 step 1 | extend k = 1 | join kind=inner (range j from 1 to 6 step 1 | extend k = 1) on k | where i != j
| make-graph i --> j with_node_id=id | graph-match cycles=none (p)-[e*1..5]->(q) where p.id == 1 and q.id == 2 project e.i | count
----
Count: long
65

# sequences that share no node
datatable(a: string, b: string)[] | make-graph a --> b with_node_id=id | graph-match (p)-->(q), (r)-->(s) project p.id
----
error 1:74 the sequences of a pattern must be connected (let them share a node)

# an edge that stands twice
datatable(a: string, b: string)[] | make-graph a --> b with_node_id=id | graph-match (p)-[e]->(q)-[e]->(r) project p.id
----
error 1:100 KS171 'e' stands in the pattern already (give the edge another name)

# a name of a node and an edge
datatable(a: string, b: string)[] | make-graph a --> b with_node_id=id | graph-match (p)-[p]->(q) project q.id
----
error 1:91 KS171 'p' stands in the pattern already (give the edge another name)

# a property that is not there
datatable(a: string, b: string)[] | make-graph a --> b with_node_id=name | graph-match (p)-[e]->(q) project p.nome, e.c, x.id
----
error 1:111 KS142 'p' has no property 'nome' (did you mean name?)
error 1:119 KS142 'e' has no property 'c'
error 1:122 KS142 The name 'x' does not refer to any known column, table, variable or function.

# a path is longer at its end than at its beginning
datatable(a: string, b: string)[] | make-graph a --> b with_node_id=id | graph-match (p)-[e*3..1]->(q) project q.id
----
error 1:90 a path of 3..1 edges has no length

# the length of a path is a whole number
datatable(a: string, b: string)[] | make-graph a --> b with_node_id=id | graph-match (p)-[e*1..2.5]->(q) project q.id
----
error 1:96 KS221 the length of a path must be a whole number

# a rule for cycles that is not there
datatable(a: string, b: string)[] | make-graph a --> b with_node_id=id | graph-match cycles=some (p)-[e]->(q) project q.id
----
error 1:86 KS005 graph-match has no cycles 'some' (write none, all or unique_edges)

# a number for each match
datatable(a: string, b: string)[] | make-graph a --> b with_node_id=id | graph-match with_match_id=m (p)-[e]->(q) project q.id
----
error 1:86 with_match_id is not supported (number the rows with row_number())

# the functions of graphs need variables of the pattern
datatable(a: string, b: string)[] | make-graph a --> b with_node_id=id
| graph-match (p)-[e*1..2]->(q) where all("x", true) and any(e) project node_id(), node_degree_in(e), labels("x"), map(inner_nodes(p), id), inner_nodes(e)
----
error 2:43 KS141 a node or an edge of the pattern is expected here
error 2:58 KS119 any() takes 2 arguments, not 1 argument
error 2:73 KS119 node_id() needs a variable of the pattern here
error 2:84 KS141 node_degree_in() needs a node
error 2:110 KS141 a node or an edge of the pattern is expected here
error 2:132 KS141 inner_nodes() needs an edge of variable length, as [e*1..3]
error 2:141 KS141 inner_nodes() gives no value of its own (write map(inner_nodes(e), …), or all() or any() of it)

# and are known in graphs only
print any(1, true), node_id("x"), map(1, 2)
----
error 1:7 KS144 the aggregate 'any' cannot be used here (use it within summarize)
error 1:21 KS211 The name 'node_id' does not refer to any known function.
error 1:35 KS211 The name 'map' does not refer to any known function. (did you mean max?)

# it needs a graph
datatable(a: string, b: string)[] | graph-match (p)-->(q) project p.id
----
error 1:37 KS219 graph-match needs a graph (make one with make-graph)

# properties that a plugin has made
datatable(k: string, d: dynamic)["x", dynamic({"n": "a", "s": "b"})] | evaluate bag_unpack(d) | make-graph n --> s with_node_id=id
| graph-match (p)-[e]->(q) where e.n == "a" project e.n, Target = e.s
----
e_n: string  Target: string
"a"          "b"
