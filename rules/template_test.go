package rules

import (
	"fmt"
	"strings"
	"testing"
)

func TestTemplate(t *testing.T) {
	row := mapRow{"A": "1", "B b": "2", "Empty": "", "List": `["x"]`}
	for _, test := range []struct {
		source, want string
		ok           bool
		columns      string
		unbalanced   bool
	}{
		{"plain", "plain", true, "", false},
		{"", "", false, "", false},
		{"{{A}}", "1", true, "A", false},
		{"a {{ A }} b {{\tA\t}}", "a 1 b 1", true, "A A", false},
		{"{{B b}}", "2", true, "B b", false},
		{"{{List}}", `["x"]`, true, "List", false},
		{"x {{A}} {{Empty}}", "", false, "A Empty", false},
		{"x {{None}}", "", false, "None", false},
		{"{{A} and {{A}}", "{{A} and 1", true, "A", true},
		{"{{}} {{ }}", "{{}} {{ }}", true, "", true},
		{"{{{A}}}", "{1}", true, "A", false},
		{"{A}", "{A}", true, "", false},
		{"A}} {{", "A}} {{", true, "", true},
		{"{{a{b}}", "{{a{b}}", true, "", true},
	} {
		template := ParseTemplate(test.source)
		text, ok := template.Render(func(column string) (string, bool) { return cellText(row, column) })
		if text != test.want || ok != test.ok || strings.Join(template.Columns(), " ") != test.columns || template.Unbalanced() != test.unbalanced {
			t.Errorf("%q: %q %v %v %v", test.source, text, ok, template.Columns(), template.Unbalanced())
		}
	}
}

func TestAlertDetails(t *testing.T) {
	rule := &Rule{Name: "rule", Description: "text", Severity: "Low", Tactics: []string{"Impact"}, Override: Override{
		Name: ParseTemplate("{{N}}"), Description: ParseTemplate("{{D}}"), SeverityColumn: "S", TacticsColumn: "T",
	}}
	for _, test := range []struct {
		row                                  Row
		name, description, severity, tactics string
	}{
		{nil, "rule", "text", "Low", "[Impact]"},
		{mapRow{}, "rule", "text", "Low", "[Impact]"},
		{mapRow{"N": "n", "S": "HIGH", "T": "execution, Nonsense,Discovery"}, "n", "text", "High", "[Execution Discovery]"},
		{mapRow{"D": "d", "S": "huge", "T": `["Persistence"]`}, "rule", "d", "Low", "[Persistence]"},
		{mapRow{"N": strings.Repeat("é", 300), "T": "Nonsense"}, strings.Repeat("é", 256), "text", "Low", "[Impact]"},
	} {
		got := fmt.Sprint(rule.AlertName(test.row), rule.AlertDescription(test.row), rule.AlertSeverity(test.row), rule.AlertTactics(test.row))
		if want := fmt.Sprint(test.name, test.description, test.severity, test.tactics); got != want {
			t.Errorf("%v:\n%s\nwant\n%s", test.row, got, want)
		}
	}
}

func ExampleParseTemplate() {
	template := ParseTemplate("Key policy changed by {{ UserName }}")
	fmt.Println(template.Columns())
	fmt.Println(template.Render(func(string) (string, bool) { return "alice", true }))
	fmt.Println(template.Render(func(string) (string, bool) { return "", true }))
	// Output:
	// [UserName]
	// Key policy changed by alice true
	//  false
}
