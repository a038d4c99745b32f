package eval

import (
	"fmt"
	"slices"
	"strings"

	"github.com/seed-2512943d/picket/kql"
)

// binder resolves the names of a query, checks its types, and turns it into closures.
type binder struct {
	opts     *options
	scope    *scope
	text     *kql.Source // the query's
	src      *kql.Source // the text being bound: the query's, or a stored function's
	errs     kql.Errors
	around   *around      // the rows that a subquery stands in
	agg      *aggregation // the summarize whose aggregates are being bound
	saved    map[string]*userFunction
	lenient  bool // a stored function is being bound: see binder.enter
	notes    []string
	keys     *[]any     // of what the subquery being bound computes once: see binder.repeated
	oneRow   *relation  // the row of the print being bound, for window functions
	volatile bool       // a call has been bound that may give another value each time, such as rand()
	pinning  int        // how many toscalar() stand around what is being bound
	depth    int        // of calls into functions and lets
	empty    kql.Errors // the watchlists that the query names and that are not there
	reads    map[string]bool
	scans    []*tableScan        // the readings of tables that are in the program
	columns  *SharedColumns      // that they want
	aliases  map[string]kql.Expr // of databases
	set      map[string]kql.Expr // the options of the query
	late     []late              // the plugins whose columns their rows decide, in the order in which they are bound
	decided  []decided           // what is known of them: of the first few, or of none
}

// maxCalls bounds how deep functions and lets may call one another.
const maxCalls = 100

// fail records an error at a node and gives the expression that stands in for it.
func (b *binder) fail(at kql.Node, code, message, hint string) *expr {
	b.errs = append(b.errs, &kql.Error{Code: code, Span: at.Span(), Message: message, Hint: hint})
	return unknown()
}

// missing is nothing for a name that the query uses and that is not there.
func (b *binder) missing(at kql.Node, kind, name, hint string) *relation {
	b.miss(at, kind, name, hint)
	return &relation{seg: newSegment(), bad: true, rows: noRows}
}

// miss is fail for a name that the query uses and that is not there.
func (b *binder) miss(at kql.Node, kind, name, hint string) *expr {
	code, what := "KS204", "table, tabular variable or function"
	if kind == kql.MissingFunction {
		code, what = "KS211", "function"
	}
	out := b.fail(at, code, "The name '"+name+"' does not refer to any known "+what+".", hint)
	b.errs[len(b.errs)-1].Missing = &kql.Missing{Kind: kind, Name: name}
	return out
}

// note records what the query relies on without being wrong, once.
func (b *binder) note(format string, args ...any) {
	if text := fmt.Sprintf(format, args...); !slices.Contains(b.notes, text) {
		b.notes = append(b.notes, text)
	}
}

// nothing is fail for a tabular expression.
func (b *binder) nothing(at kql.Node, code, message, hint string) *relation {
	b.fail(at, code, message, hint)
	return &relation{seg: newSegment(), bad: true, rows: noRows}
}

// statements binds statements in order and gives what those give that are no declarations.
func (b *binder) statements(list []kql.Statement) []*relation {
	var results []*relation
	for _, s := range list {
		switch s := s.(type) {
		case *kql.Let:
			b.let(s)
		case *kql.Set:
			b.option(s)
		case *kql.Declare:
			b.declare(s)
		case *kql.Alias:
			b.alias(s)
		case *kql.Restrict:
			b.restrict(s)
		case *kql.Pattern:
			b.pattern(s)
		case *kql.ExprStatement:
			rel := b.source(s.Expr)
			if rel.tables == nil {
				rel = b.aTable(s.Expr, rel)
			}
			results = append(results, rel)
		}
	}
	return results
}

// let binds a let statement.
func (b *binder) let(s *kql.Let) {
	name := s.Name.Name
	if _, taken := b.scope.names[name]; taken {
		b.fail(s.Name, "KS201", "'"+name+"' is declared already", "give it another name")
		return
	}
	switch v := unparen(s.Value).(type) {
	case *kql.Function:
		b.parametersInOrder(v.Params)
		b.scope.names[name] = binding{fn: &userFunction{name: name, def: v, scope: b.scope, source: b.src}}
		return
	case *kql.EntityGroup:
		b.scope.names[name] = binding{group: v}
		return
	case *kql.Call:
		if v.Func.Name == "materialize" && len(v.Args) == 1 {
			b.scope.names[name] = binding{table: b.materialized(b.source(v.Args[0]), name)}
			return
		}
	}
	if b.isTabular(s.Value, nil) {
		b.scope.names[name] = binding{tabular: &tabularLet{name: name, body: s.Value, scope: b.scope}}
		b.onTrial(s.Value)
		return
	}
	x := b.expr(s.Value, nil)
	b.scope.names[name] = binding{scalar: x}
}

