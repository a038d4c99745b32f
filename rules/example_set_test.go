package rules_test

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/eval/ingest"
	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
	"github.com/seed-2512943d/picket/rules"
)

// written gives the rule of a text, as it would stand in a file of that name.
func written(name string, lines ...string) *rules.Rule {
	rule, err := rules.Parse(name, []byte(strings.Join(lines, "\n")))
	if err != nil {
		panic(err)
	}
	return rule
}

// signIns is a workspace with a table of two records.
func signIns() *rules.Workspace {
	w := rules.NewWorkspace()
	text := `{"TimeGenerated":"2026-03-01T10:00:00Z","UserPrincipalName":"ada@example.com","ResultType":"50126"}
{"TimeGenerated":"2026-03-01T11:00:00Z","UserPrincipalName":"bob@example.com","ResultType":"0"}
`
	if err := w.AddSource(context.Background(), "SigninLogs", ingest.FromBytes(ingest.NDJSON, "signins.jsonl", []byte(text))); err != nil {
		panic(err)
	}
	return w
}

// A Set runs again and again; each run reads a table once for all rules.
func ExampleNewSet() {
	set := rules.NewSet(signIns(), []*rules.Rule{
		written("failed.yaml", "name: Failed", "severity: Low", "queryFrequency: 1h", "queryPeriod: 1h", "triggerOperator: gt", "triggerThreshold: 0",
			"query: SigninLogs | where ResultType != '0'"),
		written("many.yaml", "name: Many", "severity: Low", "queryFrequency: 1h", "queryPeriod: 1h", "triggerOperator: gt", "triggerThreshold: 5", "query: SigninLogs"),
		written("audits.yaml", "name: Audits", "severity: Low", "queryFrequency: 1h", "queryPeriod: 1h", "query: AuditLogs"),
		written("broken.yaml", "name: Broken", "query: NoTable"),
	}, 2)
	for hour := 11; hour <= 12; hour++ {
		for _, outcome := range set.Run(context.Background(), time.Date(2026, 3, 1, hour, 0, 0, 0, time.UTC), rules.RunOptions{}, nil) {
			fmt.Printf("%d %s: %s (%s)\n", hour, outcome.Rule.Name, outcome.Status(), outcome.Reason())
		}
	}
	// Output:
	// 11 Failed: fired ()
	// 11 Many: silent (the number of rows is not gt 5)
	// 11 Audits: silent (no records of AuditLogs)
	// 11 Broken: could not run (no table or function NoTable)
	// 12 Failed: silent ()
	// 12 Many: silent (the number of rows is not gt 5)
	// 12 Audits: silent (no records of AuditLogs)
	// 12 Broken: could not run (no table or function NoTable)
}

func ExampleRunAll() {
	rule, events, at := rules.Quickstart()
	w := rules.NewWorkspace()
	if err := w.AddSource(context.Background(), "AWSCloudTrail", events); err != nil {
		fmt.Println(err)
		return
	}
	lacking := written("lacking.yaml", "query: SigninLogs | where UserPrincipalName in (_GetWatchlist('guests') | project SearchKey)")
	for _, outcome := range rules.RunAll(context.Background(), w, []*rules.Rule{rule, lacking}, at, rules.RunOptions{}, 1, nil) {
		fmt.Println(outcome.Status(), outcome.Result.Fired(), outcome.Missing())
	}
	// Output:
	// fired true []
	// silent false [guests]
}

// A run looks at the rule's own period, at another span, or at everything.
func ExampleRunOptions() {
	w := signIns()
	compiled, err := written("all.yaml", "name: All", "queryFrequency: 30m", "queryPeriod: 30m", "query: SigninLogs | project UserPrincipalName").Compile(w)
	if err != nil {
		fmt.Println(err)
		return
	}
	at := time.Date(2026, 3, 1, 11, 15, 0, 0, time.UTC)
	for _, options := range []rules.RunOptions{
		{Window: rules.ScheduledWindow, Timeout: time.Minute},
		{Window: rules.LastWindow(rules.Duration(2 * time.Hour))},
		{Window: rules.NoWindow},
	} {
		result, err := compiled.Run(context.Background(), w, at, options)
		fmt.Println(len(result.Rows), "rows", result.Window.Start.Format(time.TimeOnly), result.Bad, err)
	}
	// Output:
	// 1 rows 10:45:00 0 <nil>
	// 2 rows 09:15:00 0 <nil>
	// 2 rows 00:00:00 0 <nil>
}

