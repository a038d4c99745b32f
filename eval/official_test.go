package eval_test

import (
	"encoding/json"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/eval/aggregate"
	"github.com/seed-2512943d/picket/eval/function"
	"github.com/seed-2512943d/picket/kql"
)

// official is Microsoft's own list of what KQL has.
type official struct {
	Functions, Aggregates, Plugins []struct{ Name string }
	Operators                      []struct{ Keyword string } `json:"query_operators"`
}

// TestConformanceOfficial counts which of Microsoft's functions, aggregates, plugins and
// operators are there, and which are refused by name and reason; none may be missing.
func TestConformanceOfficial(t *testing.T) {
	text, err := os.ReadFile("../../shared/conformance/official.json")
	if err != nil {
		t.Skipf("the conformance material does not stand beside the module: %v", err)
	}
	var list official
	if err := json.Unmarshal(text, &list); err != nil {
		t.Fatal(err)
	}
	count := func(kind string, names []string, state func(string) string) {
		found := map[string][]string{}
		for _, name := range names {
			s := state(name)
			found[s] = append(found[s], name)
		}
		t.Logf("%s: %d implemented, %d refused by design, %d missing", kind, len(found["implemented"]), len(found["refused"]), len(found["missing"]))
		if len(found["missing"]) > 0 {
			t.Errorf("%s missing: %s", kind, strings.Join(found["missing"], " "))
		}
	}
	var functions, aggregates, plugins, operators []string
	for _, f := range list.Functions {
		functions = append(functions, f.Name)
	}
	for _, a := range list.Aggregates {
		aggregates = append(aggregates, a.Name)
	}
	for _, p := range list.Plugins {
		plugins = append(plugins, p.Name)
	}
	for _, o := range list.Operators {
		operators = append(operators, o.Keyword)
	}
	count("functions", functions, functionState)
	count("aggregates", aggregates, func(name string) string {
		a, ok := aggregate.Lookup(name)
		return stateOf(ok, ok && a.Refused != "")
	})
	count("plugins", plugins, func(name string) string {
		return refusal("print x = 1 | evaluate "+name+"()", "KS124")
	})
	count("operators", operators, func(keyword string) string {
		if slices.Contains([]string{"project-smart", "execute_and_cache", "__project-by-names"}, keyword) {
			return "implemented" // words within other operators, and another spelling of project-by-names
		}
		return operatorState(keyword)
	})
}

// tabularSources are the functions that stand where a table does; eval binds them itself.
var tabularSources = []string{
	"cluster", "database", "entity_group", "external_table", "materialized_view", "stored_query_result", "table", "graph",
	"all", "any", "map", "inner_nodes", "labels", "node_degree_in", "node_degree_out", "node_id", // within graph operators
}

func functionState(name string) string {
	f, ok := function.Lookup(name)
	if !ok {
		f, ok = aggregate.Functions()[name]
	}
	if !ok && slices.Contains(tabularSources, name) {
		return "implemented"
	}
	return stateOf(ok, ok && f.Refused != "")
}

func stateOf(known, refused bool) string {
	switch {
	case !known:
		return "missing"
	case refused:
		return "refused"
	}
	return "implemented"
}

// refusal says what becomes of a query that is wrong in any case: a name that is not known
// draws a code of its own, and one that is refused says so.
func refusal(query, unknownCode string) string {
	_, err := eval.Compile(query)
	var errs kql.Errors
	errors.As(err, &errs)
	for _, e := range errs {
		switch {
		case e.Code == unknownCode:
			return "missing"
		case strings.Contains(e.Message, "cannot run here"):
			return "refused"
		}
	}
	return "implemented"
}

// operatorState binds a right use of an operator.
func operatorState(keyword string) string {
	query, ok := operatorQueries[keyword]
	if !ok {
		return "missing"
	}
	if strings.HasPrefix(query, "| ") {
		query = "let f = (T: (x: long)) { T }; datatable(x: long, d: dynamic)[1, dynamic([1])] " + query
	}
	_, err := eval.Compile(query)
	switch {
	case err == nil:
		return "implemented"
	case strings.Contains(err.Error(), "cannot run here"):
		return "refused"
	}
	return "missing"
}

const makeGraph = "datatable(a: string, b: string)['x', 'y'] | make-graph a --> b "

// operatorQueries use each operator once, rightly.
var operatorQueries = map[string]string{
	"as": "| as T", "assert-schema": "| assert-schema (x: long, d: dynamic)", "consume": "| consume", "count": "| count",
	"distinct": "| distinct x", "evaluate": "| evaluate narrow()", "extend": "| extend y = x", "facet": "| facet by x",
	"filter": "| filter x > 0", "find": "let T = datatable(x: long)[1]; find in (T) where x == 1", "fork": "| fork (count) (count)",
	"getschema": "| getschema", "invoke": "| invoke f()", "join": "| join kind=inner (print x = 1) on x", "limit": "| limit 1",
	"lookup": "| lookup (print x = 1) on x", "macro-expand": "macro-expand entity_group [database('b')] as X (print d = X.$current_database)",
	"make-graph": makeGraph + "| graph-to-table nodes", "make-series": "| make-series count() on x step 1",
	"mv-apply": "| mv-apply d on (count)", "mvapply": "| mvapply d on (count)", "mv-expand": "| mv-expand d", "mvexpand": "| mvexpand d",
	"order": "| order by x", "parse": "| parse d with 'a' b", "parse-kv": "| parse-kv tostring(d) as (a: string)",
	"parse-where": "| parse-where d with 'a' b", "partition": "| partition by x (count)", "__partitionby": "| __partitionby x (count)",
	"print": "print 1", "project": "| project x", "project-away": "| project-away x", "project-by-names": "| project-by-names 'x'",
	"project-keep": "| project-keep x", "project-rename": "| project-rename z = x", "project-reorder": "| project-reorder x",
	"range": "range y from 1 to 2 step 1", "reduce": "| project s = tostring(x) | reduce by s", "render": "| render table", "sample": "| sample 1",
	"sample-distinct": "| sample-distinct 1 of x", "scan": "| serialize | scan with (step s: true;)", "search": "| search 'a'",
	"serialize": "| serialize", "sort": "| sort by x", "summarize": "| summarize count()", "take": "| take 1", "top": "| top 1 by x",
	"top-hitters": "| top-hitters 1 of x", "top-nested": "| top-nested 1 of x by count()", "union": "| union (print x = 1)",
	"where":                 "| where x > 0",
	"graph-mark-components": makeGraph + "| graph-mark-components | graph-to-table nodes",
	"graph-match":           makeGraph + "| graph-match (m)-[e]->(n) project e.a",
	"graph-shortest-paths":  makeGraph + "| graph-shortest-paths (m)-[e*1..2]->(n) project n = 1",
	"graph-to-table":        makeGraph + "| graph-to-table edges",
	"graph-where-nodes":     makeGraph + "| graph-where-nodes true | graph-to-table nodes",
	"graph-where-edges":     makeGraph + "| graph-where-edges true | graph-to-table edges",
}
