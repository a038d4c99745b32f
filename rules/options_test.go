package rules

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/tidwall/gjson"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/eval/ingest"
)

// Each option stands in the table of assumptions of the package's documentation.
func TestEveryOptionIsDocumented(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, options := range []any{RunOptions{}, EntityOptions{}, IncidentOptions{}} {
		for field := range reflect.TypeOf(options).Fields() {
			if !strings.Contains(string(doc), "  "+field.Name+"\n") {
				t.Errorf("doc.go does not list %T.%s", options, field.Name)
			}
		}
	}
}

func TestWhatRunOptionsChange(t *testing.T) {
	perResult := "eventGroupingSettings:\n  aggregationKind: AlertPerResult\n"
	long := "alertDetailsOverride:\n  alertDisplayNameFormat: '" + strings.Repeat("x", 300) + "'\n"
	for _, test := range []struct {
		name, keys, query string
		options           RunOptions
		standard, changed string // alerts, and the length of the first one's name
	}{
		{"without rows", "triggerOperator: eq\n", "print a = 1 | where a > 1", RunOptions{SilentWithoutRows: true}, "1 1", "0 0"},
		{"equal rows", perResult, "range a from 1 to 3 step 1 | project b = a % 2", RunOptions{DistinctRows: true}, "3 1", "2 1"},
		{"as many as may be", perResult, "range a from 1 to 150 step 1", RunOptions{SummaryAtLimit: true}, "150 1", "150 1 all"},
		{"long texts", long, "print a = 1", RunOptions{KeepLongTexts: true}, "1 256", "1 300"},
	} {
		for want, options := range map[string]RunOptions{test.standard: {}, test.changed: test.options} {
			rule, err := Parse("r.yaml", []byte("name: R\nqueryPeriod: 1h\n"+test.keys+"query: "+test.query+"\n"))
			if err != nil {
				t.Fatal(err)
			}
			compiled, err := rule.Compile(NewWorkspace())
			if err != nil {
				t.Fatal(err)
			}
			result, err := compiled.Run(t.Context(), nil, noon, options)
			if err != nil {
				t.Fatal(err)
			}
			got := "0 0"
			if n := len(result.Alerts); n > 0 {
				got = fmt.Sprintf("%d %d", n, len(result.Alerts[0].Name))
				if result.Alerts[n-1].Rows > 1 {
					got += " all"
				}
			}
			if got != want {
				t.Errorf("%s: %s, want %s", test.name, got, want)
			}
		}
	}
}

func TestDetailsThatOptionsChange(t *testing.T) {
	rule := mustParse(t, "name: R\nqueryPeriod: 1h\ntactics: [Impact]\ncustomDetails: {A: a}\nalertDetailsOverride: {alertTacticsColumnName: b}\n"+
		"query: range i from 1 to 3 step 1 | project a = i % 2, b = 'Execution;Discovery'\n")
	compiled, err := rule.Compile(NewWorkspace())
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		options RunOptions
		want    string
	}{
		{RunOptions{}, "[{A [1 0]}] [Impact]"},
		{RunOptions{RepeatCustomDetails: true}, "[{A [1 0 1]}] [Impact]"},
		{RunOptions{RepeatCustomDetails: true, SortCustomDetails: true}, "[{A [0 1 1]}] [Impact]"},
		{RunOptions{TacticsSeparator: ";"}, "[{A [1 0]}] [Execution Discovery]"},
	} {
		result, err := compiled.Run(t.Context(), nil, noon, test.options)
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(result.Alerts[0].CustomDetails, result.Alerts[0].Tactics); got != test.want {
			t.Errorf("%+v: %s, want %s", test.options, got, test.want)
		}
	}
}

func TestAWorkspaceAloneRefusesOthers(t *testing.T) {
	rule := mustParse(t, "query: |\n  union AWSCloudTrail, workspace('x').AWSCloudTrail\n")
	w := NewWorkspace()
	if _, err := rule.Compile(w); err != nil {
		t.Error(err)
	}
	w.Alone = true
	_, err := rule.Compile(w)
	if want := "rule.yaml:2:24: SR022: workspace() reads another workspace, and there is only this one"; err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("%v, want %s", err, want)
	}
}

