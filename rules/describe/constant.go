package describe

import (
	"context"
	"slices"
	"strings"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/eval/function"
	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// constant is a value that a field is compared with.
type constant struct {
	text      string
	isText    bool // a string
	reference bool // text names what only a run can tell: a table, a parameter
}

// constants are the values of an expression: one, or those of a list.
type constants []constant

// known says whether the values can be told without a run.
func (list constants) known() bool {
	return !slices.ContainsFunc(list, func(c constant) bool { return c.reference })
}

func (list constants) join() string {
	texts := make([]string, len(list))
	for i, c := range list {
		texts[i] = c.text
	}
	return strings.Join(texts, ", ")
}

// constants finds the values of an expression that reads no column. Names of lets give what these hold.
func (a *analysis) constants(x kql.Expr, s *scope) constants {
	switch x := unparen(x).(type) {
	case *kql.Literal:
		return constants{ofLiteral(x)}
	case *kql.Dynamic:
		return ofJSON(x.Value)
	case *kql.Unary:
		if literal, ok := x.X.(*kql.Literal); ok && x.Op == "-" {
			return constants{{text: "-" + literal.Raw}}
		}
	case *kql.Name:
		if d, ok := s.lookup(x.Name); ok && d.values != nil {
			return d.values
		}
		return constants{{text: x.Name, reference: true}}
	}
	// An expression that gives null, such as todatetime('{{StartTime}}') of a template, is told by its text.
	if value, ok := a.compute(x, s); ok && !value.IsNull() {
		return ofValue(value)
	}
	return constants{{text: kql.Canonical(unparen(x)), reference: true}}
}

func ofLiteral(x *kql.Literal) constant {
	switch {
	case x.Kind == kql.String:
		return constant{text: x.Value, isText: true}
	case x.IsNull():
		return constant{text: x.Raw}
	case x.Kind == kql.Guid, x.Kind == kql.DateTime, x.Kind == kql.Bool:
		return constant{text: x.Value}
	case x.Typed != "":
		return constant{text: x.Value}
	}
	return constant{text: x.Raw}
}

// ofJSON gives the elements of an array; another value is one constant.
func ofJSON(x *kql.JSON) constants {
	list := constants{}
	switch x.Kind {
	case kql.JSONArray:
		for _, item := range x.Items {
			list = append(list, ofJSON(item)...)
		}
	case kql.JSONScalar:
		list = append(list, ofLiteral(x.Scalar))
	case kql.JSONObject:
		list = append(list, constant{text: kql.Canonical(x)})
	default:
		list = append(list, constant{text: "null"})
	}
	return list
}

// compute evaluates an expression such as strcat("a", "b") or 60 * 5, whose value is the same in every run.
func (a *analysis) compute(x kql.Expr, s *scope) (scalar.Value, bool) {
	statements, ok := s.lets(x, map[*declared]bool{})
	if !ok {
		return scalar.Value{}, false
	}
	query := &kql.Query{Statements: append(statements, &kql.ExprStatement{Expr: &kql.Print{Columns: []*kql.NamedExpr{{X: x}}}})}
	program, err := eval.CompileQuery(a.rule.Query, query)
	if err != nil || len(program.Columns()) != 1 {
		return scalar.Value{}, false
	}
	rows, err := program.Collect(context.Background(), nil)
	if err != nil || len(rows) != 1 {
		return scalar.Value{}, false
	}
	return rows[0][0], true
}

// lets gives the statements that a value needs to be evaluated by itself; ok is false where it needs more than these: tables, parameters,
// the clock.
func (s *scope) lets(x kql.Expr, seen map[*declared]bool) (statements []kql.Statement, ok bool) {
	ok = !s.readsClock(x)
	kql.Inspect(x, func(n kql.Node) bool {
		name := ""
		switch n := n.(type) {
		case *kql.Pipe:
			ok = false
		case *kql.Name:
			name = n.Name
		case *kql.Call:
			entry, builtIn := function.Lookup(n.Func.Name)
			ok = ok && !(builtIn && entry.Volatile) && !tableCalls[n.Func.Name] && n.Func.Name != "toscalar"
			if _, declared := s.lookup(n.Func.Name); declared {
				name = n.Func.Name
			}
		}
		if name == "" || !ok {
			return ok
		}
		d, found := s.lookup(name)
		if ok = found && d.value != nil; ok && !seen[d] {
			seen[d] = true
			var before []kql.Statement
			if before, ok = d.scope.lets(d.value, seen); ok {
				statements = append(append(statements, before...), &kql.Let{Name: &kql.Ident{Name: name}, Value: d.value})
			}
		}
		return ok
	})
	return statements, ok
}

// ofValue gives the elements of an array; another value is one constant.
func ofValue(v scalar.Value) constants {
	if _, isArray := v.Len(); isArray {
		list := constants{}
		for element := range v.Elements() {
			list = append(list, ofValue(element)...)
		}
		return list
	}
	if v.IsNull() {
		return constants{{text: "null"}}
	}
	return constants{{text: scalar.ToString(v), isText: v.Kind() == scalar.String}}
}
