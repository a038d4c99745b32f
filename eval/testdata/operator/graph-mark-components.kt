# numbers from 0 for the groups of nodes that edges connect, either way
datatable(a: string, b: string)["x", "y", "z", "y", "p", "q"] | make-graph a --> b with_node_id=id | graph-mark-components | graph-to-table nodes
----
id: string  ComponentId: long
"x"         0
"y"         0
"z"         0
"p"         1
"q"         1

# a strong component is of nodes that reach one another
datatable(a: string, b: string)["x", "y", "y", "z", "z", "x", "z", "w"] | make-graph a --> b with_node_id=id | graph-mark-components kind=strong with_component_id=part | graph-to-table nodes
----
id: string  part: long
"x"         0
"y"         0
"z"         0
"w"         1

# a weak one does not mind the direction
datatable(a: string, b: string)["x", "y", "y", "z", "z", "x", "z", "w"] | make-graph a --> b with_node_id=id | graph-mark-components kind=weak | graph-to-table nodes
----
id: string  ComponentId: long
"x"         0
"y"         0
"z"         0
"w"         0

# two rings with a way from one to the other are two strong components
datatable(a: long, b: long)[1, 2, 2, 1, 2, 3, 3, 4, 4, 3] | make-graph a --> b with_node_id=id | graph-mark-components kind=strong | graph-to-table nodes
----
id: long  ComponentId: long
1         0
2         0
3         1
4         1

# the number is a property like others
datatable(a: string, b: string)["x", "y", "p", "q"] | make-graph a --> b with_node_id=id | graph-mark-components with_component_id=part
| graph-match (n)-->(m) project n.id, m.id, n.part
----
n_id: string  m_id: string  n_part: long
"x"           "y"           0
"p"           "q"           1

# a long chain is one component
range i from 1 to 20000 step 1 | extend j = i + 1 | make-graph i --> j with_node_id=id | graph-mark-components kind=strong with_component_id=s | graph-mark-components with_component_id=w
| graph-to-table nodes | summarize dcount(s) between (19000 .. 21000), dcount(w)
----
Column1: bool  dcount_w: long
True           1

# no nodes
datatable(a: string, b: string)[] | make-graph a --> b with_node_id=id | graph-mark-components | graph-to-table nodes
----
id: string  ComponentId: long

# a kind that is not there
datatable(a: string, b: string)[] | make-graph a --> b | graph-mark-components kind=loose | graph-to-table nodes
----
error 1:80 KS005 Expected kind=weak, kind=strong, or with_component_id and a name

# a property that is there
datatable(a: string, b: string)[] | make-graph a --> b with_node_id=id | graph-mark-components with_component_id=id | graph-to-table nodes
----
error 1:74 KS171 the nodes have a property 'id' already (choose another with with_component_id)

# it needs a graph
print 1 | graph-mark-components
----
error 1:11 KS219 graph-mark-components needs a graph (make one with make-graph)

# a node whose id is null belongs to a component too
datatable(a: long, b: long)[1, 2, long(null), 3] | make-graph a --> b with_node_id=id | graph-mark-components with_component_id=c | graph-to-table nodes | count
----
Count: long
4
