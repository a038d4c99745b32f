package eval

import (
	"math"
	"slices"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// bindRollingPercentile gives, for each bin with rows, the percentile of the values in the
// window of so many bins that ends with it: the value at the nearest rank (Kusto docs,
// "rolling_percentile plugin").
func bindRollingPercentile(c *pluginCall) *relation {
	if !c.arguments(5, "ValueColumn", "Percentile", "IndexColumn", "BinSize", "BinsPerWindow", "Dimension…") {
		return c.refused()
	}
	value := c.column(c.args[0])
	tl := newTimeline(c, c.args[0], c.args[2], c.rest)
	percent, ok1 := c.constant(c.args[1], scalar.Real, scalar.NewReal(50))
	bins, ok2 := c.constant(c.args[4], scalar.Long, scalar.NewLong(1))
	if value == nil || tl == nil || !ok1 || !ok2 {
		return c.refused()
	}
	if p := percent.Real(); !(p >= 0 && p <= 100) || bins.Long() < 1 {
		return c.nothing(c.call, "KS140", "a percentile is from 0 to 100, of one bin at least", "")
	}
	tl.state = value
	step := tl.span(c.args[3])
	name := "rolling_" + scalar.ToString(bins) + "_percentile_" + value.name + "_" + scalar.ToString(percent)
	return tl.relation([]Column{{name, value.typ}}, noLooking, func(e env, s *slice, give func(int64, ...scalar.Value) bool) {
		by := step(e)
		last := int64(math.MinInt64)
		for _, a := range s.events {
			at := a.at - modulo(a.at, by)
			if at == last {
				continue
			}
			last = at
			var values []scalar.Value
			for _, b := range s.within(at-by*(bins.Long()-1), at+by) {
				values = append(values, b.state)
			}
			slices.SortFunc(values, scalar.Compare)
			rank := int(math.Ceil(percent.Real() / 100 * float64(len(values))))
			if !give(at, values[max(rank, 1)-1]) {
				return
			}
		}
	})
}