// pipe binds a source and the operators applied to it.
func (b *binder) pipe(p *kql.Pipe) *relation {
	return b.operators(p.Operators, b.source(p.Source))
}

// operators binds operators one after another.
func (b *binder) operators(ops []kql.Operator, rel *relation) *relation {
	for _, op := range ops {
		if rel.bad {
			return rel
		}
		rel = b.counted(op, b.placed(op, b.operator(op, rel)))
	}
	return rel
}

// operator binds one tabular operator.
func (b *binder) operator(op kql.Operator, in *relation) *relation {
	b.parameters(op, in)
	switch {
	case in.graph != nil:
		return b.graphOperator(op, in)
	case in.tables != nil:
		return b.severalTables(op, in)
	}
	switch op := op.(type) {
	case *kql.As:
		return b.bindAs(op, in)
	case *kql.AssertSchema:
		return b.bindAssertSchema(op, in)
	case *kql.Consume:
		return in.through(consume).with(nil)
	case *kql.Count:
		return b.bindCount(op, in)
	case *kql.Distinct:
		return b.bindDistinct(op, in)
	case *kql.Evaluate:
		return b.bindEvaluate(op, in)
	case *kql.ExecuteAndCache:
		return in
	case *kql.Facet:
		return b.bindFacet(op, in)
	case *kql.Fork:
		return b.bindFork(op, in)
	case *kql.Render:
		return b.bindRender(op, in)
	case *kql.Extend:
		return b.bindExtend(op.Columns, in)
	case *kql.GetSchema:
		return b.bindGetSchema(op, in)
	case *kql.Invoke:
		return b.bindInvoke(op, in)
	case *kql.Join:
		return b.bindJoin(op, in)
	case *kql.Lookup:
		return b.bindLookup(op, in)
	case *kql.MakeGraph:
		return b.bindMakeGraph(op, in)
	case *kql.MakeSeries:
		return b.bindMakeSeries(op, in)
	case *kql.MvApply:
		return b.bindMvApply(op, in)
	case *kql.MvExpand:
		return b.bindMvExpand(op, in)
	case *kql.ParseKv:
		return b.bindParseKv(op, in)
	case *kql.ParseOperator:
		return b.bindParse(op, in)
	case *kql.Partition:
		return b.bindPartition(op, in)
	case *kql.PartitionBy:
		return b.bindPartitionBy(op, in)
	case *kql.Print:
		return b.bindPrint(op)
	case *kql.Project:
		return b.bindProject(op, in)
	case *kql.ProjectAway:
		return b.bindProjectAway(op, in)
	case *kql.ProjectByNames:
		return b.bindProjectByNames(op, in)
	case *kql.ProjectKeep:
		return b.bindProjectKeep(op, in)
	case *kql.ProjectRename:
		return b.bindProjectRename(op, in)
	case *kql.ProjectReorder:
		return b.bindProjectReorder(op, in)
	case *kql.Reduce:
		return b.bindReduce(op, in)
	case *kql.Sample:
		return b.bindTake(op.Count, in)
	case *kql.SampleDistinct:
		return b.bindSampleDistinct(op, in)
	case *kql.Scan:
		return b.bindScan(op, in)
	case *kql.Search:
		return b.bindSearch(op, in)
	case *kql.Serialize:
		return b.bindSerialize(op, in)
	case *kql.Sort:
		return b.bindSort(op, in)
	case *kql.Summarize:
		return b.bindSummarize(op, in)
	case *kql.Take:
		return b.bindTake(op.Count, in)
	case *kql.Top:
		return b.bindTop(op, in)
	case *kql.TopHitters:
		return b.bindTopHitters(op, in)
	case *kql.TopNested:
		return b.bindTopNested(op, in)
	case *kql.Union:
		return b.bindUnion(op, in)
	case *kql.Where:
		return b.bindWhere(op, in)
	}
	if word := operatorWord(op); strings.HasPrefix(word, "graph-") {
		return b.nothing(op, "KS219", word+" needs a graph", "make one with make-graph")
	}
	return b.nothing(op, "", "the operator '"+operatorWord(op)+"' is not supported", "")
}

// operatorWord gives an operator's name from its type: MakeSeries is make-series.
func operatorWord(op any) string {
	return hyphenated(strings.TrimSuffix(strings.TrimPrefix(fmt.Sprintf("%T", op), "*kql."), "Operator"))
}

// hyphenated writes MakeSeries as make-series.
func hyphenated(name string) string {
	var word strings.Builder
	for i, r := range name {
		if i > 0 && r >= 'A' && r <= 'Z' {
			word.WriteByte('-')
		}
		word.WriteRune(r)
	}
	return strings.ToLower(word.String())
}
