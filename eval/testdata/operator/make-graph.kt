# a node for each end of an edge; without a table of nodes it has no property
datatable(a: string, b: string)["x", "y", "y", "z"] | make-graph a --> b | graph-match (n)-[e]->(m) project e.a, e.b
----
e_a: string  e_b: string
"x"          "y"
"y"          "z"

# with_node_id names the property that holds the id
datatable(a: string, b: string)["x", "y", "y", "z"] | make-graph a --> b with_node_id=id | graph-to-table nodes
----
id: string
"x"
"y"
"z"

# a table of nodes: one that no edge has is a node too, one that only edges tell of has its id alone
let people = datatable(name: string, age: long, tag: string)["x", 1, "t", "lone", 2, "u"];
datatable(a: string, b: string)["x", "y"] | make-graph a --> b with people on name | graph-to-table nodes
----
name: string  age: long  tag: string
"x"           1          "t"
"lone"        2          "u"
"y"           null       ""

# two tables of nodes are merged by id; of two values of one property one stays
let one = datatable(id: string, v: long, w: long)["x", 1, long(null)];
let two = datatable(id: string, w: long, u: string)["x", 5, "more", "z", 6, ""];
datatable(a: string, b: string)["x", "y"] | make-graph a --> b with one on id, two on id | graph-to-table nodes
----
id: string  v: long  w: long  u: string
"x"         1        5        "more"
"z"         null     6        ""
"y"         null     null     ""

# the tables may call the id by different names; a node that only edges tell of has both
let one = datatable(id: string)["x"];
let two = datatable(name: string)["y"];
datatable(a: string, b: string)["x", "y", "y", "z"] | make-graph a --> b with one on id, two on name | graph-to-table nodes
----
id: string  name: string
"x"         ""
""          "y"
"z"         "z"

# a property that two tables have with different types is dynamic
let one = datatable(id: string, v: long)["x", 1];
let two = datatable(id: string, v: string)["y", "text"];
datatable(a: string, b: string)["x", "y"] | make-graph a --> b with one on id, two on id | graph-to-table nodes
----
id: string  v: dynamic
"x"         1
"y"         "text"

# rows of nodes with one id are one node
let people = datatable(name: string, age: long)["x", 1, "x", 2];
datatable(a: string, b: string)["x", "x"] | make-graph a --> b with people on name | graph-to-table nodes
----
name: string  age: long
"x"           1

# a null is an id like others, and so is the empty text
datatable(a: long, b: long)[1, long(null), long(null), 2] | make-graph a --> b with_node_id=id | graph-match (x)-->(y)-->(z) project x.id, y.id, z.id
----
x_id: long  y_id: long  z_id: long
1           null        2

# ids of any type but dynamic
datatable(a: datetime, b: datetime)[datetime(2024-01-01), datetime(2024-01-02)] | make-graph a --> b with_node_id=id | graph-to-table nodes
----
id: datetime
2024-01-01T00:00:00.0000000Z
2024-01-02T00:00:00.0000000Z

# two edges between the same nodes are two, and an edge may lead back to its node
datatable(a: string, b: string, n: long)["x", "y", 1, "x", "y", 2, "y", "y", 3] | make-graph a --> b | graph-match (p)-[e]->(q) project e.n
----
e_n: long
1
2
3

# an edge without direction leads both ways
datatable(a: string, b: string)["x", "y"] | make-graph a -- b with_node_id=id | graph-match (p)-[e]->(q) project p.id, q.id
----
p_id: string  q_id: string
"x"           "y"
"y"           "x"

# a path into a dynamic column
datatable(d: dynamic)[dynamic({"src": "x", "dst": "y"})] | extend a = tostring(d.src), b = tostring(d.dst) | make-graph a --> b with_node_id=id | graph-match (p)-[e]->(q) project p.id, e.d.dst
----
p_id: string  e_d_dst: dynamic
"x"           "y"

# no edges: a graph of the nodes
let people = datatable(name: string)["x"];
datatable(a: string, b: string)[] | make-graph a --> b with people on name | graph-to-table nodes
----
name: string
"x"

# a graph in a let, and from a function
let friends = () { datatable(a: string, b: string)["x", "y"] | make-graph a --> b with_node_id=id };
let g = friends();
g | graph-to-table nodes
----
id: string
"x"
"y"

