package describe_test

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/rules"
	"github.com/seed-2512943d/picket/rules/describe"
)

const functionsDir = "../../../shared/sentinel/functions"

// realRules loads all rules of the reference material, and a workspace with the functions that they call.
func realRules(t testing.TB) ([]*rules.Rule, *rules.Workspace) {
	t.Helper()
	if _, err := os.Stat(corpusDir); err != nil {
		t.Skip(corpusDir + " is not here: the reference material stands beside the repository, not in it")
	}
	list, err := rules.LoadDir(corpusDir)
	if err != nil {
		t.Fatal(err)
	}
	w := rules.NewWorkspace()
	if err := w.AddFunctions(functionsDir); err != nil {
		t.Log(err)
	}
	return list, w
}

// TestEveryRealRule makes the pages of all real rules, and holds the output fields to the columns of the bound queries: each output is
// a column, and each column is an output or one of a table or stored function.
func TestEveryRealRule(t *testing.T) {
	list, w := realRules(t)
	if len(list) < 1298 {
		t.Errorf("%d rules, want 1298", len(list))
	}
	start := time.Now()
	corpus := describe.NewCorpus(w, list...)
	bound, indicators := 0, 0
	for _, page := range corpus.Pages() {
		if err := page.Text(io.Discard); err != nil {
			t.Errorf("%s: %v", page.Path, err)
		}
		indicators += len(page.Indicators)
		if len(page.Faults) > 0 {
			continue
		}
		bound++
		checkOutputs(t, page, w)
	}
	t.Logf("%d pages, %d of bound queries, %d indicators in %v", len(list), bound, indicators, time.Since(start))
	if bound < 1250 || indicators < 4000 {
		t.Errorf("%d queries are bound, with %d indicators", bound, indicators)
	}
}

func checkOutputs(t *testing.T, page *describe.Page, w *rules.Workspace) {
	columns, raw := map[string]bool{}, map[string]bool{}
	for _, c := range page.Columns {
		columns[c.Name] = true
	}
	for _, o := range page.Outputs {
		raw[o.Name] = true
		if !columns[o.Name] && !page.Open {
			t.Errorf("%s: the output %s is no column of the result", page.Path, o.Name)
		}
	}
	for _, need := range page.Needs {
		if need.Kind != "table" {
			return // its columns are not known here
		}
		of, _, _ := w.TableSchema(need.Name)
		for _, c := range of {
			raw[c.Name] = true
		}
	}
	for _, c := range page.Columns {
		if !raw[c.Name] {
			t.Errorf("%s: the column %s is neither an output nor one of a table", page.Path, c.Name)
		}
	}
}

// TestNeedsOfRealRules holds the tables that pages name to those that the bound queries read. A saved function's own tables are not named.
func TestNeedsOfRealRules(t *testing.T) {
	list, w := realRules(t)
	compared := 0
	for _, page := range describe.NewCorpus(w, list...).Pages() {
		saved := slices.ContainsFunc(page.Needs, func(n describe.Need) bool { return n.Kind == "saved function" })
		if saved || len(page.Faults) > 0 {
			continue
		}
		compared++
		i := slices.IndexFunc(list, func(r *rules.Rule) bool { return r.Path == page.Path })
		program, err := eval.Compile(list[i].Query, w.Options()...)
		if err != nil {
			t.Fatal(err)
		}
		var tables []string
		for _, n := range page.Needs {
			if n.Kind == "table" {
				tables = append(tables, n.Name)
			}
		}
		if !slices.Equal(tables, program.Tables()) {
			t.Errorf("%s: the page names %q, the bound query reads %q", page.Path, tables, program.Tables())
		}
	}
	if compared < 700 {
		t.Errorf("%d rules compared", compared)
	}
}

func BenchmarkPagesOfRealRules(b *testing.B) {
	list, w := realRules(b)
	for b.Loop() {
		for _, page := range describe.NewCorpus(w, list...).Pages() {
			if err := page.Text(io.Discard); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// rule makes a rule of a query over AWSCloudTrail.
func rule(t *testing.T, name, query string) *rules.Rule {
	t.Helper()
	text := fmt.Sprintf("name: %s\nid: %s\nquery: |\n  AWSCloudTrail\n  %s\n", name, name, strings.ReplaceAll(query, "\n", "\n  "))
	r, err := rules.Parse(name+".yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestOtherRulesAreCounted(t *testing.T) {
	one := rule(t, "one", "| where EventName == 'CreateUser' and EventSource =~ 'iam.amazonaws.com' and isempty(ErrorCode)")
	others := []*rules.Rule{
		rule(t, "same-case", "| where EventName == 'CreateUser'"),
		rule(t, "other-case", "| where EventName == 'createuser'"),
		rule(t, "any-case", "| where EventName =~ 'createuser' and EventSource =~ 'IAM.amazonaws.com'"),
		rule(t, "negated", "| where EventName != 'CreateUser' and isnotempty(ErrorCode)"),
		rule(t, "null", "| where not(isnotempty(ErrorCode))"),
		rule(t, "one", "| where EventName == 'CreateUser'"), // the same id
	}
	page := describe.NewCorpus(rules.NewWorkspace(), append(others, one)...).Page(one)
	var got []string
	for _, i := range page.Indicators {
		got = append(got, fmt.Sprint(i.Field, " ", i.Others))
		for _, v := range i.Values {
			got = append(got, fmt.Sprint(v, " ", v.Others))
		}
	}
	want := []string{"ErrorCode 1", "EventName 0", "CreateUser 2", "EventSource 0", "iam.amazonaws.com 1"}
	if !slices.Equal(got, want) || page.Corpus != 5 {
		t.Errorf("got %q of %d rules, want %q of 5", got, page.Corpus, want)
	}
}

func TestRelatedRulesShareAnAction(t *testing.T) {
	one := rule(t, "one", "| where EventName in ('CreateUser', 'DeleteUser')")
	list := []*rules.Rule{
		one,
		rule(t, "b", "| where EventName == 'CreateUser'"),
		rule(t, "a", "| where EventName has 'CreateUser' or EventName =~ 'deleteuser'"),
		rule(t, "c", "| where EventName in~ ('createuser', 'deleteuser')"),
		rule(t, "negated", "| where EventName != 'CreateUser'"),
		rule(t, "elsewhere", "| where UserAgent == 'CreateUser'"),
	}
	page := describe.NewCorpus(rules.NewWorkspace(), list...).Page(one)
	var got []string
	for _, r := range page.Related {
		got = append(got, fmt.Sprint(r.Name, r.Actions))
	}
	if want := []string{"c[createuser deleteuser]", "a[deleteuser]", "b[createuser]"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestActionsOfManyRulesRelateNothing(t *testing.T) {
	var list []*rules.Rule
	for i := range 30 {
		list = append(list, rule(t, fmt.Sprint("rule", i), "| where EventName == 'ConsoleLogin'"))
	}
	if page := describe.NewCorpus(rules.NewWorkspace(), list...).Page(list[0]); len(page.Related) != 0 {
		t.Errorf("%d rules are related by what all look for", len(page.Related))
	}
}
