package eval

import (
	"errors"
	"iter"
	"math"
	"slices"
	"sort"

	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// timeline is what the plugins on activity have in common: events of someone at some time,
// sliced by dimensions, between a start and an end. Times are ticks of a datetime or a
// timespan, or whole numbers.
type timeline struct {
	call  *pluginCall
	in    *relation
	id    *expr
	at    *expr
	state *expr // what happened, for plugins on sequences of states, or nil
	dims  []*expr
	start func(env) int64
	end   func(env) int64
}

// activity is an event on a timeline.
type activity struct {
	id    int // the number of the one who was active, within the slice
	at    int64
	state scalar.Value
}

// slice is the events of one combination of dimensions, in the order of time.
type slice struct {
	dims   []scalar.Value
	events []activity
	ids    []scalar.Value // who the numbers are
	number map[string]int
}

// newTimeline binds the first arguments of a plugin on activity; nil after an error.
func newTimeline(c *pluginCall, id, at kql.Expr, dims []kql.Expr) *timeline {
	who, when := c.column(id), c.column(at)
	sliced, ok := c.columns(dims)
	if who == nil || when == nil || !ok {
		return nil
	}
	switch when.typ {
	case scalar.DateTime, scalar.TimeSpan, scalar.Long, scalar.Int:
	case scalar.NoType:
		return nil
	default:
		c.fail(at, "KS141", "a timeline is of the type datetime, timespan or long, not "+when.typ.String(), "")
		return nil
	}
	return &timeline{
		call: c, in: c.in, id: who, at: when, dims: sliced,
		start: func(env) int64 { return math.MinInt64 }, end: func(env) int64 { return math.MaxInt64 },
	}
}

// between binds the bounds of the analysis, both included.
func (tl *timeline) between(start, end kql.Expr) { tl.start, tl.end = tl.point(start), tl.point(end) }

// point binds a time on the timeline.
func (tl *timeline) point(arg kql.Expr) func(env) int64 {
	value := tl.call.fixed(arg, tl.at.typ)
	return func(e env) int64 { return value(e).Long() }
}

// span binds a length of time, which must be above zero; otherwise the run fails.
func (tl *timeline) span(arg kql.Expr) func(env) int64 {
	t := tl.at.typ
	if t == scalar.DateTime {
		t = scalar.TimeSpan
	}
	value, name := tl.call.fixed(arg, t), tl.call.call.Func.Name
	return func(e env) int64 {
		n := value(e).Long()
		if n <= 0 {
			e.run.fail(errors.New(name + ": a window or a step must be above zero"))
			return 1
		}
		return n
	}
}

// time is a value of the timeline's type.
func (tl *timeline) time(ticks int64) scalar.Value {
	switch tl.at.typ {
	case scalar.DateTime:
		return scalar.NewDateTime(scalar.Instant(ticks))
	case scalar.TimeSpan:
		return scalar.NewTimeSpan(scalar.Span(ticks))
	case scalar.Int:
		return scalar.NewInt(int32(ticks))
	}
	return scalar.NewLong(ticks)
}

// slices reads the events of the input up to the end, from so much before the start as a
// window looks back. Events without a time or an id are left out.
func (tl *timeline) slices(e env, back int64) []*slice {
	from, to := tl.start(e), tl.end(e)
	if from > math.MinInt64+back {
		from -= back
	}
	var list []*slice
	index := make(map[string]*slice)
	var key []byte
	for f := range tl.in.rows(e) {
		at, id := tl.at.value(f), tl.id.value(f)
		if at.IsNull() || id.IsNull() || at.Long() < from || at.Long() > to {
			continue
		}
		key = key[:0]
		for _, d := range tl.dims {
			key = scalar.AppendKey(key, d.value(f))
		}
		s := index[string(key)]
		if s == nil {
			s = &slice{number: make(map[string]int)}
			for _, d := range tl.dims {
				s.dims = append(s.dims, d.value(f).Clone())
			}
			index[string(key)] = s
			list = append(list, s)
		}
		a := activity{at: at.Long()}
		key = scalar.AppendKey(key[:0], id)
		n, known := s.number[string(key)]
		if !known {
			n = len(s.ids)
			s.number[string(key)], s.ids = n, append(s.ids, id.Clone())
		}
		a.id = n
		if tl.state != nil {
			a.state = tl.state.value(f).Clone()
		}
		s.events = append(s.events, a)
		if !e.hold(48 + len(key)) {
			return nil
		}
	}
	for _, s := range list {
		slices.SortStableFunc(s.events, func(a, b activity) int { return compareTicks(a.at, b.at) })
	}
	return list
}

func compareTicks(a, b int64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// within gives the events from one time to another, the latter not included.
func (s *slice) within(from, to int64) []activity {
	i := sort.Search(len(s.events), func(i int) bool { return s.events[i].at >= from })
	j := sort.Search(len(s.events), func(i int) bool { return s.events[i].at >= to })
	return s.events[i:max(i, j)]
}

// ids gives who was active.
func ids(events []activity) map[int]bool {
	set := make(map[int]bool)
	for _, a := range events {
		set[a.id] = true
	}
	return set
}

// by lists the events of each.
func (s *slice) by() [][]activity {
	list := make([][]activity, len(s.ids))
	for _, a := range s.events {
		list[a.id] = append(list[a.id], a)
	}
	return list
}

// measure computes the rows of a slice and hands each to give, which says whether to go on.
type measure func(e env, s *slice, give func(at int64, values ...scalar.Value) bool)

// relation makes the relation of a plugin: the time, the dimensions, and the measures.
func (tl *timeline) relation(cols []Column, back func(env) int64, rows measure) *relation {
	out := []Column{{tl.at.name, tl.at.typ}}
	for _, d := range tl.dims {
		out = append(out, Column{d.name, d.typ})
	}
	return tl.call.held(append(out, cols...), func(e env) iter.Seq[[]scalar.Value] {
		return func(yield func([]scalar.Value) bool) {
			var row []scalar.Value
			going := true
			for _, s := range tl.slices(e, back(e)) {
				rows(e, s, func(at int64, values ...scalar.Value) bool {
					row = append(append(append(row[:0], tl.time(at)), s.dims...), values...)
					going = going && e.run.tick() && yield(row)
					return going
				})
				if !going {
					return
				}
			}
		}
	})
}

// steps yields the starts of the periods from the start of the analysis to its end.
func (tl *timeline) steps(e env, step int64) iter.Seq[int64] {
	return func(yield func(int64) bool) {
		from, to := tl.start(e), tl.end(e)
		for at := from; at <= to && e.run.tick() && yield(at); at += step {
			if at > math.MaxInt64-step {
				return
			}
		}
	}
}

// periods is steps; without a start they go by bin() from the first event to the last.
func (s *slice) periods(tl *timeline, e env, step int64) iter.Seq[int64] {
	if tl.start(e) != math.MinInt64 || len(s.events) == 0 {
		return tl.steps(e, step)
	}
	first, last := s.events[0].at, s.events[len(s.events)-1].at
	return (&timeline{
		start: func(env) int64 { return first - modulo(first, step) }, end: func(env) int64 { return last },
	}).steps(e, step)
}

// noLooking is for plugins whose windows do not reach back before the start.
func noLooking(env) int64 { return 0 }

// ratio is n of all, NaN of none.
func ratio(n, all int) scalar.Value { return scalar.NewReal(float64(n) / float64(all)) }

func count(n int) scalar.Value { return scalar.NewLong(int64(n)) }
