package eval

import (
	"iter"
	"strconv"

	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// bindPrint makes one row, which is in order by itself: row_number() and its kin may stand in it. A column without a name is called print_ and its place, and of
// the columns of a function those that are named are shown, or all where none is.
func (b *binder) bindPrint(op *kql.Print) *relation {
	defer func(around *relation) { b.oneRow = around }(b.oneRow)
	b.oneRow = &relation{seg: newSegment(), serialized: true}
	names := newNaming(nil)
	var cols []Column
	var xs []*expr
	for i, item := range op.Columns {
		parts := b.parts(item, b.expr(item.X, nil))
		if len(item.Names) > 0 && len(parts) > 0 {
			parts = parts[:len(item.Names)]
		}
		for _, p := range parts {
			name, ok := "", true
			switch {
			case len(item.Names) > 0:
				written := p.item.Names[0]
				if name, ok = names.take(written.Name); !ok {
					b.fail(written, "KS171", "the column '"+written.Name+"' is made twice", "")
				}
			case p.several:
				name = names.pick(p.x.name)
			default:
				name = names.pick("print_" + strconv.Itoa(i))
			}
			if ok {
				cols, xs = append(cols, Column{name, p.x.typ}), append(xs, p.x)
			}
		}
	}
	return b.held(cols, func(e env) iter.Seq[[]scalar.Value] {
		f := e.frame()
		row := make([]scalar.Value, len(xs))
		for i, x := range xs {
			row[i] = x.value(f)
		}
		return each([][]scalar.Value{row})
	})
}

// bindDatatable makes the table that is written out.
func (b *binder) bindDatatable(op *kql.Datatable) *relation {
	cols := b.schemaColumns(op.Schema)
	if len(cols) == 0 {
		return b.nothing(op, "KS006", "a datatable needs columns", "")
	}
	if len(op.Values)%len(cols) != 0 {
		return b.nothing(op, "KS173", "the number of values is no multiple of the number of columns", "")
	}
	var rows [][]scalar.Value
	for i, item := range op.Values {
		if i%len(cols) == 0 {
			rows = append(rows, make([]scalar.Value, len(cols)))
		}
		t := cols[i%len(cols)].Type
		x := b.expr(item, nil)
		if x.typ == scalar.NoType {
			continue
		}
		if x.konst == nil {
			b.fail(item, "KS140", "the values of a datatable must be constants", "")
			continue
		}
		rows[len(rows)-1][i%len(cols)] = scalar.Convert(*x.konst, t)
	}
	out := b.heldWhole(cols, func(env) [][]scalar.Value { return rows })
	return out
}

// schemaColumns resolves the columns of a written schema.
func (b *binder) schemaColumns(s *kql.Schema) []Column {
	names := newNaming(nil)
	var cols []Column
	for _, c := range s.Columns {
		t, ok := b.typeName(c.Type)
		if !ok {
			t = scalar.String
		}
		if _, ok := names.take(c.Name.Name); !ok {
			b.fail(c.Name, "KS171", "the column '"+c.Name.Name+"' is declared twice", "")
		}
		cols = append(cols, Column{c.Name.Name, t})
	}
	return cols
}

// bindRange makes a column of evenly spaced values, the last bound included.
func (b *binder) bindRange(op *kql.Range) *relation {
	from, to, step := b.expr(op.From, nil), b.expr(op.To, nil), b.expr(op.Step, nil)
	t, ok := rangeType(from.typ, to.typ, step.typ)
	if !ok {
		return b.nothing(op, "KS106", "a range from "+from.typ.String()+" to "+to.typ.String()+" cannot go by "+step.typ.String(), "")
	}
	stepType := t
	if t == scalar.DateTime {
		stepType = scalar.TimeSpan
	}
	from, to, step = converted(from, t), converted(to, t), converted(step, stepType)
	return b.held([]Column{{op.Name.Name, t}}, func(e env) iter.Seq[[]scalar.Value] {
		return func(yield func([]scalar.Value) bool) {
			f := e.frame()
			lo, hi, by := from.value(f), to.value(f), step.value(f)
			zero := scalar.Convert(scalar.NewLong(0), stepType)
			sign := scalar.Compare(by, zero)
			if lo.IsNull() || hi.IsNull() || by.IsNull() || sign == 0 {
				return
			}
			row := make([]scalar.Value, 1)
			for n := int64(0); ; n++ {
				v := scalar.Arithmetic('+', lo, scalar.Arithmetic('*', by, scalar.NewLong(n), stepType), t)
				if v.IsNull() || scalar.Compare(v, hi)*sign > 0 {
					return
				}
				row[0] = v
				if !yield(row) {
					return
				}
			}
		}
	})
}

// rangeType gives the type of a range's values.
func rangeType(from, to, step scalar.Type) (scalar.Type, bool) {
	switch {
	case from == scalar.NoType || to == scalar.NoType || step == scalar.NoType:
		return scalar.Long, true
	case from == scalar.Dynamic || to == scalar.Dynamic:
		return step, step.Summable()
	case from.Numeric() && to.Numeric() && step.Numeric():
		return widest(widest(from, to), step), true
	case from == scalar.DateTime && to == scalar.DateTime && step == scalar.TimeSpan:
		return scalar.DateTime, true
	case from == scalar.TimeSpan && to == scalar.TimeSpan && step == scalar.TimeSpan:
		return scalar.TimeSpan, true
	}
	return scalar.NoType, false
}
