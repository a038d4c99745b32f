package rules_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/tidwall/gjson"

	"github.com/seed-2512943d/picket/eval/ingest"
	"github.com/seed-2512943d/picket/rules"
	"github.com/seed-2512943d/picket/rules/catalog"
)

// rawLogs are raw logs of all formats, with the rows that ingest makes of them in the folder rows.
const rawLogs = "../eval/ingest/testdata/raw/"

// rawTime is after all events of rawLogs.
var rawTime = time.Date(2026, 3, 1, 15, 0, 0, 0, time.UTC)

// withoutColumn lists what rows of raw logs have that the catalogue's table lacks, and queries therefore do not see.
var withoutColumn = map[string][]string{
	"AADNonInteractiveUserSignInLogs": {"ResourceId", "ResourceProvider"},
	"AADUserRiskEvents":               {"AADTenantId", "Category"},
	"AzureActivity":                   {"ResourceType"},
	"MicrosoftGraphActivityLogs":      {"Category", "OperationName"},
	"OfficeActivity":                  {"SessionId"},
	"SecurityEvent":                   {"TicketEncryptionType"},
}

// TestRawLogsHaveTheColumnsOfTheirTables compares the names of what ingest writes with the catalogue.
func TestRawLogsHaveTheColumnsOfTheirTables(t *testing.T) {
	paths, err := filepath.Glob(rawLogs + "rows/*.jsonl")
	if err != nil || len(paths) == 0 {
		t.Fatal("no rows", err)
	}
	found := map[string][]string{}
	for _, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		for lines := bufio.NewScanner(f); lines.Scan(); {
			var row map[string]any
			if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
				t.Fatal(err)
			}
			table, _ := row["Type"].(string)
			columns, open, known := catalog.Table(table)
			if open || table == "" {
				continue
			}
			if !known {
				t.Errorf("%s: the catalogue has no table %s", path, table)
			}
			for name := range row {
				if !slices.ContainsFunc(columns, func(c catalog.Column) bool { return c.Name == name }) && !slices.Contains(found[table], name) {
					found[table] = append(found[table], name)
				}
			}
		}
	}
	for _, names := range found {
		slices.Sort(names)
	}
	if diff := cmp.Diff(withoutColumn, found); diff != "" {
		t.Errorf("columns without a place in their table (-want +got):\n%s", diff)
	}
}

// rawWorkspace holds, for each table, what the raw logs have for it.
func rawWorkspace(t testing.TB, tables ...string) *rules.Workspace {
	t.Helper()
	w := rules.NewWorkspace()
	for _, table := range tables {
		for _, glob := range []string{"*.json", "*.jsonl", "*.log", "*.csv"} {
			options := ingest.Options{Strict: true, Table: table, Now: rawTime}
			paths, err := filepath.Glob(rawLogs + glob)
			if err != nil {
				t.Fatal(err)
			}
			paths = slices.DeleteFunc(paths, func(path string) bool { return strings.Contains(path, "customlog") })
			source, err := options.Open(ingest.Auto, paths...)
			if err := errors.Join(err, w.AddSource(t.Context(), table, source)); err != nil {
				t.Fatal(err)
			}
		}
	}
	return w
}

