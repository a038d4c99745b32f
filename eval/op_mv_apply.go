package eval

import (
	"iter"

	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// bindMvApply runs a subquery over the rows that each row's arrays expand to, and puts what
// it gives beside that row. A row without elements gives nothing.
func (b *binder) bindMvApply(op *kql.MvApply, in *relation) *relation {
	pairs, index := expansionParameters(op.Params)
	items := b.expansions(op.Items, in)
	var cols []Column
	replaced := make(map[string]bool)
	for i, it := range items {
		cols = append(cols, Column{it.name, it.typ})
		_, isColumn := op.Items[i].Value.X.(*kql.Name)
		replaced[it.name] = isColumn && !it.named
	}
	if index != "" {
		cols = append(cols, Column{index, scalar.Long})
	}
	limit := func(env) int { return -1 }
	if op.Limit != nil {
		limit = b.rowCount(op.Limit)
	}
	source := b.held(cols, func(e env) iter.Seq[[]scalar.Value] { return each(e.outer.expanded) })
	source.serialized = true
	b.around = &around{rel: in, parent: b.around, pinning: b.pinning}
	var sub *relation
	again := b.repeated(func() { sub = b.subquery(op.Pipe, source) })
	if !b.around.used {
		again = nil
	}
	b.around = b.around.parent
	if sub.bad {
		return sub
	}
	return besideOuter(in.through(func(e env, rows iter.Seq[*frame]) iter.Seq[*frame] {
		return func(yield func(*frame) bool) {
			most := limit(e)
			for f := range rows {
				f.expanded = expandedRows(items, f, pairs, index != "", most)
				e.run.forget(again)
				if len(f.expanded) > 0 && !yield(f) {
					return
				}
			}
		}
	}), sub, replaced)
}

// expandedRows are the rows that the items of one row expand to.
func expandedRows(items []expansion, f *frame, pairs, index bool, limit int) [][]scalar.Value {
	lists := make([][]scalar.Value, len(items))
	for i, it := range items {
		lists[i] = elements(it.from.value(f), pairs)
	}
	n := longest(lists)
	if limit >= 0 {
		n = min(n, limit)
	}
	rows := make([][]scalar.Value, n)
	for i := range rows {
		for j, it := range items {
			rows[i] = append(rows[i], element(lists[j], i, it.typ))
		}
		if index {
			rows[i] = append(rows[i], scalar.NewLong(int64(i)))
		}
	}
	return rows
}

// besideOuter puts the rows of a subquery beside the row that it ran for. A column of the
// subquery takes the place of one of the outer row of the same name; those that are expanded are replaced: they
// stand among the subquery's, or are gone where it has dropped them.
func besideOuter(in, sub *relation, replaced map[string]bool) *relation {
	seg := newSegment()
	out := &relation{seg: seg, serialized: in.serialized, open: sub.open || in.open}
	inner := make(map[string]bool)
	for _, c := range sub.cols {
		inner[c.name] = true
	}
	for _, c := range in.cols {
		switch {
		case replaced[c.name]:
		case inner[c.name]:
			i := sub.find(c.name)
			out.cols = append(out.cols, legColumn(sub.cols[i]))
			delete(inner, c.name)
		default:
			out.cols = append(out.cols, &column{name: c.name, typ: c.typ, make: func() *expr { return onLeg(outward(c.expr(), 1)) }})
		}
	}
	for _, c := range sub.cols {
		if inner[c.name] {
			out.cols = append(out.cols, legColumn(c))
		}
	}
	out.rows = func(e env) iter.Seq[*frame] {
		return func(yield func(*frame) bool) {
			f := seg.frame(e)
			for row := range in.rows(e) {
				for g := range sub.rows(env{run: e.run, outer: row}) {
					f.leg = g
					f.next(0)
					if !yield(f) {
						return
					}
				}
			}
		}
	}
	return out
}

// legColumn is a column read from the frame's leg.
func legColumn(c *column) *column {
	return &column{name: c.name, typ: c.typ, make: func() *expr { return onLeg(c.expr()) }}
}