# a graph that is materialized is made once
let g = materialize(datatable(a: string, b: string)["x", "y"] | extend n = rand() | make-graph a --> b with_node_id=id);
let one = g | graph-match (x)-[e]->(y) project e.n;
let two = g | graph-to-table edges | project e_n = n;
union one, two | summarize dcount(e_n)
----
dcount_e_n: long
1

# one graph for each value of a column, in which an edge and its nodes lie together
let people = datatable(name: string, team: string)["x", "t1", "y", "t1", "x", "t2", "z", "t2"];
datatable(a: string, b: string, team: string)["x", "y", "t1", "z", "x", "t2"]
| make-graph a --> b with people on name partitioned-by team (graph-match (p)-[e]->(q) project p.name, q.name, p.team)
----
p_name: string  q_name: string  p_team: string
"x"             "y"             "t1"
"z"             "x"             "t2"

# the operators after it may go on as for a table
datatable(a: string, b: string, team: string)["x", "y", "t1", "z", "x", "t2", "z", "y", "t2"]
| make-graph a --> b with_node_id=id partitioned-by team (graph-to-table nodes | count)
----
Count: long
2
3

# no rows, no graphs
datatable(a: string, b: string, team: string)[] | make-graph a --> b with_node_id=id partitioned-by team (graph-to-table nodes | count)
----
Count: long

# the partitions must give tables
datatable(a: string, b: string, team: string)[] | make-graph a --> b with_node_id=id partitioned-by team (graph-mark-components)
----
error 1:107 KS251 a table is expected here, not a graph (make one with graph-match … project, or with graph-to-table)

# a table of nodes needs the column of the partitions
let people = datatable(name: string)["x"];
datatable(a: string, b: string, team: string)[] | make-graph a --> b with people on name partitioned-by team (graph-to-table nodes)
----
error 2:105 KS142 The name 'team' does not refer to any known column, table, variable or function.

# a dynamic value identifies no node
datatable(a: dynamic, b: string)[] | make-graph a --> b | graph-to-table edges
----
error 1:49 KS240 a node cannot be identified by a dynamic value (convert it with tostring() or tolong())

# columns that are not there
datatable(a: string, b: string)[] | make-graph a --> c with (print 1) on d | graph-to-table edges
----
error 1:54 KS142 The name 'c' does not refer to any known column, table, variable or function.
error 1:74 KS142 The name 'd' does not refer to any known column, table, variable or function.

# a graph is no result
datatable(a: string, b: string)[] | make-graph a --> b
----
error 1:37 KS251 a table is expected here, not a graph (make one with graph-match … project, or with graph-to-table)

# nor can other operators take it
datatable(a: string, b: string)[] | make-graph a --> b | where a == "x"
----
error 1:58 KS251 a table is expected here, not a graph (make one with graph-match … project, or with graph-to-table)

# nor can it stand where a table is read
let g = datatable(a: string, b: string)[] | make-graph a --> b;
print a = "x" | join g on a
----
error 2:22 KS251 a table is expected here, not a graph (make one with graph-match … project, or with graph-to-table)

# graph models of a service are not reached
graph("Security") | graph-match (x)-->(y) project x.id
----
error 1:1 graph() cannot run here: it reads from a service

# a plugin whose columns the rows decide looks at all parts
let people = datatable(id: string, team: string, more: dynamic)["x", "t1", dynamic({"p": 1}), "y", "t2", dynamic({"q": 2})];
datatable(a: string, b: string, team: string)[] | make-graph a --> b with people on id partitioned-by team (graph-to-table nodes | evaluate bag_unpack(more))
----
id: string  team: string  p: long  q: long
"x"         "t1"          1        null
"y"         "t2"          null     2

# within a partition the graph may be read twice
datatable(a: string, b: string, team: string)["x", "y", "t1", "z", "x", "t2", "z", "y", "t2"]
| make-graph a --> b with_node_id=id partitioned-by team (graph-to-table nodes as N | extend k = 1 | join kind=inner (N | summarize n = count() | extend k = 1) on k | project id, n)
----
id: string  n: long
"x"         2
"y"         2
"z"         3
"x"         3
"y"         3
