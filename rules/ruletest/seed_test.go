package ruletest

import (
	"testing"
)

const seedTests = "../testdata/AWS_OverlyPermissiveKMS.test.yaml"

// open reads a test file.
func open(t testing.TB, path string) *Suite {
	t.Helper()
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSeedRulePasses(t *testing.T) {
	results, err := RunAll(t.Context(), []*Suite{open(t, seedTests)}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(results) != 12 {
		t.Errorf("%d tests, want 12", len(results))
	}
	for _, r := range results {
		if r.Status != Passed {
			t.Errorf("%s: %s\n%s", r.Test.Name, r.Status, r.Body())
		}
	}
}
