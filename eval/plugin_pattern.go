package eval

import (
	"slices"

	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// patterns are the rows of a plugin that looks for values which occur together: autocluster,
// basket and diffpatterns. Each row is coded as a number for the value of each column, 0 for
// a value that no pattern holds: null, empty, and all of a column that is no dimension.
type patterns struct {
	e      env
	rows   []codedRow
	values [][]scalar.Value // of each column, by its numbers
}

// codedRow is a row with its weights: in diffpatterns one for each of the two sets.
type codedRow struct {
	codes  []int32
	weight [2]float64
}

// pattern is a choice of a value, or of none, for each column, with the rows that have them.
type pattern struct {
	codes  []int32
	rows   []int
	weight [2]float64
}

// size is how many columns have a value.
func (p *pattern) size() int {
	n := 0
	for _, c := range p.codes {
		if c != 0 {
			n++
		}
	}
	return n
}

// within reports whether every value of p is one of q.
func (p *pattern) within(q *pattern) bool {
	for i, c := range p.codes {
		if c != 0 && q.codes[i] != c {
			return false
		}
	}
	return true
}

// patternInput is what such a plugin is called with.
type patternInput struct {
	c         *pluginCall
	skip      map[string]bool // columns that are no dimensions
	weight    *expr           // nil: each row counts as one
	wildcards []scalar.Value  // of each column, what stands for any value
}

// newPatternInput binds the weight column and the custom wildcards, each of which is for the
// columns of its type; ~ stands for what is usual.
func newPatternInput(c *pluginCall, weight kql.Expr, wildcards []kql.Expr) *patternInput {
	in := &patternInput{c: c, skip: make(map[string]bool)}
	if weight = given(weight); weight != nil {
		if in.weight = c.column(weight); in.weight == nil {
			return nil
		}
		if !in.weight.typ.Numeric() {
			c.fail(weight, "KS141", "a weight must be a number, not "+in.weight.typ.String(), "")
			return nil
		}
		in.skip[in.weight.name] = true
	}
	custom := make(map[scalar.Type]scalar.Value)
	for _, arg := range wildcards {
		if arg = given(arg); arg == nil {
			continue
		}
		x := c.expr(arg, nil)
		if x.konst == nil {
			c.fail(arg, "KS140", "a wildcard must be a constant", "")
			return nil
		}
		custom[x.typ] = *x.konst
	}
	for _, col := range c.in.cols {
		v, ok := custom[col.typ]
		if !ok {
			v = scalar.Null(col.typ)
		}
		in.wildcards = append(in.wildcards, v)
	}
	return in
}

// given is an argument, nil where it is "~" or left out.
func given(arg kql.Expr) kql.Expr {
	if lit, ok := arg.(*kql.Literal); ok && lit.Kind == kql.String && lit.Value == "~" {
		return nil
	}
	return arg
}

// read codes the rows; set says which of the two sets a row belongs to, or -1 for none.
func (in *patternInput) read(e env, set func(*frame) int) *patterns {
	xs := in.c.in.values()
	p := &patterns{e: e, values: make([][]scalar.Value, len(xs))}
	index := make([]map[string]int32, len(xs))
	for i := range xs {
		index[i] = make(map[string]int32)
		p.values[i] = []scalar.Value{in.wildcards[i]}
	}
	var key []byte
	for f := range in.c.in.rows(e) {
		s := set(f)
		if s < 0 {
			continue
		}
		row := codedRow{codes: make([]int32, len(xs))}
		row.weight[s] = 1
		if in.weight != nil {
			row.weight[s], _ = scalar.ToReal(in.weight.value(f))
		}
		size := 32 + 4*len(xs)
		for i, x := range xs {
			v := x.value(f)
			if in.skip[in.c.in.cols[i].name] || v.IsNull() || v.Kind() == scalar.String && v.Str() == "" {
				continue
			}
			key = scalar.AppendKey(key[:0], v)
			code, known := index[i][string(key)]
			if !known {
				code = int32(len(p.values[i]))
				index[i][string(key)] = code
				p.values[i] = append(p.values[i], v.Clone())
				size += len(key) + v.Size()
			}
			row.codes[i] = code
		}
		if !e.hold(size) {
			return p
		}
		p.rows = append(p.rows, row)
	}
	return p
}

// oneSet puts all rows into the first set.
func oneSet(*frame) int { return 0 }

// all is the pattern of all rows: the columns with one value only.
func (p *patterns) all() *pattern {
	rows := make([]int, len(p.rows))
	for i := range rows {
		rows[i] = i
	}
	return p.closed(rows)
}

// closed is the pattern of all values that the rows have in common.
func (p *patterns) closed(rows []int) *pattern {
	out := &pattern{rows: rows, codes: make([]int32, len(p.values))}
	if len(rows) == 0 {
		return out
	}
	copy(out.codes, p.rows[rows[0]].codes)
	for _, r := range rows {
		row := &p.rows[r]
		out.weight[0] += row.weight[0]
		out.weight[1] += row.weight[1]
		for i, c := range out.codes {
			if row.codes[i] != c {
				out.codes[i] = 0
			}
		}
	}
	return out
}

// split parts the rows of a pattern by their values in a column.
func (p *patterns) split(of *pattern, column int) map[int32][]int {
	groups := make(map[int32][]int)
	for _, r := range of.rows {
		if c := p.rows[r].codes[column]; c != 0 {
			groups[c] = append(groups[c], r)
		}
	}
	return groups
}

// frequent finds every closed pattern that enough says is frequent, with at most so many
// values that do not follow from the others. Each is met once: by the way of its first
// columns (the closed item sets of the LCM algorithm).
func (p *patterns) frequent(most int, enough func(*pattern) bool) []*pattern {
	var found []*pattern
	var extend func(of *pattern, from, depth int)
	extend = func(of *pattern, from, depth int) {
		if of.size() > 0 {
			found = append(found, of)
		}
		if depth == most {
			return
		}
		for column := from; column < len(p.values); column++ {
			if of.codes[column] != 0 {
				continue
			}
			groups := p.split(of, column)
			for code := int32(1); int(code) < len(p.values[column]) && len(groups) > 0; code++ {
				rows := groups[code]
				if len(rows) == 0 {
					continue
				}
				if !p.e.run.tick() {
					return
				}
				q := p.closed(rows)
				if enough(q) && slices.Equal(q.codes[:column], of.codes[:column]) && p.e.hold(4*len(q.codes)+8*len(rows)) {
					extend(q, column+1, depth+1)
				}
			}
		}
	}
	if root := p.all(); len(p.rows) > 0 && enough(root) {
		extend(root, 0, 0)
	}
	return found
}

// row is a pattern as a row: its number, its measures, and its values or their wildcards.
func (p *patterns) row(id int, of *pattern, measures ...scalar.Value) []scalar.Value {
	row := append([]scalar.Value{scalar.NewLong(int64(id))}, measures...)
	for i, c := range of.codes {
		row = append(row, p.values[i][c])
	}
	return row
}

// segments are the columns of a result: the number of the pattern, measures, and the input's.
func (in *patternInput) segments(measures ...Column) []Column {
	return slices.Concat([]Column{{"SegmentId", scalar.Long}}, measures, in.c.in.schema())
}

// compareCodes orders patterns that are equal otherwise.
func compareCodes(a, b *pattern) int {
	return slices.Compare(a.codes, b.codes)
}
