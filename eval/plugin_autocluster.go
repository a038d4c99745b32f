package eval

import (
	"cmp"
	"math"
	"slices"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// bindAutocluster finds a few patterns that together tell most about the rows: from the most
// frequent values on, each seed takes in further values for as long as that raises its score,
// the weighted geometric mean of the part of the rows and the part of the columns that it
// holds. Of patterns that hold mostly the same rows the best stays (Kusto docs, "autocluster
// plugin"). The service's own choice of seeds is not documented, so that its patterns may differ.
func bindAutocluster(c *pluginCall) *relation {
	if !c.arguments(0, "SizeWeight", "WeightColumn", "NumSeeds", "CustomWildcard…") {
		return c.refused()
	}
	weight, ok1 := c.constant(given(c.args[0]), scalar.Real, scalar.NewReal(0.5))
	seeds, ok2 := c.constant(given(c.args[2]), scalar.Long, scalar.NewLong(25))
	in := newPatternInput(c, c.args[1], c.rest)
	if !ok1 || !ok2 || in == nil {
		return c.refused()
	}
	if w := weight.Real(); !(w >= 0 && w <= 1) {
		return c.nothing(c.args[0], "KS140", "SizeWeight is from 0 to 1", "")
	}
	cols := in.segments(Column{"Count", scalar.Long}, Column{"Percent", scalar.Real})
	return c.heldWhole(cols, func(e env) [][]scalar.Value {
		p := in.read(e, oneSet)
		total := p.all().weight[0]
		dims := len(p.values) - len(in.skip)
		score := func(q *pattern) float64 {
			return math.Pow(q.weight[0]/total, weight.Real()) * math.Pow(float64(q.size())/float64(dims), 1-weight.Real())
		}
		var grown []*pattern
		for _, seed := range p.seeds(int(seeds.Long())) {
			grown = append(grown, p.grow(seed, score))
		}
		slices.SortStableFunc(grown, func(a, b *pattern) int {
			return cmp.Or(-cmp.Compare(score(a), score(b)), compareCodes(a, b))
		})
		var kept []*pattern
		for _, q := range grown {
			if !slices.ContainsFunc(kept, func(k *pattern) bool { return overlap(k, q) > 0.5 }) {
				kept = append(kept, q)
			}
		}
		return p.segments(kept, total)
	})
}

// seeds gives the patterns of the most frequent values that more than one row has.
func (p *patterns) seeds(n int) []*pattern {
	var list []*pattern
	all := p.all()
	for column := range p.values {
		for _, rows := range p.split(all, column) {
			if len(rows) > 1 && p.e.run.tick() {
				list = append(list, p.closed(rows))
			}
		}
	}
	slices.SortFunc(list, func(a, b *pattern) int {
		return cmp.Or(-cmp.Compare(a.weight[0], b.weight[0]), compareCodes(a, b))
	})
	return list[:max(0, min(n, len(list)))]
}

// grow takes the value in that raises the score most, again and again.
func (p *patterns) grow(q *pattern, score func(*pattern) float64) *pattern {
	for {
		best := q
		for column := range p.values {
			if q.codes[column] != 0 {
				continue
			}
			for _, rows := range p.split(q, column) {
				if !p.e.run.tick() {
					return q
				}
				next := p.closed(rows)
				if c := cmp.Compare(score(next), score(best)); c > 0 || c == 0 && best != q && compareCodes(next, best) < 0 {
					best = next
				}
			}
		}
		if best == q {
			return q
		}
		q = best
	}
}

// overlap is the part of the rows of either of two patterns that both have. Rows are in order.
func overlap(a, b *pattern) float64 {
	both, i := 0, 0
	for _, r := range b.rows {
		for i < len(a.rows) && a.rows[i] < r {
			i++
		}
		if i < len(a.rows) && a.rows[i] == r {
			both++
		}
	}
	return float64(both) / float64(len(a.rows)+len(b.rows)-both)
}
