package ruletest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// thousand writes a test file with as many tests of the seed rule.
func thousand(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	copyFile(t, "../testdata/AWS_OverlyPermissiveKMS.yaml", filepath.Join(dir, "rule.yaml"))
	copyFile(t, "../testdata/data/putkeypolicy_public.json", filepath.Join(dir, "event.json"))
	var text strings.Builder
	text.WriteString("rule: rule.yaml\ndefaults: {now: 2026-03-02T00:00:00Z}\nfixtures: {public: {table: AWSCloudTrail, cloudtrail: event.json}}\ntests:\n")
	for i := range 500 {
		fmt.Fprintf(&text, "  - {name: fires %d, input: {AWSCloudTrail: [{fixture: public, patch: {userIdentity.userName: user%d@contoso.com}}]}, expect: {alert: {name: ~user%d$}}}\n", i, i, i)
		fmt.Fprintf(&text, "  - {name: silent %d, input: {AWSCloudTrail: [{fixture: public, patch: {errorCode: Error%d}}]}, expect: {none: true}}\n", i, i)
	}
	path := filepath.Join(dir, "rule.test.yaml")
	write(t, path, text.String())
	return path
}

func copyFile(t testing.TB, from, to string) {
	t.Helper()
	text, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	write(t, to, string(text))
}

// BenchmarkThousandTests reads and runs a file of a thousand tests.
func BenchmarkThousandTests(b *testing.B) {
	path := thousand(b)
	for b.Loop() {
		s := open(b, path)
		results, err := RunAll(b.Context(), []*Suite{s}, Options{})
		if err != nil || len(results) != 1000 || Fails(results) {
			b.Fatal(len(results), err)
		}
	}
}

// BenchmarkMutateSeedRule makes and runs all mutants of the seed rule.
func BenchmarkMutateSeedRule(b *testing.B) {
	s := open(b, seedTests)
	for b.Loop() {
		if m := mutateAll(b, s, MutateOptions{}); len(m.Mutants) == 0 {
			b.Fatal("no mutants")
		}
	}
}
