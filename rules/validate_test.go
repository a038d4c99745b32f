package rules

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/seed-2512943d/picket/rules/catalog"
)

const goodRule = `id: 6f0d4c7e-0a3c-4b1d-9a51-3a6f3a7f9f11
name: Good
description: Good.
severity: High
kind: Scheduled
queryFrequency: 1h
queryPeriod: 1h
triggerOperator: gt
triggerThreshold: 0
tactics:
- Impact
relevantTechniques:
- T1486
query: |
  AWSCloudTrail
  | project A, B
entityMappings:
- entityType: Account
  fieldMappings:
  - identifier: FullName
    columnName: A
customDetails:
  Key: B
alertDetailsOverride:
  alertDisplayNameFormat: by {{A}}
version: 1.0.0
`

const grouping = "incidentConfiguration:\n  createIncident: true\n  groupingConfiguration:\n    enabled: true\n    "

// Each test changes the good rule in one place, and names all findings that come of it.
func TestValidate(t *testing.T) {
	for _, test := range []struct{ from, to, want string }{
		{"", "", ""},
		{"name: Good\n", "", "SR001 error 1:1"},
		{"severity: High\n", "", "SR001 error 1:1"},
		{"triggerOperator: gt\n", "", "SR001 error 1:1"},
		{"query: |\n  AWSCloudTrail\n  | project A, B\n", "", "SR001 error 1:1"},
		{"kind: Scheduled\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\n", "kind: Scheduled\n", "SR001 warning 5:7"},
		{"severity: High", "severity: high", "SR002 note 4:11"},
		{"severity: High", "severity: Huge", "SR002 error 4:11"},
		{"triggerOperator: gt", "triggerOperator: '>'", "SR002 error 8:18"},
		{"- Impact", "- Impact\n- CommandandControl", "SR002 error 12:3 did you mean CommandAndControl?"},
		{"- T1486", "- T1486\n- t1", "SR002 error 14:3"},
		{"name: Good", "name: [Good]", "SR007 error 2:7"},
		{"version", "enabled: perhaps\nversion", "SR007 error 26:10"},
		{"queryFrequency: 1h", "queryFrequency: hourly", "SR003 error 6:17"},
		{"queryFrequency: 1h", "queryFrequency: 1m", "SR003 error 6:17 SR090 note 7:14 filter by ingestion_time() > ago(1m)"},
		{"queryPeriod: 1h", "queryPeriod: 15d", "SR003 error 7:14 SR090 note 7:14 filter by ingestion_time() > ago(1h)"},
		{"queryPeriod: 1h", "queryPeriod: 30m", "SR004 error 7:14"},
		{"queryFrequency: 1h\nqueryPeriod: 1h", "queryFrequency: 30m\nqueryPeriod: 2d", "SR005 error 6:17"},
		{"triggerThreshold: 0", "triggerThreshold: many", "SR006 error 9:19"},
		{"triggerThreshold: 0", "triggerThreshold: 10001", "SR006 error 9:19"},
		{"id: 6f0d4c7e", "id: 6f0d4c7", "SR007 error 1:5"},
		{"version: 1.0.0", "version: '1.0'", "SR007 warning 26:10"},
		{"tactics:\n- Impact", "tactics: Impact", "SR007 error 10:10 SR050 warning 12:3"},
		{"tactics:\n- Impact", "tactics: null", "SR050 warning 12:3"},
		{"version: 1.0.0", "name: Again", "SR007 error 26:1"},
		{"version", "verson", "SR010 warning 26:1 did you mean version?"},
		{"version: 1.0.0", "favourite: yes", "SR010 note 26:1"},
		{"alertDisplayNameFormat", "alertDisplaynameFormat", "SR010 warning 25:3 did you mean alertDisplayNameFormat?"},
		{"name: Good", "name: " + strings.Repeat("n", 257), "SR012 error 2:7"},
		{"A, B\n", "A, B // " + strings.Repeat("x", 10000) + "\n", "SR020 error 14:8"},
		{"  AWSCloudTrail\n", "  search kind=case_sensitive *\n", "SR021 error 15:3"},
		{"  AWSCloudTrail\n", "  // union *\n  AWSCloudTrail*\n", ""},
		{"  AWSCloudTrail\n", "  union AWS*\n", ""},
		{"entityType: Account", "entityType: account", "SR030 error 18:15 did you mean Account?"},
		{"entityType: Account", "entityType: Acount", "SR030 error 18:15 did you mean Account?"},
		{"entityMappings:\n- entityType: Account\n  fieldMappings:\n  - identifier: FullName\n    columnName: A\n", "entityMappings: []\n", "SR030 error 17:17 leave the key out"},
		{"entityMappings:\n- entityType: Account\n  fieldMappings:\n  - identifier: FullName\n    columnName: A\n", "entityMappings: null\n", ""},
		{"identifier: FullName", "identifier: Fullname", "SR031 error 20:17 did you mean FullName? SR032 error 18:3"},
		{"    columnName: A\n", "    columnName: A\n  - identifier: FullName\n    columnName: B\n", "SR031 error 22:17"},
		{"identifier: FullName", "identifier: UPNSuffix", "SR032 error 18:3"},
		{"columnName: A", "columnName: 1A", "SR033 error 21:17"},
		{"identifier: FullName", "identifier: Name", ""},
		{"project A, B", "extend IPCustomEntity = B", "SR036 warning 16:12"},
		{"  Key: B", "  Key Two: B", "SR040 error 23:12"},
		{"  Key: B", "  Key: b.c", "SR040 error 23:8"},
		{"  Key: B", "  AKeyOfTwentyOneLetter: B", "SR040 error 23:26"},
		{"by {{A}}", "by {{A}", "SR041 warning 25:27 write {{Column}}"},
		{"by {{A}}", "'{{A}}{{A}}{{A}}{{A}}'", "SR042 error 25:27"},
		{"- T1486", "- T1059", "SR050 warning 13:3"},
		{"- T1486", "- T9999", ""},
		{"kind: Scheduled", "kind: NRT", "SR060 warning 6:17 SR060 warning 7:14 SR060 warning 8:18 SR060 warning 9:19"},
		{"kind: Scheduled\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\ntactics:\n- Impact\nrelevantTechniques:\n- T1486\nquery: |\n  AWS", "kind: NRT\ntactics:\n- Impact\nquery: |\n  workspace('x').AWS", "SR061 error 9:3"},
		{"version", grouping + "matchingMethod: AllEntities\nversion", "SR070 warning 29:5 SR070 warning 29:5"},
		{"version", grouping + "reopenClosedIncident: false\n    lookbackDuration: 8d\n    matchingMethod: Selected\nversion", "SR003 error 31:23 SR071 error 32:21"},
		{"version", grouping + "reopenClosedIncident: false\n    lookbackDuration: 5h\n    matchingMethod: Selected\n    groupByCustomDetails: [None]\nversion", "SR040 error 33:28"},
		{"version", "suppressionEnabled: true\nsuppressionDuration: 1h\nversion", "SR080 warning 27:22"},
		{"version", "suppressionEnabled: true\nsuppressionDuration: 25h\nversion", "SR003 error 27:22"},
		{"queryPeriod: 1h", "queryPeriod: 1d", "SR090 note 7:14 filter by ingestion_time() > ago(1h)"},
		{"queryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\ntactics:\n- Impact\nrelevantTechniques:\n- T1486\nquery: |\n  AWSCloudTrail", "queryPeriod: 1d\ntriggerOperator: gt\ntriggerThreshold: 0\ntactics:\n- Impact\nrelevantTechniques:\n- T1486\nquery: |\n  AWSCloudTrail | where TimeGenerated > x", ""},
	} {
		if !strings.Contains(goodRule, test.from) {
			t.Fatalf("the good rule does not have %q", test.from)
		}
		rule, err := Parse("r.yaml", []byte(strings.Replace(goodRule, test.from, test.to, 1)))
		if err != nil {
			t.Fatalf("%q: %v", test.to, err)
		}
		var found []string
		for _, d := range rule.Validate() {
			found = append(found, strings.TrimSpace(fmt.Sprintf("%s %s %d:%d %s", d.Code, d.Severity, d.Line, d.Column, d.Hint)))
		}
		if got := strings.Join(found, " "); !sameWords(got, test.want) {
			t.Errorf("%q for %q:\n%s\nwant\n%s\n%v", test.to, test.from, got, test.want, rule.Validate())
		}
	}
}

