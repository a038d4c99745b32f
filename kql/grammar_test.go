package kql

import (
	"flag"
	"os"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// grammar reaches every declared production. The parser has no use for it, as the first word decides which production is read.
type grammar struct {
	Let      *Let        `parser:"  @@"`
	Set      *Set        `parser:"| @@"`
	Declare  *Declare    `parser:"| @@"`
	Pattern  *Pattern    `parser:"| @@"`
	Alias    *Alias      `parser:"| @@"`
	Restrict *Restrict   `parser:"| @@"`
	Function *Function   `parser:"| @@"`
	Columns  *columnList `parser:"| @@"`

	Datatable               *Datatable               `parser:"| @@"`
	ExternalData            *ExternalData            `parser:"| @@"`
	InlineExternalTable     *InlineExternalTable     `parser:"| @@"`
	MaterializedViewCombine *MaterializedViewCombine `parser:"| @@"`

	As                  *As                  `parser:"| @@"`
	AssertSchema        *AssertSchema        `parser:"| @@"`
	Consume             *Consume             `parser:"| @@"`
	Count               *Count               `parser:"| @@"`
	Distinct            *Distinct            `parser:"| @@"`
	Evaluate            *Evaluate            `parser:"| @@"`
	ExecuteAndCache     *ExecuteAndCache     `parser:"| @@"`
	Extend              *Extend              `parser:"| @@"`
	Facet               *Facet               `parser:"| @@"`
	Find                *Find                `parser:"| @@"`
	Fork                *Fork                `parser:"| @@"`
	GetSchema           *GetSchema           `parser:"| @@"`
	GraphMarkComponents *GraphMarkComponents `parser:"| @@"`
	GraphMatch          *GraphMatch          `parser:"| @@"`
	GraphShortestPaths  *GraphShortestPaths  `parser:"| @@"`
	GraphToTable        *GraphToTable        `parser:"| @@"`
	GraphWhereEdges     *GraphWhereEdges     `parser:"| @@"`
	GraphWhereNodes     *GraphWhereNodes     `parser:"| @@"`
	Invoke              *Invoke              `parser:"| @@"`
	Join                *Join                `parser:"| @@"`
	Lookup              *Lookup              `parser:"| @@"`
	MacroExpand         *MacroExpand         `parser:"| @@"`
	MakeGraph           *MakeGraph           `parser:"| @@"`
	MakeSeries          *MakeSeries          `parser:"| @@"`
	MvApply             *MvApply             `parser:"| @@"`
	MvExpand            *MvExpand            `parser:"| @@"`
	ParseKv             *ParseKv             `parser:"| @@"`
	ParseOperator       *ParseOperator       `parser:"| @@"`
	Partition           *Partition           `parser:"| @@"`
	PartitionBy         *PartitionBy         `parser:"| @@"`
	Print               *Print               `parser:"| @@"`
	Project             *Project             `parser:"| @@"`
	ProjectAway         *ProjectAway         `parser:"| @@"`
	ProjectByNames      *ProjectByNames      `parser:"| @@"`
	ProjectKeep         *ProjectKeep         `parser:"| @@"`
	ProjectRename       *ProjectRename       `parser:"| @@"`
	ProjectReorder      *ProjectReorder      `parser:"| @@"`
	Range               *Range               `parser:"| @@"`
	Reduce              *Reduce              `parser:"| @@"`
	Render              *Render              `parser:"| @@"`
	Sample              *Sample              `parser:"| @@"`
	SampleDistinct      *SampleDistinct      `parser:"| @@"`
	Scan                *Scan                `parser:"| @@"`
	Search              *Search              `parser:"| @@"`
	Serialize           *Serialize           `parser:"| @@"`
	Sort                *Sort                `parser:"| @@"`
	Summarize           *Summarize           `parser:"| @@"`
	Take                *Take                `parser:"| @@"`
	Top                 *Top                 `parser:"| @@"`
	TopHitters          *TopHitters          `parser:"| @@"`
	TopNested           *TopNested           `parser:"| @@"`
	Union               *Union               `parser:"| @@"`
	Where               *Where               `parser:"| @@"`
}

// TestGrammar keeps the grammar that the tags make as a file, so that each change of it can be seen.
func TestGrammar(t *testing.T) {
	const path = "testdata/grammar.ebnf"
	got := build[grammar]().String() + "\n"
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
	for _, word := range syntax().words {
		if !strings.Contains(got, strconv.Quote(word)) {
			t.Errorf("the type grammar has no field for the operator %s", word)
		}
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
