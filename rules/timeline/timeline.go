package timeline

import (
	"cmp"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/seed-2512943d/picket/rules"
)

// maxListed is how many alerts and how many incidents the page lists; the drawing shows all.
const maxListed = 500

//go:embed page.html
var pageText string

// page is what the template shows.
type page struct {
	From, To  string
	Cards     []card
	Chart     *chart
	Silent    int // rules that ran and are not in the chart
	Days      []string
	ByDay     []dayRow
	Alerts    []alertRow
	MoreAlert int
	Incidents []incidentRow
	MoreIncid int
	Coverage  []coverageRow
	Rules     []ruleRow
	Warnings  []string
}

type card struct{ Value, Label string }

type dayRow struct {
	Rule, Severity string
	Counts         []int
	Total          int
}

type alertRow struct {
	ID, Time, Severity, Name, Rule, Entities, Events string
}

type incidentRow struct {
	Number                        int
	Created, Status, Closed       string
	Severity, Title, Alerts, Last string
}

type coverageRow struct {
	Rule, Table                         string
	Events, Missed, Once, More, Pending int
	Most                                int // how many runs saw the same event
	Lost                                string
}

type ruleRow struct {
	Name, Path, Severity, Every, Looks, Problem string
	Runs, Suppressed, Fired, Alerts             int
	Notes                                       []string
}

// Write writes the page of a simulation. The error is that of writing.
func Write(w io.Writer, s *rules.Simulation) error {
	t, err := template.New("page").Parse(pageText)
	if err != nil {
		panic("timeline: the embedded page: " + err.Error())
	}
	return t.Execute(w, describe(s))
}

const (
	minuteLayout = "2006-01-02 15:04"
	secondLayout = "2006-01-02 15:04:05"
)

// describe finds what the page shows.
func describe(s *rules.Simulation) page {
	p := page{From: s.From.Format(minuteLayout), To: s.To.Format(minuteLayout), Chart: draw(s)}
	runs, ran, missed := 0, 0, 0
	for i := range s.Rules {
		r := &s.Rules[i]
		if n := r.Ran(); n > 0 {
			runs, ran = runs+n, ran+1
		}
		p.Rules = append(p.Rules, ruleOf(r))
		for _, c := range r.Events {
			missed += c.Missed
			p.Coverage = append(p.Coverage, coverageOf(r.Rule, c))
		}
	}
	p.Silent = ran - len(p.Chart.Rows)
	p.Cards = []card{
		{fmt.Sprint(ran), "rules ran"}, {fmt.Sprint(runs), "runs"}, {fmt.Sprint(len(s.Alerts)), "alerts"},
		{fmt.Sprint(len(s.Incidents)), "incidents"}, {fmt.Sprint(missed), "times an event is seen by no run"},
	}
	for _, d := range s.Days() {
		p.Days = append(p.Days, d.Format("Mon 2 Jan"))
	}
	for i := range s.Rules {
		r := &s.Rules[i]
		if n := r.Alerts(); n > 0 {
			p.ByDay = append(p.ByDay, dayRow{nameOf(r.Rule), r.Rule.Severity, s.AlertsByDay(r.Rule), n})
		}
	}
	slices.SortStableFunc(p.ByDay, func(a, b dayRow) int { return cmp.Compare(b.Total, a.Total) })
	slices.SortStableFunc(p.Coverage, func(a, b coverageRow) int {
		return cmp.Or(cmp.Compare(b.Missed, a.Missed), cmp.Compare(b.More, a.More))
	})
	for _, a := range first(s.Alerts, &p.MoreAlert) {
		p.Alerts = append(p.Alerts, alertOf(a))
	}
	for _, i := range first(s.Incidents, &p.MoreIncid) {
		p.Incidents = append(p.Incidents, incidentOf(i))
	}
	for _, w := range s.Warnings {
		p.Warnings = append(p.Warnings, w.Code+": "+w.Message)
	}
	return p
}

// first cuts a list to what the page lists.
func first[T any](list []T, more *int) []T {
	if len(list) <= maxListed {
		return list
	}
	*more = len(list) - maxListed
	return list[:maxListed]
}

func nameOf(r *rules.Rule) string { return cmp.Or(r.Name, r.Path) }

func ruleOf(r *rules.RuleSimulation) ruleRow {
	row := ruleRow{
		Name: nameOf(r.Rule), Path: r.Rule.Path, Severity: r.Rule.Severity, Problem: r.Skipped,
		Runs: r.Ran(), Suppressed: r.Suppressed(), Fired: r.Fired(), Alerts: r.Alerts(),
	}
	if schedule := r.Rule.Schedule(); schedule.Frequency > 0 {
		row.Every, row.Looks = schedule.Frequency.String(), schedule.Period.String()
	}
	if r.Err != nil {
		row.Problem = r.Err.Error()
	}
	for _, w := range r.Warnings {
		row.Notes = append(row.Notes, fmt.Sprintf("%s (%d×): %s", w.Code, w.Runs, w.Message))
	}
	return row
}

func coverageOf(rule *rules.Rule, c rules.EventCoverage) coverageRow {
	row := coverageRow{Rule: nameOf(rule), Table: c.Table, Events: c.Events, Missed: c.Missed, Pending: c.Pending}
	for _, times := range c.Seen {
		if row.Most = times.Runs; times.Runs == 1 {
			row.Once = times.Events
		} else {
			row.More += times.Events
		}
	}
	var lost []string
	for _, event := range c.Lost[:min(len(c.Lost), maxLost)] {
		text := event.Generated.Format(secondLayout)
		if late := event.Received.Sub(event.Generated); late > 0 {
			text += " (ingested " + late.String() + " later)"
		}
		lost = append(lost, text)
	}
	row.Lost = strings.Join(lost, ", ")
	return row
}

func alertOf(a rules.Alert) alertRow {
	row := alertRow{ID: a.ID, Time: a.TimeGenerated.Format(secondLayout), Severity: a.Severity, Name: a.Name, Rule: nameOf(a.Rule), Entities: entitiesOf(a.Entities)}
	if !a.StartTime.IsZero() {
		row.Events = a.StartTime.Format(secondLayout)
		if !a.EndTime.Equal(a.StartTime) {
			row.Events += " to " + a.EndTime.Format(secondLayout)
		}
	}
	return row
}

// maxLost is how many of the events that no run saw are listed for a rule and table.
const maxLost = 3

// maxEntities is how many entities are listed of an alert.
const maxEntities = 8

func entitiesOf(entities rules.Entities) string {
	var texts []string
	for i, e := range entities {
		if i == maxEntities {
			texts = append(texts, fmt.Sprintf("%d more", len(entities)-maxEntities))
			break
		}
		var values []string
		for _, id := range e.Identifiers {
			values = append(values, id.Value)
		}
		texts = append(texts, strings.TrimSpace(e.Type+" "+strings.Join(values, " ")))
	}
	return strings.Join(texts, ", ")
}

func incidentOf(i *rules.Incident) incidentRow {
	row := incidentRow{
		Number: i.Number, Created: i.Created.Format(secondLayout), Status: string(i.Status), Severity: i.Severity, Title: i.Title,
		Alerts: fmt.Sprint(len(i.Alerts)), Last: i.Alerts[len(i.Alerts)-1].TimeGenerated.Format(secondLayout),
	}
	if !i.Closed.IsZero() {
		row.Closed = i.Closed.Format(secondLayout)
	}
	return row
}

// stamp writes a time as titles do.
func stamp(t time.Time) string { return t.Format(secondLayout) }
