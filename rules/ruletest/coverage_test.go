package ruletest

import "testing"

// threeTests are the tests that come to mind first: the event, one without the flaw, and one that was denied.
var threeTests = []string{"public key via PutKeyPolicy", "root-only default policy", "denied call"}

// only is a suite with some of its tests.
func only(s *Suite, names ...string) *Suite {
	out := *s
	out.Tests = nil
	for _, t := range s.Tests {
		for _, name := range names {
			if t.Name == name {
				out.Tests = append(out.Tests, t)
			}
		}
	}
	return &out
}

func cover(t testing.TB, suites ...*Suite) *Coverage {
	t.Helper()
	coverage, err := Cover(t.Context(), suites, Options{})
	if err != nil || len(coverage) != 1 {
		t.Fatal(coverage, err)
	}
	return coverage[0]
}

func TestCoverageOfTheSeedRule(t *testing.T) {
	s := open(t, seedTests)
	const all = "predicates 7/7 both ways, 7/7 decisive; list elements 4/4; branches 6/11; entity mappings 2/2; placeholders 4/4"
	if got := cover(t, s).Summary(); got != all {
		t.Errorf("all tests: %s, want %s", got, all)
	}
	const three = "predicates 3/7 both ways, 1/7 decisive; list elements 2/4; branches 5/11; entity mappings 2/2; placeholders 4/4"
	if got := cover(t, only(s, threeTests...)).Summary(); got != three {
		t.Errorf("three tests: %s, want %s", got, three)
	}
}
