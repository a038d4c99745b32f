package describe

import (
	"github.com/seed-2512943d/picket/eval/function"
	"github.com/seed-2512943d/picket/kql"
)

// scope is the names that statements declare, innermost first. A nil scope declares nothing.
type scope struct {
	parent *scope
	names  map[string]*declared
}

// declared is what a let statement or a function's parameter declares; one of its sorts.
type declared struct {
	name     string
	value    kql.Expr  // of a scalar; nil for a parameter, whose value is known by callers only
	scope    *scope    // that value is read in
	values   constants // what value is, nil where only a run can tell
	clock    bool      // value depends on the time of the run
	texts    []string  // what calls in the query hand to a parameter, of those that hand it a string
	table    *table
	function *kql.Function
}

// child opens a scope within s.
func (s *scope) child() *scope { return &scope{parent: s, names: map[string]*declared{}} }

// declare adds a name.
func (s *scope) declare(d *declared) { s.names[d.name] = d }

// lookup finds what a name stands for.
func (s *scope) lookup(name string) (*declared, bool) {
	for ; s != nil; s = s.parent {
		if d, ok := s.names[name]; ok {
			return d, true
		}
	}
	return nil, false
}

// unparen strips the parentheses around an expression.
func unparen(x kql.Expr) kql.Expr {
	for {
		p, ok := x.(*kql.Paren)
		if !ok {
			return x
		}
		x = p.X
	}
}

// isTabular says whether the value of a let is a table rather than a scalar. A name that nothing declares, and a call of a
// function that is not built in, are tables of the workspace: no scalar value could be one.
func (s *scope) isTabular(x kql.Expr) bool {
	switch x := unparen(x).(type) {
	case *kql.Pipe, *kql.Datatable, *kql.ExternalData, *kql.InlineExternalTable, *kql.MaterializedViewCombine, *kql.Range, *kql.Print,
		*kql.Union, *kql.Find, *kql.Search, *kql.Evaluate, *kql.MacroExpand, *kql.MethodCall:
		return true
	case *kql.NamedExpr:
		return s.isTabular(x.X)
	case *kql.Name:
		if d, ok := s.lookup(x.Name); ok {
			return d.table != nil
		}
		return true
	case *kql.Call:
		if d, ok := s.lookup(x.Func.Name); ok {
			return d.table != nil
		}
		_, scalar := function.Lookup(x.Func.Name)
		return !scalar || tableCalls[x.Func.Name] || placeCalls[x.Func.Name]
	case *kql.Member:
		_, place := unparen(x.X).(*kql.Call) // database("d").T
		return place && s.isTabular(x.X)
	}
	return false
}

// tableCalls are the functions of the language that give tables.
var tableCalls = map[string]bool{"materialize": true, "table": true, "view": true, "external_table": true, "materialized_view": true}

// placeCalls are the functions that say where tables are.
var placeCalls = map[string]bool{"database": true, "cluster": true, "workspace": true, "app": true, "resource": true, "adx": true, "arg": true}
