package eval

import (
	"strconv"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// joining is a bound join.
type joining struct {
	kind        string
	left, right *relation
	leftKeys    []*expr
	rightKeys   []int   // their places among values
	values      []*expr // what is held of the right side: its columns, or only the keys, where the kind gives left rows alone
	asked       []*expr // the left columns that are read of the result
	ofRecord    []*expr // the right columns, where keys and the record are held instead of them
}

// holdRecords has the record held of the right side, and the keys.
func (j *joining) holdRecords() {
	all, keys := j.values, j.rightKeys
	j.values, j.rightKeys = nil, nil
	for i, k := range keys {
		j.values, j.rightKeys = append(j.values, all[k]), append(j.rightKeys, i)
	}
	for _, x := range all {
		j.ofRecord = append(j.ofRecord, j.right.seg.fromRecord(x, len(keys)))
	}
	j.values = append(j.values, j.right.seg.recordText())
}

// rightColumn reads a column of the right row that is held.
func (j *joining) rightColumn(i int) *expr {
	if j.ofRecord != nil {
		return j.ofRecord[i]
	}
	return rowColumn(j.right.cols[i].typ, i)
}

// leftOnly says that the result is left rows.
func (j *joining) leftOnly() bool { return j.kind == "leftsemi" || j.kind == "leftanti" }

// rightOnly says that the result is right rows.
func (j *joining) rightOnly() bool { return j.kind == "rightsemi" || j.kind == "rightanti" }

// keepsLeft says that left rows without a match are in the result.
func (j *joining) keepsLeft() bool {
	return j.kind == "leftouter" || j.kind == "fullouter" || j.kind == "leftanti"
}

// keepsRight says that right rows are in the result for what they matched, or did not match, in all.
func (j *joining) keepsRight() bool {
	return j.kind == "rightouter" || j.kind == "fullouter" || j.rightOnly()
}

// columns lists the columns of the result: those of the left side, then those of the right
// side but for drop. A name that is taken, on either side, gets the smallest number that
// makes it free. The left row is the frame's leg, the right row its held row.
func (j *joining) columns(drop map[int]bool) []*column {
	var out []*column
	names := newNaming(nil)
	for _, c := range j.left.cols {
		names.pick(c.name)
		out = append(out, &column{name: c.name, typ: c.typ, make: func() *expr { return j.onLeft(c.expr()) }})
	}
	for i, c := range j.right.cols {
		if !drop[i] {
			names.taken[c.name] = true
		}
	}
	// A right column whose own name is free keeps it, and those that must move find the
	// numbers after it.
	free := newNaming(nil)
	for _, c := range j.left.cols {
		free.pick(c.name)
	}
	for i, c := range j.right.cols {
		if drop[i] {
			continue
		}
		name := c.name
		if free.taken[name] {
			name = nextFree(name, names, free)
		}
		free.taken[name] = true
		out = append(out, &column{name: name, typ: c.typ, make: func() *expr { return j.rightColumn(i) }})
	}
	return out
}

// nextFree numbers a name until neither side has it.
func nextFree(name string, names, free *naming) string {
	out := name
	for i := 1; names.taken[out] || free.taken[out]; i++ {
		out = name + strconv.Itoa(i)
	}
	return out
}

// onLeft is onLeg for an expression over left rows. It counts among those that are kept of a left row which is put away.
func (j *joining) onLeft(x *expr) *expr {
	place := len(j.asked)
	j.asked = append(j.asked, x)
	out := onLeg(x)
	value := out.value
	out.value = func(f *frame) scalar.Value {
		if f.leg != nil && f.leg.kept != nil {
			return f.leg.kept[place]
		}
		return value(f)
	}
	if str := out.str; str != nil {
		out.str = func(f *frame) string {
			if f.leg != nil && f.leg.kept != nil {
				return f.leg.kept[place].Str()
			}
			return str(f)
		}
	}
	if test := out.test; test != nil {
		out.test = func(f *frame) (bool, bool) {
			if f.leg != nil && f.leg.kept != nil {
				v := f.leg.kept[place]
				return v.Bool(), !v.IsNull()
			}
			return test(f)
		}
	}
	return out
}

// onLeg reads an expression of the frame that the current row comes from. A frame without
// one stands on a row that has no such side, where strings are empty and the rest is null.
func onLeg(x *expr) *expr {
	out := &expr{typ: x.typ, name: x.name, cheap: x.cheap, reads: true}
	null := scalar.Null(x.typ)
	value := x.value
	out.value = func(f *frame) scalar.Value {
		if f.leg == nil {
			return null
		}
		return value(f.leg)
	}
	if str := x.str; str != nil {
		out.str = func(f *frame) string {
			if f.leg == nil {
				return ""
			}
			return str(f.leg)
		}
	}
	if test := x.test; test != nil {
		out.test = func(f *frame) (bool, bool) {
			if f.leg == nil {
				return false, false
			}
			return test(f.leg)
		}
	}
	return out
}
