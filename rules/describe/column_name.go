package describe

import (
	"strconv"

	"github.com/seed-2512943d/picket/eval/aggregate"
	"github.com/seed-2512943d/picket/eval/function"
	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// nameOfItem is the name that an item writes or its expression suggests; empty where it has none.
func (a *analysis) nameOfItem(item *kql.NamedExpr) string {
	if len(item.Names) > 0 {
		return item.Names[0].Name
	}
	return a.nameOf(item.X)
}

// nameOrColumn is the name of an item, Column1 and so on if it has none.
func (a *analysis) nameOrColumn(item *kql.NamedExpr, t *table) string {
	if name := a.nameOfItem(item); name != "" {
		return name
	}
	return unnamed(t)
}

func unnamed(t *table) string {
	for i := 1; ; i++ {
		if name := "Column" + strconv.Itoa(i); t.find(name) < 0 {
			return name
		}
	}
}

func nameOr(id *kql.Ident, otherwise string) string {
	if id == nil {
		return otherwise
	}
	return id.Name
}

// nameOrText is the name that an item writes, or else another.
func nameOrText(item *kql.NamedExpr, otherwise string) string {
	if len(item.Names) > 0 {
		return item.Names[0].Name
	}
	return otherwise
}

func number(i int) string { return strconv.Itoa(i) }

// nameOf is the name that a column gets from its expression, as Kusto's analyzer gives it.
func (a *analysis) nameOf(x kql.Expr) string {
	switch x := unparen(x).(type) {
	case *kql.Name:
		return x.Name
	case *kql.NamedExpr:
		return a.nameOfItem(x)
	case *kql.Member:
		return joined(a.nameOf(x.X), x.Name.Name, true)
	case *kql.Index:
		base := a.nameOf(x.X)
		if literal, ok := x.Index.(*kql.Literal); ok {
			return joined(base, literal.Value, literal.Kind == kql.String)
		}
		return joined(base, "", false)
	case *kql.Call:
		return a.nameOfCall(x)
	}
	return ""
}

// joined is the name of a path: base_step. Without a base a property's own name stands.
func joined(base, step string, property bool) string {
	switch {
	case base != "":
		return base + "_" + step
	case property:
		return step
	}
	return ""
}

func (a *analysis) nameOfCall(call *kql.Call) string {
	name := call.Func.Name
	first := ""
	if len(call.Args) > 0 {
		first = a.nameOf(call.Args[0])
	}
	if name == "percentile" && len(call.Args) == 2 {
		if literal, ok := call.Args[1].(*kql.Literal); ok {
			if n, err := literal.Int(); err == nil {
				return aggregate.PercentileName(first, scalar.NewLong(n))
			}
		}
	}
	rule, ok := nameRule(name)
	if !ok {
		return ""
	}
	switch rule.Kind {
	case function.FirstArgument:
		return first
	case function.OnlyArgument:
		if len(call.Args) == 1 {
			return first
		}
	case function.Prefixed:
		return rule.Prefix + "_" + first
	case function.Fixed:
		return rule.Prefix
	}
	return ""
}

// nameRule is the rule by which a function's or an aggregate's result is named.
func nameRule(name string) (function.NameRule, bool) {
	if entry, ok := aggregate.Lookup(name); ok {
		return entry.Names, true
	}
	if entry, ok := function.Lookup(name); ok {
		return entry.Names, true
	}
	return function.NameRule{}, false
}
