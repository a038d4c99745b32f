package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/rules"
	"github.com/seed-2512943d/picket/rules/catalog"
)

// report prints how rules ran.
type report struct {
	io      *streams
	palette palette
	rows    bool
}

func (r *report) write(format string, outcomes []rules.Outcome) error {
	var bad badRecords
	for _, o := range outcomes {
		if o.Result != nil {
			bad.add(o.Result.BadRecords, o.Result.Bad)
		}
	}
	bad.print(r.io)
	switch format {
	case "json":
		return r.json(outcomes)
	case "jsonl":
		return r.alertLines(outcomes)
	}
	return r.text(outcomes)
}

// text prints the alerts, why rules could not run, and a line for each rule.
func (r *report) text(outcomes []rules.Outcome) error {
	out := r.io.out
	for _, o := range outcomes {
		if o.Result == nil {
			continue
		}
		for _, a := range o.Result.Alerts {
			r.alert(a)
		}
		if r.rows && len(o.Result.Rows) > 0 {
			fmt.Fprintf(out, "%s\n", r.palette.bold(o.Rule.String()))
			if err := writeRows(out, "table", o.Result.Columns, o.Result.Rows); err != nil {
				return err
			}
			fmt.Fprintln(out)
		}
	}
	r.notes(outcomes)
	for _, o := range outcomes {
		var faults *rules.QueryError
		switch {
		case !wasRead(o): // which has been told
		case errors.As(o.Err, &faults):
			fmt.Fprintln(out, faults.Format())
		case o.Err != nil:
			fmt.Fprintf(out, "%s: %v\n\n", o.Rule.Path, o.Err)
		}
	}
	r.summary(outcomes)
	return nil
}

// notes prints what is surely not as meant in runs, what is the same in several rules once.
func (r *report) notes(outcomes []rules.Outcome) {
	var notes []rules.RunNote
	paths := map[rules.RunNote][]string{}
	for _, o := range outcomes {
		if o.Result == nil {
			continue
		}
		for _, note := range o.Result.Warnings {
			if paths[note] == nil {
				notes = append(notes, note)
			}
			paths[note] = append(paths[note], o.Rule.Path)
		}
	}
	for _, note := range notes {
		where := paths[note]
		subject := where[0]
		if len(where) > 1 {
			subject += " and " + count(len(where)-1, "more rule")
		}
		fmt.Fprintf(r.io.out, "%s: %s: %s\n\n", subject, note.Code, printable(note.Message))
	}
}

// alert prints one alert for people.
func (r *report) alert(a rules.Alert) {
	lines := [][2]string{}
	add := func(label, text string) {
		if text != "" {
			lines = append(lines, [2]string{label, printable(text)})
		}
	}
	add("time", span(a.StartTime, a.EndTime))
	var tactics, techniques []string
	for _, name := range a.Tactics {
		if title, ok := catalog.Tactic(name); ok {
			name = title
		}
		tactics = append(tactics, name)
	}
	for _, id := range a.Techniques {
		if name, _, ok := catalog.Technique(id); ok {
			id += " " + name
		}
		techniques = append(techniques, id)
	}
	add("tactics", strings.Join(tactics, ", "))
	add("techniques", strings.Join(techniques, ", "))
	for _, entity := range a.Entities {
		var ids []string
		for _, id := range entity.Identifiers {
			ids = append(ids, id.Name+" "+id.Value)
		}
		text := strings.Join(ids, ", ")
		if entity.Raw != "" {
			text = entity.Raw
		}
		add("entity", entity.Type+": "+text)
	}
	for _, detail := range a.CustomDetails {
		add("detail", detail.Key+": "+strings.Join(detail.Values, ", "))
	}
	for _, property := range a.Properties {
		add("property", property.Name+": "+property.Value)
	}
	add("rows", fmt.Sprint(a.Rows))
	add("rule", a.Rule.Name)
	add("rule id", a.Rule.ID)
	add("file", a.Rule.Path)
	add("alert id", a.ID)
	fmt.Fprintf(r.io.out, "%s  %s\n", r.palette.severity(a.Severity), r.palette.bold(printable(a.Name)))
	for line := range strings.Lines(strings.TrimRight(printable(a.Description), "\n")) {
		fmt.Fprintf(r.io.out, "  %s\n", strings.TrimRight(line, "\n"))
	}
	for _, line := range lines {
		fmt.Fprintf(r.io.out, "  %s%s\n", r.palette.faint(fmt.Sprintf("%-12s", line[0])), line[1])
	}
	fmt.Fprintln(r.io.out)
}

