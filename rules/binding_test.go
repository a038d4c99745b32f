package rules_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed-2512943d/picket/rules"
)

// expectation is what Microsoft's analyzer says of one rule.
type expectation struct {
	Path       string
	SemanticOK bool                          `json:"semantic_ok"`
	SyntaxOK   bool                          `json:"syntax_ok"`
	Columns    []struct{ Name, Type string } `json:"result_columns"`
	Open       bool                          `json:"result_open"`
}

const sentinel = "../../shared/sentinel/"

// How many rules bind with the analyzer's result, and how many of those that it refuses are
// refused; fewer is a step back.
const (
	boundFloor   = 1246
	refusedFloor = 36
)

// TestConformanceBinding binds every real rule over the catalogue and the saved functions, and
// compares the columns of its result with those that Microsoft's analyzer gives.
func TestConformanceBinding(t *testing.T) {
	f, err := os.Open(sentinel + "expected.jsonl")
	if err != nil {
		t.Skipf("the real rules do not stand beside the module: %v", err)
	}
	defer f.Close()
	w := rules.NewWorkspace()
	if err := w.AddFunctions(sentinel + "functions"); err != nil {
		t.Fatal(err)
	}
	var accepted, bound, rejected, refused int
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var want expectation
		if err := json.Unmarshal(lines.Bytes(), &want); err != nil {
			t.Fatal(err)
		}
		r, err := rules.Load(filepath.Join(sentinel, "rules", want.Path))
		if err != nil {
			t.Errorf("%s: %v", want.Path, err)
			continue
		}
		c, err := r.Compile(w)
		if !want.SemanticOK {
			rejected++
			if err != nil {
				refused++
			} else {
				t.Logf("accepted: %s", want.Path)
			}
			continue
		}
		accepted++
		if err == nil {
			err = compareColumns(c, want)
		}
		if err != nil {
			t.Logf("differs: %s: %s", want.Path, strings.ReplaceAll(err.Error(), "\n", " / "))
			continue
		}
		bound++
	}
	t.Logf("rules: %d of %d that the analyzer accepts bind with its columns; %d of %d that it rejects are refused", bound, accepted, refused, rejected)
	if bound < boundFloor || refused < refusedFloor {
		t.Errorf("fewer than %d bind, or fewer than %d are refused", boundFloor, refusedFloor)
	}
}

func compareColumns(c *rules.Compiled, want expectation) error {
	if want.Columns == nil || want.Open || c.Open {
		return nil
	}
	if len(c.Columns) != len(want.Columns) {
		return fmt.Errorf("%d columns, want %d: %v want %v", len(c.Columns), len(want.Columns), c.Columns, want.Columns)
	}
	for i, got := range c.Columns {
		w := want.Columns[i]
		if got.Name != w.Name || w.Type != "unknown" && got.Type.String() != w.Type {
			return fmt.Errorf("column %d is %s: %s, want %s: %s", i, got.Name, got.Type, w.Name, w.Type)
		}
	}
	return nil
}
