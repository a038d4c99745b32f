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
