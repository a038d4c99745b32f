package ruletest

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func mutateAll(t testing.TB, s *Suite, options MutateOptions) *Mutation {
	t.Helper()
	all, err := Mutate(t.Context(), []*Suite{s}, options)
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	return all[0]
}

// survivors lists what the mutants that survive change.
func survivors(m *Mutation) []string {
	var all []string
	for _, r := range m.Mutants {
		if r.Fate != Killed {
			all = append(all, r.ID())
		}
	}
	return all
}

// The first six operators make 19 mutants of the seed rule; with the two of the iff that its last where looks at there are 21.
func TestSeedRuleKillsMutants(t *testing.T) {
	six := []string{"NEG", "DROP", "CASE", "ELEM", "TERM", "NUM"}
	m := mutateAll(t, open(t, seedTests), MutateOptions{Operators: six})
	if len(m.Mutants) != 19 || m.Count(Killed) != 19 {
		t.Errorf("%d of %d mutants killed, want 19 of 19; left: %v", m.Count(Killed), len(m.Mutants), survivors(m))
	}
	m = mutateAll(t, open(t, seedTests), MutateOptions{Operators: []string{"BR"}})
	killed := 0
	for _, r := range m.Mutants {
		if strings.Contains(r.What, "Principal.AWS") && r.Fate == Killed {
			killed++
		}
	}
	if killed != 2 {
		t.Errorf("%d mutants of the iff of Principal killed, want 2", killed)
	}
}

func TestThreeTestsLeaveSurvivors(t *testing.T) {
	m := mutateAll(t, only(open(t, seedTests), threeTests...), MutateOptions{Operators: []string{"NEG", "DROP", "CASE", "ELEM", "TERM", "NUM", "BR"}})
	left := slices.DeleteFunc(survivors(m), func(id string) bool { return strings.HasPrefix(id, "BR") && !strings.Contains(id, "Principal.AWS") })
	want := []string{
		`DROP drop EventName in ("CreateKey","PutKeyPolicy")`,
		`DROP drop isempty(ErrorCode)`,
		`DROP drop isempty(ErrorMessage)`,
		`DROP drop Effect =~ "Allow"`,
		`DROP drop Action has_any (kmsActions)`,
		`CASE in~ instead of in in EventName in ("CreateKey","PutKeyPolicy")`,
		`CASE == instead of =~ in Effect =~ "Allow"`,
		`ELEM list without "CreateKey" in EventName in ("CreateKey","PutKeyPolicy")`,
		`ELEM list without "kms:Encrypt" in Action has_any (kmsActions)`,
		`TERM contains instead of has_any in Action has_any (kmsActions)`,
		`BR true instead of the condition isnotempty(tostring(parse_json(Statement).Principal.AWS))`,
	}
	if diff := cmp.Diff(want, left); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
