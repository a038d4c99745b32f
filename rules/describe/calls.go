package describe

import (
	"github.com/seed-2512943d/picket/eval/aggregate"
	"github.com/seed-2512943d/picket/eval/function"
	"github.com/seed-2512943d/picket/kql"
)

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
		if !isFunction && !isAggregate && !placeCalls[name] {
			a.calls[name] = true
		}
		return true
	})
}
