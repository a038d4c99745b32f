package eval

import (
	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// bindProjectByNames keeps the columns whose names constants give: texts, which may have
// stars, and arrays of them, in their order. A name without a column is passed over (Kusto
// docs, "project-by-names operator").
func (b *binder) bindProjectByNames(op *kql.ProjectByNames, in *relation) *relation {
	var cols []*column
	kept := make(map[*column]bool)
	keep := func(pattern string) {
		for _, c := range in.cols {
			if !kept[c] && matchWildcard(c.name, pattern) {
				kept[c] = true
				cols = append(cols, c)
			}
		}
	}
	for _, sel := range op.Columns {
		x := b.expr(sel, nil)
		switch {
		case x.typ == scalar.NoType:
		case x.konst == nil:
			b.fail(sel, "KS140", "the names must be constants", "")
		case x.konst.Kind() == scalar.Array:
			for name := range x.konst.Elements() {
				keep(scalar.ToString(name))
			}
		default:
			keep(scalar.ToString(*x.konst))
		}
	}
	out := in.with(cols)
	out.open = false
	return out
}
