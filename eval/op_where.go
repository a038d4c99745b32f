package eval

import "github.com/seed-2512943d/picket/kql"

// bindWhere keeps the rows for which the predicate is true.
//
// Behind an innerunique join, conjuncts over columns of the left side are applied to that side
// before it is reduced to one row a key, as the engine does: they decide which row stays.
func (b *binder) bindWhere(op *kql.Where, in *relation) *relation {
	if in.below == nil {
		return b.where(op.Predicate, in)
	}
	for _, conjunct := range conjuncts(op.Predicate) {
		if moved := in.below(conjunct); moved != nil {
			in = moved
			continue
		}
		below := in.below
		in = b.where(conjunct, in)
		in.below = below
	}
	return in
}

func (b *binder) where(predicate kql.Expr, in *relation) *relation {
	in = b.inMemory(in, predicate)
	if b.observes() {
		return in.filtered(b.observed(predicate, in))
	}
	parts := conjuncts(predicate)
	if len(parts) == 1 {
		return in.filtered(b.predicate(predicate, in))
	}
	var tests []*expr
	for _, part := range parts {
		tests = append(tests, b.operand(part, in))
	}
	return in.filtered(tests...)
}

// conjuncts parts a predicate at its and's.
func conjuncts(x kql.Expr) []kql.Expr {
	if a, ok := unparen(x).(*kql.Binary); ok && a.Op == "and" {
		return append(conjuncts(a.X), conjuncts(a.Y)...)
	}
	return []kql.Expr{x}
}

// onlyColumns reports whether every name in x is a column of rel.
func onlyColumns(x kql.Expr, rel *relation) bool {
	only := true
	kql.Inspect(x, func(n kql.Node) bool {
		switch n := n.(type) {
		case *kql.Name:
			only = only && rel.find(n.Name) >= 0
		case *kql.Star, *kql.Pipe:
			only = false
		}
		return only
	})
	return only
}
