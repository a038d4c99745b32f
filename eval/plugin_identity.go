package eval

import (
	"iter"

	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// bindIdentity gives its input, for tests of plugins as such.
func bindIdentity(c *pluginCall) *relation { return c.in }

// bindPreview gives two tables: the first rows, and the number of all of them (Kusto docs, "preview plugin").
func bindPreview(c *pluginCall) *relation {
	if !c.arguments(1, "NumberOfRows") {
		return c.refused()
	}
	in := c.repeatable(c.in)
	first := c.bindTake(c.args[0], in)
	return &relation{seg: newSegment(), rows: noRows, bad: first.bad, tables: []*relation{first, c.bindCount(&kql.Count{}, in)}}
}

// bindEstimateRowsCount counts the rows; what is read here can be counted exactly.
func bindEstimateRowsCount(c *pluginCall) *relation {
	if !c.arguments(0) {
		return c.refused()
	}
	return c.held([]Column{{"EstimatedRowsCount", scalar.Long}}, func(e env) iter.Seq[[]scalar.Value] {
		n := int64(0)
		for range c.in.rows(e) {
			n++
		}
		return each([][]scalar.Value{{scalar.NewLong(n)}})
	})
}
