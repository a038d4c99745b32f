package rules_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/kql"
	"github.com/seed-2512943d/picket/rules"
	"github.com/seed-2512943d/picket/rules/catalog"
)

func ExampleLoadDir() {
	all, err := rules.LoadDir("testdata/AWS_OverlyPermissiveKMS.yaml", "testdata/resources")
	for _, rule := range all[len(all)-3:] {
		fmt.Println(filepath.Base(rule.Path), rule.Kind)
	}
	fmt.Println(len(all), err)
	// Output:
	// every_field.json Scheduled
	// solution.json Scheduled
	// solution.json Hunting
	// 6 <nil>
}

// What a rule says of its alerts comes from a row, as far as the rule names columns.
func ExampleRule_AlertName() {
	rule := written("r.yaml", "name: Sign-in", "severity: Low", "tactics: [InitialAccess]", "queryFrequency: 1h", "queryPeriod: 1h", "query: print 1",
		"alertDetailsOverride: {alertDisplayNameFormat: 'Sign-in by {{User}}', alertDescriptionFormat: 'From {{Ip}}', alertSeverityColumnName: Level, alertTacticsColumnName: Tactic}")
	row := cells{"User": "ada", "Level": "high", "Tactic": "Impact"}
	fmt.Println(rule.AlertName(row), "|", rule.AlertDescription(row), "|", rule.AlertSeverity(row), rule.AlertTactics(row))
	// Output: Sign-in by ada |  | High [Impact]
}

// cells is a row of texts.
type cells map[string]string

func (c cells) Cell(column string) (string, rules.CellKind) {
	text, ok := c[column]
	if !ok {
		return "", rules.Missing
	}
	return text, rules.Scalar
}

func ExampleRule_ValidateColumns() {
	rule := written("r.yaml", "name: R", "query: print 1", "customDetails:", "  Who: Usr")
	for _, d := range rule.ValidateColumns([]catalog.Column{{Name: "User", Type: "string"}}, false) {
		fmt.Println(d)
		fmt.Println(d.Codes(), d.Text())
	}
	fmt.Println(rule.Place("customDetails.Who"))
	// Output:
	// r.yaml:4:8: SR040: the result has no column Usr, which custom detail Who takes; did you mean User?
	// SR040 the result has no column Usr, which custom detail Who takes; did you mean User?
	// 4 8
}

func ExampleCompiled_Diagnostics() {
	compiled, err := written("r.yaml", "query: SigninLogs | where UserId in (_GetWatchlist('guests') | project SearchKey)").Compile(rules.NewWorkspace())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range compiled.Diagnostics() {
		fmt.Println(d, d.Severity)
	}
	// Output: r.yaml:1:52: SR023: there is no watchlist 'guests': it reads as empty; give its rows note
}

func ExampleValidateSet() {
	const id = "id: 6b652b4f-9810-4eec-9027-7aa88ce4db23"
	found := rules.ValidateSet([]*rules.Rule{written("b.yaml", id), written("a.yaml", id), written("c.yaml", id)})
	rules.SortDiagnostics(found)
	for _, d := range found {
		fmt.Println(d)
	}
	// Output:
	// a.yaml:1:5: SR011: id 6b652b4f-9810-4eec-9027-7aa88ce4db23 is also that of b.yaml
	// c.yaml:1:5: SR011: id 6b652b4f-9810-4eec-9027-7aa88ce4db23 is also that of b.yaml
}

// A query in a file of its own has its faults told like one in a rule.
func ExampleNewQueryError() {
	const text = "NoTable\n| where x == 1\n"
	_, err := eval.Compile(text, rules.NewWorkspace().Options()...)
	var faults kql.Errors
	if errors.As(err, &faults) {
		e := rules.NewQueryError("hunt.kql", text, faults)
		fmt.Println(e.Diagnostics()[0])
		fmt.Println(e.Missing())
	}
	// Output:
	// hunt.kql:1:1: SR023 KS204: The name 'NoTable' does not refer to any known table, tabular variable or function; give its records, its columns, or a saved function of this name
	// [NoTable]
}

func ExampleTrigger() {
	operator, err := rules.ParseOperator("gt")
	trigger := rules.Trigger{Operator: operator, Threshold: 3}
	fmt.Println(trigger, operator.Long(), trigger.Fires(3), trigger.Fires(4), err)
	// Output: gt 3 GreaterThan false true <nil>
}

func ExampleTemplate_Unbalanced() {
	t := rules.ParseTemplate("{{User}} from {{Ip}")
	fmt.Println(t.Columns(), t.Unbalanced())
	// Output: [User] true
}

// A rule runs some minutes after the instant it is scheduled for, and not at all while its alerts are suppressed.
func ExampleRule_SuppressedUntil() {
	rule := written("r.yaml", "queryFrequency: 1h", "queryPeriod: 1h", "query: print 1", "suppressionEnabled: true", "suppressionDuration: 5h")
	noon := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	fmt.Println(rule.Delay(), rule.SuppressedUntil(noon, rules.RunOptions{}).Format(time.TimeOnly))
	// Output: 5m0s 17:00:00
}

func ExampleFunctions_Names() {
	functions, err := rules.LoadFunctions("testdata/functions")
	fmt.Println(strings.Join(functions.Names(), " "), err)
	// Output: FailedCalls FailedLinks LinksByVendor <nil>
}

// An analyst closes an incident; an alert within its lookback reopens it.
func ExampleIncidents_Close() {
	rule := written("r.yaml", "query: print 1", "incidentConfiguration: {groupingConfiguration: {enabled: true, reopenClosedIncident: true, lookbackDuration: 5h, matchingMethod: AnyAlert}}")
	incidents := rules.NewIncidents(rules.IncidentOptions{}, func(i *rules.Incident) { fmt.Println(i.Number, i.Status, len(i.Alerts)) })
	noon := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	alert := func(minutes int) rules.Alert {
		at := noon.Add(time.Duration(minutes) * time.Minute)
		return rules.Alert{Rule: rule, Name: "Scan", TimeGenerated: at, StartTime: at, EndTime: at}
	}
	incidents.Add(alert(0))
	if err := incidents.Close(1, noon.Add(time.Hour)); err != nil {
		fmt.Println(err)
	}
	incidents.Advance(noon.Add(2 * time.Hour))
	incidents.Add(alert(150))
	first, last := incidents.All()[0].Activity()
	fmt.Println(first.Format(time.TimeOnly), last.Format(time.TimeOnly))
	// Output:
	// 1 New 1
	// 1 Closed 1
	// 1 Active 2
	// 12:00:00 14:30:00
}
