package rules

import (
	"time"

	"github.com/seed-2512943d/picket/eval/ingest"
)

// Simulation is what many rules give over a span of time: see Simulate.
type Simulation struct {
	From, To  time.Time
	Rules     []RuleSimulation // in the order they were given
	Alerts    []Alert          // of all rules, in the order of TimeGenerated
	Incidents []*Incident      // in the order of creation, as they stand at the end
	Activity  []TableActivity  // when the tables that rules read have events, in the order of their names
	Warnings  []RunNote        // about the simulation as a whole

	Bad        int                 // records that could not be read
	BadRecords []*ingest.BadRecord // the first of them
}

// ActivityParts is into how many equal parts the span of a simulation is cut to count events.
const ActivityParts = 240

// TableActivity counts the events of a table in each part of the span of a simulation, by their TimeGenerated.
type TableActivity struct {
	Table  string
	Counts [ActivityParts]int
}

// RuleSimulation is how one rule fared.
type RuleSimulation struct {
	Rule     *Rule
	Skipped  string         // why the rule has no runs, where that is no error
	Err      error          // why the rule could not run, or not to the end
	Runs     []SimulatedRun // in the order of time
	Warnings []CountedNote
	Events   []EventCoverage // for each table that the rule reads, in the order of their names
}

// SimulatedRun is one run of a rule.
type SimulatedRun struct {
	At         time.Time // the instant it is scheduled for
	Rows       int
	Alerts     int
	Suppressed bool // it was left out, since an earlier run raised an alert
}

// CountedNote is a note that several runs made.
type CountedNote struct {
	RunNote
	Runs int
}

// Ran is how many runs were made; others were suppressed.
func (r *RuleSimulation) Ran() int {
	return r.count(func(run SimulatedRun) bool { return !run.Suppressed })
}

// Suppressed is how many runs were left out.
func (r *RuleSimulation) Suppressed() int {
	return r.count(func(run SimulatedRun) bool { return run.Suppressed })
}

// Fired is how many runs raised alerts.
func (r *RuleSimulation) Fired() int {
	return r.count(func(run SimulatedRun) bool { return run.Alerts > 0 })
}

// Alerts is how many alerts the runs raised.
func (r *RuleSimulation) Alerts() int {
	n := 0
	for _, run := range r.Runs {
		n += run.Alerts
	}
	return n
}

func (r *RuleSimulation) count(counts func(SimulatedRun) bool) int {
	n := 0
	for _, run := range r.Runs {
		if counts(run) {
			n++
		}
	}
	return n
}

// note counts what a run warns of.
func (r *RuleSimulation) note(warnings []RunNote) {
	for _, w := range warnings {
		known := false
		for i := range r.Warnings {
			if r.Warnings[i].RunNote == w {
				r.Warnings[i].Runs++
				known = true
			}
		}
		if !known {
			r.Warnings = append(r.Warnings, CountedNote{w, 1})
		}
	}
}

// Days lists the days, in UTC, that the alerts of the simulation may fall on.
func (s *Simulation) Days() []time.Time {
	var days []time.Time
	for d := s.From.Truncate(day); !d.After(s.To.Add(max(ScheduledDelay, NRTDelay))); d = d.Add(day) {
		days = append(days, d)
	}
	return days
}

// AlertsByDay counts the alerts of a rule on each of Days, by their TimeGenerated.
func (s *Simulation) AlertsByDay(rule *Rule) []int {
	counts := make([]int, len(s.Days()))
	for _, a := range s.Alerts {
		if a.Rule == rule {
			counts[int(a.TimeGenerated.Sub(s.From.Truncate(day))/day)]++
		}
	}
	return counts
}
