# the edges for which it is true, and the nodes at their ends
let g = datatable(a: long, b: long, w: long)[1, 2, 5, 2, 3, 6, 4, 4, 5] | make-graph a --> b with_node_id=id;
g | graph-where-edges w == 5 | graph-to-table nodes as N, edges as E;
union N, E
----
table N
id: long
1
2
4
table E
a: long  b: long  w: long
1        2        5
4        4        5
table
id: long  a: long  b: long  w: long
1         null     null     null
2         null     null     null
4         null     null     null
null      1        2        5
null      4        4        5

# null is not true
datatable(a: long, b: long, w: long)[1, 2, long(null)] | make-graph a --> b with_node_id=id | graph-where-edges w > 1 | graph-to-table nodes
----
id: long

# a property that is not there
datatable(a: string, b: string)[] | make-graph a --> b with_node_id=id | graph-where-edges id == "x" | graph-to-table nodes
----
error 1:92 KS142 The name 'id' does not refer to any known column, table, variable or function.

# so does the one for edges
print id = 1 | graph-where-edges id == 1
----
error 1:16 KS219 graph-where-edges needs a graph (make one with make-graph)
