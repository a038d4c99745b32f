# a shortest path for each pair of ends
datatable(a: string, b: string)["x", "y", "y", "z", "x", "z", "z", "u"] | make-graph a --> b with_node_id=id
| graph-shortest-paths (p)-[e*1..5]->(q) where p.id == "x" project q.id, e.b
----
q_id: string  e_b: dynamic
"y"           ["y"]
"z"           ["z"]
"u"           ["z","u"]

# output=any, which is the default, gives one of several; output=all gives all
let g = datatable(a: string, b: string)["x", "l", "x", "r", "l", "y", "r", "y"] | make-graph a --> b with_node_id=id;
let one = g | graph-shortest-paths output=any (p)-[e*1..5]->(q) where p.id == "x" and q.id == "y" project array_length(e);
let every = g | graph-shortest-paths output=all (p)-[e*1..5]->(q) where p.id == "x" and q.id == "y" project array_length(e), e.b;
union withsource=output one, every
----
output: string  Column1: long  e_b: dynamic
"one"           2              null
"every"         2              ["l","y"]
"every"         2              ["r","y"]

# against the direction, and either way
let g = datatable(a: string, b: string)["x", "y", "y", "z"] | make-graph a --> b with_node_id=id;
let against = g | graph-shortest-paths (p)<-[e*1..5]-(q) where p.id == "z" project q.id, e.a;
let either = g | graph-shortest-paths (p)-[e*1..5]-(q) where p.id == "y" project q.id, e.a;
union withsource=way against, either
----
way: string  q_id: string  e_a: dynamic
"against"    "y"           ["y"]
"against"    "x"           ["y","x"]
"either"     "z"           ["y"]
"either"     "x"           ["x"]

# no edge longer than allowed, and none shorter
datatable(a: string, b: string)["x", "y", "y", "z", "z", "u"] | make-graph a --> b with_node_id=id
| graph-shortest-paths (p)-[e*2..2]->(q) project p.id, q.id
----
p_id: string  q_id: string
"x"           "z"
"y"           "u"

# a path may be of no edge
datatable(a: string, b: string)["x", "y"] | make-graph a --> b with_node_id=id
| graph-shortest-paths (p)-[e*0..2]->(q) project p.id, q.id, array_length(e)
----
p_id: string  q_id: string  Column1: long
"x"           "x"           0
"x"           "y"           1
"y"           "y"           0

# every edge meets the predicate of all, so that a longer way may be the shortest
datatable(a: string, b: string, open: bool)["x", "z", false, "x", "y", true, "y", "z", true] | make-graph a --> b with_node_id=id
| graph-shortest-paths (p)-[e*1..5]->(q) where p.id == "x" and q.id == "z" and all(e, open) project e.a
----
e_a: dynamic
["x","y"]

# the end may be tested first
datatable(a: string, b: string)["x", "y", "y", "z"] | make-graph a --> b with_node_id=id
| graph-shortest-paths (p)-[e*1..5]->(q) where q.id == "z" and p.id == "x" project e.a
----
e_a: dynamic
["x","y"]

# a test of the whole path
datatable(a: string, b: string, w: long)["x", "z", 1, "x", "y", 2, "y", "z", 2] | make-graph a --> b with_node_id=id
| graph-shortest-paths (p)-[e*1..5]->(q) where p.id == "x" and q.id == "z" and any(e, w > 1) project e.w
----
e_w: dynamic
[2,2]

# the nodes within
datatable(a: string, b: string)["x", "y", "y", "z", "z", "u"] | make-graph a --> b with_node_id=id
| graph-shortest-paths (p)-[e*1..5]->(q) where p.id == "x" and q.id == "u" project map(inner_nodes(e), id), map(inner_nodes(e), node_degree_out())
----
Column1: dynamic  Column2: dynamic
["y","z"]         [1,1]

# a path with single edges around it
datatable(a: string, b: string, tag: string)["user", "a", "in", "a", "b", "way", "b", "c", "way", "a", "c", "way", "c", "vault", "out"] | make-graph a --> b with_node_id=id
| graph-shortest-paths (p)-[into]->(m)-[e*1..5]->(n)-[out]->(q) where p.id == "user" and out.tag == "out" project m.id, n.id, q.id, e.b
----
m_id: string  n_id: string  q_id: string  e_b: dynamic
"a"           "c"           "vault"       ["c"]

# from a node back to itself
datatable(a: string, b: string)["x", "y", "y", "x", "y", "z"] | make-graph a --> b with_node_id=id
| graph-shortest-paths (p)-[e*1..5]->(p) project p.id, e.b
----
p_id: string  e_b: dynamic
"x"           ["y","x"]
"y"           ["x","y"]

