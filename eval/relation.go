package eval

import (
	"iter"
	"slices"

	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// relation is a bound tabular expression: its columns, and how to get its rows.
//
// A column is an expression over the frame, so project, extend and their kin
// only change the list and cost nothing when the query runs.
type relation struct {
	cols       []*column
	seg        *segment
	level      int // the level of seg that its rows are of
	rows       func(env) iter.Seq[*frame]
	scan       *tableScan               // what rows reads, where nothing but filters stands between it and the table
	want       func(name string) *expr  // reads a further column of an open table
	serialized bool                     // its order counts: prev, next and row_number may be used
	name       string                   // what withsource= calls it
	open       bool                     // further columns are known at run time only
	below      func(kql.Expr) *relation // the join that this is, its left rows filtered first; nil where that cannot be
	graph      *graphPlan               // the graph that it stands for; nil for a table
	scope      *graphScope              // its rows are nodes, edges or matches of a graph
	tables     []*relation              // the tables that it stands for where it is no single one: of fork, facet or graph-to-table
	bad        bool                     // an error was drawn: further ones about its columns would only repeat it
}

// column is a named, typed expression.
type column struct {
	name string
	typ  scalar.Type
	x    *expr
	make func() *expr // makes x when it is first asked for, so that unused columns are never read
}

// expr gives the column's expression.
func (c *column) expr() *expr {
	if c.x == nil {
		c.x = c.make()
	}
	return c.x
}

// Column is a column's name and type.
type Column struct {
	Name string
	Type scalar.Type
}

// each gives the tables that rel stands for: itself, but for what gives several.
func (rel *relation) each() []*relation {
	if rel.tables != nil {
		return rel.tables
	}
	return []*relation{rel}
}

// schema gives the names and types of the columns.
func (rel *relation) schema() []Column {
	cols := make([]Column, len(rel.cols))
	for i, c := range rel.cols {
		cols[i] = Column{c.name, c.typ}
	}
	return cols
}

// find gives the position of a column by its name, or -1.
func (rel *relation) find(name string) int {
	for i, c := range rel.cols {
		if c.name == name {
			return i
		}
	}
	return -1
}

// with is rel with other columns.
func (rel *relation) with(cols []*column) *relation {
	out := *rel
	out.cols, out.below = cols, nil
	return &out
}

// through is rel with its rows passed through an operator's loop.
func (rel *relation) through(loop func(e env, rows iter.Seq[*frame]) iter.Seq[*frame]) *relation {
	out := *rel
	rows := rel.rows
	out.rows = func(e env) iter.Seq[*frame] { return loop(e, rows(e)) }
	out.below, out.scan = nil, nil
	return &out
}

// filtered keeps the rows for which a test is true.
func (rel *relation) filtered(tests ...*expr) *relation {
	if rel.scan != nil && !slices.ContainsFunc(tests, func(x *expr) bool { return x.volatile || x.windowed }) {
		return rel.scanning(rel.scan.filtered(tests))
	}
	passes := conjunction(tests)
	return rel.through(func(e env, rows iter.Seq[*frame]) iter.Seq[*frame] {
		return func(yield func(*frame) bool) {
			for f := range rows {
				if passes(f) && !yield(f) {
					return
				}
			}
		}
	})
}

// conjunction is the test whether all tests are true. The cheapest is made first, unless one of them counts rows or may
// differ when made again.
func conjunction(tests []*expr) func(*frame) bool {
	if !slices.ContainsFunc(tests, func(x *expr) bool { return x.volatile || x.windowed }) {
		tests = slices.SortedStableFunc(slices.Values(tests), func(x, y *expr) int { return x.cost - y.cost })
	}
	truths := make([]func(*frame) bool, len(tests))
	for i, x := range tests {
		truths[i] = x.truth()
	}
	if len(truths) == 1 {
		return truths[0]
	}
	return func(f *frame) bool {
		for _, truth := range truths {
			if !truth(f) {
				return false
			}
		}
		return true
	}
}

// values gives rel's columns as expressions, all of them asked for.
func (rel *relation) values() []*expr {
	xs := make([]*expr, len(rel.cols))
	for i, c := range rel.cols {
		xs[i] = c.expr()
	}
	return xs
}

// failed reports whether an error was drawn while rel was bound.
func (rel *relation) failed() bool { return rel.bad }

// like gives rel, which holds the rows of in, what its columns cannot say of themselves.
func (rel *relation) like(in *relation) *relation {
	rel.name, rel.open, rel.bad = in.name, in.open, in.bad
	for i, c := range in.cols {
		rel.cols[i].x.loose = c.expr().loose
	}
	return rel
}

// held makes the relation of an operator that collects rows and then gives its
// own, each a slice of values in the order of cols. The slice may be reused by
// the operator for its next row.
func (b *binder) held(cols []Column, rows func(e env) iter.Seq[[]scalar.Value]) *relation {
	seg := newSegment()
	out := &relation{seg: seg}
	for i, c := range cols {
		out.cols = append(out.cols, &column{name: c.Name, typ: c.Type, x: rowColumn(c.Type, i)})
	}
	out.rows = func(e env) iter.Seq[*frame] {
		return func(yield func(*frame) bool) {
			f := seg.frame(e)
			for row := range rows(e) {
				if !e.run.tick() {
					return
				}
				f.row = row
				f.next(0)
				if !yield(f) {
					return
				}
			}
		}
	}
	return out
}

// rowColumn reads the i-th value of a held row.
func rowColumn(t scalar.Type, i int) *expr {
	x := &expr{typ: t, cheap: true, reads: true, cost: 1, value: func(f *frame) scalar.Value { return f.row[i] }}
	switch t {
	case scalar.String:
		x.str = func(f *frame) string { return f.row[i].Str() }
	case scalar.Bool:
		x.test = func(f *frame) (bool, bool) { v := f.row[i]; return v.Bool(), !v.IsNull() }
	}
	return x
}

// collectOf reads all rows of rel into memory, with the values of xs, charged to the run's budget.
func (rel *relation) collectOf(e env, xs []*expr) [][]scalar.Value {
	var out [][]scalar.Value
	for f := range rel.rows(e) {
		row := valuesOf(f, xs)
		if !e.hold(sizeOf(row)) {
			return nil
		}
		out = append(out, row)
	}
	return out
}

// each yields the rows of a slice.
func each(rows [][]scalar.Value) iter.Seq[[]scalar.Value] {
	return func(yield func([]scalar.Value) bool) {
		for _, row := range rows {
			if !yield(row) {
				return
			}
		}
	}
}
