package eval

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed-2512943d/picket/eval/aggregate"
	"github.com/seed-2512943d/picket/eval/function"
)

var updateReference = flag.Bool("update-reference", false, "write the reference pages anew")

// TestReference holds the reference pages to the declarations that they are made from.
func TestReference(t *testing.T) {
	for file, text := range map[string]string{
		"function/REFERENCE.md":  functionReference(),
		"aggregate/REFERENCE.md": aggregateReference(),
		"REFERENCE.md":           operatorReference(t),
	} {
		if *updateReference {
			if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		have, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(text, string(have)); diff != "" {
			t.Errorf("%s is out of step; run go test ./eval -run Reference -update-reference (-want +got):\n%s", file, diff)
		}
	}
}

func functionReference() string {
	var b strings.Builder
	b.WriteString("# Scalar functions\n\nMade from the declarations in this package. Every example is a predicate that holds; the tests run them.\n")
	all := maps.Clone(function.All())
	maps.Copy(all, aggregate.Functions())
	var refused []string
	for _, name := range slices.Sorted(maps.Keys(all)) {
		f := all[name]
		if f.Refused != "" {
			refused = append(refused, fmt.Sprintf("| `%s` | %s |\n", name, f.Refused))
			continue
		}
		writeEntry(&b, name, f.Sig, f.Doc, f.Alias, f.Examples)
	}
	writeRefused(&b, refused)
	return b.String()
}

func aggregateReference() string {
	var b strings.Builder
	b.WriteString("# Aggregates\n\nMade from the declarations in this package. Every example is a predicate that holds; the tests run them.\n")
	var refused []string
	for _, name := range slices.Sorted(maps.Keys(aggregate.All())) {
		a := aggregate.All()[name]
		if a.Refused != "" {
			refused = append(refused, fmt.Sprintf("| `%s` | %s |\n", name, a.Refused))
			continue
		}
		writeEntry(&b, name, a.Sig, a.Doc, a.Alias, a.Examples)
	}
	writeRefused(&b, refused)
	return b.String()
}

func writeEntry(b *strings.Builder, name, sig, doc, alias string, examples []string) {
	fmt.Fprintf(b, "\n## %s\n\n```\n", name)
	for line := range strings.Lines(sig) {
		b.WriteString(strings.TrimSpace(line) + "\n")
	}
	fmt.Fprintf(b, "```\n\n%s\n", doc)
	if alias != "" {
		fmt.Fprintf(b, "\nAn obsolete spelling of `%s`.\n", alias)
	}
	if len(examples) > 0 {
		fmt.Fprintf(b, "\n```kql\n%s\n```\n", strings.Join(examples, "\n"))
	}
}

func writeRefused(b *strings.Builder, rows []string) {
	if len(rows) > 0 {
		fmt.Fprintf(b, "\n## Refused\n\nA query that uses one of these is refused when it is bound.\n\n| name | reason |\n|---|---|\n%s", strings.Join(rows, ""))
	}
}

// operatorReference lists the tabular operators, with what the syntax tree says of each, and
// the plugins, with what their binders say.
func operatorReference(t *testing.T) string {
	var b strings.Builder
	b.WriteString("# Tabular operators and plugins\n\nMade from the syntax tree and the binders. Each has its behaviours, with answers, in testdata.\n\n## Operators\n\n")
	docs := typeDocs(t, "../kql")
	for _, name := range slices.Sorted(maps.Keys(docs)) {
		fmt.Fprintf(&b, "* **%s**: %s\n", operatorName(name), docs[name])
	}
	binders := functionDocs(t, ".")
	b.WriteString("\n## Functions of graphs\n\nThey are known in graph-match, graph-shortest-paths, graph-where-nodes and graph-where-edges.\n\n")
	for _, name := range slices.Sorted(maps.Keys(graphFunctions)) {
		fmt.Fprintf(&b, "* **%s**: %s\n", name, binders["graph"+strings.ReplaceAll(name, "_", "")])
	}
	b.WriteString("\n## Plugins of evaluate\n\n")
	for _, name := range pluginNames {
		fmt.Fprintf(&b, "* **%s**: %s\n", name, binders["bind"+strings.ReplaceAll(name, "_", "")])
	}
	b.WriteString("\n## Plugins refused\n\nA query that uses one of these is refused when it is bound.\n\n| name | reason |\n|---|---|\n")
	for _, name := range slices.Sorted(maps.Keys(refusedPlugins)) {
		fmt.Fprintf(&b, "| `%s` | %s |\n", name, refusedPlugins[name])
	}
	return b.String()
}

// operatorName gives the keyword of an operator's type.
func operatorName(typeName string) string {
	switch typeName {
	case "ParseOperator":
		return "parse, parse-where"
	case "Where":
		return "where, filter"
	case "Take":
		return "take, limit"
	case "Sort":
		return "sort, order"
	case "MvExpand":
		return "mv-expand, mvexpand"
	case "ExecuteAndCache":
		return "execute_and_cache"
	case "PartitionBy":
		return "__partitionby"
	case "GetSchema":
		return "getschema"
	}
	return hyphenated(typeName)
}

// typeDocs gives the first sentence of the documentation of each operator's type.
func typeDocs(t *testing.T, dir string) map[string]string {
	docs, operators := make(map[string]string), make(map[string]bool)
	eachFile(t, dir, func(f *ast.File) {
		for _, d := range f.Decls {
			switch d := d.(type) {
			case *ast.GenDecl:
				for _, s := range d.Specs {
					if ts, ok := s.(*ast.TypeSpec); ok {
						docs[ts.Name.Name] = sentence(d.Doc.Text(), ts.Name.Name)
					}
				}
			case *ast.FuncDecl:
				if d.Name.Name == "operator" && d.Recv != nil && d.Type.Params.NumFields() == 0 {
					if star, ok := d.Recv.List[0].Type.(*ast.StarExpr); ok {
						operators[star.X.(*ast.Ident).Name] = true
					}
				}
			}
		}
	})
	maps.DeleteFunc(docs, func(name, _ string) bool { return !operators[name] })
	return docs
}

// functionDocs gives the first sentence of the documentation of each function, by its name in
// lower case.
func functionDocs(t *testing.T, dir string) map[string]string {
	docs := make(map[string]string)
	eachFile(t, dir, func(f *ast.File) {
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok {
				docs[strings.ToLower(fn.Name.Name)] = sentence(fn.Doc.Text(), fn.Name.Name)
			}
		}
	})
	docs["bindidentityv3"] = docs["bindidentity"]
	return docs
}

func eachFile(t *testing.T, dir string, visit func(*ast.File)) {
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		visit(f)
	}
}

// sentence gives the first sentence of a documentation without the name that it begins with.
func sentence(doc, name string) string {
	doc = strings.Join(strings.Fields(strings.TrimPrefix(doc, name+" ")), " ")
	if i := strings.Index(doc, ". "); i >= 0 {
		doc = doc[:i+1]
	}
	return doc
}
