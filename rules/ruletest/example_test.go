package ruletest_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/seed-2512943d/picket/eval/ingest"
	"github.com/seed-2512943d/picket/rules"
	"github.com/seed-2512943d/picket/rules/ruletest"
)

const (
	seedRule  = "../testdata/AWS_OverlyPermissiveKMS.yaml"
	seedTests = "../testdata/AWS_OverlyPermissiveKMS.test.yaml"
)

// load reads the tests of the seed rule.
func load() []*ruletest.Suite {
	suites, err := ruletest.Load(context.Background(), seedTests)
	if err != nil {
		panic(err)
	}
	return suites
}

// some runs those tests whose name matches.
func some(names ...string) []ruletest.Result {
	suites := load()
	suites[0].Tests = selected(suites[0].Tests, names)
	results, err := ruletest.RunAll(context.Background(), suites, ruletest.Options{})
	if err != nil {
		panic(err)
	}
	for i := range results {
		results[i].Duration = 0 // what the examples print is the same each time
	}
	return results
}

func selected(tests []*ruletest.Test, names []string) (chosen []*ruletest.Test) {
	for _, t := range tests {
		for _, name := range names {
			if t.Name == name {
				chosen = append(chosen, t)
			}
		}
	}
	return chosen
}

func ExampleLoad() {
	suites, err := ruletest.Load(context.Background(), seedTests)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range suites {
		fmt.Println(s, len(s.Tests), "tests of", s.Rules[0].Name)
	}
	// Output: ../testdata/AWS_OverlyPermissiveKMS.test.yaml 12 tests of AWSCloudTrail - Suspicious overly permissive KMS key policy created
}

func ExampleFind() {
	files, err := ruletest.Find("testdata/rules/P*", seedRule)
	fmt.Println(strings.Join(files, "\n"), err)
	// Output:
	// ../testdata/AWS_OverlyPermissiveKMS.test.yaml
	// testdata/rules/PasswordSpray.test.yaml
	// testdata/rules/PrivilegedRoleGranted.test.yaml <nil>
}

func ExampleOpen() {
	_, err := ruletest.Open(context.Background(), "testdata/rules/absent.test.yaml")
	fmt.Println(err)
	// Output: open testdata/rules/absent.test.yaml: no such file or directory
}

