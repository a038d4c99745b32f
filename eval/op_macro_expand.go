package eval

import (
	"strings"

	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// bindMacroExpand binds macro-expand, which runs statements for each database of a group and puts the
// results together. A group of one database is the data at hand; several, or those of a cluster, are not
// (Kusto docs, "macro-expand operator").
func (b *binder) bindMacroExpand(op *kql.MacroExpand) *relation {
	group, ok := unparen(op.Group).(*kql.EntityGroup)
	if name, named := unparen(op.Group).(*kql.Name); named {
		d, _ := b.scope.lookup(name.Name)
		group, ok = d.group, d.group != nil
	}
	if !ok {
		return b.nothing(op.Group, "KS204", "a group of databases is expected here", "write entity_group [database('name')]")
	}
	if len(group.Items) != 1 {
		return b.nothing(op.Group, "", "macro-expand cannot run here: the group has several databases, and there is one at hand", "")
	}
	database, local := unparen(group.Items[0]).(*kql.Call)
	if !local || database.Func.Name != "database" || len(database.Args) != 1 {
		return b.nothing(group.Items[0], "", "macro-expand cannot run here: it reads from another cluster", "")
	}
	name, ok := b.constantText(database.Args[0])
	if !ok {
		return &relation{seg: newSegment(), bad: true, rows: noRows}
	}
	saved := b.scope
	b.scope = saved.child()
	b.scope.names[op.As.Name] = binding{entity: &name}
	results := b.statements(op.Body.List)
	b.scope = saved
	if len(results) == 0 {
		return b.nothing(op.Body, "KS111", "a table is expected here", "")
	}
	return results[len(results)-1]
}

// entity gives the name of the database that x stands for within macro-expand.
func (b *binder) entity(x kql.Expr) (database string, ok bool) {
	name, ok := unparen(x).(*kql.Name)
	if !ok {
		return "", false
	}
	d, _ := b.scope.lookup(name.Name)
	if d.entity == nil {
		return "", false
	}
	return *d.entity, true
}

// entityValue binds X.$current_database.
func (b *binder) entityValue(x *kql.Member) (*expr, bool) {
	database, ok := b.entity(x.X)
	switch {
	case !ok || !strings.HasPrefix(x.Name.Name, "$"):
		return nil, false
	case x.Name.Name == "$current_database":
		return constant(scalar.NewString(database)), true
	}
	return b.fail(x.Name, "", x.Name.Name+" cannot run here: it asks the service about itself", ""), true
}
