package main

import (
	"encoding/json"
	"encoding/xml"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	seedTests    = "../../testdata/AWS_OverlyPermissiveKMS.test.yaml"
	failingTests = "testdata/tests/failing.test.yaml"
)

// testCommands are runs of picket test; what each prints stands in testdata/test-NAME.golden, with … for times.
var testCommands = []struct{ name, args string }{
	{"pass", "test " + seedTests},
	{"help", "test --help"},
	{"verbose", "test " + seedTests + " --run public -v"},
	{"fail", "test " + failingTests},
	{"fail-tap", "test " + failingTests + " --format tap"},
	{"fail-junit", "test " + failingTests + " --format junit"},
	{"fail-json", "test " + failingTests + " --format json"},
	{"fail-github", "test " + failingTests + " --format github"},
	{"fail-sarif", "test " + failingTests + " --format sarif"},
	{"fail-fast", "test " + failingTests + " --fail-fast --jobs 1"},
	{"tag", "test " + failingTests + " --tag list --format github"},
	{"list", "test " + failingTests + " --list"},
	{"none", "test testdata/rules"},
	{"none-selected", "test " + seedTests + " --run nothing"},
	{"absent", "test testdata/absent.yaml"},
	{"bad-regex", "test " + seedTests + " --run ("},
	{"coverage", "test " + seedTests + " --run public+key|root|denied --coverage --min-coverage 80"},
	{"mutate", "test " + seedTests + " --run public+key|root|denied --mutate --operators DROP,case,ELEM,TERM --min-killed 50"},
	{"mutate-some", "test " + seedTests + " --mutate=5 --seed 3 --operators NEG,DROP"},
	{"mutate-bad", "test " + seedTests + " --mutate --operators DROP,XX"},
	{"mutate-failing", "test " + failingTests + " --run star --mutate --format github"},
	{"baseline", "test " + seedTests + " --mutate --operators TRIG --baseline testdata/tests/baseline.yaml"},
	{"rule-fault", "test testdata/tests/fault.test.yaml testdata/tests/lost.test.yaml"},
	{"min-tests", "test " + failingTests + " --run passes --min-tests"},
}

var durations = regexp.MustCompile(`\d+(\.\d+)? ms\b|"ms": [0-9.e-]+| time="[0-9.]+"`)

func TestTestCommand(t *testing.T) {
	for _, test := range testCommands {
		t.Run(test.name, func(t *testing.T) {
			got := durations.ReplaceAllStringFunc(invoke(t, "", test.args), func(text string) string {
				return regexp.MustCompile(`[0-9.]+(e-\d+)?`).ReplaceAllString(text, "…")
			})
			path := filepath.Join("testdata", "test-"+test.name+".golden")
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("picket %s, -want +got:\n%s", test.args, diff)
			}
		})
	}
}

func TestMachineFormatsAreWellFormed(t *testing.T) {
	for format, valid := range map[string]func([]byte) error{
		"junit": func(text []byte) error { return xml.Unmarshal(text, new(struct{ XMLName xml.Name })) },
		"json":  func(text []byte) error { return json.Unmarshal(text, new(any)) },
		"sarif": func(text []byte) error { return json.Unmarshal(text, new(any)) },
	} {
		text, _ := strings.CutPrefix(invoke(t, "", "test "+failingTests+" --format "+format), "exit 1\n")
		if err := valid([]byte(text)); err != nil {
			t.Errorf("%s: %v", format, err)
		}
	}
}

func TestCoverageFiles(t *testing.T) {
	dir := t.TempDir()
	for name, want := range map[string]string{
		"c.html": `<mark class="full" title="true of 10 rows, false of 2, decisive for 1">isempty(ErrorCode)</mark>`,
		"c.json": `"text": "isempty(ErrorCode)"`,
		"c.lcov": "BRDA:24,1,0,10\nBRDA:24,1,1,2\n",
		"c.txt":  "predicates 7/7 both ways",
	} {
		path := filepath.Join(dir, name)
		if got := invoke(t, "", "test "+seedTests+" --coverage="+path); !strings.HasPrefix(got, "exit 0\n") {
			t.Error(got)
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(text), want) {
			t.Errorf("%s does not hold %s", name, want)
		}
	}
}

func TestMutantFiles(t *testing.T) {
	dir := t.TempDir()
	for name, want := range map[string]string{
		"m.html": `- | where <mark class="none">EventName in (&#34;CreateKey&#34;,&#34;PutKeyPolicy&#34;)</mark> and isempty(ErrorCode) and isempty(ErrorMessage)`,
		"m.json": `"id": "DROP drop isempty(ErrorCode)"`,
		"m.txt":  "7 of 12 mutants killed, 5 survived",
	} {
		path := filepath.Join(dir, name)
		got := invoke(t, "", "test "+seedTests+" --run public+key|root|denied --operators NEG,DROP --seed 1 --mutants "+path)
		if !strings.HasPrefix(got, "exit 0\n") || strings.Contains(got, "mutation") {
			t.Error(got)
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(text), want) {
			t.Errorf("%s does not hold %s:\n%s", name, want, text)
		}
	}
}

func TestInitWritesTests(t *testing.T) {
	dir := t.TempDir()
	text, err := os.ReadFile(seedRule)
	if err != nil {
		t.Fatal(err)
	}
	rule := filepath.Join(dir, "kms.yaml")
	if err := os.WriteFile(rule, text, 0o644); err != nil {
		t.Fatal(err)
	}
	if got := invoke(t, "", "test --init "+rule); !strings.HasPrefix(got, "exit 0\n") || !strings.Contains(got, "written, with 7 tests; run it: picket test ") {
		t.Fatal(got)
	}
	if got := invoke(t, "", "test --init "+rule); !strings.HasPrefix(got, "exit 2\n") {
		t.Errorf("a second time: %s", got)
	}
	if got := invoke(t, "", "test "+rule); !strings.Contains(got, "7 tests in 1 file: 7 passed, 0 failed") {
		t.Error(got)
	}
}
