package eval

import (
	"slices"
	"sort"
	"strings"

	"github.com/seed-2512943d/picket/kql"
)

// bindProject makes columns and drops all others.
func (b *binder) bindProject(op *kql.Project, in *relation) *relation {
	nodes := make([]kql.Node, len(op.Columns))
	for i, item := range op.Columns {
		nodes[i] = item
	}
	in = b.inMemory(in, nodes...)
	names := newNaming(in)
	var cols []*column
	var windowed []*expr
	for _, item := range op.Columns {
		x := b.memoized(b.expr(item.X, in), in.seg)
		if x.windowed {
			windowed = append(windowed, x)
		}
		for _, p := range b.parts(item, x) {
			if name, ok := b.columnName(p.item, p.x, names); ok {
				cols = append(cols, &column{name: name, typ: p.x.typ, x: p.x})
			}
		}
	}
	out := in.with(cols).computed(windowed)
	out.open = false
	return out
}

// columnName gives the name of a column that an operator lists: the one written, which must
// be new, or the one that the expression suggests. A column named plainly must be new as well.
func (b *binder) columnName(item *kql.NamedExpr, x *expr, names *naming) (string, bool) {
	written, at := "", kql.Node(item)
	if len(item.Names) > 0 {
		written, at = item.Names[0].Name, item.Names[0]
	} else if written = plainColumn(item.X, names.input); written == "" {
		if n, ok := unparen(item.X).(*kql.Name); ok && !b.declared(n.Name) {
			written = n.Name
		}
	}
	if written == "" {
		return names.pick(x.name), true
	}
	name, ok := names.take(written)
	if !ok {
		b.fail(at, "KS171", "the column '"+written+"' is made twice", "")
	}
	return name, ok
}

// matching gives the columns that a name or a pattern with stars selects.
func (b *binder) matching(sel kql.Expr, in *relation) []*column {
	var cols []*column
	switch s := sel.(type) {
	case *kql.Star:
		return in.cols
	case *kql.Wildcard:
		for _, c := range in.cols {
			if matchWildcard(c.name, s.Pattern) {
				cols = append(cols, c)
			}
		}
		return cols // a pattern that selects nothing is accepted, as the service does
	case *kql.Name:
		if i := in.find(s.Name); i >= 0 {
			return in.cols[i : i+1]
		}
		if !in.open && !b.lenient && !b.undecided() {
			b.fail(s, "KS109", "The name '"+s.Name+"' does not refer to any known column.", b.suggestColumn(s.Name, in))
		}
		return nil
	}
	b.fail(sel, "KS109", "a column name is expected here", "")
	return nil
}

// matchWildcard matches a name against a pattern whose * stands for any text.
func matchWildcard(name, pattern string) bool {
	parts := strings.Split(pattern, "*")
	rest, ok := strings.CutPrefix(name, parts[0])
	if !ok || len(parts) == 1 {
		return ok && rest == ""
	}
	for _, part := range parts[1 : len(parts)-1] {
		_, after, found := strings.Cut(rest, part)
		if !found {
			return false
		}
		rest = after
	}
	return strings.HasSuffix(rest, parts[len(parts)-1])
}

// bindProjectAway drops columns.
func (b *binder) bindProjectAway(op *kql.ProjectAway, in *relation) *relation {
	drop := make(map[*column]bool)
	for _, sel := range op.Columns {
		for _, c := range b.matching(sel, in) {
			drop[c] = true
		}
	}
	return in.with(slices.DeleteFunc(slices.Clone(in.cols), func(c *column) bool { return drop[c] }))
}

// bindProjectKeep keeps columns, in the order of the input.
func (b *binder) bindProjectKeep(op *kql.ProjectKeep, in *relation) *relation {
	keep := make(map[*column]bool)
	for _, sel := range op.Columns {
		for _, c := range b.matching(sel, in) {
			keep[c] = true
		}
	}
	return in.with(slices.DeleteFunc(slices.Clone(in.cols), func(c *column) bool { return !keep[c] }))
}

// bindProjectRename renames columns where they stand.
func (b *binder) bindProjectRename(op *kql.ProjectRename, in *relation) *relation {
	cols := slices.Clone(in.cols)
	for _, item := range op.Columns {
		from, ok := unparen(item.X).(*kql.Name)
		if !ok || len(item.Names) != 1 {
			b.fail(item, "KS006", "project-rename needs New = Old", "")
			continue
		}
		i := in.find(from.Name)
		if i < 0 {
			if !in.open && !b.lenient && !b.undecided() {
				b.fail(from, "KS109", "The name '"+from.Name+"' does not refer to any known column.", b.suggestColumn(from.Name, in))
			}
			continue
		}
		name := item.Names[0].Name
		old := in.cols[i]
		if !slices.Contains(cols, old) {
			b.note("project-rename makes no column '%s': '%s' has another new name already", name, from.Name)
			continue
		}
		if j := indexOf(cols, name); j >= 0 && cols[j] != old && b.lenient {
			cols = slices.Delete(cols, j, j+1) // the table has got a column of that name since the function was written
		} else if j >= 0 && cols[j] != old {
			b.fail(item.Names[0], "KS171", "there is a column '"+name+"' already", "")
			continue
		}
		cols[slices.Index(cols, old)] = &column{name: name, typ: old.typ, x: old.x, make: old.make}
	}
	return in.with(cols)
}

// bindProjectReorder puts columns first, in the order listed; a pattern may sort those that
// it selects by name.
func (b *binder) bindProjectReorder(op *kql.ProjectReorder, in *relation) *relation {
	var cols []*column
	moved := make(map[*column]bool)
	for _, item := range op.Columns {
		group := slices.Clone(b.matching(item.Column, in))
		switch item.Order {
		case "asc":
			sort.SliceStable(group, func(i, j int) bool { return group[i].name < group[j].name })
		case "desc":
			sort.SliceStable(group, func(i, j int) bool { return group[i].name > group[j].name })
		case "granny-asc":
			sort.SliceStable(group, func(i, j int) bool { return grannyLess(group[i].name, group[j].name) })
		case "granny-desc":
			sort.SliceStable(group, func(i, j int) bool { return grannyLess(group[j].name, group[i].name) })
		}
		for _, c := range group {
			if !moved[c] {
				moved[c] = true
				cols = append(cols, c)
			}
		}
	}
	for _, c := range in.cols {
		if !moved[c] {
			cols = append(cols, c)
		}
	}
	return in.with(cols)
}

// grannyLess orders names with the numbers in them by their size: a2 before a10.
func grannyLess(a, b string) bool {
	for a != "" && b != "" {
		an, bn := digits(a), digits(b)
		if an > 0 && bn > 0 {
			x, y := strings.TrimLeft(a[:an], "0"), strings.TrimLeft(b[:bn], "0")
			if len(x) != len(y) {
				return len(x) < len(y)
			}
			if x != y {
				return x < y
			}
			a, b = a[an:], b[bn:]
			continue
		}
		if a[0] != b[0] {
			return a[0] < b[0]
		}
		a, b = a[1:], b[1:]
	}
	return len(a) < len(b)
}

func digits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}
