package rules

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/tidwall/gjson"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/eval/ingest"
	"github.com/seed-2512943d/picket/eval/scalar"
)

// runRule runs a rule over CloudTrail events.
func runRule(t testing.TB, rule *Rule, events ingest.Source, at time.Time, options RunOptions) *Result {
	t.Helper()
	w := NewWorkspace()
	if err := w.AddSource(t.Context(), "AWSCloudTrail", events); err != nil {
		t.Fatal(err)
	}
	compiled, err := rule.Compile(w)
	if err != nil {
		t.Fatal(err)
	}
	if found := compiled.Diagnostics(); len(found) > 0 {
		t.Errorf("diagnostics: %v", found)
	}
	result, err := compiled.Run(t.Context(), w, at, options)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func TestSeedRuleRaisesTheAlert(t *testing.T) {
	rule, events, at := Quickstart()
	result := runRule(t, rule, events, at, RunOptions{})
	if len(result.Rows) != 1 || len(result.Alerts) != 1 || len(result.Warnings) != 0 || result.Bad != 0 {
		t.Fatalf("%d rows, %d alerts, %d bad records, warnings %v", len(result.Rows), len(result.Alerts), result.Bad, result.Warnings)
	}
	text, err := json.Marshal(result.Alerts[0])
	if err != nil {
		t.Fatal(err)
	}
	alert := gjson.ParseBytes(text)
	extended := gjson.Parse(alert.Get("ExtendedProperties").String())
	for _, test := range []struct {
		in          gjson.Result
		field, want string
	}{
		{alert, "AlertName", "AWS overly permissive KMS key policy change by alice"},
		{alert, "DisplayName", "AWS overly permissive KMS key policy change by alice"},
		{alert, "Description", "Detected PutKeyPolicy from 203.0.113.10 creating a broadly permissive KMS policy in account 111122223333."},
		{alert, "AlertSeverity", "High"},
		{alert, "Tactics", "Impact"},
		{alert, "Techniques", `["T1486"]`},
		{alert, "SubTechniques", `[]`},
		{alert, "StartTime", "2026-03-01T10:00:00Z"},
		{alert, "EndTime", "2026-03-01T10:00:00Z"},
		{alert, "TimeGenerated", "2026-03-02T00:05:00Z"},
		{alert, "Entities", `[{"$id":"1","Name":"alice","UPNSuffix":"contoso.com","CloudAppAccountId":"111122223333","Type":"account"},` +
			`{"$id":"2","Address":"203.0.113.10","Type":"ip"}]`},
		{alert, "AlertType", noWorkspace + "_60dfc193-0f73-4279-b43c-110ade02b201"},
		{alert, "SystemAlertId", "3f946354-03fe-5925-b36f-8a2ca63a18dd"},
		{alert, "VendorOriginalId", "3f946354-03fe-5925-b36f-8a2ca63a18dd"},
		{alert, "VendorName", "Microsoft"},
		{alert, "ProductName", "Azure Sentinel"},
		{alert, "ProviderName", "ASI Scheduled Alerts"},
		{alert, "ProductComponentName", "Scheduled Alerts"},
		{alert, "Status", "New"},
		{alert, "IsIncident", "false"},
		{alert, "SourceSystem", "Detection"},
		{alert, "ConfidenceLevel", ""},
		{extended, "Custom Details", `{"EventName":["PutKeyPolicy"],"EventSource":["kms.amazonaws.com"],"AWSRegion":["us-east-1"],` +
			`"UserIdentityArn":["arn:aws:iam::111122223333:user/alice@contoso.com"]}`},
		{extended, "Query Period", "1.00:00:00"},
		{extended, "Trigger Operator", "GreaterThan"},
		{extended, "Trigger Threshold", "0"},
		{extended, "Search Query Results Overall Count", "1"},
		{extended, "Query", "set query_now = datetime(2026-03-02T00:00:00.0000000Z);\n" + rule.Query},
		{extended, "Query Start Time UTC", "2026-03-01 00:00:00Z"},
		{extended, "Query End Time UTC", "2026-03-02 00:00:00Z"},
		{extended, "Analytic Rule Ids", `["60dfc193-0f73-4279-b43c-110ade02b201"]`},
		{extended, "Analytic Rule Name", rule.Name},
		{extended, "Event Grouping", "SingleAlert"},
	} {
		value := test.in.Get(gjson.Escape(test.field))
		if !value.Exists() || value.String() != test.want {
			t.Errorf("%s is %q, want %q", test.field, value.String(), test.want)
		}
	}
	checkRecord(t, "SecurityAlert", []byte(alert.Raw))
}

func TestRunsAreRepeatable(t *testing.T) {
	var texts []string
	for range 2 {
		rule, events, at := Quickstart()
		text, err := json.Marshal(runRule(t, rule, events, at, RunOptions{}).Alerts)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(text))
	}
	if diff := cmp.Diff(texts[0], texts[1]); diff != "" {
		t.Error(diff)
	}
}

