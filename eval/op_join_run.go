package eval

import (
	"iter"
	"slices"
	"strconv"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// joining is a join as it runs.
type joining struct {
	kind        string
	left, right *relation
	leftKeys    []*expr
	rightKeys   []int
	values      []*expr // the right side's columns
}

// joinColumns are the columns of a join's result.
type joinColumns struct{ list []*column }

func (c joinColumns) schema() []Column {
	cols := make([]Column, len(c.list))
	for i, col := range c.list {
		cols[i] = Column{col.name, col.typ}
	}
	return cols
}

// columns lists the columns of the result: those of the left side, then those of the right
// side but for drop. A name that is taken, on either side, gets the smallest number that
// makes it free. The left row is the frame's leg, the right row its held row.
func (j *joining) columns(drop map[int]bool) joinColumns {
	var out joinColumns
	names := newNaming(nil)
	for _, c := range j.left.cols {
		names.pick(c.name)
		out.list = append(out.list, &column{name: c.name, typ: c.typ, make: func() *expr { return onLeg(c.expr()) }})
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
		out.list = append(out.list, &column{name: name, typ: c.typ, x: rowColumn(c.typ, i)})
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

// joinTable is the right side by key.
type joinTable struct {
	rows    [][]scalar.Value
	byKey   map[string][]int
	matched []bool
}

// build reads the right side.
func (j *joining) build(e env) *joinTable {
	t := &joinTable{rows: j.right.collectOf(e, j.values), byKey: make(map[string][]int)}
	t.matched = make([]bool, len(t.rows))
	var key []byte
	for i, row := range t.rows {
		var ok bool
		if key, ok = j.rightKey(key[:0], row); ok {
			t.byKey[string(key)] = append(t.byKey[string(key)], i)
		}
	}
	return t
}

// key appends the key of a left row; ok is false where a part of it is null.
func (j *joining) key(buf []byte, f *frame) (key []byte, ok bool) {
	ok = true
	for _, x := range j.leftKeys {
		v := x.value(f)
		ok = ok && !v.IsNull()
		buf = scalar.AppendKey(buf, v)
	}
	return buf, ok
}

// rightKey appends the key of a right row; ok is false where a part of it is null.
func (j *joining) rightKey(buf []byte, row []scalar.Value) (key []byte, ok bool) {
	ok = true
	for _, k := range j.rightKeys {
		ok = ok && !row[k].IsNull()
		buf = scalar.AppendKey(buf, row[k])
	}
	return buf, ok
}

// rows yields the joined rows.
func (j *joining) rows(e env, seg *segment) iter.Seq[*frame] {
	return func(yield func(*frame) bool) {
		t := j.build(e)
		if e.run.err != nil {
			return
		}
		blank := make([]scalar.Value, len(j.values))
		for i, x := range j.values {
			blank[i] = scalar.Null(x.typ)
		}
		out := seg.frame(e)
		emit := func(left *frame, right []scalar.Value) bool {
			if !e.run.tick() {
				return false
			}
			out.leg, out.row = left, right
			out.next(0)
			return yield(out)
		}
		unique := map[string]bool{}
		keepLeft := j.kind == "leftouter" || j.kind == "fullouter"
		var key []byte
		for f := range j.left.rows(e) {
			var ok bool
			key, ok = j.key(key[:0], f)
			if j.kind == "innerunique" {
				if unique[string(key)] {
					continue
				}
				unique[string(key)] = true
			}
			var hits []int
			if ok {
				hits = t.byKey[string(key)]
			}
			if len(hits) == 0 && keepLeft && !emit(f, blank) {
				return
			}
			for _, i := range hits {
				t.matched[i] = true
				if !emit(f, t.rows[i]) {
					return
				}
			}
		}
		if j.kind == "rightouter" || j.kind == "fullouter" {
			for i, row := range t.rows {
				if !t.matched[i] && !emit(nil, row) {
					return
				}
			}
		}
	}
}

// semi keeps the left rows that have a match (leftsemi) or none (leftanti).
func (j *joining) semi(e env, rows iter.Seq[*frame]) iter.Seq[*frame] {
	return func(yield func(*frame) bool) {
		t := j.build(e)
		if e.run.err != nil {
			return
		}
		want := j.kind == "leftsemi"
		var key []byte
		for f := range rows {
			var ok bool
			key, ok = j.key(key[:0], f)
			if (ok && len(t.byKey[string(key)]) > 0) == want && !yield(f) {
				return
			}
		}
	}
}

// rightSemi gives the right rows that have a match (rightsemi) or none (rightanti).
func (j *joining) rightSemi(e env) iter.Seq[[]scalar.Value] {
	t := j.build(e)
	var key []byte
	for f := range j.left.rows(e) {
		var ok bool
		if key, ok = j.key(key[:0], f); ok {
			for _, i := range t.byKey[string(key)] {
				t.matched[i] = true
			}
		}
	}
	want := j.kind == "rightsemi"
	rows := slices.Clone(t.rows[:0])
	for i, row := range t.rows {
		if t.matched[i] == want {
			rows = append(rows, row)
		}
	}
	return each(rows)
}
