package ruletest_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/seed-2512943d/picket/eval/ingest"
	"github.com/seed-2512943d/picket/rules/ruletest"
)

var at = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

func TestScenarioAlerts(t *testing.T) {
	got := ruletest.NewFile(t, "../testdata/AWS_OverlyPermissiveKMS.yaml").
		GivenFile("AWSCloudTrail", ingest.CloudTrail, "../testdata/data/putkeypolicy_public.json").
		At(at).
		Alerts()
	event := time.Date(2026, 3, 1, 10, 0, 0, 0, time.UTC)
	want := []ruletest.Alert{{
		Name:        "AWS overly permissive KMS key policy change by alice",
		Description: "Detected PutKeyPolicy from 203.0.113.10 creating a broadly permissive KMS policy in account 111122223333.",
		Severity:    "High",
		Tactics:     []string{"Impact"},
		Techniques:  []string{"T1486"},
		Entities: []ruletest.Entity{
			{Type: "Account", Identifiers: map[string]string{"Name": "alice", "UPNSuffix": "contoso.com", "CloudAppAccountId": "111122223333"}},
			{Type: "IP", Identifiers: map[string]string{"Address": "203.0.113.10"}},
		},
		CustomDetails: map[string][]string{
			"EventName": {"PutKeyPolicy"}, "EventSource": {"kms.amazonaws.com"}, "AWSRegion": {"us-east-1"},
			"UserIdentityArn": {"arn:aws:iam::111122223333:user/alice@contoso.com"},
		},
		StartTime: event, EndTime: event, Rows: 1,
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestScenarioRows(t *testing.T) {
	got := ruletest.NewQuery(t, `SigninLogs | where ResultType != "0" | summarize n = count(), latest = max(TimeGenerated) by IPAddress`).
		Given("SigninLogs",
			map[string]any{"TimeGenerated": -time.Hour, "ResultType": "50126", "IPAddress": "192.0.2.7"},
			`{"TimeGenerated":"2026-03-01T23:30:00Z","ResultType":"50126","IPAddress":"192.0.2.7"}`,
			struct{ TimeGenerated, ResultType, IPAddress string }{"2026-03-01T20:00:00Z", "0", "192.0.2.8"},
		).
		At(at).
		Rows()
	want := []map[string]any{{"IPAddress": "192.0.2.7", "n": int64(2), "latest": at.Add(-30 * time.Minute)}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// failing is a testing.TB that notes what ends a test.
type failing struct {
	testing.TB
	message string
}

func (f *failing) Helper() {}

func (f *failing) Fatal(args ...any) { f.end(args...) }

func (f *failing) Fatalf(format string, args ...any) { f.end(append([]any{format}, args...)...) }

func (f *failing) end(args ...any) {
	for _, arg := range args {
		if err, ok := arg.(error); ok {
			f.message = err.Error()
		}
	}
	if f.message == "" && len(args) > 0 {
		f.message, _ = args[0].(string)
	}
	panic(f)
}

func TestScenarioRefuses(t *testing.T) {
	for _, test := range []struct {
		name string
		do   func(testing.TB)
		want string
	}{
		{"a column that the table lacks", func(t testing.TB) {
			ruletest.NewQuery(t, "SigninLogs").Given("SigninLogs", map[string]any{"TimeGenerated": at, "IPAdress": "x"}).At(at).Rows()
		}, "the table has no column IPAdress; did you mean IPAddress?"},
		{"a row without a time", func(t testing.TB) {
			ruletest.NewQuery(t, "SigninLogs").Given("SigninLogs", `{"IPAddress":"x"}`).At(at).Rows()
		}, "the row has no TimeGenerated, so that no run sees it"},
		{"no instant", func(t testing.TB) { ruletest.NewQuery(t, "print 1").Rows() }, "ruletest: At says for which instant the rule runs"},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := &failing{TB: t}
			func() {
				defer func() {
					if value := recover(); value != any(f) {
						t.Fatal("it went on:", value)
					}
				}()
				test.do(f)
			}()
			if f.message != test.want {
				t.Errorf("%q, want %q", f.message, test.want)
			}
		})
	}
}

func ExampleNewFile() {
	t := new(testing.T) // in a test: the *testing.T that it got
	alerts := ruletest.NewFile(t, "../testdata/AWS_OverlyPermissiveKMS.yaml").
		GivenFile("AWSCloudTrail", ingest.CloudTrail, "../testdata/data/putkeypolicy_public.json").
		At(at).
		Alerts()
	fmt.Println(len(alerts), alerts[0].Name)
	// Output: 1 AWS overly permissive KMS key policy change by alice
}