// The ids of these events say whether the rule is to find them.
func TestSeedRuleFindsTheVariants(t *testing.T) {
	data, err := os.ReadFile("testdata/events/kms-variants.json")
	if err != nil {
		t.Fatal(err)
	}
	var want, got []string
	events := gjson.GetBytes(data, "Records.#.requestID").Array()
	for _, id := range events {
		if strings.HasPrefix(id.String(), "fires-") {
			want = append(want, id.String())
		}
	}
	if len(want) == 0 || len(want) == len(events) {
		t.Fatalf("%d of %d events are to fire", len(want), len(events))
	}
	rule, _, at := Quickstart()
	result := runRule(t, rule, ingest.FromBytes(ingest.CloudTrail, "kms-variants.json", data), at, RunOptions{})
	for _, row := range result.cells() {
		id, _ := row.Cell("AwsRequestId_")
		got = append(got, id)
	}
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestSeedRuleLooksAtItsWindowOnly(t *testing.T) {
	event := time.Date(2026, 3, 1, 10, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		at      time.Time
		options RunOptions
		want    int
	}{
		{event, RunOptions{}, 0},
		{event, RunOptions{WindowEndIncluded: true}, 1},
		{event.Add(time.Second), RunOptions{}, 1},
		{event.Add(24 * time.Hour), RunOptions{}, 1},
		{event.Add(24*time.Hour + time.Second), RunOptions{}, 0},
		{event.Add(24*time.Hour + time.Second), RunOptions{Window: LastWindow(2 * Duration(day))}, 1},
		{event.AddDate(1, 0, 0), RunOptions{Window: NoWindow}, 1},
	} {
		rule, events, _ := Quickstart()
		if result := runRule(t, rule, events, test.at, test.options); len(result.Rows) != test.want {
			t.Errorf("at %v with %+v: %d rows, want %d", test.at, test.options, len(result.Rows), test.want)
		}
	}
}

func TestSeedRuleIsThatOfTheReference(t *testing.T) {
	want, err := os.ReadFile(filepath.Join("../../shared/seed/AWS_OverlyPermissiveKMS.yaml"))
	if err != nil {
		t.Skip("../../shared is not here: the reference material stands beside the repository, not in it")
	}
	if string(want) != string(quickstartRule) {
		t.Error("the embedded rule is not, byte for byte, that of the reference")
	}
}

// Each detail of KQL that the rule depends on, as a query that gives one value.
func TestDetailsOfKQLThatTheSeedRuleDependsOn(t *testing.T) {
	const bag = `print Statement = dynamic({"Effect":"Allow","Action":"kms:*"}) | `
	for _, test := range []struct{ detail, query, want string }{
		{"extend sees the columns of its input", `print n = 'alice@contoso.com' | extend n = tostring(split(n, '@')[0]), s = iif(n contains '@', tostring(split(n, '@')[1]), '') | project strcat(n, ' ', s)`, "alice contoso.com"},
		{"mvexpand stops at 128 rows", `print x = range(1, 200) | mvexpand x | count`, "128"},
		{"mv-expand does not", `print x = range(1, 200) | mv-expand x | count`, "200"},
		{"a bag expands to bags of one key", bag + `mv-expand Statement | summarize make_list(tostring(Statement))`, `["{\"Effect\":\"Allow\"}","{\"Action\":\"kms:*\"}"]`},
		{"no row of a bag has two of its keys", bag + `mv-expand Statement | where isnotempty(Statement.Effect) and isnotempty(Statement.Action) | count`, "0"},
		{"null expands to one null", `print x = dynamic(null) | mv-expand x | summarize strcat(count(), ' ', countif(isnull(x)))`, "1 1"},
		{"an empty array expands to nothing", `print x = dynamic([]) | mv-expand x | count`, "0"},
		{"an array as text is JSON", `print tostring(dynamic(["kms:Encrypt", "kms:Decrypt"]))`, `["kms:Encrypt","kms:Decrypt"]`},
		{"has_any finds terms in that text", `print '["kms:Encrypt","kms:Decrypt"]' has_any (dynamic(["kms:Encrypt", "kms:*"]))`, "True"},
		{"right of a star no term need end", `print 'kms:*x' has_any (dynamic(["kms:*"]))`, "True"},
		{"left of kms a term must begin", `print 'akms:*' has_any (dynamic(["kms:*"]))`, "False"},
		{"a list of one star is no star", `print tostring(parse_json('{"AWS":["*"]}').AWS) == '*'`, "False"},
		{"a star is", `print tostring(parse_json('{"AWS":"*"}').AWS) == '*'`, "True"},
		{"a negative index counts from the end", `print tostring(split('arn:aws:iam::1:user/a/bob', '/')[-1])`, "bob"},
		{"split at an index gives an array of one", `print tostring(split('alice@contoso.com', '@', 0))`, `["alice"]`},
		{"in looks at case", `print 'putkeypolicy' in ('CreateKey', 'PutKeyPolicy')`, "False"},
		{"=~ does not", `print 'ALLOW' =~ 'Allow'`, "True"},
		{"has_any does not", `print 'KMS:ENCRYPT' has_any (dynamic(["kms:Encrypt"]))`, "True"},
		{"JSON within JSON is read twice", `print tostring(parse_json(tostring(parse_json('{"policy":"{\\"Statement\\":[1]}"}').policy)).Statement)`, "[1]"},
		{"reading it once finds nothing", `print isnull(parse_json('{"policy":"{\\"Statement\\":[1]}"}').policy.Statement)`, "True"},
	} {
		program, err := eval.Compile(test.query)
		if err != nil {
			t.Errorf("%s: %v", test.detail, err)
			continue
		}
		rows, err := program.Collect(context.Background(), nil)
		if err != nil || len(rows) != 1 {
			t.Errorf("%s: %d rows, %v", test.detail, len(rows), err)
			continue
		}
		if got := scalar.ToString(rows[0][0]); got != test.want {
			t.Errorf("%s: %s gives %s, want %s", test.detail, test.query, got, test.want)
		}
	}
}
