package kql

// Inspect calls visit for node and, as long as visit returns true, for the nodes below it in the order of the text.
func Inspect(node Node, visit func(Node) bool) {
	if node == nil || !visit(node) {
		return
	}
	children(node, func(child Node) { Inspect(child, visit) })
}

// some visits a child that may be missing.
func some[T any, P interface {
	*T
	Node
}](visit func(Node), child P) {
	if child != nil {
		visit(child)
	}
}

// maybe visits an expression that may be missing.
func maybe(visit func(Node), child Expr) {
	if child != nil {
		visit(child)
	}
}

// each visits the children of a list.
func each[T Node](visit func(Node), list []T) {
	for _, child := range list {
		visit(child)
	}
}

// children calls visit for the nodes right below node.
func children(node Node, visit func(Node)) {
	switch n := node.(type) {
	case Statement:
		statementChildren(n, visit)
	case Operator:
		operatorChildren(n, visit)
	case Expr:
		exprChildren(n, visit)
	default:
		partChildren(node, visit)
	}
}

func statementChildren(node Statement, visit func(Node)) {
	switch n := node.(type) {
	case *Let:
		some(visit, n.Name)
		maybe(visit, n.Value)
	case *Set:
		some(visit, n.Name)
		maybe(visit, n.Value)
	case *Declare:
		each(visit, n.Params)
	case *Pattern:
		some(visit, n.Name)
		each(visit, n.Params)
		some(visit, n.Path)
		each(visit, n.Cases)
	case *Alias:
		some(visit, n.Name)
		maybe(visit, n.Value)
	case *Restrict:
		each(visit, n.Tables)
	case *ExprStatement:
		maybe(visit, n.Expr)
	}
}

func exprChildren(node Expr, visit func(Node)) {
	switch n := node.(type) {
	case *Dynamic:
		some(visit, n.Value)
	case *Call:
		some(visit, n.Func)
		each(visit, n.Params)
		each(visit, n.Args)
	case *Member:
		visit(n.X)
		some(visit, n.Name)
	case *MethodCall:
		visit(n.X)
		some(visit, n.Call)
	case *Index:
		visit(n.X)
		visit(n.Index)
	case *Unary:
		visit(n.X)
	case *Binary:
		visit(n.X)
		visit(n.Y)
	case *In:
		visit(n.X)
		each(visit, n.List)
	case *Between:
		visit(n.X)
		visit(n.Lo)
		visit(n.Hi)
	case *Paren:
		visit(n.X)
	case *NamedExpr:
		each(visit, n.Names)
		visit(n.X)
	case *TypeOf:
		some(visit, n.Type)
		each(visit, n.Schema)
	case *EntityGroup:
		each(visit, n.Items)
	case *Pipe:
		maybe(visit, n.Source)
		each(visit, n.Operators)
	case *Function:
		each(visit, n.Params)
		some(visit, n.Body)
	case *Datatable:
		each(visit, n.Params)
		some(visit, n.Schema)
		each(visit, n.Values)
	case *ExternalData:
		each(visit, n.Params)
		some(visit, n.Schema)
		each(visit, n.URIs)
		each(visit, n.With)
	case *InlineExternalTable:
		some(visit, n.Schema)
		some(visit, n.Kind)
		each(visit, n.Partition)
		each(visit, n.PathFormat)
		some(visit, n.DataFormat)
		each(visit, n.URIs)
		each(visit, n.With)
	case *MaterializedViewCombine:
		maybe(visit, n.Name)
		maybe(visit, n.Base)
		maybe(visit, n.Delta)
		some(visit, n.Aggregate)
	}
}

// partChildren is for the nodes that are parts of statements and operators.
func partChildren(node Node, visit func(Node)) {
	switch n := node.(type) {
	case *Query:
		each(visit, n.Statements)
	case *PatternCase:
		each(visit, n.Args)
		maybe(visit, n.Path)
		some(visit, n.Body)
	case *FuncParam:
		some(visit, n.Name)
		some(visit, n.Type)
		some(visit, n.Schema)
		maybe(visit, n.Default)
	case *Schema:
		each(visit, n.Columns)
	case *ColumnDecl:
		some(visit, n.Name)
		some(visit, n.Type)
	case *Block:
		each(visit, n.Statements)
		maybe(visit, n.Expr)
	case *Statements:
		each(visit, n.List)
	case *Parameter:
		maybe(visit, n.Value)
	case *Property:
		some(visit, n.Name)
		maybe(visit, n.Value)
	case *ChartProperty:
		some(visit, n.Name)
		maybe(visit, n.Value)
		each(visit, n.More)
	case *JSON:
		some(visit, n.Scalar)
		each(visit, n.Items)
	case *ExternalPartition:
		some(visit, n.Name)
		some(visit, n.Type)
		maybe(visit, n.Value)
	case *FindColumn:
		maybe(visit, n.Column)
		some(visit, n.Type)
	case *ForkBranch:
		some(visit, n.Name)
		some(visit, n.Pipe)
	case *Expansion:
		some(visit, n.Value)
		some(visit, n.Type)
	case *ScanStep:
		some(visit, n.Name)
		each(visit, n.Params)
		maybe(visit, n.When)
		each(visit, n.Assign)
	case *Ordered:
		some(visit, n.Key)
	case *TopNestedLevel:
		maybe(visit, n.Count)
		some(visit, n.Of)
		maybe(visit, n.Others)
		some(visit, n.By)
	case *ReorderedColumn:
		maybe(visit, n.Column)
	case *ParsePart:
		some(visit, n.Text)
		some(visit, n.Name)
		some(visit, n.Type)
	case *Series:
		some(visit, n.Aggregate)
		maybe(visit, n.Default)
	case *GraphNodes:
		maybe(visit, n.Table)
		maybe(visit, n.On)
	case *GraphPattern:
		some(visit, n.Start)
		each(visit, n.Steps)
	case *GraphNode:
		some(visit, n.Name)
	case *GraphHop:
		some(visit, n.Edge)
		some(visit, n.Node)
	case *GraphEdge:
		some(visit, n.Name)
		maybe(visit, n.Min)
		maybe(visit, n.Max)
	case *GraphOutput:
		some(visit, n.As)
		each(visit, n.Params)
	}
}