// conditions counts what the conditions of a query were of rows.
type conditions map[eval.Truth]int

func (conditions) Row(kql.Node)             {}
func (conditions) Choice(*kql.Call, int)    {}
func (c conditions) Sight(sight eval.Sight) { c[sight.Truth(0)]++ }

func ExampleCompiled_Observe() {
	w := signIns()
	compiled, err := written("failed.yaml", "query: SigninLogs | where ResultType != '0'").Compile(w, eval.Observable())
	if err != nil {
		fmt.Println(err)
		return
	}
	seen := conditions{}
	_, err = compiled.Observe(seen).Run(context.Background(), w, time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC), rules.RunOptions{})
	fmt.Println(kql.Canonical(compiled.Query().Statements[0])[:10], compiled.Reads("SigninLogs"), seen[eval.True], seen[eval.False], err)
	// Output: SigninLogs true 1 1 <nil>
}

func ExampleBadRecords() {
	var bad rules.BadRecords
	for _, line := range []int{3, 7, 3} {
		bad.Add(&ingest.BadRecord{File: "events.jsonl", Line: line, Reason: "no JSON"})
	}
	fmt.Println(bad.Count, bad.First[0])
	// Output: 2 events.jsonl:3: no JSON
}

func ExampleGuard() {
	err := rules.Guard(func() error { panic("a fault of the program") })
	fmt.Println(err)
	// Output: internal error: a fault of the program
}

func ExampleWorkspace() {
	ctx, w := context.Background(), signIns()
	if err := w.AddFunctions("testdata/functions"); err != nil {
		fmt.Println(err)
		return
	}
	w.AddTable(eval.TableOf("Sites_CL", []eval.Column{{Name: "Site", Type: scalar.String}}, []scalar.Value{scalar.NewString("Kiel")}))
	first, last, err := w.Span(ctx)
	fmt.Println(first.Format(time.TimeOnly), last.Format(time.TimeOnly), err)
	_, open, known := w.TableSchema("AWSCloudTrail")
	_, records := w.Table("AWSCloudTrail")
	fmt.Println(open, known, records, len(w.TableNames()) > 900)
	fmt.Println(w.FunctionNames(), w.Inferred(), w.BrokenFunctions())
	function, found := w.StoredFunction("LinksByVendor")
	fmt.Println(function.Name, found)
	// Output:
	// 10:00:00 11:00:00 <nil>
	// false true false true
	// [FailedCalls FailedLinks LinksByVendor] [] <nil>
	// LinksByVendor true
}

// What a table's columns are, and who is on a watchlist, stands in files.
func ExampleWorkspace_AddWatchlist() {
	ctx, w := context.Background(), rules.NewWorkspace()
	if err := w.AddSchemas("cmd/picket/testdata/tables"); err != nil {
		fmt.Println(err)
		return
	}
	if err := w.AddWatchlist(ctx, "proxies", "Ip", "testdata/proxies.csv"); err != nil {
		fmt.Println(err)
		return
	}
	columns, _, known := w.TableSchema("T_CL")
	fmt.Println(len(columns), known)
	program, err := eval.Compile(`_GetWatchlist("proxies") | project SearchKey`, w.Options()...)
	if err != nil {
		fmt.Println(err)
		return
	}
	rows, err := program.Collect(ctx, w)
	fmt.Println(rows[0][0].Str(), err)
	// Output:
	// 2 true
	// 203.0.113.10 <nil>
}