func TestWhatEntityOptionsChange(t *testing.T) {
	name := mapping("Account", "Name", "N", "UPNSuffix", "U")
	for _, test := range []struct {
		mapping EntityMapping
		row     mapRow
		options EntityOptions
		want    string
	}{
		{name, mapRow{"N": "a", "U": ""}, EntityOptions{KeepEmpty: true}, `[{"Name":"a","UPNSuffix":"","Type":"account"}]`},
		{name, mapRow{"N": "a"}, EntityOptions{KeepEmpty: true}, `[{"Name":"a","Type":"account"}]`},
		{name, mapRow{"U": "u"}, EntityOptions{KeepIncomplete: true}, `[{"UPNSuffix":"u","Type":"account"}]`},
		{name, mapRow{"U": "u"}, EntityOptions{}, `null`},
		{name, mapRow{}, EntityOptions{KeepIncomplete: true}, `null`},
		{name, mapRow{"N": " a ", "U": " "}, EntityOptions{TrimSpace: true}, `[{"Name":"a","Type":"account"}]`},
		{name, mapRow{"N": `["a"]`}, EntityOptions{ArraysAsText: true}, `[{"Name":"[\"a\"]","Type":"account"}]`},
		{mapping("Account", "FullName", "N"), mapRow{"N": "a@b"}, EntityOptions{KeepFullName: true}, `[{"FullName":"a@b","Type":"account"}]`},
		{mapping("Account", "Name", "N"), mapRow{"N": "root"}, EntityOptions{GenericExactCase: true}, `[{"Name":"root","Type":"account"}]`},
		{mapping("Account", "Name", "N"), mapRow{"N": "ROOT"}, EntityOptions{GenericExactCase: true}, `null`},
	} {
		entities, _ := BuildEntities([]EntityMapping{test.mapping}, []Row{test.row}, test.options)
		got, err := marshalPlain(entities)
		if err != nil || string(got) != test.want {
			t.Errorf("%v with %+v: %s, want %s (%v)", test.row, test.options, got, test.want, err)
		}
	}
	twice := []Row{mapRow{"N": "a"}, mapRow{"N": "a"}}
	if entities, _ := BuildEntities([]EntityMapping{name}, twice, EntityOptions{KeepEqual: true}); len(entities) != 2 {
		t.Errorf("equal entities: %v", entities)
	}
}

// A run sees what has been ingested when it is executed, and a near-real-time rule what has been ingested in its minute.
func TestWhenRecordsWereIngestedDecidesWhoSeesThem(t *testing.T) {
	const logs = `{"TimeGenerated":"2026-03-01T11:30:00Z","Name":"prompt"}
{"TimeGenerated":"2026-03-01T11:40:00Z","Name":"late","_TimeReceived":"2026-03-01T12:05:00Z","Arrived":"2026-03-01T11:59:30Z"}
{"TimeGenerated":"2026-03-01T11:45:00Z","Name":"too late","_TimeReceived":"2026-03-01T12:05:01Z"}
{"TimeGenerated":"2026-03-01T11:59:30Z","Name":"last minute"}
{"TimeGenerated":"2026-03-01T10:00:00Z","Name":"arrives","_TimeReceived":"2026-03-01T11:59:00Z"}
`
	w := NewWorkspace()
	if err := w.AddSource(t.Context(), "T_CL", ingest.FromBytes(ingest.NDJSON, "t", []byte(logs))); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		keys    string
		options RunOptions
		want    string
	}{
		{"queryPeriod: 1h", RunOptions{}, "last minute, late, prompt"},
		{"queryPeriod: 1h", RunOptions{IngestionColumn: "Arrived"}, "last minute, late, prompt, too late"},
		{"queryPeriod: 1h", RunOptions{Window: NoWindow}, "arrives, last minute, late, prompt, too late"},
		{"kind: NRT", RunOptions{}, "arrives, last minute"},
		{"kind: NRT", RunOptions{IngestionColumn: "Arrived"}, "last minute, late"},
		{"kind: NRT", RunOptions{Window: LastWindow(Duration(day))}, "arrives, last minute, prompt"},
	} {
		rule, err := Parse("r.yaml", []byte(test.keys+"\nquery: T_CL | summarize strcat_array(array_sort_asc(make_list(Name)), ', ')\n"))
		if err != nil {
			t.Fatal(err)
		}
		compiled, err := rule.Compile(w)
		if err != nil {
			t.Fatal(err)
		}
		result, err := compiled.Run(t.Context(), w, noon, test.options)
		if err != nil {
			t.Fatal(err)
		}
		if got := result.Rows[0][0].Str(); got != test.want {
			t.Errorf("%s %+v: %s, want %s", test.keys, test.options, got, test.want)
		}
	}
}

