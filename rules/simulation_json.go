package rules

import (
	"time"
)

// simulationJSON is the JSON of a Simulation.
type simulationJSON struct {
	From      time.Time      `json:"from"`
	To        time.Time      `json:"to"`
	Rules     []ruleRunsJSON `json:"rules"`
	Events    []timesJSON    `json:"events"`
	Alerts    []Alert        `json:"alerts"`
	Incidents []*Incident    `json:"incidents"`
	Warnings  []noteJSON     `json:"warnings"`
}

type ruleRunsJSON struct {
	Path       string         `json:"path"`
	ID         string         `json:"id"`
	Name       string         `json:"name"`
	Kind       Kind           `json:"kind"`
	Severity   string         `json:"severity"`
	Skipped    string         `json:"skipped,omitempty"`
	Error      string         `json:"error,omitempty"`
	Runs       int            `json:"runs"`
	Suppressed int            `json:"suppressed"`
	Fired      int            `json:"fired"`
	Alerts     int            `json:"alerts"`
	Days       []dayJSON      `json:"days"`
	Events     []coverageJSON `json:"events"`
	Warnings   []noteJSON     `json:"warnings"`
}

type dayJSON struct {
	Day    string `json:"day"`
	Alerts int    `json:"alerts"`
}

type timesJSON struct {
	Runs   int `json:"runs"`
	Events int `json:"events"`
}

type coverageJSON struct {
	Table   string      `json:"table"`
	Events  int         `json:"events"`
	Seen    []timesJSON `json:"seen"`
	Pending int         `json:"pending"`
	Missed  int         `json:"missed"`
	Lost    []lostJSON  `json:"lost,omitempty"`
}

type lostJSON struct {
	Generated time.Time `json:"generated"`
	Received  time.Time `json:"received"`
}

type noteJSON struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Runs    int    `json:"runs,omitempty"`
}

// MarshalJSON writes the simulation: for each rule its runs, its alerts by day and how many runs saw its events, then all alerts and incidents as
// records of their tables. Under events stands, over all rules and tables, how many events 0, 1 or more runs saw.
func (s *Simulation) MarshalJSON() ([]byte, error) {
	j := simulationJSON{
		From: s.From, To: s.To, Rules: []ruleRunsJSON{}, Events: timesOf(s.Total()), Warnings: []noteJSON{},
		Alerts: append([]Alert{}, s.Alerts...), Incidents: append([]*Incident{}, s.Incidents...),
	}
	for _, w := range s.Warnings {
		j.Warnings = append(j.Warnings, noteJSON{w.Code, w.Message, 0})
	}
	for i := range s.Rules {
		j.Rules = append(j.Rules, s.ruleJSON(&s.Rules[i]))
	}
	return marshalPlain(j)
}

func (s *Simulation) ruleJSON(r *RuleSimulation) ruleRunsJSON {
	j := ruleRunsJSON{
		Path: r.Rule.Path, ID: r.Rule.ID, Name: r.Rule.Name, Kind: r.Rule.Kind, Severity: r.Rule.Severity, Skipped: r.Skipped,
		Runs: r.Ran(), Suppressed: r.Suppressed(), Fired: r.Fired(), Alerts: r.Alerts(),
		Days: []dayJSON{}, Events: []coverageJSON{}, Warnings: []noteJSON{},
	}
	if r.Err != nil {
		j.Error = r.Err.Error()
	}
	days := s.Days()
	for i, n := range s.AlertsByDay(r.Rule) {
		j.Days = append(j.Days, dayJSON{days[i].Format(time.DateOnly), n})
	}
	for _, c := range r.Events {
		coverage := coverageJSON{Table: c.Table, Events: c.Events, Seen: timesOf(c.Seen), Pending: c.Pending, Missed: c.Missed}
		for _, lost := range c.Lost {
			coverage.Lost = append(coverage.Lost, lostJSON(lost))
		}
		j.Events = append(j.Events, coverage)
	}
	for _, w := range r.Warnings {
		j.Warnings = append(j.Warnings, noteJSON{w.Code, w.Message, w.Runs})
	}
	return j
}

func timesOf(list []Times) []timesJSON {
	times := []timesJSON{}
	for _, t := range list {
		times = append(times, timesJSON(t))
	}
	return times
}
