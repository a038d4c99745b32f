package eval

import (
	"iter"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// bindNarrow makes a row of each cell: the number of its row from 0, its column, and its
// text (Kusto docs, "narrow plugin").
func bindNarrow(c *pluginCall) *relation {
	if !c.arguments(0) {
		return c.refused()
	}
	xs := c.in.values()
	cols := []Column{{"Row", scalar.Long}, {"Column", scalar.String}, {"Value", scalar.String}}
	return c.held(cols, func(e env) iter.Seq[[]scalar.Value] {
		return func(yield func([]scalar.Value) bool) {
			row := make([]scalar.Value, 3)
			n := int64(0)
			for f := range c.in.rows(e) {
				for i, x := range xs {
					row[0], row[1] = scalar.NewLong(n), scalar.NewString(c.in.cols[i].name)
					row[2] = scalar.NewString(scalar.ToString(x.value(f)))
					if !yield(row) {
						return
					}
				}
				n++
			}
		}
	})
}
