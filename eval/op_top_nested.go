package eval

import (
	"iter"
	"slices"

	"github.com/seed-2512943d/picket/eval/aggregate"
	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// nestedLevel is one level of top-nested: what is grouped by, how its groups are reduced and
// ordered, and how many are kept.
type nestedLevel struct {
	of     *expr
	count  func(env) int // nil for all
	others *expr         // what stands for the groups that are not kept; nil where they are left out
	agg    *aggregation
	by     *expr // over a reduced row
	key    sortKey
}

// bindTopNested finds the top values of an expression, within each of them those of the next,
// and so on, with two columns a level (Kusto docs, "top-nested operator").
func (b *binder) bindTopNested(op *kql.TopNested, in *relation) *relation {
	names := newNaming(nil)
	pick := func(want string) string {
		if want == "" {
			return "" // an expression that has no name stays without one
		}
		return names.pick(want)
	}
	var cols []Column
	n := &nested{in: in}
	for _, l := range op.Levels {
		of := b.memoized(settledText(b.expr(l.Of.X, in)), in.seg)
		level := &nestedLevel{of: of, agg: &aggregation{in: in}}
		name := of.name
		if len(l.Of.Names) > 0 {
			name = l.Of.Names[0].Name
		}
		name = pick(name)
		cols = append(cols, Column{name, of.typ})
		if l.Count != nil {
			level.count = b.rowCount(l.Count)
		}
		if l.Others != nil {
			level.others = converted(b.expr(l.Others, nil), of.typ)
		}
		saved, errs := b.agg, len(b.errs)
		b.agg = level.agg
		level.by = b.expr(l.By.Key.X, &relation{seg: newSegment(), bad: true}) // no names of columns
		b.agg = saved
		if len(level.agg.calls) == 0 && len(b.errs) == errs && !b.undecided() {
			b.fail(l.By.Key, "KS236", "top-nested orders by an aggregate", "write by count(), or by sum(x)")
		}
		by := "aggregated_" + name
		if len(l.By.Key.Names) > 0 {
			by = l.By.Key.Names[0].Name
		}
		cols = append(cols, Column{pick(by), level.by.typ})
		level.key = sortKey{desc: l.By.Order != "asc", nullsFirst: l.By.Order == "asc"}
		if l.By.Nulls != "" {
			level.key.nullsFirst = l.By.Nulls == "first"
		}
		n.levels = append(n.levels, level)
	}
	return b.held(cols, n.rows)
}

// nested is a bound top-nested.
type nested struct {
	in     *relation
	levels []*nestedLevel
}

// nestedGroup is a group of rows at some level, with its groups at the next.
type nestedGroup struct {
	group
	index map[string]*nestedGroup
	inner []*nestedGroup // in the order in which they are first met
	by    scalar.Value
}

func (n *nested) rows(e env) iter.Seq[[]scalar.Value] {
	return func(yield func([]scalar.Value) bool) {
		budget := newGrowth(e)
		defer budget.account.release()
		root := n.read(e, budget)
		if e.run.err != nil {
			return
		}
		n.emit(e, root, 0, make([]scalar.Value, 2*len(n.levels)), yield)
	}
}

// read sorts the rows of the input into groups.
func (n *nested) read(e env, budget *growth) *nestedGroup {
	root := new(nestedGroup)
	var all []*group
	var key []byte
	var args []scalar.Value
	for f := range n.in.rows(e) {
		g := root
		for _, l := range n.levels {
			v := l.of.value(f)
			key = scalar.AppendKey(key[:0], v)
			inner := g.index[string(key)]
			if inner == nil {
				inner = &nestedGroup{group: group{keys: []scalar.Value{v.Clone()}, accs: l.accumulators()}}
				if g.index == nil {
					g.index = make(map[string]*nestedGroup)
				}
				g.index[string(key)] = inner
				g.inner = append(g.inner, inner)
				all = append(all, &inner.group)
				budget.pending += groupOverhead + 2*v.Size()
			}
			g = inner
			for i, call := range l.agg.calls {
				args = args[:0]
				for _, x := range call.args {
					v := x.value(f)
					args = append(args, v)
					budget.pending += elementSize + v.Size()
				}
				g.accs[i].Add(args)
			}
		}
		if !budget.fits(all) {
			return root
		}
	}
	return root
}

// growth looks now and then at what the groups of all levels hold.
type growth struct {
	account           *account
	pending, patience int // see groupTable
}

func newGrowth(e env) *growth { return &growth{account: e.account(), patience: e.run.patience()} }

// fits reports whether the budget has room for the groups.
func (g *growth) fits(groups []*group) bool {
	if g.pending < g.patience {
		return true
	}
	size := 0
	for _, of := range groups {
		size += groupOverhead + 2*sizeOf(of.keys)
		for _, acc := range of.accs {
			size += acc.Size()
		}
	}
	g.pending = 0
	g.account.set(size)
	return g.account.fits("")
}

func (l *nestedLevel) accumulators() []aggregate.Accumulator {
	accs := make([]aggregate.Accumulator, len(l.agg.calls))
	for i, call := range l.agg.calls {
		accs[i] = call.make()
	}
	return accs
}

// reduce gives what a level orders by.
func (l *nestedLevel) reduce(e env, accs []aggregate.Accumulator) scalar.Value {
	f := &frame{run: e.run, row: make([]scalar.Value, len(l.agg.cols))}
	for i, call := range l.agg.calls {
		call.results(accs[i], f.row, l.agg.cols)
	}
	return l.by.value(f)
}

// emit yields the rows below a group, of which row holds the columns so far.
func (n *nested) emit(e env, g *nestedGroup, at int, row []scalar.Value, yield func([]scalar.Value) bool) bool {
	if at == len(n.levels) {
		return yield(row)
	}
	l := n.levels[at]
	for _, inner := range g.inner {
		inner.by = l.reduce(e, inner.accs)
	}
	groups := slices.Clone(g.inner)
	keys := []sortKey{l.key, l.key} // of equals the engine gives the greater value first
	slices.SortStableFunc(groups, func(x, y *nestedGroup) int {
		return compareKeys(keys, []scalar.Value{x.by, x.keys[0]}, []scalar.Value{y.by, y.keys[0]})
	})
	kept := len(groups)
	if l.count != nil {
		kept = max(0, min(kept, l.count(e)))
	}
	for _, inner := range groups[:kept] {
		row[2*at], row[2*at+1] = inner.keys[0], inner.by
		if !n.emit(e, inner, at+1, row, yield) {
			return false
		}
	}
	rest := groups[kept:]
	wanted := slices.ContainsFunc(n.levels[at:], func(l *nestedLevel) bool { return l.others != nil })
	if len(rest) == 0 || !wanted {
		return true
	}
	n.others(e, rest, at, row)
	return yield(row)
}

// others fills a row with what stands for groups that are not kept, at their level and at all
// below. A level without a word for them has nulls.
func (n *nested) others(e env, rest []*nestedGroup, at int, row []scalar.Value) {
	for i, l := range n.levels[at:] {
		col := 2 * (at + i)
		row[col], row[col+1] = scalar.Null(l.of.typ), scalar.Null(l.by.typ)
		var inner []*nestedGroup
		accs := l.accumulators()
		for _, g := range rest {
			for j, acc := range accs {
				acc.Merge(g.accs[j])
			}
			inner = append(inner, g.inner...)
		}
		if l.others != nil {
			row[col], row[col+1] = l.others.value(e.frame()), l.reduce(e, accs)
		}
		rest = inner
	}
}
