package eval

import (
	"iter"
	"slices"
	"strings"

	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// bindCount counts the rows.
func (b *binder) bindCount(op *kql.Count, in *relation) *relation {
	name := "Count"
	if op.As != nil {
		name = op.As.Name
	}
	return b.held([]Column{{name, scalar.Long}}, func(e env) iter.Seq[[]scalar.Value] {
		return func(yield func([]scalar.Value) bool) {
			n := int64(0)
			for range in.rows(e) {
				n++
			}
			yield([]scalar.Value{scalar.NewLong(n)})
		}
	})
}

// consume reads its input and gives nothing.
func consume(_ env, rows iter.Seq[*frame]) iter.Seq[*frame] {
	return func(func(*frame) bool) {
		for range rows {
		}
	}
}

// bindDistinct keeps the first row of each combination of values.
func (b *binder) bindDistinct(op *kql.Distinct, in *relation) *relation {
	names := newNaming(in)
	var cols []*column
	for _, item := range op.Columns {
		if isStar(item) {
			for _, c := range in.cols {
				names.pick(c.name)
				cols = append(cols, c)
			}
			continue
		}
		named, ok := item.(*kql.NamedExpr)
		if !ok {
			named = &kql.NamedExpr{X: item}
		}
		x := b.memoized(settledText(b.expr(named.X, in)), in.seg)
		if name, ok := b.columnName(named, x, names); ok {
			cols = append(cols, &column{name: name, typ: x.typ, x: x})
		}
	}
	for _, c := range cols {
		if c.typ == scalar.Dynamic {
			b.fail(op, "KS116", "'"+c.name+"' is dynamic, of which there is no distinct", "convert it with tostring()")
		}
	}
	kept := &relation{cols: cols}
	xs := kept.values()
	out := b.held(kept.schema(), func(e env) iter.Seq[[]scalar.Value] {
		return func(yield func([]scalar.Value) bool) { distinct(e, in, xs, yield) }
	})
	out.name, out.bad = in.name, in.bad
	for i, x := range xs {
		out.cols[i].x.loose = x.loose
	}
	return out
}

// dataTypes are the .NET types that the service keeps scalars in.
var dataTypes = map[scalar.Type]string{
	scalar.Bool: "System.SByte", scalar.Int: "System.Int32", scalar.Long: "System.Int64", scalar.Real: "System.Double",
	scalar.Decimal: "System.Data.SqlTypes.SqlDecimal", scalar.DateTime: "System.DateTime", scalar.TimeSpan: "System.TimeSpan",
	scalar.Guid: "System.Guid", scalar.String: "System.String", scalar.Dynamic: "System.Object",
}

// bindGetSchema describes the columns of the input.
func (b *binder) bindGetSchema(op *kql.GetSchema, in *relation) *relation {
	if slices.ContainsFunc(op.Params, func(p *kql.Parameter) bool { return p.Name == "kind" && parameterText(p) == "csl" }) {
		var written []string
		for _, c := range in.cols {
			written = append(written, kql.Canonical(&kql.Name{Name: c.name, Quoted: !isWord(c.name)})+":"+c.typ.String())
		}
		return b.held([]Column{{"Schema", scalar.String}}, func(env) iter.Seq[[]scalar.Value] {
			return each([][]scalar.Value{{scalar.NewString(strings.Join(written, ","))}})
		})
	}
	cols := []Column{{"ColumnName", scalar.String}, {"ColumnOrdinal", scalar.Int}, {"DataType", scalar.String}, {"ColumnType", scalar.String}}
	return b.held(cols, func(env) iter.Seq[[]scalar.Value] {
		var rows [][]scalar.Value
		for i, c := range in.cols {
			rows = append(rows, []scalar.Value{
				scalar.NewString(c.name), scalar.NewInt(int32(i)), scalar.NewString(dataTypes[c.typ]), scalar.NewString(c.typ.String()),
			})
		}
		return each(rows)
	})
}

// isWord reports whether a name need not be written in brackets.
func isWord(name string) bool {
	return name != "" && strings.Trim(name, "_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" && (name[0] < '0' || name[0] > '9')
}

// bindAs gives the rows so far a name, by which what follows may refer to them.
func (b *binder) bindAs(op *kql.As, in *relation) *relation {
	out := *in
	out.name = op.Name.Name
	b.scope.names[op.Name.Name] = binding{table: &out, around: b.around, depth: b.pinning}
	return &out
}

// bindInvoke calls a function with the input as its first argument.
func (b *binder) bindInvoke(op *kql.Invoke, in *relation) *relation {
	call, ok := op.Call.(*kql.Call)
	if !ok {
		return b.nothing(op, "KS006", "invoke needs a call of a function", "")
	}
	fn := b.stored(call.Func.Name)
	if d, ok := b.scope.lookup(call.Func.Name); ok && d.fn != nil {
		fn = d.fn
	}
	if fn == nil {
		return b.missing(call.Func, kql.MissingFunction, call.Func.Name, b.suggestFunction(call.Func.Name))
	}
	return b.callTable(call, fn, call.Args, in)
}
