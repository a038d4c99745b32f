package eval

import (
	"iter"

	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// partition is a bound partition: it cuts its input into parts by a column and runs a subquery over
// each. The strategies of the engine differ in how they share out the work, not in the result.
type partition struct {
	in  *relation
	xs  []*expr // its columns
	by  *expr
	sub *relation
	own []any // the keys of what the subquery computes once a part
}

// partRows are the rows that have one value of the column.
type partRows struct {
	by   scalar.Value
	rows [][]scalar.Value
}

// bindPartition binds partition by: within the subquery the column's value is a constant, and a subquery
// in braces reads tables of its own (Kusto docs, "partition operator").
func (b *binder) bindPartition(op *kql.Partition, in *relation) *relation {
	return b.partition(op.By, in, func(source *relation) *relation {
		if op.Pipe != nil {
			return b.subquery(op.Pipe, source)
		}
		b.statements(op.Body.Statements)
		if op.Body.Expr == nil {
			return b.nothing(op.Body, "KS111", "a table is expected here", "")
		}
		return b.tabular(op.Body.Expr)
	})
}

// bindPartitionBy binds the engine's own form.
func (b *binder) bindPartitionBy(op *kql.PartitionBy, in *relation) *relation {
	return b.partition(op.By, in, func(source *relation) *relation { return b.subquery(op.Pipe, source) })
}

func (b *binder) partition(by kql.Expr, in *relation, body func(source *relation) *relation) *relation {
	name, ok := by.(*kql.Name)
	if !ok {
		return b.nothing(by, "KS109", "partition needs the name of a column", "extend the input with a column of this value")
	}
	p := &partition{in: in, xs: in.values(), by: b.memoized(b.expr(name, in), in.seg)}
	switch p.by.typ {
	case scalar.NoType:
		if !p.by.loose {
			return &relation{seg: newSegment(), bad: true, rows: noRows}
		}
	case scalar.Dynamic:
		if !p.by.loose {
			return b.nothing(by, "KS116", "'"+name.Name+"' is dynamic, by which there are no parts", "extend the input with tostring() of it")
		}
	}
	source := b.held(in.schema(), func(e env) iter.Seq[[]scalar.Value] { return each(p.source(e)) }).like(in)
	value := ofValue(p.by.typ, func(f *frame) scalar.Value {
		if part, ok := f.run.known[p].(*partRows); ok {
			return part.by
		}
		return scalar.Null(p.by.typ)
	})
	value.live, value.cheap = true, true
	b.scope = b.scope.child()
	b.scope.names[name.Name] = binding{scalar: value}
	p.own = b.repeated(func() { p.sub = body(source) })
	b.scope = b.scope.parent
	if p.sub.bad {
		return p.sub
	}
	out := &relation{seg: newSegment(), open: p.sub.open}
	for _, c := range p.sub.cols {
		out.cols = append(out.cols, legColumn(c))
	}
	out.rows = func(e env) iter.Seq[*frame] { return p.rows(e, out.seg) }
	return out
}

// source gives the rows that the subquery runs over. A plugin whose columns the rows decide looks at
// them before there are parts: at all rows as one.
func (p *partition) source(e env) [][]scalar.Value {
	if part, ok := e.run.known[p].(*partRows); ok {
		return part.rows
	}
	return p.in.collectOf(e, p.xs)
}

// rows runs the subquery over each part, in the order in which the values first occur.
func (p *partition) rows(e env, seg *segment) iter.Seq[*frame] {
	return func(yield func(*frame) bool) {
		around := e.run.known[p]
		defer func() { e.run.known[p] = around }()
		f := seg.frame(e)
		for _, part := range p.parts(e) {
			e.run.known[p] = part
			e.run.forget(p.own)
			for f.leg = range p.sub.rows(e) {
				f.next(0)
				if !yield(f) {
					return
				}
			}
			if e.run.err != nil {
				return
			}
		}
	}
}

// parts collects the rows of the input.
func (p *partition) parts(e env) []*partRows {
	var parts []*partRows
	known := make(map[string]*partRows)
	var key []byte
	for f := range p.in.rows(e) {
		by := p.by.value(f)
		key = scalar.AppendKey(key[:0], by)
		of, ok := known[string(key)]
		if !ok {
			of = &partRows{by: by.Clone()}
			known[string(key)] = of
			parts = append(parts, of)
		}
		row := valuesOf(f, p.xs)
		if !e.hold(sizeOf(row)) {
			return nil
		}
		of.rows = append(of.rows, row)
	}
	return parts
}
