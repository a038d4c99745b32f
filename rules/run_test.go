package rules

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/seed-2512943d/picket/eval/ingest"
)

// noon is when the rules of these tests run.
var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// ruleOf makes a rule whose query gives n rows with columns a (1, 2 …), t (minutes after noon) and bag.
func ruleOf(t testing.TB, n int, keys string) *Compiled {
	t.Helper()
	text := fmt.Sprintf("id: r\nname: Rule\ndescription: Text\nseverity: Low\nqueryFrequency: 1h\nqueryPeriod: 2h\n%s\nquery: |\n"+
		"  range a from 1 to %d step 1\n  | extend t = datetime(2026-03-01 12:00) + a * 1m, bag = pack('k', a), none = ''\n", strings.TrimSpace(keys), n)
	rule, err := Parse("rule.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	compiled, err := rule.Compile(NewWorkspace())
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

func TestHowManyAlertsARunRaises(t *testing.T) {
	const perResult = "eventGroupingSettings:\n  aggregationKind: AlertPerResult\n"
	for _, test := range []struct {
		rows int
		keys string
		want string // the rows of each alert, first and last
	}{
		{0, "", "0:"},
		{3, "", "1: 3 3"},
		{3, "triggerOperator: gt\ntriggerThreshold: 3", "0:"},
		{4, "triggerOperator: gt\ntriggerThreshold: 3", "1: 4 4"},
		{0, "triggerOperator: eq\ntriggerThreshold: 0", "1: 0 0"},
		{0, perResult + "triggerOperator: lt\ntriggerThreshold: 1", "1: 0 0"},
		{2, "triggerOperator: ne\ntriggerThreshold: 2", "0:"},
		{3, perResult, "3: 1 1"},
		{150, perResult, "150: 1 1"},
		{151, perResult, "150: 1 151"},
		{30, perResult + "kind: NRT", "30: 1 1"},
		{31, perResult + "kind: NRT", "30: 1 31"},
		{1, "kind: NRT\ntriggerOperator: gt\ntriggerThreshold: 5", "1: 1 1"},
	} {
		result, err := ruleOf(t, test.rows, test.keys).Run(t.Context(), nil, noon, RunOptions{})
		if err != nil {
			t.Fatal(err)
		}
		got := fmt.Sprintf("%d:", len(result.Alerts))
		if n := len(result.Alerts); n > 0 {
			got += fmt.Sprintf(" %d %d", result.Alerts[0].Rows, result.Alerts[n-1].Rows)
		}
		if got != test.want {
			t.Errorf("%d rows with %q: %s, want %s", test.rows, test.keys, got, test.want)
		}
		ids := map[string]bool{}
		for _, a := range result.Alerts {
			ids[a.ID] = true
		}
		if len(ids) != len(result.Alerts) {
			t.Errorf("%d rows with %q: %d alerts have %d ids", test.rows, test.keys, len(result.Alerts), len(ids))
		}
	}
}

func TestAHuntingQueryRaisesNoAlert(t *testing.T) {
	rule, err := Parse("hunt.yaml", []byte("query: print a = 1\n"))
	if err != nil {
		t.Fatal(err)
	}
	compiled, err := rule.Compile(NewWorkspace())
	if err != nil {
		t.Fatal(err)
	}
	result, err := compiled.Run(t.Context(), nil, noon, RunOptions{})
	if err != nil || len(result.Rows) != 1 || result.Fired() {
		t.Errorf("%+v, %v", result, err)
	}
}

func TestWhatAnAlertTakesFromItsRows(t *testing.T) {
	const name = "alertDetailsOverride:\n  alertDisplayNameFormat: 'no. {{a}}'\n"
	last := RunOptions{DetailRow: func(n int) int { return n - 1 }}
	for _, test := range []struct {
		keys    string
		options RunOptions
		want    string
	}{
		{"", RunOptions{}, "Rule|10:00–12:00|[]|"},
		{"", RunOptions{Window: NoWindow}, "Rule|unknown|[]|"},
		{"", RunOptions{TimeColumns: []string{"t"}}, "Rule|12:01–12:11|[]|"},
		{name, RunOptions{}, "no. 1|10:00–12:00|[]|DETAIL-AMBIGUOUS"},
		{name, last, "no. 11|10:00–12:00|[]|DETAIL-AMBIGUOUS"},
		{"alertDetailsOverride:\n  alertDisplayNameFormat: '{{a}}{{none}}'\n", RunOptions{}, "Rule|10:00–12:00|[]|"},
		{"alertDetailsOverride:\n  alertDisplayNameFormat: '{{absent}}'\n", RunOptions{}, "Rule|10:00–12:00|[]|"},
		{"customDetails:\n  A: a\n", RunOptions{}, "Rule|10:00–12:00|[{A [1 2 3 4 5 6 7 8 9 10 11]}]|"},
		{"customDetails:\n  A: a\n", RunOptions{SortCustomDetails: true}, "Rule|10:00–12:00|[{A [1 10 11 2 3 4 5 6 7 8 9]}]|"},
		{"entityMappings:\n- entityType: IP\n  fieldMappings:\n  - identifier: Address\n    columnName: bag\n", RunOptions{}, "Rule|10:00–12:00|[]|ENT-ARRAY"},
	} {
		result, err := ruleOf(t, 11, test.keys).Run(t.Context(), nil, noon, test.options)
		if err != nil || len(result.Alerts) != 1 {
			t.Fatalf("%q: %d alerts, %v", test.keys, len(result.Alerts), err)
		}
		a := result.Alerts[0]
		span := "unknown"
		if !a.StartTime.IsZero() {
			span = a.StartTime.Format("15:04") + "–" + a.EndTime.Format("15:04")
		}
		var codes []string
		for _, w := range result.Warnings {
			codes = append(codes, w.Code)
		}
		if got := fmt.Sprintf("%s|%s|%v|%s", a.Name, span, a.CustomDetails, strings.Join(codes, " ")); got != test.want {
			t.Errorf("%q: %s, want %s", test.keys, got, test.want)
		}
	}
}

func TestPropertiesThatColumnsSet(t *testing.T) {
	keys := "alertDetailsOverride:\n  alertDynamicProperties:\n"
	for _, property := range []string{"AlertLink", "ConfidenceScore", "Techniques", "RemediationSteps"} {
		keys += "  - alertProperty: " + property + "\n    value: " + property + "\n"
	}
	for values, want := range map[string]string{
		`AlertLink = 'https://x', ConfidenceScore = 0.5, Techniques = '["T1059"]', RemediationSteps = '["do"]'`: `[{AlertLink https://x} {ConfidenceScore 0.5} {RemediationSteps ["do"]}] [T1059]`,
		`AlertLink = '', ConfidenceScore = 2, Techniques = 'T1059', RemediationSteps = 'do'`:                    `[] [T1486]`,
	} {
		rule, err := Parse("rule.yaml", []byte("queryPeriod: 1h\nrelevantTechniques: [T1486]\n"+keys+"query: |\n  print "+values+"\n"))
		if err != nil {
			t.Fatal(err)
		}
		compiled, err := rule.Compile(NewWorkspace())
		if err != nil {
			t.Fatal(err)
		}
		result, err := compiled.Run(t.Context(), nil, noon, RunOptions{})
		if err != nil || len(result.Alerts) != 1 {
			t.Fatalf("%d alerts, %v", len(result.Alerts), err)
		}
		if got := fmt.Sprint(result.Alerts[0].Properties, result.Alerts[0].Techniques); got != want {
			t.Errorf("%s: %s, want %s", values, got, want)
		}
	}
}

func TestFaultsOfAQueryStandInTheFile(t *testing.T) {
	rule, err := Parse("kms.yaml", []byte("id: a\nquery: |\n    AWSCloudTrail\n    | where EventNme in (\"CreateKey\")\n"))
	if err != nil {
		t.Fatal(err)
	}
	_, err = rule.Compile(NewWorkspace())
	var faults *QueryError
	if !errors.As(err, &faults) {
		t.Fatalf("the error is %v", err)
	}
	const want = `kms.yaml:4:13: SR022 KS142: The name 'EventNme' does not refer to any known column, table, variable or function.
 4 |     | where EventNme in ("CreateKey")
   |             ^^^^^^^^ did you mean EventName?
`
	if diff := cmp.Diff(want, faults.Format()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if d := faults.Diagnostics(); len(d) != 1 || d[0].Code != "SR022" || d[0].Kusto != "KS142" || d[0].Severity != Error || d[0].Line != 4 || d[0].Column != 13 {
		t.Errorf("diagnostics %+v", d)
	}
}

func TestARuleHasOneResult(t *testing.T) {
	rule := mustParse(t, "name: R\nquery: |\n  print x = 1\n  | fork (count) (take 1)\n")
	_, err := rule.Compile(NewWorkspace())
	if err == nil || !strings.Contains(err.Error(), "4:5") || !strings.Contains(err.Error(), "fork gives several tables") {
		t.Errorf("a rule with a fork compiles: %v", err)
	}
}

func TestABadRecordIsReportedAndReadingGoesOn(t *testing.T) {
	const lines = "{\"a\":1}\n{\"a\":\n{\"a\":3}\n"
	for _, strict := range []bool{false, true} {
		w := NewWorkspace()
		w.Strict = strict
		w.schemas["T_CL"] = append(w.schemas["T_CL"], columnOf("a", "long"))
		if err := w.AddSource(t.Context(), "T_CL", ingest.FromBytes(ingest.NDJSON, "t.jsonl", []byte(lines))); err != nil {
			t.Fatal(err)
		}
		rule, err := Parse("r.yaml", []byte("query: T_CL\n"))
		if err != nil {
			t.Fatal(err)
		}
		compiled, err := rule.Compile(w)
		if err != nil {
			t.Fatal(err)
		}
		result, err := compiled.Run(t.Context(), w, noon, RunOptions{})
		var bad *ingest.BadRecord
		switch {
		case strict && !errors.As(err, &bad):
			t.Errorf("strict: the error is %v", err)
		case !strict && (err != nil || len(result.Rows) != 2 || result.Bad != 1 || len(result.BadRecords) != 1 || result.BadRecords[0].Line != 2):
			t.Errorf("%+v, %v", result, err)
		}
	}
}

func TestRunAllKeepsTheOrderOfTheRules(t *testing.T) {
	var all []*Rule
	for i := range 20 {
		rule, err := Parse(fmt.Sprintf("%d.yaml", i), fmt.Appendf(nil, "queryPeriod: 1h\nquery: print a = %d\n", i))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, rule)
	}
	broken, err := Parse("broken.yaml", []byte("query: nothing\n"))
	if err != nil {
		t.Fatal(err)
	}
	all[7] = broken
	told := 0
	for i, o := range RunAll(t.Context(), NewWorkspace(), all, noon, RunOptions{}, 4, func(Outcome) { told++ }) {
		if o.Rule != all[i] || (o.Err != nil) != (i == 7) || (o.Result == nil) != (i == 7) {
			t.Errorf("%d: %+v", i, o)
		}
	}
	if told != len(all) {
		t.Errorf("told of %d rules, want %d", told, len(all))
	}
}

func TestGuardCatchesPanics(t *testing.T) {
	err := Guard(func() error { panic("oh") })
	var internal *InternalError
	if !errors.As(err, &internal) || internal.Value != "oh" || !strings.Contains(string(internal.Stack), "TestGuardCatchesPanics") {
		t.Errorf("%v", err)
	}
	if err := Guard(func() error { return nil }); err != nil {
		t.Error(err)
	}
}

// The rows that each published rule gives over a recorded attack, as an independent count of its records has them.
func TestPublishedRulesOverRecordedCloudTrail(t *testing.T) {
	const folder, logs = sharedRules + "/Detections/AWSCloudTrail", "../../shared/cloudtrail"
	if _, err := os.Stat(logs); err != nil {
		t.Skip("../../shared is not here: the reference material stands beside the repository, not in it")
	}
	w := NewWorkspace()
	source, err := ingest.Open(ingest.CloudTrail, logs)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.AddSource(t.Context(), "AWSCloudTrail", source); err != nil {
		t.Fatal(err)
	}
	last, err := w.LastEvent(t.Context())
	if err != nil || !last.Equal(time.Date(2023, 7, 10, 12, 37, 50, 0, time.UTC)) {
		t.Fatalf("the last event is at %v, %v", last, err)
	}
	loaded, err := LoadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]int{}
	for _, o := range RunAll(t.Context(), w, loaded, last.Add(time.Second), RunOptions{Window: NoWindow}, 2, nil) {
		if o.Err != nil {
			t.Errorf("%s: %v", o.Rule, o.Err)
			continue
		}
		got[filepath.Base(o.Rule.Path)] = len(o.Result.Rows)
	}
	want := map[string]int{
		"AWS_ClearStopChangeTrailLogs.yaml":                  6,
		"AWS_ChangeToVPC.yaml":                               22,
		"AWS_IngressEgressSecurityGroupChange.yaml":          6,
		"AWS_ConsoleLogonWithoutMFA.yaml":                    1,
		"AWS_CredentialHijack.yaml":                          1,
		"AWS_FullAdminPolicyAttachedToRolesUsersGroups.yaml": 0,
		"AWS_ChangeToRDSDatabase.yaml":                       0,
		"AWS_LoadBalancerSecGroupChange.yaml":                0,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rows, -want +got:\n%s", diff)
	}
}

// How runs end does not depend on how many run at once, and none that fails stops the others.
func TestOutcomesAreTheSameForAnyNumberOfJobs(t *testing.T) {
	rules, err := LoadDir("cmd/picket/testdata/rules", "cmd/picket/testdata/lacking")
	if err != nil {
		t.Fatal(err)
	}
	w := NewWorkspace()
	if err := w.AddFunctions("testdata/functions"); err != nil {
		t.Fatal(err)
	}
	_, events, at := Quickstart()
	if err := w.AddSource(t.Context(), "AWSCloudTrail", events); err != nil {
		t.Fatal(err)
	}
	const want = `could not run: no table or function FailedLinks → LinksByVendor → Vendor_Links_CL
silent: the number of rows is not gt 100
silent: no watchlist vips; no records of SigninLogs
fired: 
found rows: 
could not run: line 13: The name 'EventNme' does not refer to any known column, table, variable or function.
`
	for _, jobs := range []int{1, 2, 8} {
		var got strings.Builder
		for _, o := range RunAll(t.Context(), w, rules, at, RunOptions{}, jobs, nil) {
			fmt.Fprintf(&got, "%s: %s\n", o.Status(), o.Reason())
		}
		if diff := cmp.Diff(want, got.String()); diff != "" {
			t.Errorf("%d jobs: -want +got:\n%s", jobs, diff)
		}
	}
}

// A Set, and what it compiled, serves any number of goroutines at once.
func TestSetsAreSafeForConcurrentUse(t *testing.T) {
	rules, err := LoadDir("cmd/picket/testdata/rules", "cmd/picket/testdata/lacking", "cmd/picket/testdata/broken/external.yaml")
	if err != nil {
		t.Fatal(err)
	}
	hunt, err := Parse("hunt.yaml", []byte("query: AWSCloudTrail | where TimeGenerated < todatetime('{{EndTimeISO}}') and EventName in (toscalar(AWSCloudTrail | summarize make_set(EventName)))\n"))
	if err != nil {
		t.Fatal(err)
	}
	w := NewWorkspace()
	if err := w.AddFunctions("testdata/functions"); err != nil {
		t.Fatal(err)
	}
	_, events, at := Quickstart()
	if err := w.AddSource(t.Context(), "AWSCloudTrail", events); err != nil {
		t.Fatal(err)
	}
	set := NewSet(w, append(rules, hunt), 2)
	told := func(at time.Time) (text string) {
		for _, o := range set.Run(t.Context(), at, RunOptions{}, nil) {
			rows := 0
			if o.Result != nil {
				rows = len(o.Result.Rows)
			}
			text += fmt.Sprintln(o.Status(), rows, o.Reason())
		}
		return text
	}
	instants := []time.Time{at, at.Add(-24 * time.Hour), at.Add(24 * time.Hour)}
	var want []string
	for _, at := range instants {
		want = append(want, told(at))
	}
	if want[0] == want[1] {
		t.Fatal("the instants do not differ")
	}
	var wait sync.WaitGroup
	for i := range 4 * len(instants) {
		wait.Go(func() {
			n := i % len(instants)
			if diff := cmp.Diff(want[n], told(instants[n])); diff != "" {
				t.Errorf("at %v, -alone +beside others:\n%s", instants[n], diff)
			}
		})
	}
	wait.Wait()
}
