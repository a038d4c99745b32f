package rules

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// analyzed is what Microsoft's analyzer says of a real rule.
type analyzed struct {
	Path       string
	SemanticOK bool                    `json:"semantic_ok"`
	Columns    []struct{ Name string } `json:"result_columns"`
	Open       bool                    `json:"result_open"`
}

func readAnalyzed(t *testing.T) map[string]analyzed {
	t.Helper()
	f, err := os.Open("../../shared/sentinel/expected.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	byPath := map[string]analyzed{}
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var a analyzed
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		byPath[a.Path] = a
	}
	return byPath
}

// missingColumn finds the name in a finding that the result lacks a column.
var missingColumn = regexp.MustCompile(`^the result has no column (\w+),`)

// Every finding about the real rules, faults of queries apart, has been read and judged to be true: the golden file counts them, and names each error, warning and note
// on spelling about an analytics rule, each unknown key, watchlist that is not there and id that is taken. What can be told of a finding by other means is: a column that is missing is missing in the analyzer's result too, and
// notes about spelling are as many as the text of the files has such spellings.
func TestFindingsAboutRealRules(t *testing.T) {
	if testing.Short() {
		t.Skip("goes through all real rules, which takes minutes under the race detector; the run without it has this test")
	}
	rules := realRules(t)
	expected := readAnalyzed(t)
	w := NewWorkspace()
	if err := w.AddFunctions(sharedFunctions); err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{}
	var places []string
	note := func(rule *Rule, path string, d Diagnostic) {
		kind := "analytics"
		if rule.Kind == Hunting {
			kind = "hunting"
		}
		counts[fmt.Sprintf("%s %s %s", kind, d.Code, d.Severity)]++
		if kind == "analytics" && (d.Severity != Note || d.Code == "SR002") || d.Code == "SR010" || d.Code == "SR023" {
			places = append(places, fmt.Sprintf("%s %s %s:%d:%d", d.Code, d.Severity, path, d.Line, d.Column))
		}
	}
	var refused []string
	spellings := 0
	for _, rule := range rules {
		path, _ := filepath.Rel(sharedRules, rule.Path)
		path = filepath.ToSlash(path)
		known := expected[path]
		spellings += len(lowerSpelling.FindAll(rule.Raw, -1))
		found := rule.Validate()
		compiled, err := rule.Compile(w)
		var faults *QueryError
		switch {
		case errors.As(err, &faults):
			if known.SemanticOK {
				refused = append(refused, path)
				if rule.Kind != Hunting {
					t.Errorf("the analyzer accepts this query:\n%s", faults.Format())
				}
			}
		case err != nil:
			t.Errorf("%s: %v", path, err)
		default:
			found = append(found, compiled.Diagnostics()...)
		}
		for _, d := range found {
			note(rule, path, d)
			name := missingColumn.FindStringSubmatch(d.Message)
			if name == nil || known.Columns == nil {
				continue
			}
			if known.Open || slices.ContainsFunc(known.Columns, func(c struct{ Name string }) bool { return c.Name == name[1] }) {
				t.Errorf("%s: %v, but the analyzer finds it", path, d)
			}
		}
	}
	// They name columns that their parsers do not give, or have literals and names that only the analyzer understands.
	if len(refused) > 9 {
		t.Errorf("the analyzer accepts these queries: %s", strings.Join(refused, ", "))
	}
	if n := counts["analytics SR002 note"]; n != spellings {
		t.Errorf("%d notes about spelling, but the files have %d", n, spellings)
	}
	for _, d := range ValidateSet(rules) {
		counts["all "+d.Code+" "+d.Severity]++
		path, _ := filepath.Rel(sharedRules, d.Path)
		places = append(places, fmt.Sprintf("%s %s %s:%d:%d", d.Code, d.Severity, filepath.ToSlash(path), d.Line, d.Column))
	}
	var text strings.Builder
	for _, key := range slices.Sorted(maps.Keys(counts)) {
		fmt.Fprintf(&text, "%4d %s\n", counts[key], key)
	}
	t.Logf("findings about %d rules:\n%s", len(rules), text.String())
	slices.Sort(places)
	checkGolden(t, "testdata/real_findings.golden", text.String()+"\n"+strings.Join(places, "\n")+"\n")
}

// lowerSpelling is a kind or severity whose case is not that of Sentinel.
var lowerSpelling = regexp.MustCompile(`(?m)^(kind: scheduled|severity: (high|low|medium|informational))\r?$`)
