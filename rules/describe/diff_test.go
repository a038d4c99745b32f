package describe_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/seed-2512943d/picket/rules"
	"github.com/seed-2512943d/picket/rules/describe"
)

func TestCompare(t *testing.T) {
	for _, test := range []struct{ old, new, want string }{
		{"| where EventName in ('a', 'b')", "// again\n| where EventName in (dynamic(['b', 'a']))", ""},
		{"| where EventName in ('a', 'b')", "| where EventName in ('b', 'c')", "~ EventName in\n-   a transforms: cased\n+   c transforms: cased"},
		{"| where EventName == 'a'", "| where EventName =~ 'a'", "~ EventName eq\n-   a transforms: cased\n+   a"},
		{"| where EventName == 'a'", "| where not(EventName == 'a')", "- EventName eq\n-   a transforms: cased\n+ EventName not eq\n+   a transforms: cased"},
		{"| where isempty(ErrorCode)", "| where true", "- ErrorCode is_null"},
		{"| where EventName == '``` |'", "| count", "- EventName eq\n-   ``` | transforms: cased"},
	} {
		difference := describe.Compare(rule(t, "rule", test.old), rule(t, "rule", test.new), rules.NewWorkspace())
		var text strings.Builder
		if err := difference.Text(&text); err != nil {
			t.Fatal(err)
		}
		_, got, _ := strings.Cut(text.String(), "Indicators\n")
		got, _, _ = strings.Cut(got, "\n\n")
		if strings.TrimRight(got, "\n") != test.want {
			t.Errorf("from %q to %q:\n%s", test.old, test.new, text.String())
		}
	}
}

// TestCompareOfConditions compares how conditions hang together, and other parts of queries that no indicator shows.
func TestCompareOfConditions(t *testing.T) {
	for _, test := range []struct{ old, new, want string }{
		{"| where EventName == 'a' and AWSRegion == 'b'", "| where EventName == 'a' or AWSRegion == 'b'", "Combinations\n+ AWSRegion eq or EventName eq"},
		{"| where EventName == 'a' and AWSRegion == 'b'", "| where AWSRegion == 'b'\n| where EventName == 'a'",
			"No difference in indicators, output fields and facts; the query is written differently."},
		{"| where not(EventName == 'a' or AWSRegion == 'b')", "| where EventName != 'a' and not(AWSRegion == 'b')",
			"No difference in indicators, output fields and facts; the query is written differently."},
		{"| where EventName == 'a'", "// a comment\n|   where EventName=='a'", "No difference."},
		{"| where EventName == 'a' or EventName == 'b'", "| where EventName in ('a', 'b') // one row of values",
			"Indicators\n- EventName eq\n-   a transforms: cased\n-   b transforms: cased\n+ EventName in\n+   a transforms: cased\n+   b transforms: cased"},
		{"| where isempty(ErrorCode) and (EventName == 'a' or AWSRegion == 'b')", "| where (isempty(ErrorCode) and EventName == 'a') or AWSRegion == 'b'",
			"Combinations\n- AWSRegion eq or EventName eq\n+ (ErrorCode is_null and EventName eq) or AWSRegion eq"},
		{"| summarize count() by EventName", "| summarize count() by EventName, AWSRegion", "Group by\n+ AWSRegion\n\nOutput fields\n+ AWSRegion"},
	} {
		difference := describe.Compare(rule(t, "rule", test.old), rule(t, "rule", test.new), rules.NewWorkspace())
		var text strings.Builder
		if err := difference.Text(&text); err != nil {
			t.Fatal(err)
		}
		if got := strings.TrimRight(text.String(), "\n"); got != test.want {
			t.Errorf("from %q to %q:\n%s", test.old, test.new, got)
		}
	}
}

func TestCompareOfFacts(t *testing.T) {
	const head = "name: a\nquery: T\nentityMappings:\n- entityType: Account\n  fieldMappings: [{identifier: Name, columnName: A}]\n"
	old, err := rules.Parse("old.yaml", []byte(head+"customDetails: {Who: A}\n"))
	if err != nil {
		t.Fatal(err)
	}
	new, err := rules.Parse("new.yaml", []byte(strings.Replace(head, "columnName: A", "columnName: B", 1)+
		"- entityType: Account\n  fieldMappings: [{identifier: Name, columnName: C}]\nalertDetailsOverride: {alertDisplayNameFormat: 'by {{A}}'}\n"))
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	if err := describe.Compare(old, new, rules.NewWorkspace()).Text(&text); err != nil {
		t.Fatal(err)
	}
	want := "Rule\n+ Alert name: by {{A}}\n- Entity Account.Name: A\n+ Entity Account.Name: B\n+ Entity Account 2.Name: C\n- Detail Who: A\n"
	if text.String() != want {
		t.Errorf("got\n%s\nwant\n%s", text.String(), want)
	}
}

func TestCompareListsFaults(t *testing.T) {
	difference := describe.Compare(rule(t, "old", "| where EventName == 'a'"), rule(t, "new", "| where EventName == | count"), rules.NewWorkspace())
	if len(difference.Faults) != 1 || !strings.HasPrefix(difference.Faults[0], "new.yaml:5:") || difference.Empty() {
		t.Errorf("faults: %q", difference.Faults)
	}
}

func ExampleCompare() {
	old, err := rules.Parse("old.yaml", []byte("query: AWSCloudTrail | where EventName in ('CreateKey', 'PutKeyPolicy')\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	new, err := rules.Parse("new.yaml", []byte("query: AWSCloudTrail | where EventName in~ ('PutKeyPolicy', 'ScheduleKeyDeletion')\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := describe.Compare(old, new, rules.NewWorkspace()).Text(os.Stdout); err != nil {
		fmt.Println(err)
	}
	// Output:
	// Indicators
	// ~ EventName in
	// -   CreateKey transforms: cased
	// -   PutKeyPolicy transforms: cased
	// +   PutKeyPolicy
	// +   ScheduleKeyDeletion
}
