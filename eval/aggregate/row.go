package aggregate

import (
	"github.com/seed-2512943d/picket/eval/scalar"
)

// RowAccumulator is an accumulator of several columns, as eval uses for
// arg_max, arg_min, take_any, percentiles and percentilesw. Result gives the
// first column alone.
type RowAccumulator interface {
	Accumulator
	// Row gives a value for each column, good until the next Add or Merge. Where no
	// row was added these are nulls, of no type in Best and Any.
	Row() []scalar.Value
}

// kept is a row with texts of its own, or none yet.
type kept struct {
	row     []scalar.Value
	columns int
}

// Row gives the row kept.
func (k *kept) Row() []scalar.Value {
	if k.row == nil {
		return make([]scalar.Value, k.columns)
	}
	return k.row
}

// Result gives the first column of the row kept.
func (k *kept) Result() scalar.Value { return k.Row()[0] }

// keep puts a row in the place of the one kept. A text that has not changed,
// as most in a group do not, is not copied again.
func (k *kept) keep(args []scalar.Value) {
	if k.row == nil {
		k.row = make([]scalar.Value, k.columns)
	}
	for i, v := range args[:k.columns] {
		if v != k.row[i] {
			k.row[i] = v.Clone()
		}
	}
}

// Size is about how many bytes the row takes.
func (k *kept) Size() int {
	size := 48
	for _, v := range k.row {
		size += v.Size()
	}
	return size
}

// MarshalBinary encodes the row.
func (k *kept) MarshalBinary() ([]byte, error) { return appendValues(nil, k.row), nil }

// UnmarshalBinary decodes what MarshalBinary of an accumulator of as many
// columns encoded.
func (k *kept) UnmarshalBinary(b []byte) error {
	in := reader{b: b}
	k.row = in.values()
	if len(k.row) != 0 && len(k.row) != k.columns {
		return errEncoding
	}
	return in.close()
}

// Best keeps the row whose first value is the greatest or the least: arg_max
// and arg_min.
type Best struct {
	kept
	min bool
}

// NewArgMax makes an accumulator of rows of that many columns, the first of
// which is maximised, or minimised if min is set.
//
// Of several rows with the same first value it keeps the first. A row whose
// first value is null stays only until one with a value comes.
func NewArgMax(columns int, min bool) *Best {
	return &Best{kept: kept{columns: columns}, min: min}
}

// Add takes a row: the maximised value and those to return.
func (b *Best) Add(args []scalar.Value) {
	if b.row != nil {
		if args[0].IsNull() {
			return
		}
		if !b.row[0].IsNull() {
			if order := scalar.Compare(args[0], b.row[0]); order == 0 || (order < 0) != b.min {
				return
			}
		}
	}
	b.keep(args)
}

// Merge adds the row that other keeps.
func (b *Best) Merge(other Accumulator) {
	if row := other.(*Best).row; row != nil {
		b.Add(row)
	}
}

// Any keeps a row: take_any.
type Any struct{ kept }

// NewTakeAny makes an accumulator that keeps the first of the rows, each of
// that many columns. A single column keeps its first value that is neither null
// nor empty, if there is one.
func NewTakeAny(columns int) *Any { return &Any{kept{columns: columns}} }

// Add takes a row.
func (a *Any) Add(args []scalar.Value) {
	if a.row == nil || a.columns == 1 && blank(a.row[0]) && !blank(args[0]) {
		a.keep(args)
	}
}

// Merge adds the row that other keeps.
func (a *Any) Merge(other Accumulator) {
	if row := other.(*Any).row; row != nil {
		a.Add(row)
	}
}

// blank reports whether v is null or an empty string.
func blank(v scalar.Value) bool {
	return v.IsNull() || v.Kind() == scalar.String && v.Str() == ""
}
