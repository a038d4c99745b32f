package eval

import (
	"iter"
	"math"
	"slices"

	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// bindSequenceDetect finds the ways in which rows of the same dimensions meet predicates one
// after another in time: no more than a step apart, and all within a span (Kusto docs,
// "sequence_detect plugin"). A row stands for one step of a way only.
func bindSequenceDetect(c *pluginCall) *relation {
	args := c.call.Args
	if len(args) < 4 {
		return c.nothing(c.call, "KS119", "sequence_detect needs a timeline, two windows and predicates", "")
	}
	at := c.column(args[0])
	if at == nil {
		return c.refused()
	}
	var names []string
	var steps []*expr
	var dims []kql.Expr
	for _, arg := range args[3:] {
		x := c.expr(arg, c.in)
		_, isName := arg.(*kql.Name)
		if x.typ != scalar.Bool || isName && len(steps) > 0 {
			dims = append(dims, arg)
			continue
		}
		name := x.name
		if named, ok := arg.(*kql.NamedExpr); ok && len(named.Names) > 0 {
			name = named.Names[0].Name
		}
		names, steps = append(names, name), append(steps, x)
	}
	if len(steps) == 0 {
		return c.nothing(c.call, "KS119", "sequence_detect needs predicates", "")
	}
	tl := newTimeline(c, args[0], args[0], dims)
	if tl == nil {
		return c.refused()
	}
	met := make([]*expr, len(steps))
	for i, x := range steps {
		met[i] = c.memoized(x, c.in.seg)
	}
	tl.state = stepsMet(met)
	gap, span := tl.span(args[1]), tl.span(args[2])
	var cols []Column
	for _, d := range tl.dims {
		cols = append(cols, Column{d.name, d.typ})
	}
	taken := newNaming(nil)
	for _, name := range names {
		cols = append(cols, Column{taken.pick(name + "_" + at.name), at.typ})
	}
	cols = append(cols, Column{"Duration", scalar.TimeSpan})
	return c.held(cols, func(e env) iter.Seq[[]scalar.Value] {
		return func(yield func([]scalar.Value) bool) {
			for _, s := range tl.slices(e, 0) {
				for way := range ways(e, s.events, len(steps), gap(e), span(e)) {
					row := slices.Clone(s.dims)
					for _, t := range way {
						row = append(row, tl.time(t))
					}
					if !yield(append(row, scalar.NewTimeSpan(scalar.Span(way[len(way)-1]-way[0])))) {
						return
					}
				}
			}
		}
	})
}

// stepsMet is a number with a bit for each predicate that the row meets.
func stepsMet(steps []*expr) *expr {
	return ofValue(scalar.Long, func(f *frame) scalar.Value {
		var bits uint64
		for i, x := range steps {
			if v, ok := x.test(f); ok && v && i < 64 {
				bits |= 1 << i
			}
		}
		return scalar.NewLong(int64(bits))
	}).from(steps...)
}

// ways yields the times of each way through n steps.
func ways(e env, events []activity, n int, gap, span int64) iter.Seq[[]int64] {
	return func(yield func([]int64) bool) {
		way := make([]int64, 0, n)
		var next func(i int) bool
		next = func(i int) bool {
			if len(way) == n {
				return yield(way)
			}
			latest := int64(math.MaxInt64)
			if len(way) > 0 {
				latest = min(way[len(way)-1]+gap, way[0]+span)
			}
			for ; i < len(events) && events[i].at <= latest; i++ {
				if !e.run.tick() {
					return false
				}
				if events[i].state.Long()&(1<<len(way)) == 0 {
					continue
				}
				way = append(way, events[i].at)
				going := next(i + 1)
				way = way[:len(way)-1]
				if !going {
					return false
				}
			}
			return true
		}
		next(0)
	}
}
