package eval

import (
	"math/bits"
	"strconv"

	"github.com/seed-2512943d/picket/eval/aggregate"
	"github.com/seed-2512943d/picket/eval/scalar"
)

// bindDcountIntersect adds the columns s0, s1, …: how many distinct values the first sketch
// made by hll() has seen, the first two in common, the first three, and so on (Kusto docs,
// "dcount_intersect plugin").
func bindDcountIntersect(c *pluginCall) *relation {
	args := c.call.Args
	if len(args) < 2 || len(args) > 16 {
		return c.nothing(c.call, "KS119", "dcount_intersect takes 2 to 16 sketches", "")
	}
	var sketches []*expr
	for _, arg := range args {
		x := c.scalarOf(arg, c.in, scalar.Dynamic)
		if x.typ == scalar.NoType {
			return c.refused()
		}
		sketches = append(sketches, c.memoized(x, c.in.seg))
	}
	cols := append([]*column{}, c.in.cols...)
	names := newNaming(nil)
	for _, col := range cols {
		names.pick(col.name)
	}
	for i := range sketches {
		x := c.memoized(intersection(sketches[:i+1]), c.in.seg)
		cols = append(cols, &column{name: names.pick("s" + strconv.Itoa(i)), typ: scalar.Long, x: x})
	}
	return c.in.with(cols)
}

// intersection counts what sketches have in common. A sketch cannot be intersected but only
// merged, so that the count is the sum over all choices of sketches of what their union
// holds, taken off where the choice is even.
func intersection(sketches []*expr) *expr {
	return ofValue(scalar.Long, func(f *frame) scalar.Value {
		total := int64(0)
		for choice := uint(1); choice < 1<<len(sketches); choice++ {
			var chosen []scalar.Value
			for i, x := range sketches {
				if choice&(1<<i) != 0 {
					chosen = append(chosen, x.value(f))
				}
			}
			n := aggregate.DcountHLL([]scalar.Value{aggregate.MergeHLL(chosen)})
			if n.IsNull() {
				return scalar.Null(scalar.Long)
			}
			if bits.OnesCount(choice)%2 == 0 {
				total -= n.Long()
			} else {
				total += n.Long()
			}
		}
		return scalar.NewLong(max(total, 0))
	}).from(sketches...)
}
