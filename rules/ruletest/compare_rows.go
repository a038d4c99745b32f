package ruletest

import (
	"fmt"
	"slices"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/rules/catalog"
)

// rows compares the rows of the result with those expected. Each expected row takes one of the result.
func (c *comparison) rows(p *rowsPattern) {
	got := c.outcome.rows
	if !c.knownColumns(p) {
		return
	}
	if p.ordered {
		c.ordered(p)
		return
	}
	match := assign(len(p.rows), len(got), func(i, j int) bool { return p.rows[i].distance(c.outcome.columns, got[j]) == 0 })
	taken := make([]bool, len(got))
	for _, j := range match {
		if j >= 0 {
			taken[j] = true
		}
	}
	for i, j := range match {
		if j < 0 {
			c.missing(p, i, taken)
		}
	}
	if p.exact && len(p.rows) != len(got) {
		c.report(p.node, "", "%s: expected %s, got %d", p.key, count(len(p.rows), "row"), len(got))
	}
}

// knownColumns says whether the result has all columns that are expected of its rows.
func (c *comparison) knownColumns(p *rowsPattern) bool {
	for _, row := range p.rows {
		for _, cell := range row.cells {
			if columnIndex(c.outcome.columns, cell.name) >= 0 {
				continue
			}
			hint := didYouMean(cell.name, columnNames(c.outcome.columns))
			if hint != "" {
				hint = "; " + hint
			}
			c.report(row.node, "", "%s: the result has no column %s%s", p.key, cell.name, hint)
			return false
		}
	}
	return true
}

func (c *comparison) ordered(p *rowsPattern) {
	got := c.outcome.rows
	for i, row := range p.rows {
		if i >= len(got) {
			break
		}
		if row.distance(c.outcome.columns, got[i]) > 0 {
			want, have := row.plain(c.outcome.columns, got[i])
			c.report(row.node, c.listing.differences(want, have), "%s: row %d differs", p.key, i+1)
		}
	}
	if len(p.rows) != len(got) {
		c.report(p.node, "", "%s: expected %s, got %d", p.key, count(len(p.rows), "row"), len(got))
	}
}

// missing tells of an expected row that no row matches, with the closest of those that match no other.
func (c *comparison) missing(p *rowsPattern, i int, taken []bool) {
	row, best, least := p.rows[i], -1, 0
	for j, got := range c.outcome.rows {
		if taken[j] {
			continue
		}
		if d := row.distance(c.outcome.columns, got); best < 0 || d < least {
			best, least = j, d
		}
	}
	if best < 0 {
		c.report(row.node, "", "%s: no row is left for row %d; the result has %d", p.key, i+1, len(c.outcome.rows))
		return
	}
	want, got := row.plain(c.outcome.columns, c.outcome.rows[best])
	c.report(row.node, c.listing.differences(want, got), "%s: no row matches row %d (closest of %d)", p.key, i+1, len(c.outcome.rows))
}

// distance is how many columns of a row do not match.
func (p rowPattern) distance(columns []eval.Column, row eval.Row) int {
	n := 0
	for _, expected := range p.cells {
		if v, ok := cell(columns, row, expected.name); !ok || !expected.value(v) {
			n++
		}
	}
	return n
}

func (p rowPattern) plain(columns []eval.Column, row eval.Row) (want, got map[string]any) {
	want, got = map[string]any{}, map[string]any{}
	for _, expected := range p.cells {
		v, _ := cell(columns, row, expected.name)
		got[expected.name] = plainValue(v)
		want[expected.name] = got[expected.name]
		if !expected.value(v) {
			want[expected.name] = expected.plain()
			if text, ok := want[expected.name].(string); ok && v.Kind() != scalar.String {
				want[expected.name] = plainText(text)
			}
			if fmt.Sprint(want[expected.name]) == fmt.Sprint(got[expected.name]) {
				got[expected.name] = plainText(fmt.Sprintf("%s (%s)", fullText(got[expected.name]), v.Type()))
			}
		}
	}
	return want, got
}

// assign gives each of n things one of m that fits, each at most once, so that as many as can be are given one; -1 stands for none.
func assign(n, m int, fits func(i, j int) bool) []int {
	owner := slices.Repeat([]int{-1}, m)
	var give func(i int, tried []bool) bool
	give = func(i int, tried []bool) bool {
		for j := range m {
			if tried[j] || !fits(i, j) {
				continue
			}
			tried[j] = true
			if owner[j] < 0 || give(owner[j], tried) {
				owner[j] = i
				return true
			}
		}
		return false
	}
	for i := range n {
		give(i, make([]bool, m))
	}
	match := slices.Repeat([]int{-1}, n)
	for j, i := range owner {
		if i >= 0 {
			match[i] = j
		}
	}
	return match
}

func catalogColumns(columns []eval.Column) []catalog.Column {
	out := make([]catalog.Column, len(columns))
	for i, c := range columns {
		out[i] = catalog.Column{Name: c.Name, Type: c.Type.String()}
	}
	return out
}
