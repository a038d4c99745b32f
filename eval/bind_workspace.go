package eval

import "github.com/seed-2512943d/picket/kql"

// memberTable binds workspace("x").T and its kin. Every workspace, application and database is the
// one at hand, which is noted; other clusters are not reached.
func (b *binder) memberTable(x *kql.Member) *relation {
	switch from := unparen(x.X).(type) {
	case *kql.Call:
		switch from.Func.Name {
		case "workspace", "app", "database", "resource":
			b.note("%s(…) is read as the workspace at hand", from.Func.Name)
			return b.tableName(x.Name, x.Name.Name)
		case "cluster", "adx":
			return b.tableCall(&kql.Call{Func: from.Func})
		}
	case *kql.MethodCall:
		return b.nothing(from, "", "another cluster is not reached: the query cannot run here", "")
	}
	return b.nothing(x, "KS204", "a table is expected here", "")
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
