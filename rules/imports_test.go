package rules_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/seed-2512943d/picket/"

// mayImport lists, for each package, the packages of the module that it may import: imports
// only go down.
var mayImport = map[string][]string{
	"kql":              nil,
	"eval/scalar":      nil,
	"eval/ingest":      nil,
	"eval/function/h3": nil,
	"eval/function":    {"eval/scalar", "eval/function/h3"},
	"eval/aggregate":   {"eval/scalar", "eval/function"},
	"eval":             {"kql", "eval/scalar", "eval/ingest", "eval/function", "eval/aggregate"},
	"rules/catalog":    nil,
	"rules":            {"kql", "eval", "eval/scalar", "eval/ingest", "rules/catalog"},
	"rules/timeline":   {"rules"},
	"rules/describe":   {"kql", "eval", "eval/scalar", "eval/function", "eval/aggregate", "rules", "rules/catalog"},
	"rules/ruletest":   {"kql", "eval", "eval/scalar", "eval/ingest", "rules", "rules/catalog"},
	"rules/cmd/picket": {"kql", "eval", "eval/scalar", "eval/ingest", "rules", "rules/catalog", "rules/describe", "rules/ruletest", "rules/timeline"},
}

func TestImportsOnlyGoDown(t *testing.T) {
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", module+"...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	packages := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := packages.Decode(&p); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimPrefix(p.ImportPath, module)
		allowed, known := mayImport[name]
		if !known && !strings.HasPrefix(name, "examples/") {
			t.Errorf("%s has no place in the order of imports", name)
		}
		for _, path := range p.Imports {
			if dep, own := strings.CutPrefix(path, module); own && known && !slices.Contains(allowed, dep) {
				t.Errorf("%s must not import %s", name, dep)
			}
		}
	}
}
