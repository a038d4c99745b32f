package eval

import "github.com/seed-2512943d/picket/eval/scalar"

// bindActivityCountsMetrics counts, for each period with events, the events, the ids, the
// ids that no period before had, and all ids up to then (Kusto docs,
// "activity_counts_metrics plugin").
func bindActivityCountsMetrics(c *pluginCall) *relation {
	if !c.arguments(5, "IdColumn", "TimelineColumn", "Start", "End", "Step", "Dimension…") {
		return c.refused()
	}
	tl := newTimeline(c, c.args[0], c.args[1], c.rest)
	if tl == nil {
		return c.refused()
	}
	tl.between(c.args[2], c.args[3])
	step := tl.span(c.args[4])
	cols := []Column{{"count", scalar.Long}, {"dcount", scalar.Long}, {"new_dcount", scalar.Long}, {"aggregated_dcount", scalar.Long}}
	return tl.relation(cols, noLooking, func(e env, s *slice, give func(int64, ...scalar.Value) bool) {
		by := step(e)
		all := make(map[int]bool)
		for at := range tl.steps(e, by) {
			events := s.within(at, at+by)
			if len(events) == 0 {
				continue
			}
			before := len(all)
			now := ids(events)
			for id := range now {
				all[id] = true
			}
			if !give(at, count(len(events)), count(len(now)), count(len(all)-before), count(len(all))) {
				return
			}
		}
	})
}
