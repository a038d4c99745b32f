package rules

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/eval/ingest"
	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// Limits of the alerts that one run raises with AlertPerResult (Sentinel pages "scheduled-rules-overview", "near-real-time-rules").
const (
	MaxAlerts    = 150
	MaxNRTAlerts = 30
)

// MaxRows is how many rows of a result the service gives (Azure Monitor page "service-limits"); here all are given, with a warning.
const MaxRows = 500_000

// maxResult is how many bytes the rows of a result may hold; a run that gives more ends with an *eval.LimitError.
const maxResult = 2 << 30

// Result is what one run of a rule gives.
type Result struct {
	Rule     *Rule
	At       time.Time // the instant that the run was scheduled for, which is now() in the query
	Window   Window    // the span it looked at; zero where nothing bounds it
	Columns  []eval.Column
	Rows     []eval.Row
	Alerts   []Alert
	Warnings []RunNote

	NoRecords []string      // the tables that the query reads and that have no records at all
	Missing   []kql.Missing // the watchlists that the query names and that are not there

	Bad        int                 // records that could not be read
	BadRecords []*ingest.BadRecord // the first of them: see BadRecords
}

// Fired says whether the run raised alerts.
func (r *Result) Fired() bool { return len(r.Alerts) > 0 }

// RunNote tells of something in a run that is surely not as meant. Codes are those of EntityNote, and DETAIL-AMBIGUOUS
// where the alert's texts come from one of several rows that would give different ones; QUERY-NOTE is about what the query relies on.
type RunNote struct{ Code, Message string }

// Run runs the rule as scheduled for the instant at, over the tables of the workspace it was compiled for. A hunting
// query gives rows and no alerts. The error is that of reading or evaluating, or of ctx.
func (c *Compiled) Run(ctx context.Context, tables eval.Tables, at time.Time, options RunOptions) (*Result, error) {
	program, err := c.scheduled(at, options)
	if err != nil {
		return nil, err
	}
	return c.run(ctx, program, tables, at, options)
}

// scheduled is the rule's program as it runs for an instant, over tables of which it does not see all.
func (c *Compiled) scheduled(at time.Time, options RunOptions) (*eval.Program, error) {
	v := options.visibility(c.Rule, at.UTC())
	program := c.program.At(options.now(c.Rule, at))
	if c.ranged {
		program, err := withRange(program, v, at)
		return program, c.Rule.placed(err)
	}
	program = program.Over(v.bound())
	if v.unbounded() {
		return program, nil
	}
	return program.Seeing(v.seen), nil
}

// run runs the rule's program for an instant.
func (c *Compiled) run(ctx context.Context, program *eval.Program, tables eval.Tables, at time.Time, options RunOptions) (*Result, error) {
	limited, cancel := options.limit(ctx)
	defer cancel()
	result, err := c.runUnlimited(limited, program, tables, at, options)
	var late *TimeoutError
	if err != nil && errors.As(context.Cause(limited), &late) {
		return nil, late
	}
	return result, err
}

func (c *Compiled) runUnlimited(ctx context.Context, program *eval.Program, tables eval.Tables, at time.Time, options RunOptions) (*Result, error) {
	at = at.UTC()
	result := &Result{Rule: c.Rule, At: at, Window: options.visibility(c.Rule, at).window}
	program, err := program.Resolve(ctx, tables)
	if err != nil {
		return nil, c.Rule.placed(err)
	}
	for _, note := range program.Notes() {
		result.warn("QUERY-NOTE", "%s", note)
	}
	result.Columns = program.Columns()
	result.lacks(c, tables)
	if err := result.collect(program.Run(ctx, tables), maxResult); err != nil {
		return nil, c.Rule.located(err)
	}
	if len(result.Rows) > MaxRows {
		result.warn("ROW-LIMIT", "%d rows: the service gives at most %d of a result", len(result.Rows), MaxRows)
	}
	silent := options.SilentWithoutRows && len(result.Rows) == 0
	if c.Rule.Kind != Hunting && c.Rule.trigger().Fires(len(result.Rows)) && !silent {
		result.raise(options)
	}
	return result, nil
}

