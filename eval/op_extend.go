package eval

import (
	"iter"

	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// bindExtend adds columns, or replaces those of the same name where they stand. Every
// expression sees the columns of the input only.
func (b *binder) bindExtend(items []*kql.NamedExpr, in *relation) *relation {
	return b.extended(items, in, newNaming(in), b.extendName)
}

// extended adds columns, each under the name that name gives it: an empty one leaves it out.
func (b *binder) extended(items []*kql.NamedExpr, in *relation, names *naming, name func(part, *naming) string) *relation {
	nodes := make([]kql.Node, len(items))
	for i, item := range items {
		nodes[i] = item
	}
	in = b.inMemory(in, nodes...)
	cols := append([]*column{}, in.cols...)
	var windowed []*expr
	for _, item := range items {
		x := b.expr(item.X, in)
		x = b.memoized(x, in.seg)
		if x.windowed {
			windowed = append(windowed, x)
		}
		for _, p := range b.parts(item, x) {
			c := &column{name: name(p, names), typ: p.x.typ, x: p.x}
			if c.name == "" {
				continue
			}
			if i := indexOf(cols, c.name); i >= 0 {
				cols[i] = c
			} else {
				cols = append(cols, c)
			}
		}
	}
	return in.with(cols).computed(windowed)
}

// extendName gives the name of an extended column. It may be that of a column of the input
// or of one made before, which it then replaces; only a name that is written twice, or that of a plain column, is an error.
// One of several columns of a function replaces none that was made before, but is numbered.
func (b *binder) extendName(p part, names *naming) string {
	written, at := "", kql.Node(p.item)
	switch {
	case len(p.item.Names) > 0:
		written, at = p.item.Names[0].Name, p.item.Names[0]
	case p.several:
		return names.pick(p.x.name)
	default:
		written = plainColumn(p.item.X, names.input)
	}
	switch {
	case written == "" && p.x.name == "":
		return names.column()
	case written == "":
		return p.x.name
	}
	if _, ok := names.take(written); !ok {
		b.fail(at, "KS171", "the column '"+written+"' is made twice", "")
		return ""
	}
	return written
}

// computed makes sure that window functions are computed on every row, in order.
func (rel *relation) computed(xs []*expr) *relation {
	if len(xs) == 0 {
		return rel
	}
	return rel.through(func(e env, rows iter.Seq[*frame]) iter.Seq[*frame] {
		return func(yield func(*frame) bool) {
			for f := range rows {
				for _, x := range xs {
					x.value(f)
				}
				if !yield(f) {
					return
				}
			}
		}
	})
}

// inMemory keeps the rows of in where an expression looks at the rows around the current one
// (prev, next).
func (b *binder) inMemory(in *relation, nodes ...kql.Node) *relation {
	looks := false
	for _, n := range nodes {
		kql.Inspect(n, func(n kql.Node) bool {
			if c, ok := n.(*kql.Call); ok && (c.Func.Name == "prev" || c.Func.Name == "next") {
				looks = true
			}
			return !looks
		})
	}
	if !looks || !in.serialized {
		return in
	}
	xs := in.values()
	out := b.held(in.schema(), nil)
	out.rows = func(e env) iter.Seq[*frame] {
		return func(yield func(*frame) bool) {
			all := in.keep(e, xs, false)
			defer all.close()
			f := out.seg.frame(e)
			f.around = all.cursor(e)
			for row := range f.around.each() {
				if !e.run.tick() {
					return
				}
				f.row = row
				f.next(0)
				if !yield(f) {
					return
				}
				f.nth++
			}
		}
	}
	out.serialized = true
	return out.like(in)
}

// heldWhole is held for an operator that has all of its rows in memory.
func (b *binder) heldWhole(cols []Column, rows func(e env) [][]scalar.Value) *relation {
	return b.held(cols, func(e env) iter.Seq[[]scalar.Value] { return each(rows(e)) })
}

// bindSerialize marks the order of the rows as meant, and adds columns.
func (b *binder) bindSerialize(op *kql.Serialize, in *relation) *relation {
	out := *in
	out.serialized = true
	names := newNaming(in)
	for _, c := range in.cols {
		names.taken[c.name] = true
	}
	return b.extended(op.Columns, &out, names, b.serializeName)
}

// serializeName gives the name of a column that serialize adds. It replaces none, as extend does and as the documentation has it of both, but
// is numbered.
func (b *binder) serializeName(p part, names *naming) string {
	switch {
	case len(p.item.Names) == 0 && plainColumn(p.item.X, names.input) != "":
		return ""
	case len(p.item.Names) == 0:
		return names.pick(p.x.name)
	}
	written := p.item.Names[0]
	name, ok := names.take(written.Name)
	if !ok {
		b.fail(written, "KS171", "the column '"+written.Name+"' is made twice", "")
	}
	return name
}

func indexOf(cols []*column, name string) int {
	for i, c := range cols {
		if c.name == name {
			return i
		}
	}
	return -1
}
