package describe

import (
	"strings"

	"github.com/seed-2512943d/picket/kql"
)

// field is what a comparison looks at.
type field struct {
	path       string   // Principal, Statement.Principal.AWS, Resources[0].ARN, or the text of an expression
	plain      bool     // path is one, not an expression
	transforms []string // what the value goes through before it is compared
}

// transforms are the functions that change a value before it is compared, with how the page calls them.
var transforms = map[string]string{
	"tolower": "lower", "toupper": "upper", "trim": "trim", "trim_start": "trim", "trim_end": "trim",
}

// conversions are the functions that only change a value's type.
var conversions = map[string]bool{
	"tostring": true, "toint": true, "tolong": true, "todouble": true, "toreal": true, "todecimal": true, "tobool": true, "toboolean": true,
	"todatetime": true, "totimespan": true, "toguid": true, "todynamic": true, "parse_json": true, "parsejson": true, "toobject": true, "strcat_array": true,
}

// field finds what an expression looks at. The path is empty where it reads no column.
func (p *predicate) field(x kql.Expr) field {
	if path, done, ok := p.path(x, nil); ok {
		return field{path, true, done}
	}
	if p.isConstant(x) {
		return field{}
	}
	return field{path: kql.Canonical(unparen(x))}
}

// path is the path of a column and what is selected from it, without the functions around; done are the transforms met.
func (p *predicate) path(x kql.Expr, done []string) (path string, transformed []string, ok bool) {
	switch x := unparen(x).(type) {
	case *kql.Name:
		return x.Name, done, p.isColumn(x.Name)
	case *kql.Star:
		return "*", done, true
	case *kql.Member:
		path, done, ok = p.path(x.X, done)
		return path + "." + x.Name.Name, done, ok
	case *kql.Index:
		path, done, ok = p.path(x.X, done)
		literal, isLiteral := x.Index.(*kql.Literal)
		switch {
		case isLiteral && literal.Kind == kql.String:
			return path + "." + literal.Value, done, ok
		case p.isConstant(x.Index):
			return path + "[" + kql.Canonical(x.Index) + "]", done, ok
		}
	case *kql.Call:
		name := x.Func.Name
		last := len(x.Args) - 1
		switch {
		case last < 0:
		case transforms[name] != "":
			if !strings.HasPrefix(name, "trim") {
				last = 0
			}
			return p.path(x.Args[last], append(done, transforms[name]))
		case conversions[name]:
			return p.path(x.Args[0], done)
		}
	}
	return "", nil, false
}

// isColumn says whether a name is a column here: columns hide what statements declare.
func (p *predicate) isColumn(name string) bool {
	if p.table.find(name) >= 0 {
		return true
	}
	_, declared := p.scope.lookup(name)
	return !declared
}

// isConstant says whether an expression reads no column. Subqueries have rows of their own.
func (p *predicate) isConstant(x kql.Expr) bool {
	constant := true
	kql.Inspect(x, func(n kql.Node) bool {
		switch n := n.(type) {
		case *kql.Pipe:
			return false
		case *kql.Call:
			if tableCalls[n.Func.Name] || n.Func.Name == "toscalar" {
				return false
			}
		case *kql.Name:
			constant = constant && !p.isColumn(n.Name)
		case *kql.Star:
			constant = false
		}
		return constant
	})
	return constant
}
