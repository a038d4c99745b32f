package eval

import "github.com/seed-2512943d/picket/eval/scalar"

// bindSlidingWindowCounts counts the events and the ids of windows that end with each step
// (Kusto docs, "sliding_window_counts plugin").
func bindSlidingWindowCounts(c *pluginCall) *relation {
	if !c.arguments(6, "IdColumn", "TimelineColumn", "Start", "End", "LookbackWindow", "Bin", "Dimension…") {
		return c.refused()
	}
	tl := newTimeline(c, c.args[0], c.args[1], c.rest)
	if tl == nil {
		return c.refused()
	}
	tl.between(c.args[2], c.args[3])
	window, step := tl.span(c.args[4]), tl.span(c.args[5])
	cols := []Column{{"Count", scalar.Long}, {"Dcount", scalar.Long}}
	return tl.relation(cols, window, func(e env, s *slice, give func(int64, ...scalar.Value) bool) {
		by, back := step(e), window(e)
		for at := range tl.steps(e, by) {
			events := s.within(at+by-back, at+by)
			if len(events) > 0 && !give(at, count(len(events)), count(len(ids(events)))) {
				return
			}
		}
	})
}
