package rules

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// Each file of testdata/diagnostics has what the code in its name is about; the golden file has all that is found in them.
func TestEachDiagnostic(t *testing.T) {
	if testing.Short() {
		t.Skip("goes through all real rules, which takes minutes under the race detector; the run without it has this test")
	}
	w := NewWorkspace()
	if err := w.AddFunctions("testdata/functions"); err != nil {
		t.Fatal(err)
	}
	paths, err := filepath.Glob("testdata/diagnostics/SR*")
	if err != nil {
		t.Fatal(err)
	}
	var all []Diagnostic
	var rules []*Rule
	for _, path := range paths {
		loaded, err := LoadDir(path)
		var broken Diagnostic
		if errors.As(err, &broken) {
			all = append(all, broken)
		}
		for _, rule := range loaded {
			rules = append(rules, rule)
			all = append(all, rule.Validate()...)
			compiled, err := rule.Compile(w)
			var faults *QueryError
			if errors.As(err, &faults) {
				all = append(all, faults.Diagnostics()...)
			} else if err == nil {
				all = append(all, compiled.Diagnostics()...)
			}
		}
	}
	all = append(all, ValidateSet(rules)...)
	SortDiagnostics(all)
	found := map[string]bool{}
	var text strings.Builder
	for _, d := range all {
		if strings.HasPrefix(filepath.Base(d.Path), d.Code) {
			found[d.Code] = true
		}
		d.Path = filepath.Base(d.Path)
		fmt.Fprintf(&text, "%v (%s)\n", d, d.Severity)
	}
	for _, c := range DiagnosticCodes() {
		if !found[c.Code] {
			t.Errorf("no case finds %s: %s", c.Code, c.Title)
		}
	}
	checkGolden(t, "testdata/diagnostics/findings.golden", strings.ReplaceAll(text.String(), `testdata\diagnostics\`, "testdata/diagnostics/"))
}
