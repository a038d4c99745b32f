package eval

import "github.com/seed-2512943d/picket/kql"

// graphOperator binds an operator that takes a graph.
func (b *binder) graphOperator(op kql.Operator, in *relation) *relation {
	switch op := op.(type) {
	case *kql.As:
		return b.bindAs(op, in)
	case *kql.GraphMarkComponents:
		return b.bindGraphMarkComponents(op, in)
	case *kql.GraphMatch:
		return b.bindGraphMatch(op, in)
	case *kql.GraphShortestPaths:
		return b.bindGraphShortestPaths(op, in)
	case *kql.GraphToTable:
		return b.bindGraphToTable(op, in)
	case *kql.GraphWhereEdges:
		return b.bindGraphWhereEdges(op, in)
	case *kql.GraphWhereNodes:
		return b.bindGraphWhereNodes(op, in)
	}
	return b.aTable(op, in)
}

// aTable gives the relation of a node unless it stands for a graph, which is refused.
func (b *binder) aTable(at kql.Node, rel *relation) *relation {
	if rel.graph == nil && rel.tables == nil || rel.bad {
		return rel
	}
	if p, ok := at.(*kql.Pipe); ok && len(p.Operators) > 0 {
		at = p.Operators[len(p.Operators)-1]
	}
	if rel.tables != nil {
		return b.nothing(at, "KS177", "one table is expected here, not several", "fork, facet and graph-to-table of both stand last in a query only")
	}
	return b.nothing(at, "KS251", "a table is expected here, not a graph", "make one with graph-match … project, or with graph-to-table")
}
