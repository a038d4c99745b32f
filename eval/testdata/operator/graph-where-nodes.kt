# the nodes for which the predicate is true, and the edges between them
let g = datatable(a: long, b: long)[1, 2, 2, 3, 3, 1] | make-graph a --> b with_node_id=id;
g | graph-where-nodes id < 3 | graph-to-table nodes as N, edges as E;
union N, E
----
table N
id: long
1
2
table E
a: long  b: long
1        2
table
id: long  a: long  b: long
1         null     null
2         null     null
null      1        2

# degrees may be asked for
datatable(a: string, b: string)["x", "y", "x", "z"] | make-graph a --> b with_node_id=id | graph-where-nodes node_degree_in() > 0 and node_degree_out() == 0 | graph-to-table nodes
----
id: string
"y"
"z"

# one after the other, and then a match
datatable(a: string, b: string, w: long)["x", "y", 1, "y", "z", 2, "x", "z", 3] | make-graph a --> b with_node_id=id
| graph-where-edges w != 3 | graph-where-nodes id != "z" | graph-match (p)-->(q) project p.id, q.id
----
p_id: string  q_id: string
"x"           "y"

# a predicate that is no bool
datatable(a: string, b: string)[] | make-graph a --> b with_node_id=id | graph-where-nodes id | graph-to-table nodes
----
error 1:92 KS141 the expression must have the type bool, not string (compare it, or convert it with tobool())

# they need a graph
print id = 1 | graph-where-nodes id == 1
----
error 1:16 KS219 graph-where-nodes needs a graph (make one with make-graph)

# of a property that is null nothing is true
let nodes = datatable(id: string, v: long)["x", long(null), "y", 2];
datatable(a: string, b: string)["x", "y"] | make-graph a --> b with nodes on id | graph-where-nodes v > 0 | graph-to-table nodes
----
id: string  v: long
"y"         2

# no nodes
datatable(a: string, b: string)[] | make-graph a --> b with_node_id=id | graph-where-nodes id == "x" | graph-to-table nodes
----
id: string
