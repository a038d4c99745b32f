package eval

import (
	"cmp"
	"slices"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// bindBasket finds the values that occur together in a part of the rows at least, each set of
// values with all that follow from it. Those that say most, by their rows and their values,
// come first (Kusto docs, "basket plugin"). All rows are read, where the service takes samples.
func bindBasket(c *pluginCall) *relation {
	if !c.arguments(0, "Threshold", "WeightColumn", "MaxDimensions", "CustomWildcard…") {
		return c.refused()
	}
	threshold, ok1 := c.constant(given(c.args[0]), scalar.Real, scalar.NewReal(0.05))
	most, ok2 := c.constant(given(c.args[2]), scalar.Long, scalar.NewLong(5))
	in := newPatternInput(c, c.args[1], c.rest)
	if !ok1 || !ok2 || in == nil {
		return c.refused()
	}
	if t := threshold.Real(); !(t >= 0 && t <= 1) {
		return c.nothing(c.args[0], "KS140", "Threshold is from 0 to 1", "")
	}
	cols := in.segments(Column{"Count", scalar.Long}, Column{"Percent", scalar.Real})
	return c.heldWhole(cols, func(e env) [][]scalar.Value {
		p := in.read(e, oneSet)
		total := p.all().weight[0]
		found := p.frequent(int(most.Long()), func(q *pattern) bool { return q.weight[0] >= threshold.Real()*total })
		slices.SortStableFunc(found, func(a, b *pattern) int {
			return cmp.Or(-cmp.Compare(a.weight[0]*float64(a.size()), b.weight[0]*float64(b.size())), compareCodes(a, b))
		})
		return p.segments(found, total)
	})
}

// segments are patterns as rows with the weight of their rows and its part of the total.
func (p *patterns) segments(list []*pattern, total float64) [][]scalar.Value {
	rows := make([][]scalar.Value, len(list))
	for i, q := range list {
		rows[i] = p.row(i, q, scalar.NewLong(int64(q.weight[0])), scalar.NewReal(100*q.weight[0]/total))
	}
	return rows
}
