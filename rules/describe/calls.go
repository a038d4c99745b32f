package describe

import (
	"slices"

	"github.com/seed-2512943d/picket/eval/aggregate"
	"github.com/seed-2512943d/picket/eval/function"
	"github.com/seed-2512943d/picket/kql"
)

// handed lists the strings that the calls of a function in the query hand to a parameter, by place or by name.
func (a *analysis) handed(function string, place int, parameter string) []string {
	var texts []string
	kql.Inspect(a.query, func(n kql.Node) bool {
		call, ok := n.(*kql.Call)
		if !ok || call.Func.Name != function {
			return true
		}
		for i, arg := range call.Args {
			named, byName := arg.(*kql.NamedExpr)
			if byName && len(named.Names) == 1 && named.Names[0].Name == parameter {
				arg = named.X
			} else if byName || i != place {
				continue
			}
			if text, ok := unparen(arg).(*kql.Literal); ok && text.Kind == kql.String && !slices.Contains(texts, text.Value) {
				texts = append(texts, text.Value)
			}
		}
		return true
	})
	return texts
}

// callsIn notes the functions that a query calls and that are neither built in nor its own: those that the workspace or the platform must have.
func (a *analysis) callsIn(query *kql.Query) {
	own, plugins := map[string]bool{}, map[*kql.Call]bool{}
	kql.Inspect(query, func(n kql.Node) bool {
		switch n := n.(type) {
		case *kql.Let:
			if n.Name != nil {
				own[n.Name.Name] = true
			}
		case *kql.FuncParam:
			own[n.Name.Name] = true
		case *kql.Evaluate:
			plugins[n.Plugin] = true
		}
		return true
	})
	kql.Inspect(query, func(n kql.Node) bool {
		call, ok := n.(*kql.Call)
		if !ok || plugins[call] || own[call.Func.Name] {
			return true
		}
		name := call.Func.Name
		_, isFunction := function.Lookup(name)
		_, isAggregate := aggregate.Lookup(name)
		if !isFunction && !isAggregate && !placeCalls[name] && !tableCalls[name] {
			a.calls[name] = true
		}
		return true
	})
}
