# the nodes with their properties
let people = datatable(name: string, age: long)["x", 1, "y", 2];
datatable(a: string, b: string)["x", "y"] | make-graph a --> b with people on name | graph-to-table nodes
----
name: string  age: long
"x"           1
"y"           2

# the edges with theirs
datatable(a: string, b: string, n: long)["x", "y", 1] | make-graph a --> b | graph-to-table edges
----
a: string  b: string  n: long
"x"        "y"        1

# with_node_id, with_source_id and with_target_id give hashes of the ids
let g = datatable(a: string, b: string)["x", "y"] | make-graph a --> b with_node_id=name;
let hashes = g | graph-to-table nodes with_node_id=hash;
g | graph-to-table edges with_source_id=s with_target_id=t
| join kind=inner hashes on $left.t == $right.hash
| project name, alike = s != t
----
name: string  alike: bool
"y"           True

# two tables under names
datatable(a: string, b: string)["x", "y"] | make-graph a --> b with_node_id=id | graph-to-table nodes as N, edges as E;
N | join kind=inner E on $left.id == $right.a
----
table N
id: string
"x"
"y"
table E
a: string  b: string
"x"        "y"
table
id: string  a: string  b: string
"x"         "x"        "y"

# one table under a name goes on
datatable(a: string, b: string)["x", "y"] | make-graph a --> b with_node_id=id | graph-to-table nodes as N | count
----
Count: long
2

# no edges, no rows
datatable(a: string, b: string)[] | make-graph a --> b with_node_id=id | graph-to-table edges
----
a: string  b: string

# two tables need names
datatable(a: string, b: string)[] | make-graph a --> b with_node_id=id | graph-to-table nodes, edges
----
error 1:89 KS273 each of several tables needs a name (write nodes as Nodes, edges as Edges)
error 1:96 KS273 each of several tables needs a name (write nodes as Nodes, edges as Edges)

# a name that is not a parameter of nodes
datatable(a: string, b: string)[] | make-graph a --> b with_node_id=id | graph-to-table nodes with_source_id=s
----
error 1:95 KS005 Expected with_node_id of nodes, with_source_id or with_target_id of edges, and the name of a column

# a column that is there
datatable(a: string, b: string)[] | make-graph a --> b with_node_id=id | graph-to-table nodes with_node_id=id
----
error 1:89 KS171 the nodes have a property 'id' already (choose another name)

# it needs a graph
datatable(a: string, b: string)[] | graph-to-table nodes
----
error 1:37 KS219 graph-to-table needs a graph (make one with make-graph)

# properties that are null
let nodes = datatable(id: string, v: long)["x", long(null)];
datatable(a: string, b: string, w: long)["x", "x", long(null)] | make-graph a --> b with nodes on id | graph-to-table nodes as N, edges as E
----
table N
id: string  v: long
"x"         null
table E
a: string  b: string  w: long
"x"        "x"        null
