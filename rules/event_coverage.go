package rules

import (
	"cmp"
	"maps"
	"slices"
	"sort"
	"time"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// maxMissed is how many of the events that no run saw are listed.
const maxMissed = 10

// EventCoverage is how many runs of a rule saw the events of a table whose TimeGenerated lies in the span of the simulation; the event at its
// very end is not among them. Events that a later run would see are pending. An event that no run sees is a detection lost: it came in late, or while
// the rule was suppressed, or the rule looks at less than the time between its runs. Events that several runs see may raise several alerts
// (Sentinel page "ingestion-delay").
type EventCoverage struct {
	Table   string
	Events  int
	Seen    []Times // in the order of Runs, which is at least 1
	Pending int
	Missed  int
	Lost    []LostEvent // the first of those missed
}

// Times counts the events that so many runs saw.
type Times struct{ Runs, Events int }

// LostEvent is an event that no run sees.
type LostEvent struct{ Generated, Received time.Time }

// cover finds how many runs saw each event.
func (s *simulator) cover() {
	names := slices.Sorted(maps.Keys(s.store.tables))
	parallel(s.jobs, len(s.scheduled), func(i int) {
		r := s.scheduled[i]
		var runs []visibility
		for _, run := range r.Runs {
			if !run.Suppressed {
				runs = append(runs, s.options.Run.visibility(r.Rule, run.At))
			}
		}
		for _, name := range names {
			if t := s.store.tables[name]; r.compiled.program.Reads(name) && len(t.records) > 0 {
				r.Events = append(r.Events, s.coverage(r, runs, t))
			}
		}
	})
}

// active counts the events of tables over time.
func (s *simulator) active() {
	span := s.simulation.To.Sub(s.simulation.From)
	for _, name := range slices.Sorted(maps.Keys(s.store.tables)) {
		activity := TableActivity{Table: name}
		for _, r := range s.store.tables[name].records {
			if after := r.generated.Time().Sub(s.simulation.From); after >= 0 && after < span {
				activity.Counts[int(float64(after)/float64(span)*ActivityParts)]++
			}
		}
		s.simulation.Activity = append(s.simulation.Activity, activity)
	}
}

// coverage counts the events of one table by the runs that saw them.
func (s *simulator) coverage(r *scheduledRule, runs []visibility, t *storedTable) EventCoverage {
	c := EventCoverage{Table: t.table.Name}
	from, to := scalar.FromTime(s.simulation.From), scalar.FromTime(s.simulation.To)
	seen := map[int]int{}
	for _, i := range t.byTime {
		event := t.records[i]
		if event.generated < from || event.generated >= to {
			continue
		}
		c.Events++
		n := runsThatSee(runs, event)
		switch {
		case n > 0:
			seen[n]++
		case r.Err == nil && s.pends(r, event):
			c.Pending++
		default:
			if c.Missed++; c.Missed <= maxMissed {
				c.Lost = append(c.Lost, LostEvent{event.generated.Time(), event.received.Time()})
			}
		}
	}
	for _, n := range slices.Sorted(maps.Keys(seen)) {
		c.Seen = append(c.Seen, Times{n, seen[n]})
	}
	return c
}

// runsThatSee counts the runs that see an event. The bounds of runs grow with their instants.
func runsThatSee(runs []visibility, event storedRecord) int {
	if len(runs) == 0 {
		return 0
	}
	if runs[0].unbounded() {
		return len(runs)
	}
	at := event.generated
	if runs[0].ingested {
		at = event.received
	}
	first := func(after func(v visibility) bool) int {
		return sort.Search(len(runs), func(i int) bool { return after(runs[i]) })
	}
	ended := first(func(v visibility) bool { return scalar.FromTime(v.end) > at })
	begun := first(func(v visibility) bool { return scalar.FromTime(v.window.Start) > at })
	arrived := first(func(v visibility) bool { return scalar.FromTime(v.arrivedBy) >= event.received })
	if runs[0].ingested {
		arrived = 0
	}
	return max(0, begun-max(ended, arrived))
}

// pends says whether a run after the end of the simulation sees an event.
func (s *simulator) pends(r *scheduledRule, event storedRecord) bool {
	frequency := time.Duration(r.Rule.Schedule().Frequency)
	latest := event.received.Time().Add(-r.Rule.Delay())
	if generated := event.generated.Time(); generated.After(latest) {
		latest = generated
	}
	next := r.next
	for next.Before(r.suppressed) {
		next = next.Add(frequency)
	}
	if wait := latest.Sub(next); wait > 0 {
		next = next.Add(wait.Truncate(frequency))
	}
	for ; !next.After(latest.Add(2 * frequency)); next = next.Add(frequency) {
		if runsThatSee([]visibility{s.options.Run.visibility(r.Rule, next)}, event) > 0 {
			return true
		}
	}
	return false
}

// Total sums the coverage of all tables and rules by the number of runs; 0 runs are the events that no run sees.
func (s *Simulation) Total() []Times {
	seen := map[int]int{}
	for _, r := range s.Rules {
		for _, c := range r.Events {
			if c.Missed > 0 {
				seen[0] += c.Missed
			}
			for _, times := range c.Seen {
				seen[times.Runs] += times.Events
			}
		}
	}
	var total []Times
	for runs, events := range seen {
		total = append(total, Times{runs, events})
	}
	slices.SortFunc(total, func(a, b Times) int { return cmp.Compare(a.Runs, b.Runs) })
	return total
}
