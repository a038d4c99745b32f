package eval

import (
	"iter"

	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// bindFork runs several subqueries over one input. Each gives a table of the result, in order, under the name that it is given
// (Kusto docs, "fork operator").
func (b *binder) bindFork(op *kql.Fork, in *relation) *relation {
	in = b.repeatable(in)
	out := &relation{seg: newSegment(), rows: noRows}
	for _, branch := range op.Branches {
		leg := b.branch(branch.Pipe, in)
		if leg.name = ""; branch.Name != nil {
			leg.name = branch.Name.Name
		}
		out.tables, out.bad = append(out.tables, leg), out.bad || leg.bad
	}
	return out
}

// bindFacet counts the rows by each of some columns on its own. A subquery behind with gives the first table of the result, each column one
// more, under its name (Kusto docs, "facet operator").
func (b *binder) bindFacet(op *kql.Facet, in *relation) *relation {
	in = b.repeatable(in)
	out := &relation{seg: newSegment(), rows: noRows}
	if op.With != nil {
		out.tables = append(out.tables, b.branch(op.With, in))
	}
	for _, column := range op.Columns {
		out.tables = append(out.tables, b.placed(op, b.facet(column, in)))
	}
	for _, table := range out.tables {
		out.bad = out.bad || table.bad
	}
	return out
}

// facet counts the rows by a column, in the order in which its values first occur.
func (b *binder) facet(column kql.Expr, in *relation) *relation {
	by := b.memoized(settledText(b.expr(column, in)), in.seg)
	if by.typ == scalar.Dynamic {
		return b.nothing(column, "KS116", "'"+by.name+"' is dynamic, by which rows cannot be counted", "convert it with tostring()")
	}
	if by.typ == scalar.NoType && !in.open {
		return &relation{seg: newSegment(), bad: true, rows: noRows}
	}
	out := b.held([]Column{{by.name, by.typ}, {"count_" + by.name, scalar.Long}}, func(e env) iter.Seq[[]scalar.Value] {
		return each(countsOf(e, in, by))
	})
	out.name = by.name
	return out
}

// countsOf counts the rows of in by a value.
func countsOf(e env, in *relation, by *expr) [][]scalar.Value {
	var rows [][]scalar.Value
	places := make(map[string]int)
	var key []byte
	for f := range in.rows(e) {
		v := by.value(f)
		key = scalar.AppendKey(key[:0], v)
		i, known := places[string(key)]
		if !known {
			if i = len(rows); !e.hold(len(key) + v.Size() + 64) {
				return nil
			}
			places[string(key)] = i
			rows = append(rows, []scalar.Value{v.Clone(), scalar.NewLong(0)})
		}
		rows[i][1] = scalar.NewLong(rows[i][1].Long() + 1)
	}
	return rows
}

// branch binds a subquery over in; what it names is not seen outside of it.
func (b *binder) branch(p *kql.Pipe, in *relation) *relation {
	b.scope = b.scope.child()
	defer func() { b.scope = b.scope.parent }()
	out := *b.subquery(p, in)
	return &out
}

// repeatable is in, to be read once by each of several branches. Where a call such as rand() may give other values in each
// reading, the rows are held.
func (b *binder) repeatable(in *relation) *relation {
	if !b.volatile {
		return in
	}
	return b.materialized(in, in.name)
}

// severalTables binds what may stand behind an operator that gives several tables: nothing that reads them.
func (b *binder) severalTables(op kql.Operator, in *relation) *relation {
	switch op := op.(type) {
	case *kql.ExecuteAndCache:
		return in
	case *kql.Render:
		return b.bindRender(op, in)
	}
	return b.nothing(op, "", operatorWord(op)+" needs one table, and what stands before it gives several", "end the query with the operator that gives several")
}
