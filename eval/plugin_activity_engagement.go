package eval

import "github.com/seed-2512943d/picket/eval/scalar"

// bindActivityEngagement compares how many ids were active in a period with how many were in
// the longer window that ends with it (Kusto docs, "activity_engagement plugin"). Start and
// End may be left out.
func bindActivityEngagement(c *pluginCall) *relation {
	params := []string{"IdColumn", "TimelineColumn", "Start", "End", "InnerActivityWindow", "OuterActivityWindow", "Dimension…"}
	bounded := len(c.call.Args) > 4
	if !bounded {
		params = []string{params[0], params[1], params[4], params[5]}
	}
	if !c.arguments(min(len(params), 6), params...) {
		return c.refused()
	}
	tl := newTimeline(c, c.args[0], c.args[1], c.rest)
	if tl == nil {
		return c.refused()
	}
	windows := c.args[2:]
	if bounded {
		tl.between(c.args[2], c.args[3])
		windows = c.args[4:]
	}
	inner, outer := tl.span(windows[0]), tl.span(windows[1])
	cols := []Column{{"dcount_activities_inner", scalar.Long}, {"dcount_activities_outer", scalar.Long}, {"activity_ratio", scalar.Real}}
	return tl.relation(cols, outer, func(e env, s *slice, give func(int64, ...scalar.Value) bool) {
		by, back := inner(e), outer(e)
		for at := range s.periods(tl, e, by) {
			now := len(ids(s.within(at, at+by)))
			wide := len(ids(s.within(at+by-back, at+by)))
			if now > 0 && !give(at, count(now), count(wide), ratio(now, wide)) {
				return
			}
		}
	})
}
