package eval

import "github.com/seed-2512943d/picket/kql"

// bindAssertSchema refuses input that lacks one of the columns written, or has it with
// another type (Kusto docs, "assert-schema operator").
func (b *binder) bindAssertSchema(op *kql.AssertSchema, in *relation) *relation {
	for _, want := range b.schemaColumns(op.Schema) {
		switch i := in.find(want.Name); {
		case i >= 0 && in.cols[i].typ != want.Type:
			b.fail(op.Schema, "", "the column '"+want.Name+"' is "+in.cols[i].typ.String()+", not "+want.Type.String(), "")
		case i < 0 && !in.open:
			b.fail(op.Schema, "", "the input has no column '"+want.Name+"'", b.suggestColumn(want.Name, in))
		}
	}
	return in
}
