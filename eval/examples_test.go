package eval_test

import (
	"context"
	"maps"
	"slices"
	"testing"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/eval/aggregate"
	"github.com/seed-2512943d/picket/eval/function"
	"github.com/seed-2512943d/picket/eval/scalar"
)

// TestFunctionExamples runs every example that a scalar function declares: a predicate
// that must be true.
func TestFunctionExamples(t *testing.T) {
	for _, name := range slices.Sorted(maps.Keys(function.All())) {
		for _, example := range function.All()[name].Examples {
			holds(t, name, example)
		}
	}
}

// TestAggregateExamples runs every example that an aggregate declares.
func TestAggregateExamples(t *testing.T) {
	for _, name := range slices.Sorted(maps.Keys(aggregate.Functions())) {
		for _, example := range aggregate.Functions()[name].Examples {
			holds(t, name, example)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(aggregate.All())) {
		for _, example := range aggregate.All()[name].Examples {
			holds(t, name, example)
		}
	}
}

// aService is what the examples of current_database() and its kin ask.
var aService = eval.Service{
	Cluster: "help.kusto.windows.net", Database: "Samples", Node: "KEngine000001",
	Principal: eval.Principal{
		FQN:     "aaduser=346e950e-4a62-42bf-96f5-4cf4eac3f11e;72f988bf-86f1-41af-91ab-2d7cd011db47",
		Details: scalar.NewBag([]string{"DisplayName"}, []scalar.Value{scalar.NewString("Ana Brandt")}),
		Groups:  []string{"aadgroup=soc@contoso.com"},
	},
}

func holds(t *testing.T, name, example string) {
	t.Helper()
	p, err := eval.Compile("print "+example, eval.WithService(aService))
	if err != nil {
		t.Errorf("%s: %s: %v", name, example, err)
		return
	}
	rows, err := p.Collect(context.Background(), nil)
	if err != nil || len(rows) != 1 || !rows[0][0].IsTrue() {
		t.Errorf("%s: %s is not true: %v %v", name, example, rows, err)
	}
}
