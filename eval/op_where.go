package eval

import "github.com/seed-2512943d/picket/kql"

// bindWhere keeps the rows for which the predicate is true. A constant predicate keeps all
// rows or none.
func (b *binder) bindWhere(op *kql.Where, in *relation) *relation {
	in = b.inMemory(in, op.Predicate)
	p := b.predicate(op.Predicate, in)
	return in.filtered(p.truth())
}
