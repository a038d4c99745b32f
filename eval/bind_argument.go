package eval

import (
	"github.com/seed-2512943d/picket/eval/function"
	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// takes reports whether a parameter takes an argument. A value of a type that is not known yet passes
// for any, and a dynamic literal counts as what it is, an array or a bag.
func takes(p function.Param, node kql.Expr, a *expr) bool {
	switch literal, _ := unparen(node).(*kql.Dynamic); {
	case p.Kind == "type":
		return a.types != scalar.NoType
	case a.loose:
		return true
	case literal == nil || a.konst == nil:
	case a.konst.Kind() == scalar.Array && (p.Kind == "bag" || p.Kind == "string"):
		return false
	case a.konst.Kind() == scalar.Bag && (p.Kind == "array" || p.Kind == "string"):
		return false
	}
	return accepts(p.Kind, a.typ)
}

// suits checks what a signature asks of its arguments beyond their types: that they are the same for
// all rows, that they are columns, or that they have a type in common.
func (b *binder) suits(name string, sig function.Signature, nodes []kql.Expr, args []*expr) bool {
	if b.lenient {
		return true // what is handed to a stored function may be anything
	}
	for i, a := range args {
		switch p := sig.Param(i, len(args)); p.Need {
		case "constant", "literal":
			if a.reads && !a.loose {
				b.fail(nodes[i], "KS129", "the "+p.Name+" of "+name+"() must be the same for all rows", "")
				return false
			}
		case "column":
			if !b.isColumn(name, nodes[i]) {
				return false
			}
		}
	}
	return sig.Result != "common" || b.haveCommon(name, sig, nodes, args)
}

// isColumn checks that an argument of a function is the name of a column.
func (b *binder) isColumn(function string, x kql.Expr) bool {
	if _, ok := x.(*kql.Name); !ok && !b.lenient {
		b.fail(x, "KS109", function+"() takes the name of a column", "extend the rows with a column of this value")
		return false
	}
	return true
}

// haveCommon checks that the arguments whose common type is the result's have one: a dynamic value
// has none with those of other types.
func (b *binder) haveCommon(name string, sig function.Signature, nodes []kql.Expr, args []*expr) bool {
	var first *expr
	for i, a := range args {
		switch sig.Param(i, len(args)).Kind {
		case "commonscalar", "commonorderable":
		default:
			continue
		}
		switch {
		case a.loose:
		case first == nil:
			first = a
		case first.typ != a.typ && !(first.typ.Numeric() && a.typ.Numeric()):
			b.fail(nodes[i], "KS232", "the arguments of "+name+"() have no type in common: "+first.typ.String()+" and "+a.typ.String(), "convert one of them")
			return false
		}
	}
	return true
}