// span writes the time of an alert's events.
func span(start, end time.Time) string {
	switch {
	case start.IsZero():
		return ""
	case start.Equal(end):
		return start.Format(time.RFC3339Nano)
	}
	return start.Format(time.RFC3339Nano) + " to " + end.Format(time.RFC3339Nano)
}

// summary prints a line for each rule, what is missing, and the sum. There are reasons only where a run did not fire.
func (r *report) summary(outcomes []rules.Outcome) {
	t := newTable()
	t.SetColumnConfigs([]table.ColumnConfig{{Name: "why", WidthMax: 60, WidthMaxEnforcer: text.WrapSoft}})
	header := table.Row{"rule", "severity", "rows", "alerts", "outcome"}
	reasoned := slices.ContainsFunc(outcomes, func(o rules.Outcome) bool { return o.Reason() != "" })
	if reasoned {
		header = append(header, "why")
	}
	t.AppendHeader(header)
	statuses, alerts := map[rules.Status]int{}, 0
	for _, o := range outcomes {
		rows, raised := "", ""
		if o.Result != nil {
			rows, raised = fmt.Sprint(len(o.Result.Rows)), fmt.Sprint(len(o.Result.Alerts))
			alerts += len(o.Result.Alerts)
		}
		statuses[o.Status()]++
		line := table.Row{cmp.Or(o.Rule.Name, o.Rule.Path), o.Rule.Severity, rows, raised, o.Status()}
		if reasoned {
			line = append(line, o.Reason())
		}
		t.AppendRow(line)
	}
	fmt.Fprintln(r.io.out, t.Render())
	for _, m := range missingFrom(outcomes) {
		fmt.Fprintf(r.io.out, "missing %s %s: %s\n", m.Kind, m.Name, count(m.Rules, "rule"))
	}
	found := ""
	if n := statuses[rules.FoundRows]; n > 0 {
		found = fmt.Sprintf(" %d found rows,", n)
	}
	fmt.Fprintf(r.io.out, "%s: %d fired with %s,%s %d silent, %d could not run\n",
		count(len(outcomes), "rule"), statuses[rules.Fired], count(alerts, "alert"), found, statuses[rules.Silent], statuses[rules.Failed])
}

// missing is something that rules ask for and that is not there.
type missing struct {
	Kind  string `json:"kind"`
	Name  string `json:"name"`
	Rules int    `json:"rules"`
}

// missingFrom counts what rules lack, that which most of them lack first.
func missingFrom(outcomes []rules.Outcome) []missing {
	var all []missing
	for _, o := range outcomes {
		for _, m := range o.Missing() {
			i := slices.IndexFunc(all, func(known missing) bool { return known.Kind == m.Kind && known.Name == m.Name })
			if i < 0 {
				i = len(all)
				all = append(all, missing{Kind: m.Kind, Name: m.Name})
			}
			all[i].Rules++
		}
	}
	slices.SortStableFunc(all, func(a, b missing) int {
		return cmp.Or(cmp.Compare(b.Rules, a.Rules), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Name, b.Name))
	})
	return all
}

// count writes a number of things.
func count(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return fmt.Sprintf("%d %s", n, thing)
}

