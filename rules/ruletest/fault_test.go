package ruletest

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write what is expected into testdata")

// faultRule is the rule beside each of the broken test files.
const faultRule = `id: 11111111-1111-4111-8111-111111111111
name: Failed sign-ins
severity: Low
queryFrequency: 1d
queryPeriod: 1d
triggerOperator: gt
triggerThreshold: 0
query: SigninLogs | where ResultType == "50126"
`

// testdata/faults.txt holds broken test files, each with all that is said of it.
func TestFaults(t *testing.T) {
	const path = "testdata/faults.txt"
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	cases := strings.Split(string(data), "====\n")
	if len(cases) < 20 {
		t.Errorf("%d broken files, want 20 at least", len(cases))
	}
	for i, text := range cases {
		text, want, ok := strings.Cut(text, "----\n")
		name, yaml, ok2 := strings.Cut(text, "\n")
		if !ok || !ok2 {
			t.Fatalf("case %d has no ----", i+1)
		}
		t.Run(strings.TrimPrefix(name, "# "), func(t *testing.T) {
			dir := t.TempDir()
			write(t, filepath.Join(dir, "rule.yaml"), faultRule)
			write(t, filepath.Join(dir, "broken.test.yaml"), yaml)
			_, err := Open(t.Context(), filepath.Join(dir, "broken.test.yaml"))
			if err == nil {
				t.Fatal("nothing is found wrong with it")
			}
			got := strings.ReplaceAll(err.Error(), dir+string(filepath.Separator), "") + "\n"
			if *update {
				cases[i] = text + "----\n" + got
				return
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
	if *update {
		write(t, path, strings.Join(cases, "====\n"))
	}
}

func write(t testing.TB, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
