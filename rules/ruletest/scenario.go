package ruletest

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"github.com/seed-2512943d/picket/eval/ingest"
	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/rules"
)

// Run runs test files as subtests of a Go test: one for each file, and within it one for each test. Paths are as Load takes them; a glob that
// matches nothing fails.
func Run(t *testing.T, paths ...string) {
	t.Helper()
	files, err := Find(paths...)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range files {
		t.Run(path, func(t *testing.T) {
			s, err := Open(t.Context(), path)
			if err != nil {
				t.Fatal(err)
			}
			for _, j := range (Options{}).jobs([]*Suite{s}) {
				name := Result{Suite: s, Test: j.test, Rule: j.rule}.title()
				t.Run(name, func(t *testing.T) {
					switch r := j.run(t.Context(), Options{Explain: true}); r.Status {
					case Failed:
						t.Errorf("%s:%d\n%s", path, r.FailureLine(), r.Body())
					case Skipped, Todo:
						t.Skipf("%s: %s", r.Status, r.Reason)
					}
				})
			}
		})
	}
}

// Scenario is a rule with data, for tests written in Go. What is wrong ends the test at once.
type Scenario struct {
	t         testing.TB
	rule      *rules.Rule
	workspace *rules.Workspace
	given     []givenRow
	sources   map[string][]ingest.Source
	now       time.Time
	options   rules.RunOptions
}

// givenRow is a row of a table, as the caller gave it.
type givenRow struct {
	table string
	row   any
}

// New begins a scenario with a rule.
func New(t testing.TB, rule *rules.Rule) *Scenario {
	t.Helper()
	return &Scenario{t: t, rule: rule, workspace: rules.NewWorkspace(), sources: map[string][]ingest.Source{}}
}

// NewFile begins a scenario with the rule of a file.
func NewFile(t testing.TB, path string) *Scenario {
	t.Helper()
	rule, err := rules.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	return New(t, rule)
}

// NewQuery begins a scenario with a query. It gives rows, and no alerts.
func NewQuery(t testing.TB, query string) *Scenario {
	t.Helper()
	rule, err := rules.Parse("query", []byte("query: "+quote(query)+"\n"))
	if err != nil {
		t.Fatal(err)
	}
	return New(t, rule)
}

// Given puts rows into a table. A row is a map of columns to values, a struct whose JSON is one, or JSON text. In a map a time.Duration under a
// column of times counts from the instant of the run.
func (s *Scenario) Given(table string, rows ...any) *Scenario {
	for _, row := range rows {
		s.given = append(s.given, givenRow{table, row})
	}
	return s
}

// GivenFile puts the records of a file into a table.
func (s *Scenario) GivenFile(table string, format ingest.Format, path string) *Scenario {
	s.t.Helper()
	source, err := ingest.Options{Strict: true}.Open(format, path)
	if err != nil {
		s.t.Fatal(err)
	}
	s.sources[table] = append(s.sources[table], source)
	return s
}

// In gives the workspace that the rule runs in, for schemas, saved functions and watchlists.
func (s *Scenario) In(w *rules.Workspace) *Scenario {
	s.workspace = w
	return s
}

// At says for which instant the run is scheduled.
func (s *Scenario) At(now time.Time) *Scenario {
	s.now = now
	return s
}

// With says how the rule runs.
func (s *Scenario) With(options rules.RunOptions) *Scenario {
	s.options = options
	return s
}

// Alert is an alert as plain values, which go-cmp compares.
type Alert struct {
	Name, Description, Severity string
	Tactics, Techniques         []string
	Entities                    []Entity
	CustomDetails               map[string][]string // without those that have no value
	StartTime, EndTime          time.Time
	Rows                        int
}

// Entity is an entity as plain values.
type Entity struct {
	Type        string // as rules write it: Account
	Identifiers map[string]string
}

// Alerts runs the rule and gives its alerts.
func (s *Scenario) Alerts() []Alert {
	s.t.Helper()
	var all []Alert
	for _, a := range s.run().Alerts {
		alert := Alert{
			Name: a.Name, Description: a.Description, Severity: a.Severity, Tactics: a.Tactics, Techniques: a.Techniques,
			StartTime: a.StartTime, EndTime: a.EndTime, Rows: a.Rows,
		}
		for _, e := range a.Entities {
			entity := Entity{e.Type, map[string]string{}}
			for _, id := range e.Identifiers {
				entity.Identifiers[id.Name] = id.Value
			}
			alert.Entities = append(alert.Entities, entity)
		}
		for _, d := range a.CustomDetails {
			if len(d.Values) == 0 {
				continue
			}
			if alert.CustomDetails == nil {
				alert.CustomDetails = map[string][]string{}
			}
			alert.CustomDetails[d.Key] = d.Values
		}
		all = append(all, alert)
	}
	return all
}