// TestRulesOverRawLogs runs a small rule over each table, from the raw log to the entities of the alert.
func TestRulesOverRawLogs(t *testing.T) {
	for _, test := range []struct{ table, query, want string }{
		{"SigninLogs", `where ResultType == "50126" and Status.errorCode == 50126 and LocationDetails.city == "Kiel" and DurationMs == 0 | project TimeGenerated, E = UserPrincipalName`, "ada@example.com"},
		{"AuditLogs", `where Category == "RoleManagement" and Identity == "admin@example.com" | mv-expand TargetResources | project TimeGenerated, E = tostring(TargetResources.userPrincipalName)`, "ada@example.com"},
		{"AADNonInteractiveUserSignInLogs", `extend City = tostring(parse_json(LocationDetails).city) | where City == "Kiel" | project TimeGenerated, E = UserPrincipalName`, "ada@example.com"},
		{"AzureActivity", `where OperationNameValue =~ "Microsoft.Compute/virtualMachines/delete" and Authorization_d.evidence.role == "Owner" and parse_json(Claims).ipaddr == CallerIpAddress | project TimeGenerated, E = Caller`, "ada@example.com"},
		{"AzureDiagnostics", `where Category == "AuditEvent" and httpStatusCode_d == 200 and isAccessPolicyMatch_b | project TimeGenerated, E = identity_claim_http_schemas_xmlsoap_org_ws_2005_05_identity_claims_upn_s`, "ada@example.com"},
		{"DeviceProcessEvents", `where FileName == "whoami.exe" and AdditionalFields.a == 1 | project TimeGenerated, E = DeviceName`, "pc1.example.com"},
		{"OfficeActivity", `where Operation == "New-InboxRule" | mv-expand P = parse_json(Parameters) | where P.Name == "ForwardTo" | project TimeGenerated, E = UserId`, "ada@example.com"},
		{"SecurityEvent", `where EventID == 4624 and LogonType == 10 and Activity startswith "4624 - " | parse EventData with * '"LogonProcessName">' Logon "<" * | where Logon == "User32 " | project TimeGenerated, E = Account`, `CONTOSO\ada`},
		{"Event", `where EventID == 1 | extend D = parse_xml(EventData).DataItem.EventData.Data | mv-expand D | where D["@Name"] == "Image" | project TimeGenerated, E = tostring(D["#text"])`, `C:\Windows\System32\whoami.exe`},
		{"WindowsEvent", `where EventID == 4688 | project TimeGenerated, E = tostring(EventData.NewProcessName)`, `C:\Windows\System32\cmd.exe`},
		{"CommonSecurityLog", `where DeviceVendor == "Contoso" and DestinationPort == 443 and EventCount == 3 and StartTime < EndTime and AdditionalExtensions has "site=Kiel North" | project TimeGenerated, E = SourceIP`, "203.0.113.7"},
		{"Syslog", `where Facility == "auth" and ProcessID == 4711 | parse SyslogMessage with * "from " IP " port" * | project TimeGenerated, E = IP`, "203.0.113.7"},
	} {
		t.Run(test.table, func(t *testing.T) {
			rule, err := rules.Parse("raw.yaml", []byte("id: raw\nname: Raw\ndescription: Raw logs\nseverity: Low\nqueryFrequency: 1d\nqueryPeriod: 1d\n"+
				"triggerOperator: gt\ntriggerThreshold: 0\nentityMappings:\n- entityType: URL\n  fieldMappings:\n  - {identifier: Url, columnName: E}\n"+
				"query: |\n  "+test.table+"\n  | "+test.query+"\n"))
			if err != nil {
				t.Fatal(err)
			}
			w := rawWorkspace(t, test.table)
			compiled, err := rule.Compile(w)
			if err != nil {
				t.Fatal(err)
			}
			result, err := compiled.Run(t.Context(), w, rawTime, rules.RunOptions{})
			if err != nil {
				t.Fatal(err)
			}
			if len(result.Alerts) != 1 || result.Alerts[0].Rows != 1 {
				t.Fatalf("%d alerts, want one of one row: %v", len(result.Alerts), result.Rows)
			}
			entities, err := json.Marshal(result.Alerts[0].Entities)
			if err != nil {
				t.Fatal(err)
			}
			if got := gjson.GetBytes(entities, "0.Url").String(); got != test.want {
				t.Errorf("entity %s, want %s", got, test.want)
			}
		})
	}
}

// TestRealRulesOverRawLogs runs the real rules whose tables are all in the raw logs: each runs, and some find something.
func TestRealRulesOverRawLogs(t *testing.T) {
	f, err := os.Open(sentinel + "expected.jsonl")
	if err != nil {
		t.Skipf("the real rules do not stand beside the module: %v", err)
	}
	defer f.Close()
	tables := []string{"SigninLogs", "AuditLogs", "AADNonInteractiveUserSignInLogs", "AzureActivity", "AzureDiagnostics", "DeviceProcessEvents",
		"OfficeActivity", "SecurityEvent", "Event", "WindowsEvent", "CommonSecurityLog", "Syslog"}
	w := rawWorkspace(t, tables...)
	w.EmptyExternalData = true
	if err := w.AddFunctions(sentinel + "functions"); err != nil {
		t.Fatal(err)
	}
	var all []*rules.Rule
	used := map[string]int{}
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var rule struct {
			Path       string
			Tables     []string
			SemanticOK bool `json:"semantic_ok"`
		}
		if err := json.Unmarshal(lines.Bytes(), &rule); err != nil {
			t.Fatal(err)
		}
		foreign := func(table string) bool { return !slices.Contains(tables, table) }
		if !rule.SemanticOK || len(rule.Tables) == 0 || slices.ContainsFunc(rule.Tables, foreign) {
			continue
		}
		r, err := rules.Load(filepath.Join(sentinel, "rules", rule.Path))
		if err != nil {
			t.Errorf("%s: %v", rule.Path, err)
			continue
		}
		all = append(all, r)
		for _, table := range rule.Tables {
			used[table]++
		}
	}
	found, unbound := 0, 0
	for _, outcome := range rules.RunAll(t.Context(), w, all, rawTime, rules.RunOptions{Window: rules.NoWindow}, 2, nil) {
		var bind *rules.QueryError
		switch err := outcome.Err; {
		case errors.As(err, &bind) && bind.Faults[0].Code == "KS142":
			// bag_unpack and pivot give the columns that the events at hand have, of which three rules, one of them a hunting query that has
			// the portal fill in its time range, name others; a fourth names a column that it does not make.
			unbound++
			continue
		case err != nil:
			t.Errorf("%s: %v", outcome.Rule.Path, err)
			continue
		}
		if len(outcome.Result.Rows) > 0 {
			found++
		}
	}
	t.Logf("%d rules over %v: %d ran, %d found something", len(all), used, len(all)-unbound, found)
	if len(all) < 280 || unbound > 4 || found < 18 {
		t.Errorf("%d rules, %d do not bind, %d found something; want 280, 4 and 18", len(all), unbound, found)
	}
}
