package eval

import "github.com/seed-2512943d/picket/eval/scalar"

// bindRowsNear keeps the rows that stand near one that meets a condition: so many before it
// and after it (Kusto docs, "rows_near plugin").
func bindRowsNear(c *pluginCall) *relation {
	if !c.arguments(2, "Condition", "NumRows", "RowsAfter") {
		return c.refused()
	}
	if !c.in.serialized {
		return c.nothing(c.call, "", "rows_near needs rows in a fixed order", "put sort or serialize before it")
	}
	meets := c.predicate(c.args[0], c.in)
	before := c.fixed(c.args[1], scalar.Long)
	after := before
	if c.args[2] != nil {
		after = c.fixed(c.args[2], scalar.Long)
	}
	xs := append(c.in.values(), meets)
	n := len(c.in.cols)
	out := c.heldWhole(c.in.schema(), func(e env) [][]scalar.Value {
		rows := c.in.collectOf(e, xs)
		ahead, behind := int(before(e).Long()), int(after(e).Long())
		var kept [][]scalar.Value
		next := 0 // the first row that is neither kept nor passed over
		for i, row := range rows {
			if !row[n].IsTrue() {
				continue
			}
			next = max(next, i-ahead)
			for ; next < len(rows) && next <= i+behind; next++ {
				kept = append(kept, rows[next][:n:n])
			}
		}
		return kept
	})
	out.serialized = true
	return out
}
