package eval

import "github.com/seed-2512943d/picket/kql"

// bindFork checks the branches of a fork, and refuses it: it gives a table for each of them, and a
// program gives one (Kusto docs, "fork operator").
func (b *binder) bindFork(op *kql.Fork, in *relation) *relation {
	for _, branch := range op.Branches {
		b.apart(branch.Pipe, in)
	}
	return b.nothing(op, "", "fork cannot run here: it gives several tables, where one is wanted", "run each of its branches as a query")
}

// bindFacet checks the parts of a facet, and refuses it: it gives a table for each column
// (Kusto docs, "facet operator").
func (b *binder) bindFacet(op *kql.Facet, in *relation) *relation {
	for _, column := range op.Columns {
		b.expr(column, in)
	}
	if op.With != nil {
		b.apart(op.With, in)
	}
	return b.nothing(op, "", "facet cannot run here: it gives several tables, where one is wanted", "run summarize count() by each of its columns as a query")
}

// apart binds a subquery for its errors; what it names is not seen outside of it.
func (b *binder) apart(p *kql.Pipe, in *relation) {
	b.scope = b.scope.child()
	b.subquery(p, in)
	b.scope = b.scope.parent
}