// What a run does not see it does not see in parts of a table either.
func TestPartsOfTablesAreFiltered(t *testing.T) {
	part := func(yield func([]byte, error) bool) {
		_ = yield([]byte(`{"TimeGenerated":"2026-03-01T11:30:00Z","Name":"prompt"}`), nil) &&
			yield([]byte(`{"TimeGenerated":"2026-03-01T11:30:00Z","Name":"late","_TimeReceived":"2026-03-01T13:00:00Z"}`), nil)
	}
	table := &eval.Table{
		Name: "T_CL", Columns: []eval.Column{columnOf("TimeGenerated", "datetime"), columnOf("Name", "string")},
		Records: func(context.Context) iter.Seq2[[]byte, error] { return part },
		Parts: func(context.Context) iter.Seq[iter.Seq2[[]byte, error]] {
			return func(yield func(iter.Seq2[[]byte, error]) bool) { yield(part) }
		},
	}
	w := NewWorkspace()
	w.AddTable(table)
	rule := mustParse(t, "queryPeriod: 1h\nqueryFrequency: 1h\nquery: T_CL\n")
	for _, workers := range []int{1, 4} {
		compiled, err := rule.Compile(w, eval.WithWorkers(workers))
		if err != nil {
			t.Fatal(err)
		}
		result, err := compiled.Run(t.Context(), w, noon, RunOptions{})
		if err != nil || len(result.Rows) != 1 {
			t.Errorf("%d workers: %v, %v", workers, result.Rows, err)
		}
	}
}

// The query of an alert about one row gives this row.
func TestTheQueryOfAnAlertPerResultGivesItsRow(t *testing.T) {
	result, err := ruleOf(t, 3, "eventGroupingSettings:\n  aggregationKind: AlertPerResult\n").Run(t.Context(), nil, noon, RunOptions{})
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(result.Alerts[1])
	if err != nil {
		t.Fatal(err)
	}
	extended := gjson.Parse(gjson.GetBytes(text, "ExtendedProperties").Str)
	if !strings.HasPrefix(extended.Get("OriginalQuery").Str, "set query_now = datetime(2026-03-01T12:00:00.0000000Z);\nrange a") {
		t.Errorf("the original query is %s", extended.Get("OriginalQuery").Str)
	}
	rule := &Rule{Query: extended.Get("Query").Str, Kind: Hunting}
	compiled, err := rule.Compile(NewWorkspace())
	if err != nil {
		t.Fatal(err)
	}
	event, err := compiled.Run(t.Context(), nil, noon, RunOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(`{"a":2,"bag":{"k":2},"none":"","t":"2026-03-01T12:02:00.0000000Z"}`, event.cells()[0].(resultRow).json()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestDetailsOfAnAlertHaveALimit(t *testing.T) {
	rule, err := Parse("r.yaml", []byte("name: R\nqueryPeriod: 1h\ncustomDetails:\n  A: a\n  B: b\nquery: range i from 1 to 50 step 1 | extend a = strcat(i, strrep('x', 1000)), b = strcat(i, strrep('y', 1000))\n"))
	if err != nil {
		t.Fatal(err)
	}
	compiled, err := rule.Compile(NewWorkspace())
	if err != nil {
		t.Fatal(err)
	}
	result, err := compiled.Run(t.Context(), nil, noon, RunOptions{})
	if err != nil {
		t.Fatal(err)
	}
	a := result.Alerts[0]
	size := len(jsonText(a.CustomDetails)) + len(a.Name) + len(a.Description)
	if kept := len(a.CustomDetails.Get("B")); size > MaxDetailsSize || size < MaxDetailsSize-1100 || len(a.CustomDetails.Get("A")) != 50 || len(result.Warnings) != 1 || result.Warnings[0].Code != "DETAIL-SIZE" {
		t.Errorf("%d bytes, %d values of B, %v", size, kept, result.Warnings)
	}
}

// A query that takes too long ends with an error of its own, and one that the caller ends with the caller's.
func TestTimeoutEndsARun(t *testing.T) {
	rule, err := Parse("r.yaml", []byte("query: range a from 1 to 1000000000000 step 1 | count\n"))
	if err != nil {
		t.Fatal(err)
	}
	compiled, err := rule.Compile(NewWorkspace())
	if err != nil {
		t.Fatal(err)
	}
	var late *TimeoutError
	if _, err := compiled.Run(t.Context(), nil, noon, RunOptions{Timeout: time.Millisecond}); !errors.As(err, &late) || late.Limit != time.Millisecond {
		t.Errorf("%v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if _, err := compiled.Run(ctx, nil, noon, RunOptions{Timeout: time.Hour}); !errors.Is(err, context.DeadlineExceeded) || errors.As(err, &late) {
		t.Errorf("%v", err)
	}
}
