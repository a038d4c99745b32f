package eval

import "github.com/seed-2512943d/picket/eval/scalar"

// bindActiveUsersCount counts, for each step, the ids with an event up to which, in the
// window that is looked back over, they were seen in so many distinct periods at least
// (Kusto docs, "active_users_count plugin").
func bindActiveUsersCount(c *pluginCall) *relation {
	if !c.arguments(8, "IdColumn", "TimelineColumn", "Start", "End", "LookbackWindow", "Period", "ActivePeriodsCount", "Bin", "Dimension…") {
		return c.refused()
	}
	tl := newTimeline(c, c.args[0], c.args[1], c.rest)
	if tl == nil {
		return c.refused()
	}
	tl.between(c.args[2], c.args[3])
	window, period, step := tl.span(c.args[4]), tl.span(c.args[5]), tl.span(c.args[7])
	least := c.fixed(c.args[6], scalar.Long)
	return tl.relation([]Column{{"dcount", scalar.Long}}, window, func(e env, s *slice, give func(int64, ...scalar.Value) bool) {
		by, back, each, want := step(e), window(e), period(e), int(least(e).Long())
		start := tl.start(e)
		active := make(map[int64]map[int]bool)
		for _, events := range s.by() {
			for i, a := range events {
				seen := make(map[int64]bool)
				for j := i; j >= 0 && events[j].at > a.at-back && e.run.tick(); j-- {
					seen[events[j].at-modulo(events[j].at, each)] = true
				}
				if a.at < start || len(seen) < want {
					continue
				}
				at := a.at - modulo(a.at-start, by)
				if active[at] == nil {
					active[at] = make(map[int]bool)
				}
				active[at][a.id] = true
			}
		}
		for at := range tl.steps(e, by) {
			if len(active[at]) > 0 && !give(at, count(len(active[at]))) {
				return
			}
		}
	})
}
