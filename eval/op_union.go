package eval

import (
	"iter"
	"slices"
	"strconv"

	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// bindUnion puts the rows of several tables together, the input first where there is one.
// Columns come in the order in which they first appear; a name with several types becomes
// one column for each, name_type.
func (b *binder) bindUnion(op *kql.Union, in *relation) *relation {
	var legs []*relation
	if in != nil {
		legs = append(legs, in)
	}
	kind, source, fuzzy := "outer", "", false
	for _, p := range op.Params {
		switch p.Name {
		case "kind":
			kind = parameterText(p)
		case "withsource", "with_source":
			source = parameterText(p)
		case "isfuzzy":
			fuzzy = parameterText(p) == "true" || parameterText(p) == "True"
		}
	}
	var missing kql.Errors
	var bad *relation
	for i, t := range op.Tables {
		if countedTwice(op.Tables[:i], t) {
			continue
		}
		if w, ok := t.(*kql.Wildcard); ok {
			legs = append(legs, b.wildcardTables(w)...)
			continue
		}
		before := len(b.errs)
		leg := b.tabular(t)
		if leg.bad {
			if fuzzy && b.onlyMissing(before) {
				missing = append(missing, b.errs[before:]...)
				b.errs = b.errs[:before]
				continue
			}
			bad = leg
			continue
		}
		legs = append(legs, leg)
	}
	if bad != nil {
		return bad
	}
	if len(legs) == 0 {
		b.errs = append(b.errs, missing...) // isfuzzy=true needs one table that is there
		return &relation{seg: newSegment(), bad: len(missing) > 0, rows: noRows}
	}
	return b.union(legs, kind, source)
}

// onlyMissing reports whether all errors since a mark are about tables and functions that
// are not known, which isfuzzy=true forgives.
func (b *binder) onlyMissing(mark int) bool {
	for _, err := range b.errs[mark:] {
		if err.Code != "KS204" && err.Code != "KS211" && err.Code != "" {
			return false
		}
	}
	return true
}

// wildcardTables gives the tables and the views whose names match a pattern.
func (b *binder) wildcardTables(w *kql.Wildcard) []*relation {
	var legs []*relation
	names, _ := b.opts.schemas.(interface{ TableNames() []string })
	if names != nil {
		for _, name := range names.TableNames() {
			if matchWildcard(name, w.Pattern) {
				if rel, ok := b.table(name); ok {
					legs = append(legs, rel)
				}
			}
		}
	}
	for s := b.scope; s != nil; s = s.parent {
		for _, name := range sortedNames(s.names) {
			d := s.names[name]
			if d.fn != nil && d.fn.def != nil && d.fn.def.View && matchWildcard(name, w.Pattern) && b.scope.allows(name) {
				rel := b.callTable(w, d.fn, nil, nil)
				rel.name = name
				legs = append(legs, rel)
			}
		}
	}
	return legs
}

// union makes the relation of a union. The row of the current leg is the frame's leg.
func (b *binder) union(legs []*relation, kind, source string) *relation {
	layout := unionLayout(legs, kind)
	seg := newSegment()
	out := &relation{seg: seg}
	if source != "" {
		names := make([]string, len(legs))
		for i, leg := range legs {
			if names[i] = leg.name; names[i] == "" {
				names[i] = "union_arg" + strconv.Itoa(i)
			}
		}
		x := ofString(func(f *frame) string { return names[f.legs] })
		x.cheap, x.reads = true, true
		out.cols = append(out.cols, &column{name: source, typ: scalar.String, x: x})
	}
	for _, u := range layout {
		out.cols = append(out.cols, &column{name: u.name, typ: u.typ, make: u.expr})
	}
	for _, leg := range legs {
		out.open = out.open || leg.open
	}
	if out.open {
		out.want = func(name string) *expr {
			u := unionColumn{name: name, typ: scalar.Dynamic, legs: len(legs)}
			for i, leg := range legs {
				if leg.open {
					x := leg.openColumn(name)
					u.from = append(u.from, fromLeg{i, &column{name: name, typ: x.typ, x: x}})
				}
			}
			return u.expr()
		}
	}
	out.rows = func(e env) iter.Seq[*frame] {
		return func(yield func(*frame) bool) {
			f := seg.frame(e)
			for i, leg := range legs {
				for g := range leg.rows(e) {
					f.leg, f.legs = g, i
					f.next(0)
					if !yield(f) {
						return
					}
				}
			}
		}
	}
	return out
}

// unionColumn is a column of a union.
type unionColumn struct {
	name string
	typ  scalar.Type
	legs int       // of the union
	from []fromLeg // what it is in those legs that have it, in their order
}

// fromLeg is a column of a leg of a union.
type fromLeg struct {
	leg int
	col *column
}

// manyLegs is the number of legs from which on a column keeps nothing for those that lack it: a union of all tables
// has as many legs as tables, and thousands of columns that few tables have.
const manyLegs = 32

// expr reads the column from the leg that the current row comes from.
func (u unionColumn) expr() *expr {
	if u.legs >= manyLegs {
		return u.sparse()
	}
	values := make([]func(*frame) scalar.Value, u.legs)
	strs := make([]func(*frame) string, u.legs)
	null := scalar.Null(u.typ)
	noValue, noString := func(*frame) scalar.Value { return null }, func(*frame) string { return "" }
	for i := range values {
		values[i], strs[i] = noValue, noString
	}
	for _, p := range u.from {
		x := p.col.expr()
		values[p.leg] = x.value
		if x.str != nil {
			strs[p.leg] = x.str
		}
	}
	out := ofValue(u.typ, func(f *frame) scalar.Value { return values[f.legs](f.leg) })
	if u.typ == scalar.String {
		out.str = func(f *frame) string { return strs[f.legs](f.leg) }
	}
	return u.like(out)
}

// sparse is expr for many legs.
func (u unionColumn) sparse() *expr {
	legs := make([]int, len(u.from))
	xs := make([]*expr, len(u.from))
	for i, p := range u.from {
		legs[i], xs[i] = p.leg, p.col.expr()
	}
	null := scalar.Null(u.typ)
	out := ofValue(u.typ, func(f *frame) scalar.Value {
		if i, ok := slices.BinarySearch(legs, f.legs); ok {
			return xs[i].value(f.leg)
		}
		return null
	})
	if u.typ == scalar.String {
		out.str = func(f *frame) string {
			if i, ok := slices.BinarySearch(legs, f.legs); ok && xs[i].str != nil {
				return xs[i].str(f.leg)
			}
			return ""
		}
	}
	return u.like(out)
}

// like gives an expression what its columns say of themselves.
func (u unionColumn) like(x *expr) *expr {
	x.cheap, x.reads = true, true
	for _, p := range u.from {
		from := p.col.expr()
		x.cheap, x.loose = x.cheap && from.cheap, x.loose || from.loose
	}
	return x
}

// unionLayout works out the columns of a union.
func unionLayout(legs []*relation, kind string) []unionColumn {
	type seen struct {
		types  []scalar.Type
		places []fromLeg
	}
	widest := 0
	for _, leg := range legs {
		widest = max(widest, len(leg.cols))
	}
	order := make([]string, 0, widest)
	found := make(map[string]*seen, widest)
	for i, leg := range legs {
		for _, c := range leg.cols {
			s := found[c.name]
			if s == nil {
				s = &seen{places: make([]fromLeg, 0, min(len(legs)-i, 4))}
				found[c.name] = s
				order = append(order, c.name)
			}
			s.places = append(s.places, fromLeg{i, c})
			// A column of an unknown type is taken to be of the type that the others have.
			switch {
			case len(s.types) == 1 && s.types[0] == scalar.NoType:
				s.types[0] = c.typ
			case c.typ == scalar.NoType && len(s.types) > 0:
			case !slices.Contains(s.types, c.typ):
				s.types = append(s.types, c.typ)
			}
		}
	}
	names := &naming{taken: make(map[string]bool, len(order)), written: make(map[string]bool)}
	for _, name := range order {
		if len(found[name].types) == 1 {
			names.pick(name)
		}
	}
	layout := make([]unionColumn, 0, len(order))
	for _, name := range order {
		s := found[name]
		if kind == "inner" && len(s.places) < len(legs) {
			continue
		}
		for _, t := range s.types {
			u := unionColumn{name: name, typ: t, legs: len(legs)}
			if len(s.types) > 1 {
				u.name = names.pick(name + "_" + t.String())
			}
			for _, p := range s.places {
				if p.col.typ == t {
					u.from = append(u.from, p)
				}
			}
			layout = append(layout, u)
		}
	}
	return layout
}
