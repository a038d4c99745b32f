package rules

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"time"
)

// How many rules a workspace may have enabled (Sentinel page "sentinel-service-limits").
const (
	MaxScheduledRules = 512
	MaxNRTRules       = 50
)

// The tables that Sentinel keeps alerts and incidents in.
const (
	alertTable    = "SecurityAlert"
	incidentTable = "SecurityIncident"
)

// SimulateOptions alter a simulation. The zero value does what Sentinel does, as far as that is documented, and else what the package's
// documentation lists.
type SimulateOptions struct {
	Run       RunOptions
	Incidents IncidentOptions
	Jobs      int                            // how many rules run at once; one for each processor where it is 0
	Progress  func(at time.Time, alerts int) // if not nil, is told of each instant that rules have run for
}

// Simulate runs rules as Sentinel would from one instant to another, both included: each rule first at from, then by its queryFrequency,
// near-real-time rules every minute. Alerts go into SecurityAlert and incidents into SecurityIncident, where later runs find them beside the
// records that the workspace has there. A rule that raised an alert may be suppressed for a while, and one whose run fails does not run again.
// Hunting queries and rules that are not enabled have no schedule.
//
// The tables that rules read are held in memory, from the start of the first window on. The error is that of reading them, or of ctx; what
// is wrong with a rule is told with the rule.
func Simulate(ctx context.Context, w *Workspace, rules []*Rule, from, to time.Time, options SimulateOptions) (*Simulation, error) {
	if to.Before(from) {
		return nil, fmt.Errorf("the simulation ends at %s, before it begins at %s", to.UTC().Format(time.RFC3339), from.UTC().Format(time.RFC3339))
	}
	s := &simulator{
		options:    options,
		jobs:       cmp.Or(max(options.Jobs, 0), runtime.GOMAXPROCS(0)),
		store:      &recordStore{workspace: w, column: cmp.Or(options.Run.IngestionColumn, ingestionColumn), tables: map[string]*storedTable{}},
		simulation: &Simulation{From: from.UTC(), To: to.UTC(), Rules: make([]RuleSimulation, len(rules))},
	}
	s.incidents = NewIncidents(options.Incidents, func(i *Incident) { s.feed(incidentTable, i) })
	s.prepare(w, rules)
	if err := s.load(ctx, w); err != nil {
		return nil, err
	}
	if err := s.loop(ctx); err != nil {
		return nil, err
	}
	s.simulation.Incidents = s.incidents.All()
	s.simulation.Bad, s.simulation.BadRecords = s.store.bad.Count, s.store.bad.First
	s.cover()
	s.active()
	return s.simulation, nil
}

// simulator is a simulation that is under way.
type simulator struct {
	options    SimulateOptions
	jobs       int
	store      *recordStore
	simulation *Simulation
	scheduled  []*scheduledRule
	pending    []Alert // raised by runs whose execution is still to come, in the order of their time
	incidents  *Incidents
}

// scheduledRule is a rule that has runs to come.
type scheduledRule struct {
	*RuleSimulation
	compiled   *Compiled
	next       time.Time
	suppressed time.Time // runs before it are left out
	result     *Result   // of the run for the instant at hand
}

// prepare compiles the rules that have a schedule.
func (s *simulator) prepare(w *Workspace, rules []*Rule) {
	scheduled, nrt := 0, 0
	compiled := make([]*Compiled, len(rules))
	parallel(s.jobs, len(rules), func(i int) {
		r := &s.simulation.Rules[i]
		r.Rule = rules[i]
		switch {
		case r.Rule.Kind == Hunting:
			r.Skipped = "a hunting query has no schedule"
		case !r.Rule.Enabled:
			r.Skipped = "the rule is not enabled"
		case r.Rule.Schedule().Frequency <= 0:
			r.Skipped = "the rule has no queryFrequency"
		default:
			r.Err = Guard(func() (err error) {
				compiled[i], err = r.Rule.Compile(w)
				return err
			})
		}
	})
	for i := range rules {
		r := &s.simulation.Rules[i]
		if compiled[i] == nil || r.Err != nil {
			continue
		}
		s.scheduled = append(s.scheduled, &scheduledRule{RuleSimulation: r, compiled: compiled[i], next: s.simulation.From})
		if r.Rule.Kind == NRT {
			nrt++
		} else {
			scheduled++
		}
	}
	if scheduled > MaxScheduledRules || nrt > MaxNRTRules {
		s.simulation.Warnings = append(s.simulation.Warnings, RunNote{"RULE-LIMIT", fmt.Sprintf(
			"%d scheduled and %d near-real-time rules: a workspace may have %d and %d enabled", scheduled, nrt, MaxScheduledRules, MaxNRTRules)})
	}
}

