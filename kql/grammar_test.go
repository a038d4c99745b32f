package kql

import (
	"flag"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestGrammar keeps the grammar that the tags make as a file, so that each change of it can be seen.
func TestGrammar(t *testing.T) {
	const path = "testdata/grammar.ebnf"
	got := syntax().parser.String() + "\n"
	want, err := os.ReadFile(path)
	if flag.Lookup("update").Value.String() == "true" {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("the grammar has changed; go test -update writes it anew: %s", diff)
	}
}

// TestEveryNode checks by reflection that Inspect visits all nodes of the samples, and that the samples have each
// production of the grammar; TestParse prints the same samples.
func TestEveryNode(t *testing.T) {
	text, err := os.ReadFile("testdata/parse/operator.kt")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for sample := range strings.SplitSeq(string(text), "\n\n") {
		query, _, _ := strings.Cut(sample, "\n----")
		for strings.HasPrefix(query, "#") {
			_, query, _ = strings.Cut(query, "\n")
		}
		tree, err := Parse(query)
		if err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		visited := map[Node]bool{}
		Inspect(tree, func(n Node) bool {
			visited[n] = true
			seen[strings.TrimPrefix(reflect.TypeOf(n).String(), "*kql.")] = true
			return true
		})
		eachField(reflect.ValueOf(tree), func(n Node) {
			if !visited[n] {
				t.Errorf("%s: Inspect misses the %T %s", query, n, Canonical(n))
			}
		})
	}
	for field := range reflect.TypeFor[grammar]().Fields() {
		if name := field.Type.Elem().Name(); name != "columnList" && !seen[name] {
			t.Errorf("testdata/parse/operator.kt has no %s", name)
		}
	}
}

// eachField calls visit for all nodes that the fields of a node lead to.
func eachField(v reflect.Value, visit func(Node)) {
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if v.IsNil() {
			return
		}
		if node, ok := v.Interface().(Node); ok && v.Kind() == reflect.Pointer {
			visit(node)
		}
		eachField(v.Elem(), visit)
	case reflect.Slice:
		for i := range v.Len() {
			eachField(v.Index(i), visit)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				eachField(v.Field(i), visit)
			}
		}
	}
}
