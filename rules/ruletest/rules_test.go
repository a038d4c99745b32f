package ruletest_test

import (
	"testing"

	"github.com/seed-2512943d/picket/rules/ruletest"
)

func TestRun(t *testing.T) {
	ruletest.Run(t, "../testdata", "testdata/rules")
}

// Each of the sample rules has tests that fire and tests that stay silent, and they are as many as a collection of this size should have.
func TestSampleRulesAreTested(t *testing.T) {
	suites, err := ruletest.Load(t.Context(), "testdata/rules")
	if err != nil {
		t.Fatal(err)
	}
	if missing := ruletest.Missing(suites); missing != nil {
		t.Error(missing)
	}
	rules, tests := 0, 0
	for _, s := range suites {
		rules, tests = rules+len(s.Rules), tests+len(s.Tests)
	}
	if rules < 15 || tests < 40 {
		t.Errorf("%d tests of %d rules", tests, rules)
	}
	coverage, err := ruletest.Cover(t.Context(), suites, ruletest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range coverage {
		if c.Percent() < 75 {
			t.Errorf("%s: coverage %.0f %%", c.Path, c.Percent())
		}
	}
}
