package rules

import (
	"fmt"
	"testing"
	"time"
)

func TestLimitsOfTheServiceAreWarnedOf(t *testing.T) {
	rule := mustParse(t, fmt.Sprintf("name: R\nqueryPeriod: 1h\nquery: range a from 1 to %d step 1\n", MaxRows+1))
	compiled, err := rule.Compile(NewWorkspace())
	if err != nil {
		t.Fatal(err)
	}
	result, err := compiled.Run(t.Context(), nil, noon, RunOptions{})
	if err != nil || len(result.Rows) != MaxRows+1 || len(result.Warnings) != 1 || result.Warnings[0].Code != "ROW-LIMIT" {
		t.Errorf("%d rows, %v, %v", len(result.Rows), result.Warnings, err)
	}
	var many []*Rule
	for i := range MaxNRTRules + 1 {
		many = append(many, mustParse(t, fmt.Sprintf("id: '%d'\nkind: NRT\nquery: T_CL\n", i)))
	}
	for _, test := range []struct {
		rules []*Rule
		want  int
	}{{many[1:], 0}, {many, 1}} {
		s, err := Simulate(t.Context(), logsOf(t, "1m"), test.rules, noon, noon.Add(2*time.Minute), SimulateOptions{})
		if err != nil || len(s.Warnings) != test.want {
			t.Errorf("%d rules: %v, %v", len(test.rules), s.Warnings, err)
		}
	}
}