// load reads the tables that rules read, from the start of the first window on.
func (s *simulator) load(ctx context.Context, w *Workspace) error {
	var earliest time.Time
	for i, r := range s.scheduled {
		start := s.options.Run.visibility(r.Rule, s.simulation.From).window.Start
		if i == 0 || start.Before(earliest) {
			earliest = start
		}
	}
	for _, name := range append(w.recordTables(), alertTable, incidentTable) {
		read := slices.ContainsFunc(s.scheduled, func(r *scheduledRule) bool { return r.compiled.program.Reads(name) })
		if _, loaded := s.store.tables[name]; read && !loaded {
			if err := s.store.load(ctx, name, earliest); err != nil {
				return err
			}
		}
	}
	return nil
}

// loop goes from instant to instant for which rules are scheduled. What runs raise has a time after this instant, so that those of the
// same instant do not see it.
func (s *simulator) loop(ctx context.Context) error {
	for {
		at, due := s.due()
		if at.After(s.simulation.To) || len(due) == 0 {
			break
		}
		s.raise(at)
		parallel(s.jobs, len(due), func(i int) {
			r := due[i]
			if err := Guard(func() (err error) {
				v := s.options.Run.visibility(r.Rule, at)
				r.result, err = r.compiled.run(ctx, r.compiled.program.At(s.options.Run.now(r.compiled.Rule, at)).Over(v.bound()), s.store.visible(v), at, s.options.Run)
				return err
			}); err != nil {
				r.result, r.Err = nil, err
			}
		})
		if err := context.Cause(ctx); err != nil {
			return err
		}
		for _, r := range due {
			s.took(r, at)
		}
		if s.options.Progress != nil {
			s.options.Progress(at, len(s.simulation.Alerts)+len(s.pending))
		}
	}
	s.raise(s.simulation.To.Add(max(ScheduledDelay, NRTDelay)))
	return nil
}

// due finds the next instant, and the rules that run for it. Those that are suppressed pass it.
func (s *simulator) due() (at time.Time, due []*scheduledRule) {
	for _, r := range s.scheduled {
		for r.next.Before(r.suppressed) && !r.next.After(s.simulation.To) {
			r.Runs = append(r.Runs, SimulatedRun{At: r.next, Suppressed: true})
			r.advance()
		}
		switch {
		case r.Err != nil || r.next.After(s.simulation.To):
		case len(due) == 0 || r.next.Before(at):
			at, due = r.next, append(due[:0], r)
		case r.next.Equal(at):
			due = append(due, r)
		}
	}
	return at, due
}

func (r *scheduledRule) advance() { r.next = r.next.Add(time.Duration(r.Rule.Schedule().Frequency)) }

// took notes what the run of a rule gave.
func (s *simulator) took(r *scheduledRule, at time.Time) {
	if r.Err != nil {
		return
	}
	result := r.result
	r.result = nil
	r.Runs = append(r.Runs, SimulatedRun{At: at, Rows: len(result.Rows), Alerts: len(result.Alerts)})
	r.note(result.Warnings)
	r.advance()
	if !result.Fired() {
		return
	}
	r.suppressed = r.Rule.SuppressedUntil(at, s.options.Run)
	for _, a := range result.Alerts {
		after, _ := slices.BinarySearchFunc(s.pending, a.TimeGenerated, func(p Alert, t time.Time) int {
			if p.TimeGenerated.After(t) {
				return 1
			}
			return -1
		})
		s.pending = slices.Insert(s.pending, after, a)
	}
}

// raise brings the alerts that are raised by an instant to where later runs and incidents find them.
func (s *simulator) raise(by time.Time) {
	n := 0
	for ; n < len(s.pending) && !s.pending[n].TimeGenerated.After(by); n++ {
		a := s.pending[n]
		s.simulation.Alerts = append(s.simulation.Alerts, a)
		s.feed(alertTable, a)
		s.incidents.Add(a)
	}
	s.pending = slices.Delete(s.pending, 0, n)
	s.incidents.Advance(by)
}

// feed adds a record to a table that a rule reads.
func (s *simulator) feed(table string, record json.Marshaler) {
	if s.store.tables[table] == nil {
		return
	}
	text, err := record.MarshalJSON()
	if err != nil {
		panic(errors.Join(errors.New("rules: a record without JSON"), err))
	}
	s.store.add(table, text)
}
