package eval

import (
	"iter"

	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// cohorts are the arguments of new_activity_metrics that may be left out.
type cohorts struct {
	only   func(env) int64 // the one period whose newcomers are followed, or nil
	dims   []kql.Expr
	before *relation // whose ids are no newcomers, or nil
}

// bindNewActivityMetrics follows the newcomers of each period, the ids that no period before
// had, through the periods after it: how many came back, and how many ids of the later period
// are newer still (Kusto docs, "new_activity_metrics plugin").
func bindNewActivityMetrics(c *pluginCall) *relation {
	if !c.arguments(5, "IdColumn", "TimelineColumn", "Start", "End", "Window", "Dimension…", "Cohort", "Lookback") {
		return c.refused()
	}
	var o cohorts
	cohort, lookback := c.args[6], c.args[7]
	for _, arg := range c.rest {
		name, isName := unparen(arg).(*kql.Name)
		switch {
		case isName && c.in.find(name.Name) >= 0:
			o.dims = append(o.dims, arg)
		case c.isTabular(arg, c.in):
			lookback = arg
		default:
			cohort = arg
		}
	}
	tl := newTimeline(c, c.args[0], c.args[1], o.dims)
	if tl == nil {
		return c.refused()
	}
	tl.between(c.args[2], c.args[3])
	step := tl.span(c.args[4])
	if cohort != nil {
		o.only = tl.point(cohort)
	}
	if lookback != nil {
		if o.before = c.tabular(lookback); o.before.bad {
			return o.before
		}
		if o.before.find(tl.id.name) < 0 {
			return c.nothing(lookback, "KS109", "the table of those seen before needs the column '"+tl.id.name+"'", "")
		}
	}
	cols := []Column{{"from_" + tl.at.name, tl.at.typ}, {"to_" + tl.at.name, tl.at.typ}}
	for _, d := range tl.dims {
		cols = append(cols, Column{d.name, d.typ})
	}
	cols = append(cols, Column{"dcount_new_values", scalar.Long}, Column{"dcount_retained_values", scalar.Long},
		Column{"dcount_churn_values", scalar.Long}, Column{"retention_rate", scalar.Real}, Column{"churn_rate", scalar.Real})
	return c.held(cols, func(e env) iter.Seq[[]scalar.Value] {
		return func(yield func([]scalar.Value) bool) {
			known := o.known(e, tl.id.name)
			for _, s := range tl.slices(e, 0) {
				for row := range o.follow(e, tl, s, step(e), known) {
					if !yield(row) {
						return
					}
				}
			}
		}
	})
}

// known gives the ids of the table of those seen before, by key.
func (o *cohorts) known(e env, id string) map[string]bool {
	if o.before == nil {
		return nil
	}
	known := make(map[string]bool)
	x := o.before.cols[o.before.find(id)].expr()
	for _, row := range o.before.collectOf(e, []*expr{x}) {
		known[string(scalar.AppendKey(nil, row[0]))] = true
	}
	return known
}

// follow yields a row for each period of newcomers and each period from it on.
func (o *cohorts) follow(e env, tl *timeline, s *slice, step int64, known map[string]bool) iter.Seq[[]scalar.Value] {
	return func(yield func([]scalar.Value) bool) {
		seen := make(map[int]bool) // in a period so far, or before them all
		for key, id := range s.number {
			if known[key] {
				seen[id] = true
			}
		}
		for from := range tl.steps(e, step) {
			fresh := make(map[int]bool)
			for id := range ids(s.within(from, from+step)) {
				if !seen[id] {
					fresh[id], seen[id] = true, true
				}
			}
			if o.only != nil {
				if only := o.only(e); only < from || only >= from+step {
					continue
				}
			}
			for to := range tl.steps(e, step) {
				if to < from {
					continue
				}
				now := ids(s.within(to, to+step))
				kept := common(fresh, now)
				newer := len(now) - common(now, seen)
				if to == from {
					newer = len(fresh)
				}
				row := append([]scalar.Value{tl.time(from), tl.time(to)}, s.dims...)
				row = append(row, count(newer), count(kept), count(len(fresh)-kept), ratio(kept, len(fresh)), ratio(len(fresh)-kept, len(fresh)))
				if !yield(row) {
					return
				}
			}
		}
	}
}
