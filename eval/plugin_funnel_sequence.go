package eval

import (
	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// maxSamples is how many ids funnel_sequence lists for a row.
const maxSamples = 128

// bindFunnelSequence finds the ids that went through a sequence of states, each within a
// window after the one before, and counts them by the states right before and right after
// (Kusto docs, "funnel_sequence plugin"). Of the three tables that the service gives this is
// the first; the others are sums of it.
func bindFunnelSequence(c *pluginCall) *relation {
	if !c.arguments(8, "IdColumn", "TimelineColumn", "Start", "End", "MaxSequenceStepWindow", "Step", "StateColumn", "Sequence") {
		return c.refused()
	}
	tl, sequence := newFunnel(c, c.args[6], c.args[7])
	if tl == nil {
		return c.refused()
	}
	window, step := tl.span(c.args[4]), tl.span(c.args[5])
	cols := []Column{{"prev", tl.state.typ}, {"next", tl.state.typ}, {"dcount", scalar.Long}, {"samples", scalar.Dynamic}}
	return tl.relation(cols, noLooking, func(e env, s *slice, give func(int64, ...scalar.Value) bool) {
		type way struct {
			at         int64
			prev, next scalar.Value
			ids        map[int]bool
			samples    []scalar.Value
		}
		var ways []*way
		index := make(map[string]*way)
		gap, by, start := window(e), step(e), tl.start(e)
		null := scalar.Null(tl.state.typ)
		near := func(a, b activity) bool { return b.at-a.at <= gap }
		for id, events := range s.by() {
			for i := range events {
				n := len(sequence)
				if n == 0 || i+n > len(events) || !e.run.tick() || !passes(events[i:i+n], sequence, near) {
					continue
				}
				w := way{at: events[i].at - modulo(events[i].at-start, by), prev: null, next: null}
				if i > 0 && near(events[i-1], events[i]) {
					w.prev = events[i-1].state
				}
				if i+n < len(events) && near(events[i+n-1], events[i+n]) {
					w.next = events[i+n].state
				}
				key := scalar.AppendKey(scalar.AppendKey(scalar.AppendKey(nil, scalar.NewLong(w.at)), w.prev), w.next)
				known := index[string(key)]
				if known == nil {
					known = &w
					known.ids = make(map[int]bool)
					index[string(key)] = known
					ways = append(ways, known)
				}
				if !known.ids[id] && len(known.samples) < maxSamples {
					known.samples = append(known.samples, s.ids[id])
				}
				known.ids[id] = true
			}
		}
		for _, w := range ways {
			if !give(w.at, w.prev, w.next, count(len(w.ids)), scalar.NewArray(w.samples)) {
				return
			}
		}
	})
}

// newFunnel binds what the plugins on sequences of states have in common.
func newFunnel(c *pluginCall, state, sequence kql.Expr) (*timeline, []string) {
	tl := newTimeline(c, c.args[0], c.args[1], nil)
	what := c.column(state)
	list, ok := c.constant(sequence, scalar.Dynamic, scalar.Null(scalar.Dynamic))
	if tl == nil || what == nil || !ok {
		return nil, nil
	}
	tl.state = what
	tl.between(c.args[2], c.args[3])
	var states []string
	for v := range list.Elements() {
		states = append(states, scalar.ToString(v))
	}
	return tl, states
}

// passes reports whether events run through the states of a sequence, one by one.
func passes(events []activity, sequence []string, near func(a, b activity) bool) bool {
	for i, a := range events {
		if scalar.ToString(a.state) != sequence[i] || i > 0 && !near(events[i-1], a) {
			return false
		}
	}
	return true
}

// bindFunnelSequenceCompletion counts, for each length of time, the ids that reached each
// state of a sequence within it after the first, in order, whatever came between (Kusto docs,
// "funnel_sequence_completion plugin").
func bindFunnelSequenceCompletion(c *pluginCall) *relation {
	if !c.arguments(8, "IdColumn", "TimelineColumn", "Start", "End", "Step", "StateColumn", "Sequence", "MaxSequenceStepWindows") {
		return c.refused()
	}
	tl, sequence := newFunnel(c, c.args[5], c.args[6])
	windows, ok := c.constant(c.args[7], scalar.Dynamic, scalar.Null(scalar.Dynamic))
	if tl == nil || !ok {
		return c.refused()
	}
	t := tl.at.typ
	if t == scalar.DateTime {
		t = scalar.TimeSpan
	}
	step := tl.span(c.args[4])
	cols := []Column{{tl.state.name, scalar.String}, {"Period", t}, {"dcount", scalar.Long}}
	return tl.relation(cols, noLooking, func(e env, s *slice, give func(int64, ...scalar.Value) bool) {
		by := step(e)
		people := s.by()
		for at := range tl.steps(e, by) {
			for window := range windows.Elements() {
				window = scalar.Convert(window, t)
				reached := make([]int, len(sequence))
				for _, events := range people {
					for i := range farthest(e, events, sequence, at, at+by, window.Long()) {
						reached[i]++
					}
				}
				for i, n := range reached {
					if reached[0] > 0 && !give(at, scalar.NewString(sequence[i]), window, count(n)) {
						return
					}
				}
			}
		}
	})
}

// farthest gives how many states of a sequence someone reached in one go that began in a
// period and took no longer than a window.
func farthest(e env, events []activity, sequence []string, from, to, window int64) int {
	best := 0
	for i, first := range events {
		if len(sequence) == 0 || first.at < from || first.at >= to || scalar.ToString(first.state) != sequence[0] {
			continue
		}
		n := 1
		for _, a := range events[i+1:] {
			if n == len(sequence) || a.at-first.at > window || !e.run.tick() {
				break
			}
			if scalar.ToString(a.state) == sequence[n] {
				n++
			}
		}
		best = max(best, n)
	}
	return best
}
