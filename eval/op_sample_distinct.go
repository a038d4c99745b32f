package eval

import (
	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// bindSampleDistinct keeps some different values of a column: those that are met first
// (Kusto docs, "sample-distinct operator").
func (b *binder) bindSampleDistinct(op *kql.SampleDistinct, in *relation) *relation {
	if of := b.columnOnly(op.Of, in); of.typ == scalar.Dynamic {
		return b.nothing(op.Of, "KS116", "there are no distinct values of dynamic", "convert it with tostring()")
	}
	return b.bindTake(op.Count, b.bindDistinct(&kql.Distinct{Columns: []kql.Argument{op.Of}}, in))
}
