package ruletest

import (
	"time"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/rules"
)

// outcome is what the runs of a test gave.
type outcome struct {
	rule      *rules.Rule
	columns   []eval.Column
	rows      []eval.Row // of all runs
	alerts    []rules.Alert
	runs      []runOutcome
	incidents int
	missed    []string // the events that no run saw, as JSON; of a test with a clock
	repeated  []string // those that several saw
	err       error
}

// runOutcome is what one run gave.
type runOutcome struct {
	at      time.Time
	window  rules.Window
	columns []eval.Column
	rows    []eval.Row
	alerts  []rules.Alert
}

// only is the outcome of one run by itself.
func (o *outcome) only(i int) *outcome {
	r := o.runs[i]
	return &outcome{rule: o.rule, columns: r.columns, rows: r.rows, alerts: r.alerts, runs: o.runs[i : i+1]}
}

// what names what a rule gives when it fires.
func (o *outcome) what() (noun string, n int) {
	if o.rule.Kind == rules.Hunting {
		return "row", len(o.rows)
	}
	return "alert", len(o.alerts)
}

// plainValue is a value as differences shows it: a text, or text without quotes.
func plainValue(v scalar.Value) any {
	switch v.Kind() {
	case scalar.NoType:
		return nil
	case scalar.String:
		return v.Str()
	case scalar.DateTime:
		return plainText(v.DateTime().Time().Format(time.RFC3339Nano))
	}
	return plainText(scalar.ToString(v))
}

// hasText says whether a column of a row holds something.
func hasText(o *outcome, row eval.Row, column string) bool {
	v, ok := cell(o.columns, row, column)
	return ok && scalar.ToString(v) != ""
}
