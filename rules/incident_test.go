package rules

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/tidwall/gjson"
)

// alertAt makes an alert from a text: minutes after noon, name, severity, and entities such as IP.Address=192.0.2.1 or custom details
// such as Zone:a.
func alertAt(rule *Rule, text string) Alert {
	words := strings.Fields(text)
	minute, _ := time.ParseDuration(words[0])
	at := noon.Add(minute)
	a := Alert{ID: text, Rule: rule, Name: words[1], Severity: words[2], TimeGenerated: at, StartTime: at.Add(-time.Hour), EndTime: at}
	for _, word := range words[3:] {
		if kind, rest, ok := strings.Cut(word, "."); ok {
			name, value, _ := strings.Cut(rest, "=")
			a.Entities = append(a.Entities, Entity{Type: kind, Identifiers: []Identifier{{name, value}}})
			continue
		}
		key, value, _ := strings.Cut(word, ":")
		a.CustomDetails = append(a.CustomDetails, DetailValues{key, []string{value}})
	}
	return a
}

func TestWhichAlertsShareAnIncident(t *testing.T) {
	const group = "createIncident: true, groupingConfiguration: {enabled: true, lookbackDuration: 1h"
	for _, test := range []struct {
		name, configuration string
		options             IncidentOptions
		alerts              []string
		want                string // the number of each alert's incident, and * where it was closed before
	}{
		{"no grouping", "", IncidentOptions{}, []string{"0m A Low", "0m A Low"}, "1 2"},
		{"none created", "createIncident: false", IncidentOptions{}, []string{"0m A Low"}, "-"},
		{"disabled", "groupingConfiguration: {enabled: false, matchingMethod: AnyAlert}", IncidentOptions{}, []string{"0m A Low", "0m A Low"}, "1 2"},
		{"any alert", group + ", matchingMethod: AnyAlert}", IncidentOptions{}, []string{"0m A Low Host.HostName=x", "5m B High", "60m C Low", "61m D Low", "90m E Low"}, "1 1 1 2 2"},
		{"default lookback", "groupingConfiguration: {enabled: true, matchingMethod: AnyAlert}", IncidentOptions{}, []string{"0m A Low", "5h A Low", "301m A Low"}, "1 1 2"},
		{"all entities", group + "}", IncidentOptions{}, []string{
			"0m A Low IP.Address=1 IP.Address=2", "1m B Low IP.Address=2 IP.Address=1", "2m C Low IP.Address=1", "3m D Low", "4m E Low", "5m F Low Host.HostName=1",
		}, "1 1 2 3 3 4"},
		{"entityless apart", group + "}", IncidentOptions{EntitylessApart: true}, []string{"0m A Low", "1m A Low", "2m A Low IP.Address=1", "3m A Low IP.Address=1"}, "1 2 3 3"},
		{"selected entities", group + ", matchingMethod: Selected, groupByEntities: [IP]}", IncidentOptions{}, []string{
			"0m A Low IP.Address=1 Host.HostName=a", "1m A Low IP.Address=1 Host.HostName=b", "2m A Low Host.HostName=a", "3m A Low", "4m A Low IP.Address=2",
		}, "1 1 2 2 3"},
		{"selected, absent apart", group + ", matchingMethod: Selected, groupByEntities: [IP]}", IncidentOptions{AbsentApart: true}, []string{
			"0m A Low", "1m A Low", "2m A Low IP.Address=1", "3m A Low IP.Address=1",
		}, "1 2 3 3"},
		{"selected details", group + ", matchingMethod: Selected, groupByAlertDetails: [DisplayName, Severity]}", IncidentOptions{}, []string{
			"0m A Low IP.Address=1", "1m A Low", "2m B Low", "3m A High",
		}, "1 1 2 3"},
		{"selected custom details", group + ", matchingMethod: Selected, groupByCustomDetails: [Zone]}", IncidentOptions{}, []string{
			"0m A Low Zone:a", "1m B Low Zone:a Other:x", "2m A Low Zone:b", "3m A Low Other:x",
		}, "1 1 2 3"},
		{"selected, all kinds", group + ", matchingMethod: Selected, groupByEntities: [IP], groupByAlertDetails: [Severity], groupByCustomDetails: [Zone]}", IncidentOptions{}, []string{
			"0m A Low Zone:a IP.Address=1", "1m B Low Zone:a IP.Address=1", "2m A High Zone:a IP.Address=1", "3m A Low Zone:a IP.Address=2", "4m A Low Zone:b IP.Address=1",
		}, "1 1 2 3 4"},
		{"closed, not reopened", group + ", matchingMethod: AnyAlert}", IncidentOptions{CloseAfter: Duration(10 * time.Minute)}, []string{"0m A Low", "9m A Low", "10m A Low", "15m A Low"}, "1 1 2 2"},
		{"reopened", group + ", matchingMethod: AnyAlert, reopenClosedIncident: true}", IncidentOptions{CloseAfter: Duration(10 * time.Minute)}, []string{
			"0m A Low", "9m A Low", "10m A Low", "19m A Low", "20m A Low", "61m A Low",
		}, "1 1 1* 1 1* 2"},
	} {
		t.Run(test.name, func(t *testing.T) {
			configuration := test.configuration
			if configuration != "" {
				configuration = "incidentConfiguration: {" + configuration + "}\n"
			}
			rule, err := Parse("rule.yaml", []byte("id: r\nquery: print 1\nqueryPeriod: 1h\n"+configuration))
			if err != nil || len(rule.findings) > 0 {
				t.Fatal(err, rule.findings)
			}
			incidents := NewIncidents(test.options, nil)
			var got []string
			for _, text := range test.alerts {
				a := alertAt(rule, text)
				incidents.Advance(a.TimeGenerated)
				closed := map[int]bool{}
				for _, incident := range incidents.All() {
					closed[incident.Number] = incident.Status == IncidentClosed
				}
				incident := incidents.Add(a)
				switch {
				case incident == nil:
					got = append(got, "-")
				case closed[incident.Number]:
					got = append(got, fmt.Sprintf("%d*", incident.Number))
				default:
					got = append(got, fmt.Sprint(incident.Number))
				}
			}
			if diff := cmp.Diff(test.want, strings.Join(got, " ")); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestAnIncidentHoldsALimitedNumberOfAlerts(t *testing.T) {
	rule, err := Parse("rule.yaml", []byte("id: r\nquery: print 1\nincidentConfiguration: {groupingConfiguration: {enabled: true, matchingMethod: AnyAlert}}\n"))
	if err != nil {
		t.Fatal(err)
	}
	incidents := NewIncidents(IncidentOptions{}, nil)
	for range MaxIncidentAlerts + 2 {
		incidents.Add(alertAt(rule, "0m A Low"))
	}
	all := incidents.All()
	if len(all) != 2 || len(all[0].Alerts) != MaxIncidentAlerts || len(all[1].Alerts) != 2 {
		t.Errorf("%d incidents", len(all))
	}
}

func TestWhatAnIncidentTakesFromItsAlerts(t *testing.T) {
	rule, err := Parse("rule.yaml", []byte("id: r\nquery: print 1\nincidentConfiguration: {groupingConfiguration: {enabled: true, matchingMethod: AnyAlert}}\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		options IncidentOptions
		want    string
	}{
		{IncidentOptions{}, "First Low"},
		{IncidentOptions{HighestSeverity: true}, "First High"},
	} {
		var changes []string
		incidents := NewIncidents(test.options, func(i *Incident) {
			changes = append(changes, fmt.Sprintf("%d %s %d", i.Number, i.Status, len(i.Alerts)))
		})
		first := alertAt(rule, "0m First Low IP.Address=1")
		first.Tactics, first.Techniques = []string{"Impact"}, []string{"T1486"}
		second := alertAt(rule, "5m Second High IP.Address=1 IP.Address=2")
		second.Tactics, second.Techniques = []string{"Impact", "Execution"}, []string{"T1059.001"}
		incidents.Add(first)
		incident := incidents.Add(second)
		if got := incident.Title + " " + incident.Severity; got != test.want {
			t.Errorf("%+v: %s, want %s", test.options, got, test.want)
		}
		if err := incidents.Close(1, noon.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		if err := incidents.Close(2, noon); err == nil {
			t.Error("an incident that is not there can be closed")
		}
		if diff := cmp.Diff([]string{"1 New 1", "1 New 2", "1 Closed 2"}, changes); diff != "" {
			t.Errorf("changes, -want +got:\n%s", diff)
		}
		record, err := json.Marshal(incident)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		for _, path := range []string{"TimeGenerated", "FirstActivityTime", "LastActivityTime", "ClosedTime", "Status", "AlertIds", "AdditionalData.tactics", "AdditionalData.techniques", "AdditionalData.subTechniques"} {
			got[path] = gjson.GetBytes(record, path).String()
		}
		if diff := cmp.Diff(map[string]string{
			"TimeGenerated": "2026-03-01T13:00:00Z", "FirstActivityTime": "2026-03-01T11:00:00Z", "LastActivityTime": "2026-03-01T12:05:00Z",
			"ClosedTime": "2026-03-01T13:00:00Z", "Status": "Closed", "AlertIds": `["0m First Low IP.Address=1","5m Second High IP.Address=1 IP.Address=2"]`,
			"AdditionalData.tactics": `["Impact","Execution"]`, "AdditionalData.techniques": `["T1486","T1059"]`, "AdditionalData.subTechniques": `["T1059.001"]`,
		}, got); diff != "" {
			t.Errorf("record, -want +got:\n%s", diff)
		}
		if len(incident.Entities) != 2 {
			t.Errorf("entities %v", incident.Entities)
		}
	}
}

// The records of the incident's table have the columns of that table.
func TestIncidentsAreRecordsOfTheirTable(t *testing.T) {
	rule, err := Parse("rule.yaml", []byte("id: r\nquery: print 1\n"))
	if err != nil {
		t.Fatal(err)
	}
	record, err := json.Marshal(NewIncidents(IncidentOptions{}, nil).Add(alertAt(rule, "0m A Low")))
	if err != nil {
		t.Fatal(err)
	}
	checkRecord(t, "SecurityIncident", record)
}

// checkRecord holds a record to the columns of its table: it has each, but for those that begin with an underscore, and no other.
func checkRecord(t *testing.T, table string, record []byte) {
	t.Helper()
	columns, _, known := NewWorkspace().knownColumns(table)
	if !known {
		t.Fatalf("%s is no table", table)
	}
	expected := map[string]bool{}
	for _, c := range columns {
		if expected[c.Name] = true; !strings.HasPrefix(c.Name, "_") && !gjson.GetBytes(record, c.Name).Exists() {
			t.Errorf("%s: the record lacks %s", table, c.Name)
		}
	}
	for name := range gjson.ParseBytes(record).Map() {
		if !expected[name] {
			t.Errorf("%s has no column %s", table, name)
		}
	}
}

func TestSuppression(t *testing.T) {
	for _, test := range []struct {
		keys    string
		options RunOptions
		want    string
	}{
		{"suppressionEnabled: false\nsuppressionDuration: 3h", RunOptions{}, "12:00"},
		{"suppressionEnabled: true\nsuppressionDuration: 3h", RunOptions{}, "15:00"},
		{"suppressionEnabled: true", RunOptions{}, "17:00"},
		{"suppressionEnabled: true\nsuppressionDuration: 3h", RunOptions{SuppressFromExecution: true}, "15:05"},
	} {
		rule, err := Parse("rule.yaml", []byte("id: r\nquery: print 1\nqueryPeriod: 1h\n"+test.keys+"\n"))
		if err != nil {
			t.Fatal(err)
		}
		if got := rule.SuppressedUntil(noon, test.options).Format("15:04"); got != test.want {
			t.Errorf("%q: until %s, want %s", test.keys, got, test.want)
		}
	}
}
