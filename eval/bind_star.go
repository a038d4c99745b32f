package eval

import (
	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// ofColumns binds a built-in function that may be called with *, all columns, in place of its
// arguments: pack_array(*), estimate_data_size(*).
func (b *binder) ofColumns(x *kql.Call, in *relation) *expr {
	fn, _ := builtin(x.Func.Name)
	if len(x.Args) != 1 || in == nil || !isStar(x.Args[0]) {
		return b.callBuiltin(x, fn, in)
	}
	call := &kql.Call{Func: x.Func}
	for _, c := range in.cols {
		call.Args = append(call.Args, &kql.Name{Name: c.name})
	}
	return b.callBuiltin(call, fn, in)
}

// isColumnExists binds iscolumnexists(name). What an open table has is known at each record.
func (b *binder) isColumnExists(x *kql.Call, in *relation) *expr {
	if !b.arity(x, 1, 1) {
		return unknown()
	}
	name := b.expr(x.Args[0], in)
	switch {
	case name.typ == scalar.NoType:
		return name
	case name.konst == nil || name.typ != scalar.String:
		return b.fail(x.Args[0], "KS140", "the name of the column must be a constant string", "")
	case in == nil:
		return constant(scalar.NewBool(false))
	}
	known := in.find(name.konst.Str()) >= 0
	if known || !in.open {
		return constant(scalar.NewBool(known))
	}
	column := in.openColumn(name.konst.Str())
	value := column.value
	return ofTest(func(f *frame) (bool, bool) { return !value(f).IsNull(), true }).from(column)
}

// columnNamesOf binds column_names_of(table): an array of the names of its columns.
func (b *binder) columnNamesOf(x *kql.Call, _ *relation) *expr {
	if !b.arity(x, 1, 1) {
		return unknown()
	}
	rel := b.tabular(x.Args[0])
	if rel.failed() {
		return unknown()
	}
	var names []scalar.Value
	for _, c := range rel.cols {
		names = append(names, scalar.NewString(c.name))
	}
	return constant(scalar.NewArray(names))
}

// binAuto binds bin_auto(x): bin_at with the size and the fixed point that the statements
// "set query_bin_auto_size" and "set query_bin_auto_at" give.
func (b *binder) binAuto(x *kql.Call, in *relation) *expr {
	if !b.arity(x, 1, 1) {
		return unknown()
	}
	size, at := b.set["query_bin_auto_size"], b.set["query_bin_auto_at"]
	if size == nil {
		return b.fail(x, "", "bin_auto() needs the size of a bin", "write set query_bin_auto_size = 1h; before the query")
	}
	name, args := "bin", []kql.Expr{x.Args[0], size}
	if at != nil {
		name, args = "bin_at", append(args, at)
	}
	fn, _ := builtin(name)
	return b.callBuiltin(&kql.Call{Func: x.Func, Args: args}, fn, in)
}