// lacks notes which records and watchlists the query asks for in vain.
func (r *Result) lacks(c *Compiled, tables eval.Tables) {
	for _, name := range c.Tables {
		if _, ok := tables.Table(name); !ok {
			r.NoRecords = append(r.NoRecords, name)
		}
	}
	for _, fault := range c.empty {
		r.Missing = append(r.Missing, *fault.Missing)
	}
}

// trigger is when the rule raises alerts: a near-real-time rule does on any row.
func (r *Rule) trigger() Trigger {
	if r.Kind == NRT {
		return Trigger{GreaterThan, 0}
	}
	return r.Trigger
}

// collect reads the rows, which may hold so many bytes, and sets bad records apart.
func (r *Result) collect(rows iter.Seq2[eval.Row, error], limit int) error {
	held := 0
	var met BadRecords
	defer func() { r.Bad, r.BadRecords = met.Count, met.First }()
	for row, err := range rows {
		var bad *ingest.BadRecord
		switch {
		case err == nil:
			for _, v := range row {
				held += v.Size()
			}
			if held > limit {
				return &eval.LimitError{What: "memory for its result", Limit: limit}
			}
			r.Rows = append(r.Rows, row)
		case skippable(err) && errors.As(err, &bad):
			met.Add(bad)
		default:
			return err
		}
	}
	return nil
}

func skippable(err error) bool {
	s, ok := err.(interface{ Skip() bool })
	return ok && s.Skip()
}

// raise makes the alerts of a run whose trigger fires.
func (r *Result) raise(options RunOptions) {
	rows := r.cells()
	limit := MaxAlerts
	if r.Rule.Kind == NRT {
		limit = MaxNRTAlerts
	}
	if r.Rule.EventGrouping != AlertPerResult || len(rows) == 0 {
		r.alert(rows, options)
		return
	}
	each := rows
	if options.DistinctRows {
		each = distinctRows(rows)
	}
	if len(each) > limit || len(each) == limit && options.SummaryAtLimit {
		each = each[:limit-1]
		r.warn("ALERT-LIMIT", "%d rows make %d alerts: the last of them is about all rows", len(rows), limit)
		defer r.alert(rows, options)
	}
	for i := range each {
		r.alert(each[i:i+1], options)
	}
}

// distinctRows leaves out the rows that equal an earlier one.
func distinctRows(rows []Row) []Row {
	seen := map[string]bool{}
	var distinct []Row
	for _, row := range rows {
		if text := row.(resultRow).json(); !seen[text] {
			seen[text] = true
			distinct = append(distinct, row)
		}
	}
	return distinct
}

func (r *Result) warn(code, format string, args ...any) {
	w := RunNote{code, fmt.Sprintf(format, args...)}
	for _, told := range r.Warnings {
		if told == w {
			return
		}
	}
	r.Warnings = append(r.Warnings, w)
}

// cells gives the rows as alerts look into them.
func (r *Result) cells() []Row {
	columns := make(map[string]int, len(r.Columns))
	for i, c := range r.Columns {
		columns[c.Name] = i
	}
	rows := make([]Row, len(r.Rows))
	for i, values := range r.Rows {
		rows[i] = resultRow{columns, r.Columns, values}
	}
	return rows
}

// resultRow is a row with the places of its columns.
type resultRow struct {
	columns map[string]int
	schema  []eval.Column
	values  eval.Row
}

// json writes the row as an object.
func (r resultRow) json() string {
	text := []byte{'{'}
	for i, v := range r.values {
		if i > 0 {
			text = append(text, ',')
		}
		text = scalar.AppendJSON(text, scalar.NewString(r.schema[i].Name).AsDynamic())
		text = scalar.AppendJSON(append(text, ':'), v.AsDynamic())
	}
	return string(append(text, '}'))
}

// Cell implements Row.
func (r resultRow) Cell(column string) (string, CellKind) {
	i, ok := r.columns[column]
	if !ok {
		return "", Missing
	}
	v := r.values[i]
	text := scalar.ToString(v)
	switch kind := v.Kind(); {
	case text == "":
		return "", Empty
	case kind == scalar.Array || kind == scalar.Bag:
		return text, Composite
	}
	return text, Scalar
}

// instant reads a datetime.
func (r resultRow) instant(column string) (time.Time, bool) {
	i, ok := r.columns[column]
	if !ok || r.values[i].Kind() != scalar.DateTime {
		return time.Time{}, false
	}
	return r.values[i].DateTime().Time(), true
}