# back to itself either way it takes no edge twice
datatable(a: string, b: string)["x", "y", "y", "z", "z", "x", "z", "w"] | make-graph a --> b with_node_id=id
| graph-shortest-paths output=all (p)-[e*1..5]-(q) where p.id == "x" project q.id, array_length(e)
----
q_id: string  Column1: long
"y"           1
"z"           1
"w"           2
"x"           3
"x"           3

# nor where a path must be longer than the shortest way
datatable(a: string, b: string)["x", "y", "y", "x", "x", "y", "y", "z"] | make-graph a --> b with_node_id=id
| graph-shortest-paths (p)-[e*3..5]->(q) where p.id == "x" project q.id, e.b
----
q_id: string  e_b: dynamic
"y"           ["y","x","y"]
"z"           ["y","x","y","z"]

# the lengths are those of the shortest of all paths
let g = range i from 0 to 59 step 1 | extend a = i * 7 % 13, b = (i * i + 3) % 13 | make-graph a --> b with_node_id=id;
let shortest = g | graph-shortest-paths (p)-[e*1..4]->(q) project p.id, q.id, n = array_length(e);
g | graph-match (p)-[e*1..4]->(q) project p.id, q.id, n = array_length(e) | summarize n = min(n) by p_id, q_id
| join kind=fullouter shortest on p_id, q_id | summarize pairs = count(), alike = countif(n == n1)
----
pairs: long  alike: long
40           40

# and their number that of all paths of that length
let g = range i from 0 to 59 step 1 | extend a = i * 7 % 13, b = (i * i + 3) % 13 | make-graph a -- b with_node_id=id;
let shortest = g | graph-shortest-paths output=all (p)-[e*1..3]-(q) project p.id, q.id, n = array_length(e);
g | graph-match (p)-[e*1..3]-(q) project p.id, q.id, n = array_length(e) | summarize paths = count() by p_id, q_id, n | summarize arg_min(n, paths) by p_id, q_id
| join kind=fullouter (shortest | summarize found = count() by p_id, q_id, n) on p_id, q_id | summarize pairs = count(), alike = countif(n == n1 and paths == found), sum(found)
----
pairs: long  alike: long  sum_found: long
85           85           3244

# no path
datatable(a: string, b: string)["x", "y", "p", "q"] | make-graph a --> b with_node_id=id
| graph-shortest-paths (p)-[e*1..5]->(q) where p.id == "x" and q.id == "q" project p.id
----
p_id: string

# an empty graph
datatable(a: string, b: string)[] | make-graph a --> b with_node_id=id | graph-shortest-paths (p)-[e*1..5]->(q) project p.id
----
p_id: string

# a graph in which all lead to all is searched once from each node
range i from 1 to 40 step 1 | extend k = 1 | join kind=inner (range j from 1 to 40 step 1 | extend k = 1) on k | where i != j
| make-graph i --> j with_node_id=id | graph-shortest-paths (p)-[e*1..30]->(q) where p.id != q.id project hops = array_length(e) | summarize count() by hops
----
hops: long  count_: long
1           1560

# a pattern without a path
datatable(a: string, b: string)[] | make-graph a --> b with_node_id=id | graph-shortest-paths (p)-[e]->(q) project p.id
----
error 1:95 graph-shortest-paths needs an edge of variable length (write it as [e*1..5])

# several sequences
datatable(a: string, b: string)[] | make-graph a --> b with_node_id=id | graph-shortest-paths (p)-[e*1..2]->(q), (q)-->(r) project p.id
----
error 1:74 graph-shortest-paths takes one sequence of nodes and edges

# an output that is not there
datatable(a: string, b: string)[] | make-graph a --> b with_node_id=id | graph-shortest-paths output=some (p)-[e*1..2]->(q) project p.id
----
error 1:102 KS005 Expected one of: output=any, output=all

# no project
datatable(a: string, b: string)[] | make-graph a --> b with_node_id=id | graph-shortest-paths (p)-[e*1..2]->(q)
----
error 1:74 graph-shortest-paths needs project

# it needs a graph
print 1 | graph-shortest-paths (p)-[e*1..2]->(q) project p.id
----
error 1:11 KS219 graph-shortest-paths needs a graph (make one with make-graph)

# properties that are null
let nodes = datatable(id: string, v: long)["x", long(null), "y", 2];
datatable(a: string, b: string)["x", "y"] | make-graph a --> b with nodes on id
| graph-shortest-paths (m)-[e*1..2]->(n) where isnull(m.v) project m.id, n.id, n.v
----
m_id: string  n_id: string  n_v: long
"x"           "y"           2
