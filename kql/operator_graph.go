package kql

// MakeGraph makes a graph of a table of edges.
type MakeGraph struct {
	declared
	Params      []*Parameter  `parser:"'make-graph' @@*"`
	From        Path          `parser:"@@"`
	Directed    bool          `parser:"'-' '-' @'>'?"`
	To          Path          `parser:"@@"`
	Nodes       []*GraphNodes `parser:"( 'with' @@ ( ',' @@ )*"`
	NodeID      *Ident        `parser:"| 'with_node_id' '=' @@ )?"`
	Partitioned Path          `parser:"( 'partitioned-by' @@"`
	Pipe        *Pipe         `parser:"'(' @@ ')' )?"`
}

// GraphNodes is a table of nodes with the column that identifies them.
type GraphNodes struct {
	declared
	Table Expr `parser:"@@"`
	On    Path `parser:"'on' @@"`
}

// GraphMatch finds the places of a graph that look like patterns.
type GraphMatch struct {
	declared
	Params   []*Parameter    `parser:"'graph-match' @@*"`
	Patterns []*GraphPattern `parser:"@@ ( ',' @@ )*"`
	Where    Expr            `parser:"( 'where' @@ )?"`
	Project  []*NamedExpr    `parser:"( 'project' @@ ( ',' @@ )* )?"`
}

// GraphShortestPaths finds the shortest paths that look like a pattern.
type GraphShortestPaths struct {
	declared
	Output   *Ident          `parser:"'graph-shortest-paths' ( 'output' '=' @@ )?"` // any or all
	Patterns []*GraphPattern `parser:"@@ ( ',' @@ )*"`
	Where    Expr            `parser:"( 'where' @@ )?"`
	Project  []*NamedExpr    `parser:"( 'project' @@ ( ',' @@ )* )?"`
}

// GraphPattern is a chain of nodes and edges: (a)-[e]->(b)<--(c).
type GraphPattern struct {
	declared
	Start *GraphNode  `parser:"@@"`
	Steps []*GraphHop `parser:"@@*"`
}

// GraphNode is a node of a pattern; Name is nil for ().
type GraphNode struct {
	declared
	Name *Ident `parser:"'(' @@? ')'"`
}

// GraphHop is an edge of a pattern and the node it leads to. Name is nil for -->, <-- and --.
type GraphHop struct {
	declared
	Left  bool       `parser:"@'<'? '-'"`
	Edge  *GraphEdge `parser:"@@? '-'"`
	Right bool       `parser:"@'>'?"`
	Node  *GraphNode `parser:"@@"`
}

// GraphEdge is the inside of an edge: [e], [e*1..5].
type GraphEdge struct {
	declared
	Name   *Ident `parser:"'[' @@?"`
	Repeat bool   `parser:"( @'*'"`
	Min    Expr   `parser:"( @@ '..'"`
	Max    Expr   `parser:"@@ )? )? ']'"`
}

// GraphToTable makes tables of a graph's nodes and edges.
type GraphToTable struct {
	declared
	Outputs []*GraphOutput `parser:"'graph-to-table' @@ ( ',' @@ )*"`
}

// GraphOutput is a table of [GraphToTable]. Entity is nodes or edges.
type GraphOutput struct {
	declared
	Entity string      `parser:"@( 'nodes' | 'edges' )"`
	As     *Ident      `parser:"( 'as' @@ )?"`
	Params []*Property `parser:"( (?= Ident '=' ) @@ )*"` // with_node_id, with_source_id, with_target_id
}

// GraphMarkComponents numbers the components of a graph.
type GraphMarkComponents struct {
	declared
	Word   string      `parser:"@'graph-mark-components'"`
	Params []*Property `parser:"( (?= Ident '=' ) @@ )*"` // kind, with_component_id
}

// GraphWhereNodes keeps the nodes for which Predicate is true.
type GraphWhereNodes struct {
	declared
	Predicate Expr `parser:"'graph-where-nodes' @@"`
}

// GraphWhereEdges keeps the edges for which Predicate is true.
type GraphWhereEdges struct {
	declared
	Predicate Expr `parser:"'graph-where-edges' @@"`
}

func (*MakeGraph) operator()           {}
func (*GraphMatch) operator()          {}
func (*GraphShortestPaths) operator()  {}
func (*GraphToTable) operator()        {}
func (*GraphMarkComponents) operator() {}
func (*GraphWhereNodes) operator()     {}
func (*GraphWhereEdges) operator()     {}
