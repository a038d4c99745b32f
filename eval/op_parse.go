package eval

import "github.com/seed-2512943d/picket/kql"

func (b *binder) bindParse(op *kql.ParseOperator, in *relation) *relation {
	return b.nothing(op, "", "the operator 'parse' is not supported", "")
}
