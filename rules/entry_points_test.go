package rules

import (
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// ofInterfaces are methods that a type has for an interface of the standard library, and that callers seldom name.
var ofInterfaces = []string{"Error", "String", "Unwrap", "MarshalJSON"}

// shownElsewhere are entry points that examples reach through what stands here: the interfaces that a Workspace implements for a query, which
// Workspace.Options hands over, and an observer's view of a row, which ExampleProgram_Observe writes down.
var shownElsewhere = []string{
	"rules Workspace.ExternalData", "rules Workspace.Watchlist", "rules Workspace.LastEvent",
	"eval Sight.Matches", "eval Sight.Truth",
}

// Every exported function and method of these packages is used by an example of the package.
func TestEveryEntryPointHasAnExample(t *testing.T) {
	for _, dir := range []string{".", "catalog", "describe", "timeline", "../eval", "../eval/ingest"} {
		path, err := filepath.Abs(dir)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(path)
		missing := withoutExample(t, dir)
		missing = slices.DeleteFunc(missing, func(entry string) bool { return slices.Contains(shownElsewhere, name+" "+entry) })
		if len(missing) > 0 {
			t.Errorf("no example of package %s uses %s", name, strings.Join(missing, ", "))
		}
	}
}

// withoutExample lists the exported functions and methods of a package that no Example in its folder names.
func withoutExample(t *testing.T, dir string) (missing []string) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(paths) == 0 {
		t.Fatal(dir, err)
	}
	set := token.NewFileSet()
	var files []*ast.File
	named := map[string]bool{}
	for _, path := range paths {
		file, err := parser.ParseFile(set, path, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
		for _, declared := range file.Decls {
			if f, ok := declared.(*ast.FuncDecl); ok && strings.HasPrefix(f.Name.Name, "Example") {
				ast.Inspect(f.Body, func(n ast.Node) bool {
					if name, ok := n.(*ast.Ident); ok {
						named[name.Name] = true
					}
					return true
				})
			}
		}
	}
	documented, err := doc.NewFromFiles(set, files, "picket/"+filepath.ToSlash(dir))
	if err != nil {
		t.Fatal(err)
	}
	look := func(of string, functions []*doc.Func) {
		for _, f := range functions {
			if ast.IsExported(f.Name) && !named[f.Name] && !slices.Contains(ofInterfaces, f.Name) {
				missing = append(missing, of+f.Name)
			}
		}
	}
	look("", documented.Funcs)
	for _, of := range documented.Types {
		look("", of.Funcs)
		look(of.Name+".", of.Methods)
	}
	return missing
}
