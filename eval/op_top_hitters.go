package eval

import (
	"slices"

	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// bindTopHitters finds the values that are met most often, or whose sum of another expression
// is greatest. Kusto estimates; here the figures are exact, and the columns keep Kusto's names
// (Kusto docs, "top-hitters operator").
func (b *binder) bindTopHitters(op *kql.TopHitters, in *relation) *relation {
	count := b.rowCount(op.Count)
	of := b.columnOnly(op.Of, in)
	weight, name := constant(scalar.NewLong(1)), "approximate_count_"+of.name
	typ := scalar.Long
	if op.By != nil {
		weight = b.expr(op.By, in)
		typ, name = weight.typ, "approximate_sum_"+weight.name
		if typ != scalar.NoType && !typ.Numeric() {
			b.fail(op.By, "KS137", "top-hitters sums numbers, not "+typ.String(), "")
		}
	}
	type hitter struct{ value, sum scalar.Value }
	out := b.heldWhole([]Column{{of.name, of.typ}, {name, typ}}, func(e env) [][]scalar.Value {
		index := make(map[string]*hitter)
		var all []*hitter
		var key []byte
		for f := range in.rows(e) {
			v, w := of.value(f), weight.value(f)
			key = scalar.AppendKey(key[:0], v)
			h := index[string(key)]
			if h == nil {
				h = &hitter{v.Clone(), scalar.Convert(scalar.NewLong(0), typ)}
				if !e.hold(len(key) + h.value.Size() + h.sum.Size()) {
					return nil
				}
				index[string(key)] = h
				all = append(all, h)
			}
			if !w.IsNull() {
				h.sum = scalar.Arithmetic('+', h.sum, w, typ)
			}
		}
		slices.SortStableFunc(all, func(a, b *hitter) int { return scalar.Compare(b.sum, a.sum) })
		var rows [][]scalar.Value
		for _, h := range all[:max(0, min(len(all), count(e)))] {
			rows = append(rows, []scalar.Value{h.value, h.sum})
		}
		return rows
	})
	out.serialized = true
	return out
}

// columnOnly binds an expression that must be a column.
func (b *binder) columnOnly(x kql.Expr, in *relation) *expr {
	e := b.memoized(settledText(b.expr(x, in)), in.seg)
	switch x.(type) {
	case *kql.Name, *kql.Member, *kql.Index:
	default:
		b.fail(x, "KS109", "a column is expected here", "make it one with extend")
	}
	return e
}
