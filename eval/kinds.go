package eval

import (
	"strconv"

	"github.com/seed-2512943d/picket/eval/function"
	"github.com/seed-2512943d/picket/eval/scalar"
)

// kindOf gives the parameter kind that stands for one type.
func kindOf(t scalar.Type) string { return t.String() }

// isClass reports whether a parameter kind is a class of types and not a type.
func isClass(kind string) bool {
	t, ok := scalar.ParseType(kind)
	return !ok || t.String() != kind
}

// accepts reports whether a parameter of a kind takes an argument of type t, with the
// conversions that Kusto makes on its own: int to long to real or decimal, and a dynamic
// value to a string.
func accepts(kind string, t scalar.Type) bool {
	switch kind {
	case "scalar", "any", "commonscalar", "commonscalarordynamic", "type", "star", "column":
		return true
	case "notdynamic":
		return t != scalar.Dynamic
	case "number":
		return t.Numeric()
	case "integer":
		return t.Integer()
	case "numberorbool":
		return t.Numeric() || t == scalar.Bool
	case "summable":
		return t.Summable() || t == scalar.DateTime
	case "orderable", "commonorderable":
		return t.Orderable()
	case "array", "bag", "dynamic":
		return t == scalar.Dynamic
	case "stringordynamic", "stringorarray":
		return t == scalar.String || t == scalar.Dynamic
	case "integerorarray":
		return t.Integer() || t == scalar.Dynamic
	case "notrealorbool":
		return t != scalar.Real && t != scalar.Bool
	}
	want, _ := scalar.ParseType(kind)
	switch {
	case want == t:
		return true
	case t == scalar.Dynamic:
		return want == scalar.String
	case want == scalar.Long:
		return t == scalar.Int
	case want == scalar.Int:
		return t == scalar.Long
	case want == scalar.Real:
		return t.Numeric() && t != scalar.Decimal
	case want == scalar.Decimal:
		return t.Numeric()
	}
	return false
}

// kindText says in words what a parameter kind takes.
func kindText(kind string) string {
	switch kind {
	case "number", "integer":
		return "a number"
	case "numberorbool":
		return "a number or a bool"
	case "summable":
		return "a number, a timespan or a datetime"
	case "orderable", "commonorderable":
		return "a value that has an order"
	case "array":
		return "a dynamic array"
	case "bag":
		return "a property bag"
	case "stringordynamic", "stringorarray":
		return "string or dynamic"
	case "integerorarray":
		return "a number or dynamic"
	case "notdynamic":
		return "of a type other than dynamic"
	case "notrealorbool":
		return "of a type other than real and bool"
	case "type":
		return "a type, as typeof(long)"
	}
	return kind
}

// valueText says in words what an argument is.
func valueText(a *expr) string {
	switch {
	case a.konst == nil || a.typ != scalar.Dynamic:
	case a.konst.Kind() == scalar.Array:
		return "an array"
	case a.konst.Kind() == scalar.Bag:
		return "a property bag"
	}
	return a.typ.String()
}

// convertHint says how a value of type t can become what a parameter kind takes.
func convertHint(kind string, t scalar.Type) string {
	switch kind {
	case "string", "stringordynamic", "notdynamic":
		return "convert it with tostring()"
	case "number", "integer", "long", "int":
		return "convert it with tolong()"
	case "real":
		return "convert it with toreal()"
	case "datetime":
		return "convert it with todatetime()"
	case "timespan":
		return "convert it with totimespan()"
	case "array", "bag", "dynamic":
		if t == scalar.String {
			return "parse it with parse_json()"
		}
	case "bool":
		return "compare it, or convert it with tobool()"
	}
	return ""
}

// parameterType gives the type that an argument is converted to before the call: that of
// the Go function where it has one, else that of the signature where that is a type, else
// its own.
func parameterType(p function.Param, impl function.Impl, i int) scalar.Type {
	if i < len(impl.Params) {
		return impl.Params[i]
	}
	if p.Kind == "type" || isClass(p.Kind) {
		return scalar.NoType
	}
	t, _ := scalar.ParseType(p.Kind)
	return t
}

// resultType gives the type of a call's result.
func resultType(sig function.Signature, args []*expr) scalar.Type {
	switch sig.Result {
	case "arg0", "arg1":
		i, _ := strconv.Atoi(sig.Result[3:])
		return args[i].typ
	case "widest":
		t := scalar.Int
		for _, a := range args {
			if a.typ.Numeric() {
				t = widest(t, a.typ)
			} else {
				t = scalar.Real
			}
		}
		return t
	case "common":
		var common []*expr
		for i, a := range args {
			switch sig.Param(i, len(args)).Kind {
			case "commonscalar", "commonscalarordynamic", "commonorderable":
				common = append(common, a)
			}
		}
		t, _ := commonType(common)
		return t
	case "type0", "type1":
		i, _ := strconv.Atoi(sig.Result[4:])
		return args[i].types
	case "typeN":
		for _, a := range args {
			if a.types != scalar.NoType {
				return a.types
			}
		}
		return scalar.String
	}
	t, ok := scalar.ParseType(sig.Result)
	if !ok {
		return scalar.Dynamic
	}
	return t
}

// commonType gives the type that all the expressions can be taken as: the widest number,
// their own type where it is one, the other where one is dynamic, and dynamic where they
// have nothing in common.
func commonType(xs []*expr) (t scalar.Type, same bool) {
	same = true
	for _, x := range xs {
		switch {
		case t == scalar.NoType, t == x.typ:
			t = x.typ
		case t.Numeric() && x.typ.Numeric():
			t = widest(t, x.typ)
		case t == scalar.Dynamic:
			t = x.typ
		case x.typ == scalar.Dynamic:
		default:
			same = false
		}
	}
	if !same {
		return scalar.Dynamic, false
	}
	return t, true
}
