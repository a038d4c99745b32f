package eval

import (
	"slices"

	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// bindFind finds the rows of several tables for which a predicate is true. A table without
// the predicate's columns has none. Without a list of columns the result has those that the
// predicate names and those that all of the tables have; the others are in pack_, a bag (Kusto
// docs, "find operator").
func (b *binder) bindFind(op *kql.Find) *relation {
	source := "source_"
	for _, p := range op.Params {
		if p.Name == "withsource" || p.Name == "with_source" {
			source = parameterText(p)
		}
	}
	legs, ok := b.searched(op.Tables)
	switch {
	case !ok:
		return &relation{seg: newSegment(), bad: true, rows: noRows}
	case len(legs) == 0:
		return b.nothing(op, "KS204", "there is no table to find rows in", "")
	}
	found := b.findLegs(op, legs)
	if len(found) == 0 {
		return &relation{seg: newSegment(), bad: true, rows: noRows}
	}
	cols, pack := smartColumns(op.Predicate, legs), true
	if len(op.Project) > 0 {
		cols, pack = b.findColumns(op.Project, legs)
	} else {
		pack = slices.ContainsFunc(found, func(leg *relation) bool { return len(leg.cols) > len(cols) })
	}
	for i, leg := range found {
		found[i] = leg.with(findRow(leg, cols, pack))
		found[i].open = false
	}
	out := b.union(found, "outer", source)
	if len(op.ProjectAway) > 0 {
		return b.bindProjectAway(&kql.ProjectAway{Columns: op.ProjectAway}, out)
	}
	return out
}

// findLegs filters the tables that have the predicate's columns. Where none has them, the
// errors of the first one stand.
func (b *binder) findLegs(op *kql.Find, legs []*relation) []*relation {
	var found []*relation
	var errs kql.Errors
	for _, leg := range legs {
		mark := len(b.errs)
		predicate := b.searchPredicate(op.Predicate, leg, false)
		if len(b.errs) > mark {
			if errs == nil {
				errs = slices.Clone(b.errs[mark:])
			}
			b.errs = b.errs[:mark]
			continue
		}
		filtered := leg.filtered(predicate)
		found = append(found, filtered)
	}
	if len(found) == 0 {
		b.errs = append(b.errs, errs...)
	}
	return found
}

// smartColumns are the columns that all tables have, and after them those that a predicate names.
func smartColumns(predicate kql.Expr, legs []*relation) []Column {
	named := make(map[string]bool)
	kql.Inspect(predicate, func(n kql.Node) bool {
		if name, ok := n.(*kql.Name); ok {
			named[name.Name] = true
		}
		return true
	})
	holders := make(map[string]int) // in how many tables a column is
	for _, leg := range legs {
		for _, c := range leg.cols {
			holders[c.name]++
		}
	}
	var cols, others []Column
	known := make(map[string]bool)
	for _, leg := range legs {
		for _, c := range leg.cols {
			common := holders[c.name] == len(legs)
			switch {
			case known[c.name]:
			case common:
				cols = append(cols, Column{c.name, columnType(c.name, legs)})
			case named[c.name]:
				others = append(others, Column{c.name, columnType(c.name, legs)})
			}
			known[c.name] = true
		}
	}
	return append(cols, others...)
}

// columnType gives the type that a column has in several tables: the widest number, or dynamic
// where the types have nothing in common.
func columnType(name string, legs []*relation) scalar.Type {
	var xs []*expr
	for _, leg := range legs {
		if i := leg.find(name); i >= 0 {
			xs = append(xs, &expr{typ: leg.cols[i].typ})
		}
	}
	t, same := commonType(xs)
	if !same {
		return scalar.Dynamic
	}
	return t
}

// findColumns resolves the columns that find … project lists.
func (b *binder) findColumns(list []*kql.FindColumn, legs []*relation) (cols []Column, pack bool) {
	for _, item := range list {
		name, ok := item.Column.(*kql.Name)
		if !ok {
			pack = true
			continue
		}
		c := Column{Name: name.Name}
		known := slices.ContainsFunc(legs, func(leg *relation) bool { return leg.find(name.Name) >= 0 })
		open := slices.ContainsFunc(legs, func(leg *relation) bool { return leg.open })
		switch {
		case item.Type != nil:
			c.Type, _ = b.typeName(item.Type)
		case known:
			c.Type = columnType(name.Name, legs)
		case open:
			c.Type = scalar.Dynamic
		default:
			b.fail(name, "KS142", "The name '"+name.Name+"' does not refer to any known column.", b.suggestColumn(name.Name, legs[0]))
			continue
		}
		cols = append(cols, c)
	}
	return cols, pack
}

// findRow gives the columns of a table in find's order, and what is left in a bag.
func findRow(leg *relation, cols []Column, pack bool) []*column {
	var row []*column
	for _, c := range cols {
		x := constant(scalar.Null(c.Type))
		switch i := leg.find(c.Name); {
		case i >= 0:
			x = converted(leg.cols[i].expr(), c.Type)
		case leg.open:
			x = converted(leg.openColumn(c.Name), c.Type)
		}
		row = append(row, &column{name: c.Name, typ: c.Type, x: x})
	}
	if !pack {
		return row
	}
	var rest []*column
	for _, c := range leg.cols {
		if !slices.ContainsFunc(cols, func(k Column) bool { return k.Name == c.name }) {
			rest = append(rest, c)
		}
	}
	return append(row, &column{name: "pack_", typ: scalar.Dynamic, x: packed(rest, true)})
}
