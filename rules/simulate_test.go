package rules

import (
	"encoding/json"
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

// logsOf makes a workspace with a table T_CL, whose records are times after noon: an event, and where it came in late, when.
func logsOf(t testing.TB, events ...string) *Workspace {
	t.Helper()
	var text strings.Builder
	stamp := func(after string) string {
		d, err := time.ParseDuration(after)
		if err != nil {
			t.Fatal(err)
		}
		return noon.Add(d).Format(time.RFC3339)
	}
	for i, event := range events {
		generated, received, late := strings.Cut(event, ">")
		fmt.Fprintf(&text, `{"TimeGenerated":%q,"N":%d`, stamp(generated), i)
		if late {
			fmt.Fprintf(&text, `,"_TimeReceived":%q`, stamp(received))
		}
		text.WriteString("}\n")
	}
	schema := filepath.Join(t.TempDir(), "t.json")
	if err := os.WriteFile(schema, []byte(`{"T_CL":{"TimeGenerated":"datetime","_TimeReceived":"datetime","N":"long"}}`), 0o644); err != nil {
		t.Fatal(err)
	}
	w := NewWorkspace()
	if err := w.AddSchemas(schema); err != nil {
		t.Fatal(err)
	}
	if err := w.AddSource(t.Context(), "T_CL", ingest.FromBytes(ingest.NDJSON, "t.jsonl", []byte(text.String()))); err != nil {
		t.Fatal(err)
	}
	return w
}

func mustParse(t testing.TB, text string) *Rule {
	t.Helper()
	rule, err := Parse("rule.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return rule
}

// Which runs a rule has, which of them fire, and how many see each event.
func TestRunsOverTime(t *testing.T) {
	hourly := "id: r\nname: R\nqueryFrequency: 1h\nqueryPeriod: 1h\nquery: T_CL\n"
	for _, test := range []struct {
		name, rule string
		events     []string
		hours      float64
		runs       string // rows of each run from noon on; - for a suppressed one
		seen       string // events by the number of runs; p pending, 0 missed
	}{
		{"each event once", hourly, []string{"-30m", "30m", "60m", "119m"}, 2, "1 1 2", "1:3"},
		{"an event at the end of a window", hourly, []string{"1h"}, 2, "0 0 1", "1:1"},
		{"late, yet in time", hourly, []string{"30m>64m"}, 2, "0 1 0", "1:1"},
		{"too late", hourly, []string{"30m>70m"}, 2, "0 0 0", "0:1"},
		{"late, with a longer period", strings.Replace(hourly, "queryPeriod: 1h", "queryPeriod: 2h", 1), []string{"30m>70m", "40m"}, 3, "0 1 2 0", "1:1 2:1"},
		{"still to be seen", strings.Replace(hourly, "queryFrequency: 1h", "queryFrequency: 5h", 1), []string{"30m", "270m"}, 4.75, "0", "p:1 0:1"},
		{"a gap between runs", strings.Replace(hourly, "queryFrequency: 1h", "queryFrequency: 2h", 1), []string{"30m", "90m"}, 2, "0 1", "1:1 0:1"},
		{"suppressed", hourly + "suppressionEnabled: true\nsuppressionDuration: 2h\n", []string{"30m", "90m", "150m", "270m"}, 5, "0 1 - 1 - 1", "1:3 0:1"},
		{"near real time", "id: r\nname: R\nkind: NRT\nquery: T_CL\n", []string{"30s", "30s>150s"}, 0.05, "0 1 0 1", "1:2"},
		{"not enabled", hourly + "enabled: false\n", nil, 2, "", ""},
		{"hunting", "query: T_CL\n", nil, 2, "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			to := noon.Add(time.Duration(test.hours * float64(time.Hour)))
			s, err := Simulate(t.Context(), logsOf(t, test.events...), []*Rule{mustParse(t, test.rule)}, noon, to, SimulateOptions{})
			if err != nil || s.Rules[0].Err != nil {
				t.Fatal(err, s)
			}
			r := s.Rules[0]
			var runs, seen []string
			for _, run := range r.Runs {
				if run.Suppressed {
					runs = append(runs, "-")
				} else {
					runs = append(runs, fmt.Sprint(run.Rows))
				}
			}
			for _, c := range r.Events {
				for _, times := range c.Seen {
					seen = append(seen, fmt.Sprintf("%d:%d", times.Runs, times.Events))
				}
				if c.Pending > 0 {
					seen = append(seen, fmt.Sprintf("p:%d", c.Pending))
				}
				if c.Missed > 0 {
					seen = append(seen, fmt.Sprintf("0:%d", c.Missed))
				}
			}
			if got := strings.Join(runs, " "); got != test.runs {
				t.Errorf("runs %s, want %s", got, test.runs)
			}
			if got := strings.Join(seen, " "); got != test.seen {
				t.Errorf("events %s, want %s", got, test.seen)
			}
			if (r.Skipped != "") != (test.runs == "") {
				t.Errorf("skipped: %q", r.Skipped)
			}
		})
	}
}

// A rule over SecurityAlert and SecurityIncident sees what earlier runs raised, as soon as its window reaches it.
func TestAlertsAndIncidentsFeedLaterRuns(t *testing.T) {
	source := mustParse(t, "id: 1\nname: Source\nseverity: Low\nqueryFrequency: 1h\nqueryPeriod: 1h\nquery: T_CL\n")
	alerts := mustParse(t, "id: 2\nname: Alerts\nqueryFrequency: 1h\nqueryPeriod: 1h\nquery: SecurityAlert | where AlertName == 'Source'\n")
	incidents := mustParse(t, "id: 3\nname: Incidents\nqueryFrequency: 1h\nqueryPeriod: 1h\nquery: SecurityIncident | where Title == 'Source' | mv-expand AlertIds to typeof(string) | join kind=inner SecurityAlert on $left.AlertIds == $right.SystemAlertId\n")
	closed := mustParse(t, "id: 4\nname: Closed\nqueryFrequency: 1h\nqueryPeriod: 1h\nincidentConfiguration: {createIncident: false}\nquery: SecurityIncident | where Title == 'Source' and Status == 'Closed' and ClosedTime == TimeGenerated\n")
	s, err := Simulate(t.Context(), logsOf(t, "30m", "40m"), []*Rule{closed, incidents, alerts, source}, noon, noon.Add(4*time.Hour),
		SimulateOptions{Incidents: IncidentOptions{CloseAfter: Duration(70 * time.Minute)}})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, a := range s.Alerts {
		got = append(got, a.TimeGenerated.Format("15:04 ")+a.Name)
	}
	// The source's run for 13:00 raises its alert at 13:05, which the runs for 14:00 see; its incident is closed at 14:15.
	if diff := cmp.Diff([]string{"13:05 Source", "14:05 Incidents", "14:05 Alerts", "15:05 Closed"}, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	var titles []string
	for _, i := range s.Incidents {
		titles = append(titles, fmt.Sprintf("%d %s %s", i.Number, i.Title, i.Status))
	}
	if diff := cmp.Diff([]string{"1 Source Closed", "2 Incidents Closed", "3 Alerts Closed"}, titles); diff != "" {
		t.Errorf("incidents, -want +got:\n%s", diff)
	}
}

func TestARuleThatFailsDoesNotStopOthers(t *testing.T) {
	good := mustParse(t, "id: 1\nname: Good\nqueryFrequency: 1h\nqueryPeriod: 1h\nquery: T_CL\n")
	unbound := mustParse(t, "id: 2\nname: Unbound\nqueryFrequency: 1h\nqueryPeriod: 1h\nquery: Nothing\n")
	failing := mustParse(t, "id: 3\nname: Failing\nqueryFrequency: 1h\nqueryPeriod: 1h\nquery: 'T_CL | project a = dynamic({\"y\":1}) | evaluate bag_unpack(a) | project nosuch'\n")
	s, err := Simulate(t.Context(), logsOf(t, "30m"), []*Rule{good, unbound, failing}, noon, noon.Add(2*time.Hour), SimulateOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Alerts) != 1 || s.Rules[0].Err != nil || s.Rules[1].Err == nil || s.Rules[2].Err == nil || len(s.Rules[1].Runs) != 0 {
		t.Errorf("%d alerts, %v, %v, %v", len(s.Alerts), s.Rules[0].Err, s.Rules[1].Err, s.Rules[2].Err)
	}
	if _, err := Simulate(t.Context(), NewWorkspace(), nil, noon, noon.Add(-1), SimulateOptions{}); err == nil {
		t.Error("a simulation ends before it begins")
	}
}

// A simulation gives what single runs give, on any number of processors and several times at once.
func TestASimulationIsItsRuns(t *testing.T) {
	var events []string
	for i := range 300 {
		event := fmt.Sprintf("%dm", i*7%600-120)
		if i%5 == 0 {
			event += fmt.Sprintf(">%dm", i*7%600-120+i%17)
		}
		events = append(events, event)
	}
	w := logsOf(t, events...)
	var all []*Rule
	for i, keys := range []string{
		"queryFrequency: 5m\nqueryPeriod: 5m\n", "queryFrequency: 1h\nqueryPeriod: 1d\neventGroupingSettings: {aggregationKind: AlertPerResult}\n",
		"queryFrequency: 30m\nqueryPeriod: 2h\n", "kind: NRT\n",
	} {
		all = append(all, mustParse(t, fmt.Sprintf("id: '%d'\nname: R%d\n%squery: T_CL | where N %% 3 > 0 | extend late = ingestion_time() - TimeGenerated\n", i, i, keys)))
	}
	var want strings.Builder
	to := noon.Add(100 * time.Minute)
	for _, rule := range all {
		compiled, err := rule.Compile(w)
		if err != nil {
			t.Fatal(err)
		}
		for at := range rule.Schedule().Runs(noon, to) {
			result, err := compiled.Run(t.Context(), w, at, RunOptions{})
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintln(&want, rule.Name, at.Format("15:04"), len(result.Rows), len(result.Alerts), result.Rows)
		}
	}
	var wait sync.WaitGroup
	texts := make([]string, 3)
	for i := range texts {
		wait.Go(func() {
			s, err := Simulate(t.Context(), w, all, noon, to, SimulateOptions{Jobs: i + 1})
			if err != nil {
				t.Error(err)
				return
			}
			text, err := json.Marshal(s)
			if err != nil {
				t.Error(err)
				return
			}
			texts[i] = string(text)
			var got strings.Builder
			for _, r := range s.Rules {
				for _, run := range r.Runs {
					fmt.Fprintln(&got, r.Rule.Name, run.At.Format("15:04"), run.Rows, run.Alerts)
				}
			}
			var rows strings.Builder
			for line := range strings.Lines(want.String()) {
				fields := strings.Fields(line)
				fmt.Fprintln(&rows, strings.Join(fields[:4], " "))
			}
			if diff := cmp.Diff(rows.String(), got.String()); diff != "" {
				t.Errorf("-runs +simulation:\n%s", diff)
			}
		})
	}
	wait.Wait()
	for i := range texts {
		if texts[i] != texts[0] {
			t.Errorf("simulation %d differs from the first", i)
		}
	}
}

// A day of all rules on AWS over the recorded attack.
func TestADayOfTheRulesOnAWS(t *testing.T) {
	const logs = "../../shared/cloudtrail"
	if _, err := os.Stat(logs); err != nil {
		t.Skip("../../shared is not here: the reference material stands beside the repository, not in it")
	}
	loaded, w := awsRules(t), NewWorkspace()
	source, err := ingest.Open(ingest.CloudTrail, logs)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.AddSource(t.Context(), "AWSCloudTrail", source); err != nil {
		t.Fatal(err)
	}
	from := time.Date(2023, 7, 10, 0, 0, 0, 0, time.UTC)
	start := time.Now()
	s, err := Simulate(t.Context(), w, loaded, from, from.Add(day), SimulateOptions{})
	if err != nil {
		t.Fatal(err)
	}
	runs := 0
	for _, r := range s.Rules {
		if r.Err != nil {
			t.Errorf("%s: %v", r.Rule.Path, r.Err)
		}
		runs += r.Ran()
	}
	t.Logf("%d rules, %d runs in %s: %d alerts, %d incidents; events by runs: %v", len(loaded), runs, time.Since(start).Round(time.Millisecond), len(s.Alerts), len(s.Incidents), s.Total())
	if len(s.Alerts) == 0 || runs < 50 {
		t.Error("hardly anything ran")
	}
}

// awsRules loads the scheduled and near-real-time rules that read tables of AWS, but for those that read addresses by externaldata.
func awsRules(t testing.TB) []*Rule {
	t.Helper()
	all, err := LoadDir(sharedRules)
	if err != nil {
		t.Fatal(err)
	}
	var aws []*Rule
	for _, rule := range all {
		if rule.Kind != Hunting && strings.Contains(rule.Query, "AWS") && !strings.Contains(rule.Query, "externaldata") {
			aws = append(aws, rule)
		}
	}
	return aws
}
