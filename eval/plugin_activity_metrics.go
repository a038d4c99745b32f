package eval

import "github.com/seed-2512943d/picket/eval/scalar"

// bindActivityMetrics compares the ids of each period with those of the one before: how many
// there are, how many are new, and which part of those before was kept and lost (Kusto docs,
// "activity_metrics plugin"). Start and End may be left out.
func bindActivityMetrics(c *pluginCall) *relation {
	params := []string{"IdColumn", "TimelineColumn", "Start", "End", "Window", "Dimension…"}
	bounded := len(c.call.Args) > 3
	if !bounded {
		params = []string{params[0], params[1], params[4]}
	}
	if !c.arguments(min(len(params), 5), params...) {
		return c.refused()
	}
	tl := newTimeline(c, c.args[0], c.args[1], c.rest)
	if tl == nil {
		return c.refused()
	}
	window := c.args[2]
	if bounded {
		tl.between(c.args[2], c.args[3])
		window = c.args[4]
	}
	step := tl.span(window)
	cols := []Column{{"dcount_values", scalar.Long}, {"dcount_newvalues", scalar.Long}, {"retention_rate", scalar.Real}, {"churn_rate", scalar.Real}}
	return tl.relation(cols, noLooking, func(e env, s *slice, give func(int64, ...scalar.Value) bool) {
		by := step(e)
		for at := range s.periods(tl, e, by) {
			before, now := ids(s.within(at-by, at)), ids(s.within(at, at+by))
			kept := common(before, now)
			if len(now) > 0 && !give(at, count(len(now)), count(len(now)-kept), ratio(kept, len(before)), ratio(len(before)-kept, len(before))) {
				return
			}
		}
	})
}

// common counts the ids that two sets share.
func common(a, b map[int]bool) int {
	n := 0
	for id := range a {
		if b[id] {
			n++
		}
	}
	return n
}
