package ruletest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// Every exported function of the package has an example that runs.
func TestEntryPointsHaveExamples(t *testing.T) {
	paths, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var functions, examples []string
	for _, path := range paths {
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			d, ok := d.(*ast.FuncDecl)
			switch {
			case !ok || d.Recv != nil:
			case strings.HasSuffix(path, "_test.go"):
				if name, ok := strings.CutPrefix(d.Name.Name, "Example"); ok {
					examples = append(examples, name)
				}
			case d.Name.IsExported():
				functions = append(functions, d.Name.Name)
			}
		}
	}
	if len(functions) < 25 {
		t.Errorf("there are %d exported functions", len(functions))
	}
	for _, name := range functions {
		if !slices.Contains(examples, name) {
			t.Errorf("%s has no example", name)
		}
	}
}

// The guide names every key of test files.
func TestGuideNamesAllKeys(t *testing.T) {
	text, err := os.ReadFile("GUIDE.md")
	if err != nil {
		t.Fatal(err)
	}
	var node *yaml.Node
	d := &fileDecoder{file: new(file)}
	keys := slices.Concat(keysOf(d.wholeKeys(&node)), keysOf(d.defaultsKeys()), keysOf(d.testKeys(new(Test), &node)),
		keysOf(d.expectKeys(new(Test), new(expectation), new(alertPattern))), keysOf(d.alertKeys(new(alertPattern))), formats(), sourceKeys)
	for _, key := range keys {
		if !strings.Contains(string(text), "`"+key) && !strings.Contains(string(text), key+":") {
			t.Errorf("the guide does not name %s", key)
		}
	}
}
