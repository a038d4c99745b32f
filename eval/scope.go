package eval

import (
	"github.com/seed-2512943d/picket/kql"
)

// scope holds the names that statements and parameters declare. Scopes nest:
// a function's body sees the scope in which the function stands.
type scope struct {
	parent *scope
	names  map[string]binding

	restricted bool     // only tables of these names may be read within it
	allowed    []string // may have stars
}

// binding is what a name stands for: just one of the fields is set.
type binding struct {
	depth   int         // how many toscalar() stand around the declaration
	scalar  *expr       // a let of a scalar, or a scalar parameter
	tabular *tabularLet // a let of a tabular expression: bound anew at each reference
	around  *around     // the row around the subquery in which "as" names a table
	table   *relation   // a tabular parameter, or a let of materialize(…)
	pattern *userPattern
	group   *kql.EntityGroup // a let of databases
	entity  *string          // the database of a group that macro-expand is at
	step    *scanStep        // a step of the scan around
	fn      *userFunction    // a let or a stored function
}

// tabularLet is a tabular expression and the scope that its names are looked up in.
type tabularLet struct {
	name  string
	body  kql.Expr
	scope *scope
}

// userFunction is a function that the query or the workspace defines.
type userFunction struct {
	name    string
	def     *kql.Function
	scope   *scope
	source  *kql.Source // the text that its spans point into
	active  bool        // being bound: a second entry is recursion
	broken  error       // why its text cannot be parsed
	tabular *bool       // whether its body is tabular, once that is known
}

// what says in words what the name stands for.
func (d binding) what() string {
	switch {
	case d.scalar != nil:
		return "a scalar"
	case d.pattern != nil:
		return "a pattern, which takes arguments,"
	case d.group != nil:
		return "a group of databases"
	case d.entity != nil:
		return "a database"
	case d.step != nil:
		return "a step of scan"
	}
	return "a table"
}

func (d binding) toScalarHint() string {
	if d.tabular != nil || d.table != nil {
		return "wrap it in toscalar()"
	}
	return ""
}

func (s *scope) lookup(name string) (binding, bool) {
	for ; s != nil; s = s.parent {
		if d, ok := s.names[name]; ok {
			return d, true
		}
	}
	return binding{}, false
}

// child opens a scope within s.
func (s *scope) child() *scope { return &scope{parent: s, names: make(map[string]binding)} }

// declared reports whether a statement or a parameter declares name.
func (b *binder) declared(name string) bool {
	_, ok := b.scope.lookup(name)
	return ok
}