func ExampleRunAll() {
	results, err := ruletest.RunAll(context.Background(), load(), ruletest.Options{Jobs: 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range results[:3] {
		fmt.Println(r.Status, r.Alerts, r.Test.Name)
	}
	fmt.Println(len(results), ruletest.Fails(results))
	// Output:
	// passed 1 public key via PutKeyPolicy
	// passed 1 bare star with an Encrypt list on CreateKey
	// passed 1 lower-case allow
	// 12 false
}

func ExampleFails() {
	fmt.Println(ruletest.Fails(some("denied call")))
	// Output: false
}

func ExampleWriteText() {
	ruletest.WriteText(os.Stdout, some("denied call", "lower-case allow"), ruletest.TextOptions{})
	// Output:
	// ok    ../testdata/AWS_OverlyPermissiveKMS.test.yaml  2 passed, 0 failed
	// 2 tests in 1 file: 2 passed, 0 failed
}

func ExampleWriteTAP() {
	ruletest.WriteTAP(os.Stdout, some("denied call"))
	// Output:
	// TAP version 13
	// 1..1
	// ok 1 - denied call
}

func ExampleWriteJUnit() {
	ruletest.WriteJUnit(os.Stdout, some("denied call"))
	// Output:
	// <?xml version="1.0" encoding="UTF-8"?>
	// <testsuites tests="1" failures="0" skipped="0" time="0.0000">
	//   <testsuite name="../testdata/AWS_OverlyPermissiveKMS.test.yaml" file="../testdata/AWS_OverlyPermissiveKMS.test.yaml" tests="1" failures="0" skipped="0" time="0.0000">
	//     <testcase name="denied call" classname="AWSCloudTrail - Suspicious overly permissive KMS key policy created" file="../testdata/AWS_OverlyPermissiveKMS.test.yaml" line="40" time="0.0000"></testcase>
	//   </testsuite>
	// </testsuites>
}

func ExampleWriteJSON() {
	ruletest.WriteJSON(os.Stdout, some("denied call"), nil, nil)
	// Output:
	// {
	//   "tests": [
	//     {
	//       "name": "denied call",
	//       "file": "../testdata/AWS_OverlyPermissiveKMS.test.yaml",
	//       "line": 40,
	//       "rule": "../testdata/AWS_OverlyPermissiveKMS.yaml",
	//       "status": "passed",
	//       "ms": 0,
	//       "alerts": 0,
	//       "rows": 0
	//     }
	//   ]
	// }
}

func ExampleWriteGitHub() {
	ruletest.WriteGitHub(os.Stdout, some("denied call"))
	// Output: 1 test: 1 passed, 0 failed
}

func ExampleWriteSARIF() {
	var text strings.Builder
	err := ruletest.WriteSARIF(&text, some("denied call"))
	fmt.Println(strings.Contains(text.String(), `"version": "2.1.0"`), err)
	// Output: true <nil>
}

func ExampleCover() {
	coverage, err := ruletest.Cover(context.Background(), load(), ruletest.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(coverage[0].Summary())
	for _, p := range coverage[0].Predicates[:2] {
		fmt.Println(p.Line, p.Text, p.True, p.False, p.Decisive)
	}
	// Output:
	// predicates 7/7 both ways, 7/7 decisive; list elements 4/4; branches 6/11; entity mappings 2/2; placeholders 4/4
	// 24 EventName in ("CreateKey","PutKeyPolicy") 10 2 2
	// 24 isempty(ErrorCode) 10 2 1
}

// covered is the coverage of one test.
func covered() []*ruletest.Coverage {
	suites := load()
	suites[0].Tests = selected(suites[0].Tests, []string{"denied call"})
	coverage, err := ruletest.Cover(context.Background(), suites, ruletest.Options{})
	if err != nil {
		panic(err)
	}
	coverage[0].Predicates = coverage[0].Predicates[:2]
	coverage[0].Branches, coverage[0].Mappings, coverage[0].Placeholders = coverage[0].Branches[:0], coverage[0].Mappings[:0], coverage[0].Placeholders[:0]
	return coverage
}

func ExampleWriteCoverage() {
	ruletest.WriteCoverage(os.Stdout, covered())
	// Output:
	// coverage ../testdata/AWS_OverlyPermissiveKMS.yaml  50 %, 1 test
	//   predicates 0/2 both ways, 0/2 decisive; list elements 1/2
	//    line  predicate                                    true   false  decisive
	//      24  EventName in ("CreateKey","PutKeyPolicy")       1       0         0
	//          never matched: "CreateKey"
	//      24  isempty(ErrorCode)                              0       1         0
}

func ExampleWriteCoverageJSON() {
	coverage := covered()
	coverage[0].Predicates = coverage[0].Predicates[1:]
	ruletest.WriteCoverageJSON(os.Stdout, coverage)
	// Output:
	// [
	//   {
	//     "path": "../testdata/AWS_OverlyPermissiveKMS.yaml",
	//     "name": "AWSCloudTrail - Suspicious overly permissive KMS key policy created",
	//     "tests": 1,
	//     "predicates": [
	//       {
	//         "text": "isempty(ErrorCode)",
	//         "line": 24,
	//         "column": 59,
	//         "true": 0,
	//         "false": 1,
	//         "decisive": 0
	//       }
	//     ],
	//     "branches": [],
	//     "entityMappings": [],
	//     "placeholders": [],
	//     "percent": 50
	//   }
	// ]
}

func ExampleWriteCoverageHTML() {
	var page strings.Builder
	err := ruletest.WriteCoverageHTML(&page, covered())
	fmt.Println(strings.Contains(page.String(), `<mark class="half" title="true of 0 rows, false of 1, decisive for 0">isempty(ErrorCode)</mark>`), err)
	// Output: true <nil>
}

func ExampleWriteLCOV() {
	ruletest.WriteLCOV(os.Stdout, covered())
	// Output:
	// TN:
	// SF:../testdata/AWS_OverlyPermissiveKMS.yaml
	// BRDA:24,0,0,1
	// BRDA:24,0,1,0
	// BRDA:24,1,0,0
	// BRDA:24,1,1,1
	// BRF:4
	// BRH:2
	// DA:24,1
	// LF:1
	// LH:1
	// end_of_record
}

// mutated edits the first list of the seed rule, tested by one test.
func mutated() []*ruletest.Mutation {
	suites := load()
	suites[0].Tests = selected(suites[0].Tests, []string{"public key via PutKeyPolicy"})
	all, err := ruletest.Mutate(context.Background(), suites, ruletest.MutateOptions{Operators: []string{"ELEM"}})
	if err != nil {
		panic(err)
	}
	all[0].Mutants, all[0].Made, all[0].Duration = all[0].Mutants[:2], 2, 0
	return all
}

func ExampleMutate() {
	all, err := ruletest.Mutate(context.Background(), load(), ruletest.MutateOptions{Operators: []string{"NEG", "DROP", "CASE", "ELEM", "TERM", "NUM"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(all[0].Summary())
	fmt.Println(all[0].Mutants[0].ID(), "is noticed by", all[0].Mutants[0].By)
	// Output:
	// 19 of 19 mutants killed
	// NEG negate EventName in ("CreateKey","PutKeyPolicy") is noticed by public key via PutKeyPolicy
}

func ExampleWriteMutation() {
	ruletest.WriteMutation(os.Stdout, mutated())
	// Output:
	// mutation ../testdata/AWS_OverlyPermissiveKMS.yaml  1 of 2 mutants killed, 1 survived  (0.0 ms)
	//   survived     line 24 ELEM list without "CreateKey" in EventName in ("CreateKey","PutKeyPolicy")
	//     - | where EventName in ("CreateKey","PutKeyPolicy") and isempty(ErrorCode) and isempty(ErrorMessage)
	//     + | where EventName in ("PutKeyPolicy") and isempty(ErrorCode) and isempty(ErrorMessage)
	//     test: add a row with EventName: "CreateKey" that otherwise matches, and expect an alert
}

func ExampleWriteMutationJSON() {
	ruletest.WriteMutationJSON(os.Stdout, mutated())
	// Output:
	// [
	//   {
	//     "rule": "../testdata/AWS_OverlyPermissiveKMS.yaml",
	//     "killed": 1,
	//     "mutants": [
	//       {
	//         "id": "ELEM list without \"CreateKey\" in EventName in (\"CreateKey\",\"PutKeyPolicy\")",
	//         "fate": "survived",
	//         "line": 24,
	//         "before": "| where EventName in (\"CreateKey\",\"PutKeyPolicy\") and isempty(ErrorCode) and isempty(ErrorMessage)",
	//         "after": "| where EventName in (\"PutKeyPolicy\") and isempty(ErrorCode) and isempty(ErrorMessage)",
	//         "suggestedTest": "add a row with EventName: \"CreateKey\" that otherwise matches, and expect an alert"
	//       },
	//       {
	//         "id": "ELEM list without \"PutKeyPolicy\" in EventName in (\"CreateKey\",\"PutKeyPolicy\")",
	//         "fate": "killed",
	//         "line": 24,
	//         "before": "| where EventName in (\"CreateKey\",\"PutKeyPolicy\") and isempty(ErrorCode) and isempty(ErrorMessage)",
	//         "after": "| where EventName in (\"CreateKey\") and isempty(ErrorCode) and isempty(ErrorMessage)",
	//         "killedBy": "public key via PutKeyPolicy",
	//         "suggestedTest": "add a row with EventName: \"PutKeyPolicy\" that otherwise matches, and expect an alert"
	//       }
	//     ]
	//   }
	// ]
}

func ExampleWriteMutationHTML() {
	var page strings.Builder
	err := ruletest.WriteMutationHTML(&page, mutated())
	fmt.Println(strings.Contains(page.String(), "Test: add a row with EventName: &#34;CreateKey&#34; that otherwise matches, and expect an alert"), err)
	// Output: true <nil>
}

func ExampleOperators() {
	fmt.Println(ruletest.Operators())
	// Output: [NEG DROP CASE ELEM TERM NUM BR JOIN AGG TRIG]
}

func ExampleParseOperators() {
	fmt.Println(ruletest.ParseOperators("drop,CASE"))
	_, err := ruletest.ParseOperators("XX")
	fmt.Println(err)
	// Output:
	// [DROP CASE] <nil>
	// there is no such mutation operator: XX; there are NEG, DROP, CASE, ELEM, TERM, NUM, BR, JOIN, AGG and TRIG
}

func ExampleReadBaseline() {
	path, remove := file("baseline.yaml", `accepted:
  - {rule: AWS_OverlyPermissiveKMS.yaml, mutant: TRIG threshold 1, reason: tests are about single events}
`)
	defer remove()
	baseline, err := ruletest.ReadBaseline(path)
	if err != nil {
		fmt.Println(err)
		return
	}
	all, err := ruletest.Mutate(context.Background(), load(), ruletest.MutateOptions{Operators: []string{"NEG"}, Baseline: baseline})
	fmt.Println(baseline.Stale(all), err)
	// Output: [AWS_OverlyPermissiveKMS.yaml: TRIG threshold 1] <nil>
}

func ExampleMissing() {
	suites := load()
	suites[0].Tests = selected(suites[0].Tests, []string{"denied call"})
	fmt.Println(ruletest.Missing(suites))
	// Output: [../testdata/AWS_OverlyPermissiveKMS.yaml: no test expects an alert]
}

func ExampleChanged() {
	_, err := ruletest.Changed(load(), "-x")
	fmt.Println(err)
	// Output: -x is no revision
}

func ExampleUpdate() {
	path, remove := file("one.test.yaml", `query: print A = 2
defaults: {now: 2026-03-02}
tests:
  - {name: one, expect: {rowsExact: [{A: 1}]}}   # a comment stays
`)
	defer remove()
	suites, err := ruletest.Load(context.Background(), path)
	if err != nil {
		fmt.Println(err)
		return
	}
	changes, err := ruletest.Update(context.Background(), suites, ruletest.Options{})
	fmt.Println(strings.ReplaceAll(changes[0].String(), path, "one.test.yaml"), err)
	text, _ := os.ReadFile(path)
	fmt.Print(string(text))
	// Output:
	// one.test.yaml:4  one  rowsExact row 1 A: 1 -> 2 <nil>
	// query: print A = 2
	// defaults: {now: 2026-03-02}
	// tests:
	//   - {name: one, expect: {rowsExact: [{A: 2}]}}   # a comment stays
}

// file writes a file for an example, to be removed in the end.
func file(name, text string) (path string, remove func()) {
	dir, err := os.MkdirTemp("", "ruletest")
	if err != nil {
		panic(err)
	}
	path = dir + "/" + name
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		panic(err)
	}
	return path, func() { os.RemoveAll(dir) }
}

func ExampleSkeleton() {
	rule, err := rules.Load("testdata/rules/CollectorSilent.yaml")
	if err != nil {
		fmt.Println(err)
		return
	}
	text, err := ruletest.Skeleton(rule, at)
	fmt.Println(strings.Join(strings.SplitAfter(text, "\n")[:15], ""), err)
	// Output:
	// # Tests of CollectorSilent.yaml
	// rule: CollectorSilent.yaml
	// defaults:
	//   now: 2026-03-02T00:00:00Z
	// fixtures:
	//   Heartbeat:
	//     table: Heartbeat
	//     rows:
	//       - TimeGenerated: -5m
	//         Computer: collector
	//         Category: "Direct Agent"
	// tests:
	//   - name: "silent on rows that have all that the rule asks for"
	//     input: {Heartbeat: [{fixture: Heartbeat, repeat: 2}]}
	//     expect: {none: true}
	//  <nil>
}

func ExampleSchema() {
	fmt.Println(strings.Contains(ruletest.Schema(), "https://json-schema.org/draft/2020-12/schema"))
	// Output: true
}

func ExampleRun() {
	_ = func(t *testing.T) { // in a file *_test.go: func TestRules(t *testing.T)
		ruletest.Run(t, "rules/")
	}
	// Output:
}

func ExampleNew() {
	rule, err := rules.Parse("brute.yaml", []byte(`
name: Failed sign-ins
severity: Low
kind: Scheduled
queryFrequency: 1h
queryPeriod: 1h
triggerOperator: gt
triggerThreshold: 2
query: SigninLogs | where ResultType == "50126"
`))
	if err != nil {
		fmt.Println(err)
		return
	}
	t := new(testing.T) // in a test: the *testing.T that it got
	failure := map[string]any{"TimeGenerated": -5 * time.Minute, "ResultType": "50126"}
	fmt.Println(len(ruletest.New(t, rule).Given("SigninLogs", failure, failure).At(at).Alerts()))
	fmt.Println(len(ruletest.New(t, rule).Given("SigninLogs", failure, failure, failure).At(at).Alerts()))
	// Output:
	// 0
	// 1
}

func ExampleNewQuery() {
	t := new(testing.T) // in a test: the *testing.T that it got
	rows := ruletest.NewQuery(t, "SigninLogs | summarize n = count() by ResultType").
		Given("SigninLogs", `{"TimeGenerated": "2026-03-01T10:00:00Z", "ResultType": "0"}`).
		At(at).
		Rows()
	fmt.Println(rows)
	// Output: [map[ResultType:0 n:1]]
}

func ExampleScenario_In() {
	w := rules.NewWorkspace()
	if err := w.AddSchemas("testdata/rules/schemas"); err != nil {
		fmt.Println(err)
		return
	}
	entry := func(ago time.Duration, door string) map[string]any {
		return map[string]any{"TimeGenerated": -ago, "Badge_s": "b1", "Door_s": door, "Granted_b": true, "Holder_s": "amy"}
	}
	t := new(testing.T) // in a test: the *testing.T that it got
	alerts := ruletest.NewFile(t, "testdata/rules/BadgeTailgating.yaml").In(w).
		Given("BadgeReader_CL", entry(20*time.Minute, "Bonn-1"), entry(10*time.Minute, "Ulm-3")).
		At(at).
		Alerts()
	fmt.Println(alerts[0].Name, alerts[0].Entities)
	// Output: Badge used at two sites within minutes [{Account map[Name:amy]}]
}

func ExampleScenario_With() {
	t := new(testing.T) // in a test: the *testing.T that it got
	alerts := ruletest.NewFile(t, seedRule).
		GivenFile("AWSCloudTrail", ingest.CloudTrail, "../testdata/data/putkeypolicy_public.json").
		At(at.AddDate(1, 0, 0)). // a year later, over all that there is
		With(rules.RunOptions{Window: rules.NoWindow}).
		Alerts()
	fmt.Println(len(alerts))
	// Output: 1
}