// alertLines prints each alert as a record of the SecurityAlert table.
func (r *report) alertLines(outcomes []rules.Outcome) error {
	encoder := newEncoder(r.io.out)
	for _, o := range outcomes {
		if o.Err != nil {
			if wasRead(o) {
				printError(r.io.err, fmt.Errorf("%s: %w", o.Rule.Path, o.Err))
			}
			continue
		}
		for _, a := range o.Result.Alerts {
			if err := encoder.Encode(a); err != nil {
				return err
			}
		}
	}
	return nil
}

// reportJSON is how rules ran, and the sum.
type reportJSON struct {
	Rules   []outcomeJSON `json:"rules"`
	Summary summaryJSON   `json:"summary"`
}

type summaryJSON struct {
	Rules     int       `json:"rules"`
	Fired     int       `json:"fired"`
	FoundRows int       `json:"found rows"`
	Silent    int       `json:"silent"`
	Failed    int       `json:"could not run"`
	Alerts    int       `json:"alerts"`
	Missing   []missing `json:"missing,omitempty"`
}

// outcomeJSON is how one rule ran.
type outcomeJSON struct {
	Path        string             `json:"path"`
	ID          string             `json:"id"`
	Name        string             `json:"name"`
	Outcome     rules.Status       `json:"outcome"`
	Reason      string             `json:"reason,omitempty"` // why it did not fire
	At          *time.Time         `json:"at,omitempty"`
	Rows        int                `json:"rows"`
	Alerts      []rules.Alert      `json:"alerts"`
	Warnings    []warningJSON      `json:"warnings,omitempty"`
	Diagnostics []rules.Diagnostic `json:"diagnostics,omitempty"`
	Error       string             `json:"error,omitempty"`
}

type warningJSON struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

func (r *report) json(outcomes []rules.Outcome) error {
	all := reportJSON{Rules: make([]outcomeJSON, len(outcomes))}
	statuses := map[rules.Status]int{}
	for i, o := range outcomes {
		j := outcomeJSON{Path: o.Rule.Path, ID: o.Rule.ID, Name: o.Rule.Name, Outcome: o.Status(), Reason: o.Reason(), Alerts: []rules.Alert{}}
		statuses[j.Outcome]++
		var faults *rules.QueryError
		var unread rules.Diagnostic // about the rule's file
		switch {
		case errors.As(o.Err, &faults):
			j.Error, j.Diagnostics = o.Err.Error(), faults.Diagnostics()
		case errors.As(o.Err, &unread):
			j.Error, j.Diagnostics = o.Err.Error(), []rules.Diagnostic{unread}
		case o.Err != nil:
			j.Error = o.Err.Error()
		default:
			j.At, j.Rows = &o.Result.At, len(o.Result.Rows)
			j.Alerts = append(j.Alerts, o.Result.Alerts...)
			for _, warning := range o.Result.Warnings {
				j.Warnings = append(j.Warnings, warningJSON{warning.Code, warning.Message})
			}
		}
		all.Rules[i] = j
		all.Summary.Alerts += len(j.Alerts)
	}
	all.Summary.Rules, all.Summary.Missing = len(outcomes), missingFrom(outcomes)
	all.Summary.Fired, all.Summary.FoundRows = statuses[rules.Fired], statuses[rules.FoundRows]
	all.Summary.Silent, all.Summary.Failed = statuses[rules.Silent], statuses[rules.Failed]
	encoder := newEncoder(r.io.out)
	encoder.SetIndent("", "  ")
	return encoder.Encode(all)
}

// newEncoder writes JSON in which <, > and & stay as they are.
func newEncoder(w io.Writer) *json.Encoder {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return encoder
}

// writeRows writes a result in one of the formats of query.
func writeRows(w io.Writer, format string, columns []eval.Column, rows []eval.Row) error {
	out := newRowWriter(w, format, columns)
	for _, row := range rows {
		if err := out.row(row); err != nil {
			return err
		}
	}
	return out.end()
}
