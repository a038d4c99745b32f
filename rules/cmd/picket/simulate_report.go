package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/seed-2512943d/picket/rules"
)

// simulationReport prints a simulation for people.
type simulationReport struct {
	io         *streams
	palette    palette
	simulation *rules.Simulation
}

const minuteLayout = "2006-01-02 15:04"

func (r *simulationReport) write() {
	r.alerts()
	r.incidents()
	r.days()
	r.events()
	r.rules()
}

// section prints a table under a heading, if it has rows.
func (r *simulationReport) section(title string, t table.Writer) {
	if t.Length() > 0 {
		fmt.Fprintf(r.io.out, "%s\n%s\n\n", r.palette.bold(title), t.Render())
	}
}

func (r *simulationReport) alerts() {
	t := newTable()
	t.SetColumnConfigs([]table.ColumnConfig{{Number: 3, WidthMax: 60, WidthMaxEnforcer: text.WrapSoft}, {Number: 4, WidthMax: 60, WidthMaxEnforcer: text.WrapSoft}})
	t.AppendHeader(table.Row{"raised", "severity", "alert", "entities"})
	for _, a := range r.simulation.Alerts {
		var entities []string
		for _, e := range a.Entities {
			values := []string{e.Type}
			for _, id := range e.Identifiers {
				values = append(values, id.Value)
			}
			entities = append(entities, strings.Join(values, " "))
		}
		t.AppendRow(table.Row{a.TimeGenerated.Format(minuteLayout), r.palette.severity(a.Severity), printable(a.Name), printable(strings.Join(entities, ", "))})
	}
	r.section("Alerts", t)
}

func (r *simulationReport) incidents() {
	t := newTable()
	t.AppendHeader(table.Row{"no.", "created", "severity", "title", "alerts", "status"})
	for _, i := range r.simulation.Incidents {
		status := string(i.Status)
		if !i.Closed.IsZero() {
			status += " " + i.Closed.Format(minuteLayout)
		}
		t.AppendRow(table.Row{i.Number, i.Created.Format(minuteLayout), r.palette.severity(i.Severity), printable(i.Title), len(i.Alerts), status})
	}
	r.section("Incidents", t)
}

func (r *simulationReport) days() {
	t := newTable()
	t.AppendHeader(table.Row{"day", "rule", "alerts"})
	for d, day := range r.simulation.Days() {
		for _, rule := range r.simulation.Rules {
			if n := r.simulation.AlertsByDay(rule.Rule)[d]; n > 0 {
				t.AppendRow(table.Row{day.Format(time.DateOnly), rule.Rule.Name, n})
			}
		}
	}
	r.section("Alerts by day and rule", t)
}

// events tells of the events that not exactly one run saw.
func (r *simulationReport) events() {
	t := newTable()
	t.AppendHeader(table.Row{"rule", "table", "events", "seen by 0 runs", "1", "more", "most", "pending"})
	for _, rule := range r.simulation.Rules {
		for _, c := range rule.Events {
			once, more, most := 0, 0, 0
			for _, times := range c.Seen {
				if most = times.Runs; times.Runs == 1 {
					once = times.Events
				} else {
					more += times.Events
				}
			}
			if c.Missed+more > 0 {
				t.AppendRow(table.Row{rule.Rule.Name, c.Table, c.Events, c.Missed, once, more, most, c.Pending})
			}
		}
	}
	r.section("Events that no run saw, or several", t)
}

// rules prints a line for each rule, and the sum.
func (r *simulationReport) rules() {
	s := r.simulation
	t := newTable()
	t.SetColumnConfigs([]table.ColumnConfig{{Name: "outcome", WidthMax: 60, WidthMaxEnforcer: text.WrapSoft}})
	t.AppendHeader(table.Row{"rule", "every", "runs", "suppressed", "fired", "alerts", "outcome"})
	runs, ran, failed := 0, 0, 0
	for i := range s.Rules {
		rule := &s.Rules[i]
		outcome := ""
		var faults *rules.QueryError
		switch {
		case errors.As(rule.Err, &faults):
			fmt.Fprintln(r.io.out, faults.Format())
			outcome = "could not run: " + faults.Diagnostics()[0].Message
		case rule.Err != nil:
			outcome = "could not run: " + rule.Err.Error()
		case rule.Skipped != "":
			outcome = rule.Skipped
		case rule.Fired() > 0:
			outcome = "fired"
		default:
			outcome = "silent"
		}
		if rule.Err != nil {
			failed++
		}
		for _, w := range rule.Warnings {
			fmt.Fprintf(r.io.out, "%s: %s (%s): %s\n\n", rule.Rule.Path, w.Code, count(w.Runs, "run"), w.Message)
		}
		every, n := "", rule.Ran()
		if schedule := rule.Rule.Schedule(); schedule.Frequency > 0 {
			every = schedule.Frequency.String()
		}
		if runs += n; n > 0 {
			ran++
		}
		t.AppendRow(table.Row{rule.Rule.Name, every, n, rule.Suppressed(), rule.Fired(), rule.Alerts(), outcome})
	}
	for _, w := range s.Warnings {
		fmt.Fprintf(r.io.out, "%s: %s\n\n", w.Code, w.Message)
	}
	r.section("Rules", t)
	fmt.Fprintf(r.io.out, "%s to %s: %s, %s, %s, %s; %d could not run\n", s.From.Format(minuteLayout), s.To.Format(minuteLayout),
		count(ran, "rule"), count(runs, "run"), count(len(s.Alerts), "alert"), count(len(s.Incidents), "incident"), failed)
}