// Rows runs the query and gives the rows of its result: bool, int64, float64, string, time.Time, nil, and for dynamic values what encoding/json makes
// of them; values of other types are their text.
func (s *Scenario) Rows() []map[string]any {
	s.t.Helper()
	result := s.run()
	var all []map[string]any
	for _, values := range result.Rows {
		row := map[string]any{}
		for i, v := range values {
			row[result.Columns[i].Name] = goValue(v)
		}
		all = append(all, row)
	}
	return all
}

// goValue is a value as Go's own.
func goValue(v scalar.Value) any {
	switch v.Kind() {
	case scalar.NoType:
		return nil
	case scalar.Bool:
		return v.Bool()
	case scalar.Int, scalar.Long:
		return v.Long()
	case scalar.Real:
		return v.Real()
	case scalar.DateTime:
		return v.DateTime().Time()
	case scalar.Array, scalar.Bag:
		return gjson.Parse(scalar.ToString(v)).Value()
	}
	return scalar.ToString(v)
}

// run runs the rule.
func (s *Scenario) run() *rules.Result {
	s.t.Helper()
	if s.now.IsZero() {
		s.t.Fatal("ruletest: At says for which instant the rule runs")
	}
	ctx := context.Background()
	tables := map[string][]byte{}
	for _, g := range s.given {
		row, err := s.json(g)
		if err != nil {
			s.t.Fatalf("ruletest: %s: %v", g.table, err)
		}
		tables[g.table] = append(append(tables[g.table], row...), '\n')
	}
	for table, text := range tables {
		s.sources[table] = append(s.sources[table], ingest.FromBytes(ingest.NDJSON, table, text))
	}
	s.given = nil
	for table, sources := range s.sources {
		if err := s.workspace.AddSource(ctx, table, sources...); err != nil {
			s.t.Fatal(err)
		}
	}
	s.sources = map[string][]ingest.Source{}
	compiled, err := s.rule.Compile(s.workspace)
	if err != nil {
		s.t.Fatal(err)
	}
	result, err := compiled.Run(ctx, s.workspace, s.now, s.options)
	if err != nil {
		s.t.Fatal(err)
	}
	return result
}

// json is a row as JSON. A column that the table lacks is an error, since a query would read null in silence.
func (s *Scenario) json(g givenRow) (string, error) {
	var text string
	switch row := g.row.(type) {
	case string:
		text = row
	case map[string]any:
		timed := map[string]any{}
		for name, v := range row {
			if d, ok := v.(time.Duration); ok && s.isTime(g.table, name) {
				v = s.now.Add(d).UTC()
			}
			timed[name] = v
		}
		out, err := json.Marshal(timed)
		if err != nil {
			return "", err
		}
		text = string(out)
	default:
		out, err := json.Marshal(row)
		if err != nil {
			return "", err
		}
		text = string(out)
	}
	if object := gjson.Parse(text); !gjson.Valid(text) || !object.IsObject() {
		return "", fmt.Errorf("a row is a JSON object, not %s", shorten(text, 60))
	}
	return strings.ReplaceAll(text, "\n", " "), s.check(g.table, text)
}

func (s *Scenario) isTime(table, column string) bool {
	columns, _, known := s.workspace.TableSchema(table)
	i := columnIndex(columns, column)
	return column == timeGenerated && (!known || i < 0) || i >= 0 && columns[i].Type == scalar.DateTime
}

func (s *Scenario) check(table, row string) error {
	columns, open, known := s.workspace.TableSchema(table)
	if !known {
		return nil
	}
	var err error
	gjson.Parse(row).ForEach(func(key, _ gjson.Result) bool {
		if columnIndex(columns, key.Str) < 0 && !open {
			err = fmt.Errorf("the table has no column %s", key.Str)
			if hint := didYouMean(key.Str, columnNames(columns)); hint != "" {
				err = fmt.Errorf("%w; %s", err, hint)
			}
		}
		return err == nil
	})
	if err == nil && columnIndex(columns, timeGenerated) >= 0 && !gjson.Get(row, timeGenerated).Exists() {
		err = fmt.Errorf("the row has no TimeGenerated, so that no run sees it")
	}
	return err
}
