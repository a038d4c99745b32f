package rules_test

import (
	"context"
	"fmt"
	"time"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/eval/ingest"
	"github.com/seed-2512943d/picket/rules"
)

func Example() {
	ctx := context.Background()
	rule, err := rules.Load("testdata/AWS_OverlyPermissiveKMS.yaml")
	if err != nil {
		fmt.Println(err)
		return
	}
	events, err := ingest.Open(ingest.CloudTrail, "testdata/events/kms.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	workspace := rules.NewWorkspace()
	if err := workspace.AddSource(ctx, "AWSCloudTrail", events); err != nil {
		fmt.Println(err)
		return
	}
	compiled, err := rule.Compile(workspace)
	if err != nil {
		fmt.Println(err)
		return
	}
	result, err := compiled.Run(ctx, workspace, time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), rules.RunOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, alert := range result.Alerts {
		fmt.Println(alert.Severity, alert.Name)
		fmt.Println(alert.Entities.JSON())
	}
	// Output:
	// High AWS overly permissive KMS key policy change by alice
	// [{"$id":"1","Name":"alice","UPNSuffix":"contoso.com","CloudAppAccountId":"111122223333","Type":"account"},{"$id":"2","Address":"203.0.113.10","Type":"ip"}]
}

func ExampleQueryError_Format() {
	rule, err := rules.Parse("rule.yaml", []byte("query: |\n  AWSCloudTrail\n  | where EventNme == 'PutKeyPolicy'\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = rule.Compile(rules.NewWorkspace())
	if faults, ok := err.(*rules.QueryError); ok {
		fmt.Print(faults.Format())
	}
	// Output:
	// rule.yaml:3:11: SR022 KS142: The name 'EventNme' does not refer to any known column, table, variable or function.
	//  3 |   | where EventNme == 'PutKeyPolicy'
	//    |           ^^^^^^^^ did you mean EventName?
}

func ExampleWorkspace_AddExternalData() {
	workspace := rules.NewWorkspace()
	if err := workspace.AddExternalData("https://example.org/feed.csv", "testdata/feed.csv"); err != nil {
		fmt.Println(err)
		return
	}
	program, err := eval.Compile(`externaldata(Ip: string, Kind: string)["https://example.org/feed.csv"] | where Kind == "proxy"`, workspace.Options()...)
	if err != nil {
		fmt.Println(err)
		return
	}
	rows, err := program.Collect(context.Background(), workspace)
	fmt.Println(rows[0][0].Str(), err)
	// Output: 203.0.113.10 <nil>
}

func ExampleSimulate() {
	ctx := context.Background()
	rule, err := rules.Load("testdata/AWS_OverlyPermissiveKMS.yaml")
	if err != nil {
		fmt.Println(err)
		return
	}
	events, err := ingest.Open(ingest.CloudTrail, "testdata/events/kms.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	workspace := rules.NewWorkspace()
	if err := workspace.AddSource(ctx, "AWSCloudTrail", events); err != nil {
		fmt.Println(err)
		return
	}
	from := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	s, err := rules.Simulate(ctx, workspace, []*rules.Rule{rule}, from, from.AddDate(0, 0, 2), rules.SimulateOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("alerts by day:", s.AlertsByDay(rule), "of", len(s.Days()), "days; events by the runs that saw them:", s.Total())
	r := s.Rules[0]
	fmt.Println(r.Ran(), "runs,", r.Fired(), "fired,", r.Suppressed(), "suppressed,", r.Alerts(), "alerts")
	for _, run := range s.Rules[0].Runs {
		fmt.Println(run.At.Format(time.DateTime), run.Rows, "rows,", run.Alerts, "alerts")
	}
	for _, incident := range s.Incidents {
		fmt.Println(incident.Number, incident.Status, incident.Severity, incident.Title)
	}
	// Output:
	// alerts by day: [0 1 0] of 3 days; events by the runs that saw them: [{1 5}]
	// 3 runs, 1 fired, 0 suppressed, 1 alerts
	// 2026-03-01 00:00:00 0 rows, 0 alerts
	// 2026-03-02 00:00:00 1 rows, 1 alerts
	// 2026-03-03 00:00:00 0 rows, 0 alerts
	// 1 New High AWS overly permissive KMS key policy change by alice
}

func ExampleIncidents() {
	rule, err := rules.Parse("rule.yaml", []byte("query: print 1\nincidentConfiguration: {groupingConfiguration: {enabled: true, lookbackDuration: 1h}}\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	incidents := rules.NewIncidents(rules.IncidentOptions{}, nil)
	noon := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for i, address := range []string{"192.0.2.1", "192.0.2.2", "192.0.2.1"} {
		incident := incidents.Add(rules.Alert{
			Rule: rule, Name: "Scan", TimeGenerated: noon.Add(time.Duration(i) * time.Minute),
			Entities: rules.Entities{{Type: "IP", Identifiers: []rules.Identifier{{Name: "Address", Value: address}}}},
		})
		fmt.Println(address, "incident", incident.Number)
	}
	// Output:
	// 192.0.2.1 incident 1
	// 192.0.2.2 incident 2
	// 192.0.2.1 incident 1
}

func ExampleDiagnosticCodes() {
	for _, c := range rules.DiagnosticCodes()[:4] {
		fmt.Println(c.Code, c.Title)
	}
	// Output:
	// SR000 The file is no readable YAML or JSON.
	// SR001 A key is missing.
	// SR002 A value is none of those that the key takes.
	// SR003 A duration has the wrong form or is out of range.
}

// A file that is a query as a whole is a hunting query without a name.
func ExampleParseQuery() {
	rule := rules.ParseQuery("denied.kql", []byte("AWSCloudTrail\n| where ErrorCode has 'Denied'\n"))
	line, column := rule.QueryPos.At(len("AWSCloudTrail\n| "))
	fmt.Println(rule.Kind, rule.Path, line, column)
	// Output: Hunting denied.kql 2 3
}
