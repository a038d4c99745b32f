package eval

import (
	"cmp"
	"math"
	"slices"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// bindDiffpatterns finds the values whose part of the rows differs between two sets: those
// that have one value, and those that have another, in a column. The greatest differences
// come first; a pattern that only adds values to a better one, or leaves some out, is dropped
// (Kusto docs, "diffpatterns plugin"). How the service thins patterns out is not documented.
func bindDiffpatterns(c *pluginCall) *relation {
	if !c.arguments(3, "SplitColumn", "SplitValueA", "SplitValueB", "WeightColumn", "Threshold", "MaxDimensions", "CustomWildcard…") {
		return c.refused()
	}
	on := c.column(c.args[0])
	a, ok1 := c.constant(c.args[1], scalar.String, scalar.NewString(""))
	b, ok2 := c.constant(c.args[2], scalar.String, scalar.NewString(""))
	threshold, ok3 := c.constant(given(c.args[4]), scalar.Real, scalar.NewReal(0.05))
	most, ok4 := c.constant(given(c.args[5]), scalar.Long, scalar.NewLong(-1))
	in := newPatternInput(c, c.args[3], c.rest)
	if on == nil || in == nil || !ok1 || !ok2 || !ok3 || !ok4 {
		return c.refused()
	}
	in.skip[on.name] = true
	text := on.text()
	set := func(f *frame) int {
		switch text(f) {
		case a.Str():
			return 0
		case b.Str():
			return 1
		}
		return -1
	}
	long, real := scalar.Long, scalar.Real
	cols := in.segments(Column{"CountA", long}, Column{"CountB", long}, Column{"PercentA", real}, Column{"PercentB", real}, Column{"PercentDiffAB", real})
	return c.heldWhole(cols, func(e env) [][]scalar.Value {
		p := in.read(e, set)
		total := p.all().weight
		part := func(q *pattern, set int) float64 { return q.weight[set] / max(total[set], 1) }
		difference := func(q *pattern) float64 { return math.Abs(part(q, 0) - part(q, 1)) }
		found := p.frequent(int(most.Long()), func(q *pattern) bool { return max(part(q, 0), part(q, 1)) >= threshold.Real() })
		found = slices.DeleteFunc(found, func(q *pattern) bool { return difference(q) < threshold.Real() })
		slices.SortStableFunc(found, func(a, b *pattern) int {
			return cmp.Or(-cmp.Compare(difference(a), difference(b)), compareCodes(a, b))
		})
		var kept []*pattern
		for _, q := range found {
			if !slices.ContainsFunc(kept, func(k *pattern) bool { return k.within(q) || q.within(k) }) {
				kept = append(kept, q)
			}
		}
		rows := make([][]scalar.Value, len(kept))
		for i, q := range kept {
			rows[i] = p.row(i, q,
				scalar.NewLong(int64(q.weight[0])), scalar.NewLong(int64(q.weight[1])),
				scalar.NewReal(100*part(q, 0)), scalar.NewReal(100*part(q, 1)), scalar.NewReal(100*difference(q)))
		}
		return rows
	})
}
