package describe

import (
	"slices"
	"strings"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/kql"
	"github.com/seed-2512943d/picket/rules"
)

// Query is what a query looks for, as its syntax tree says it.
type Query struct {
	Parameters []Parameter `json:"parameters"` // scalar lets, in order
	Functions  []Parameter `json:"functions"`  // let statements of functions, in order
	// Pipelines are the tabular lets, the bodies of tabular functions and the subqueries of parameters, in the order of the text. The
	// query proper, whose name is empty, is the last.
	Pipelines  []Pipeline  `json:"pipelines"`
	Indicators []Indicator `json:"indicators"`
	Others     []Condition `json:"otherPredicates"` // of where operators, that are no indicators
	GroupBy    []string    `json:"groupBy"`         // keys of all summarize operators, sorted whatever their case
	Outputs    []Output    `json:"outputs"`
	Open       bool        `json:"open"`   // the result may have further columns, known only when run
	Tables     []string    `json:"tables"` // and stored functions called as such, without arguments; sorted
	Calls      []string    `json:"calls"`  // functions that are neither built in nor declared in the query; sorted

	parsed  *kql.Query
	actions []action
	result  *table // of the query proper, nil where there is none
}

// Parameter is a let statement as it is written, without comments: let NAME = VALUE;
type Parameter struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// Analyze reads what a rule's query looks for. A query with faults gives what could be read of it, and kql.Errors. The schemas say which columns tables have; tables that they do not know may have any.
func Analyze(rule *rules.Rule, schemas eval.Schemas) (*Query, error) {
	query, err := kql.Parse(rule.Query)
	out := newQuery()
	out.parsed = query
	a := &analysis{rule: rule, query: query, schemas: schemas, out: out, tables: map[string]bool{}, calls: map[string]bool{}, groupBy: map[string]bool{}}
	if query == nil {
		return a.out, err
	}
	result := a.statements(query.Statements, (*scope)(nil).child(), "")
	a.callsIn(query)
	a.out.Indicators = a.indicators.rows()
	a.out.GroupBy = sortedKeys(a.groupBy)
	slices.SortStableFunc(a.out.GroupBy, func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) })
	a.out.Tables, a.out.Calls = sortedKeys(a.tables), sortedKeys(a.calls)
	if a.out.result = result; result != nil {
		a.out.Outputs, a.out.Open = append(a.out.Outputs, result.outputs()...), result.open
	}
	return a.out, err
}

// newQuery is a query without anything in it; its lists are empty rather than nil, and so in JSON.
func newQuery() *Query {
	return &Query{
		Parameters: []Parameter{}, Functions: []Parameter{}, Pipelines: []Pipeline{}, Indicators: []Indicator{}, Others: []Condition{},
		GroupBy: []string{}, Outputs: []Output{}, Tables: []string{}, Calls: []string{},
	}
}

// analysis is the work on one query.
type analysis struct {
	rule       *rules.Rule
	query      *kql.Query
	schemas    eval.Schemas
	out        *Query
	indicators indicatorSet
	tables     map[string]bool
	calls      map[string]bool
	groupBy    map[string]bool
}

// clean is the text of a node without comments.
func (a *analysis) clean(n kql.Node) string { return cleanText(a.rule.Query, n.Span()) }

// place is where a node starts in the rule's file.
func (a *analysis) place(n kql.Node) (line, column int) { return a.rule.QueryPos.At(n.Span().Start) }

// statements reads statements in order; the tabular expression at the end is the pipeline of that name. Its table is the result.
func (a *analysis) statements(list []kql.Statement, s *scope, name string) *table {
	var result *table
	for _, statement := range list {
		switch statement := statement.(type) {
		case *kql.Let:
			a.let(statement, s, name)
		case *kql.ExprStatement:
			result = a.pipeline(name, FromStatement, statement.Expr, s)
		case *kql.Declare:
			for _, p := range statement.Params {
				s.declare(&declared{name: p.Name.Name})
			}
		}
	}
	return result
}

// let declares a name, within the function that outer names if any.
func (a *analysis) let(let *kql.Let, s *scope, outer string) {
	if let.Name == nil || let.Value == nil {
		return // of a statement with faults
	}
	name := let.Name.Name
	path := strings.TrimPrefix(outer+"."+name, ".")
	parameter := Parameter{path, strings.TrimSuffix(a.clean(let), ";") + ";"}
	switch value := unparen(let.Value).(type) {
	case *kql.Function:
		a.out.Functions = append(a.out.Functions, parameter)
		s.declare(&declared{name: name, function: value, table: a.functionBody(name, path, value, s)})
	default:
		if s.isTabular(let.Value) {
			s.declare(&declared{name: name, table: a.pipeline(path, FromLet, let.Value, s)})
			return
		}
		a.out.Parameters = append(a.out.Parameters, parameter)
		for _, sub := range subqueries(let.Value) {
			a.pipeline(path, FromParameter, sub, s)
		}
		d := &declared{name: name, value: let.Value, scope: s, clock: s.readsClock(let.Value)}
		if values := a.constants(let.Value, s); values.known() {
			d.values = values
		}
		s.declare(d)
	}
}

// functionBody reads a function once, with its parameters unknown but for the tables that calls name in them. The result is nil for one
// that gives a scalar.
func (a *analysis) functionBody(name, path string, f *kql.Function, s *scope) *table {
	inner := s.child()
	for i, p := range f.Params {
		d := &declared{name: p.Name.Name, texts: a.handed(name, i, p.Name.Name)}
		if p.Type == nil {
			d.table = &table{open: true}
		}
		inner.declare(d)
	}
	if f.Body == nil {
		return nil
	}
	a.statements(f.Body.Statements, inner, path)
	switch {
	case f.Body.Expr == nil:
		return nil
	case inner.isTabular(f.Body.Expr):
		return a.pipeline(path, FromFunction, f.Body.Expr, inner)
	}
	for _, sub := range subqueries(f.Body.Expr) {
		a.pipeline(path, FromFunction, sub, inner)
	}
	return nil
}

// subqueries finds the outermost tabular expressions within a scalar one, such as that of toscalar(…).
func subqueries(x kql.Node) []kql.Expr {
	var found []kql.Expr
	kql.Inspect(x, func(n kql.Node) bool {
		switch n := n.(type) {
		case *kql.Pipe:
			found = append(found, n)
			return false
		case *kql.Call:
			if n.Func.Name == "toscalar" && len(n.Args) == 1 {
				found = append(found, unparen(n.Args[0]))
				return false
			}
		}
		return true
	})
	return found
}

func sortedKeys(set map[string]bool) []string {
	keys := make([]string, 0, len(set))
	for key := range set {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
