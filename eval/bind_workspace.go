package eval

import "github.com/seed-2512943d/picket/kql"

// memberTable binds workspace("x").T and its kin. Every workspace, application and database is the
// one at hand, which is noted; other clusters are not reached.
func (b *binder) memberTable(x *kql.Member) *relation {
	if _, ok := b.entity(x.X); ok {
		return b.tableName(x.Name, x.Name.Name)
	}
	switch from := unparen(x.X).(type) {
	case *kql.Call:
		if d, _ := b.scope.lookup(from.Func.Name); d.pattern != nil {
			return b.patternTable(from, d.pattern, x.Name)
		}
		if _, far := unparen(b.aliased(from)).(*kql.MethodCall); far {
			return b.nothing(x, "", "another cluster is not reached: the query cannot run here", "")
		}
		switch from.Func.Name {
		case "workspace", "app", "database", "resource":
			b.note("%s(…) is read as the workspace at hand", from.Func.Name)
			return b.tableName(x.Name, x.Name.Name)
		case "cluster", "adx", "arg":
			return b.tableCall(&kql.Call{Func: from.Func})
		}
	case *kql.MethodCall:
		return b.nothing(from, "", "another cluster is not reached: the query cannot run here", "")
	}
	return b.nothing(x, "KS204", "a table is expected here", "")
}

// aliased gives what an alias of a database stands for; for any other call the call itself.
func (b *binder) aliased(call *kql.Call) kql.Expr {
	if call.Func.Name == "database" && len(call.Args) == 1 {
		if name, ok := unparen(call.Args[0]).(*kql.Literal); ok && b.aliases[name.Value] != nil {
			return b.aliases[name.Value]
		}
	}
	return call
}

// inWorkspace gives the name of the table that x is, be it written T or workspace("x").T; "" for
// anything else.
func inWorkspace(x kql.Expr) (table string, foreign bool) {
	switch x := unparen(x).(type) {
	case *kql.Name:
		return x.Name, false
	case *kql.Member:
		if call, ok := unparen(x.X).(*kql.Call); ok && (call.Func.Name == "workspace" || call.Func.Name == "app") {
			return x.Name.Name, true
		}
	}
	return "", false
}

// countedTwice reports whether a leg of a union is a table of another workspace whose namesake is a
// leg already. Since all workspaces are the one at hand, its rows would count twice.
func countedTwice(legs []kql.Selector, leg kql.Selector) bool {
	table, foreign := inWorkspace(leg)
	for _, other := range legs {
		if name, otherForeign := inWorkspace(other); table != "" && name == table && (foreign || otherForeign) {
			return true
		}
	}
	return false
}
