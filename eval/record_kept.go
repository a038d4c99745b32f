package eval

import (
	"iter"
	"slices"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// Operators that keep whole rows of a table, such as sort, or arg_max(t, *), keep the record as it is written instead of the values of all columns: one
// copy a row. What is asked of the row later is read from that copy.

// manyColumns is from how many columns on a record is kept in place of their values.
const manyColumns = 8

// keepsRecords reports whether records are kept in place of the values of xs over in: where rows are records of a table, the values are most of what
// these hold, and they come out the same when they are computed later.
func (b *binder) keepsRecords(in *relation, xs []*expr) bool {
	return in.scan != nil && in.level == 0 && b.around == nil && len(xs) >= manyColumns && 2*len(xs) >= in.scan.columns &&
		!slices.ContainsFunc(xs, func(x *expr) bool { return x.volatile || x.windowed || x.typ == scalar.NoType })
}

// recordText is the record that a row of the segment is.
func (s *segment) recordText() *expr {
	s.whole = true
	x := ofString(func(f *frame) string { return f.rec.text })
	x.cheap, x.reads, x.cost = true, true, 1
	return x
}

// fromRecord gives an expression over rows of s as one over held rows, whose column at place i is the record; of a row that holds none, as
// that of no rows that are summarized, it is null.
func (s *segment) fromRecord(x *expr, i int) *expr {
	out := ofValue(x.typ, func(f *frame) scalar.Value {
		if f.row[i].Str() == "" {
			return scalar.Null(x.typ)
		}
		return x.value(f.onRecord(s, i))
	})
	out.reads, out.cost, out.name, out.loose = true, x.cost+1, x.name, x.loose
	return out
}

// recordFrame stands on the record that a held row has in a column.
type recordFrame struct {
	*frame
	column int
	row    uint64 // the held row that it was placed for
}

// onRecord gives a frame of the segment s that stands on the record which the current held row has in a column.
func (f *frame) onRecord(s *segment, column int) *frame {
	i := slices.IndexFunc(f.records, func(r *recordFrame) bool { return r.column == column })
	if i < 0 {
		i = len(f.records)
		f.records = append(f.records, &recordFrame{frame: s.frame(env{run: f.run}), column: column})
	}
	r := f.records[i]
	if r.row != f.stamp[0] {
		r.row = f.stamp[0]
		r.rec.reset(f.row[column].Str())
		r.next(0)
	}
	return r.frame
}

// heldWholeRows makes the relation of an operator that collects the rows of in, as the values of xs, and then gives them in another order.
func (b *binder) heldWholeRows(in *relation, collect func(xs []*expr) func(env) iter.Seq[[]scalar.Value]) *relation {
	xs := in.values()
	if !b.keepsRecords(in, xs) {
		return b.held(in.schema(), collect(xs)).like(in)
	}
	out := b.held([]Column{{Type: scalar.String}}, collect([]*expr{in.seg.recordText()}))
	out.cols = nil
	for i, c := range in.cols {
		out.cols = append(out.cols, &column{name: c.name, typ: c.typ, x: in.seg.fromRecord(xs[i], 0)})
	}
	return out.like(in)
}
