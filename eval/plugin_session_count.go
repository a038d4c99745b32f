package eval

import "github.com/seed-2512943d/picket/eval/scalar"

// bindSessionCount counts sessions by when they begin: with an event after which, for as
// long as the window that is looked back over, there was none of the same id. Bins are those
// of bin(), whatever the start (Kusto docs, "session_count plugin").
func bindSessionCount(c *pluginCall) *relation {
	if !c.arguments(6, "IdColumn", "TimelineColumn", "Start", "End", "Bin", "LookBackWindow", "Dimension…") {
		return c.refused()
	}
	tl := newTimeline(c, c.args[0], c.args[1], c.rest)
	if tl == nil {
		return c.refused()
	}
	tl.between(c.args[2], c.args[3])
	step, window := tl.span(c.args[4]), tl.span(c.args[5])
	cols := []Column{{"count_sessions", scalar.Long}}
	return tl.relation(cols, window, func(e env, s *slice, give func(int64, ...scalar.Value) bool) {
		by, gap, start := step(e), window(e), tl.start(e)
		last := make(map[int]int64)
		var bins []int64
		sessions := make(map[int64]int)
		for _, a := range s.events {
			was, seen := last[a.id]
			last[a.id] = a.at
			if a.at < start || seen && a.at-was < gap {
				continue
			}
			at := a.at - modulo(a.at, by)
			if sessions[at]++; sessions[at] == 1 {
				bins = append(bins, at)
			}
		}
		for _, at := range bins {
			if !give(at, count(sessions[at])) {
				return
			}
		}
	})
}

// modulo is the remainder that is never below zero.
func modulo(a, b int64) int64 { return (a%b + b) % b }