// sameWords compares findings whatever their order, which is that of the file.
func sameWords(a, b string) bool {
	split := func(s string) []string {
		parts := strings.Split(strings.ReplaceAll(s, " SR", "\nSR"), "\n")
		slices.Sort(parts)
		return parts
	}
	return slices.Equal(split(a), split(b))
}

func TestValidateColumns(t *testing.T) {
	rule, err := Load("testdata/every_field.yaml")
	if err != nil {
		t.Fatal(err)
	}
	columns := func(names string) (columns []catalog.Column) {
		for name := range strings.FieldsSeq(names) {
			name, columnType, _ := strings.Cut(name, ":")
			columns = append(columns, catalog.Column{Name: name, Type: columnType})
		}
		return columns
	}
	for _, test := range []struct {
		columns string
		open    bool
		want    string
	}{
		{"A U I Entities Z S T L", false, ""},
		{"", true, ""},
		{"A:dynamic U I Entities:dynamic Z:dynamic S T L", false, "SR034 29:21"},
		{"A U Entities Z S T L", false, "SR033 35:21"},
		{"A U I Z S T L", false, "SR044 37:17"},
		{"A U I Entities S T L", false, "SR040 39:9 SR043 43:27"},
		{"A U I Entities Z", false, "SR044 44:28 SR044 45:27 SR044 48:14"},
		{"a U I Entities Z S T L", false, "SR033 29:21 SR040 40:11 SR043 42:27"},
	} {
		var found []string
		for _, d := range rule.ValidateColumns(columns(test.columns), test.open) {
			found = append(found, fmt.Sprintf("%s %d:%d", d.Code, d.Line, d.Column))
		}
		if got := strings.Join(found, " "); got != test.want {
			t.Errorf("%s: %s, want %s", test.columns, got, test.want)
		}
	}
}

func ExampleRule_Validate() {
	rule, _ := Parse("rule.yaml", []byte(strings.Replace(goodRule, "entityType: Account", "entityType: Acount", 1)))
	for _, d := range rule.Validate() {
		fmt.Println(d)
	}
	// Output: rule.yaml:18:15: SR030: "Acount" is no entity type; did you mean Account?
}
