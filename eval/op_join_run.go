package eval

import (
	"iter"
	"slices"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// joinTable is right rows by key.
type joinTable struct {
	rows    [][]scalar.Value
	places  []uint64 // of the rows in the input
	next    []int32  // of each row: the next of the same key, or -1
	byKey   map[string]sameKey
	matched []bool
}

// sameKey is the first and the last row of a key.
type sameKey struct {
	first, last int32
	met         bool // a left row has had the key
}

// Bytes that a row, and a key beside its text, take in a joinTable.
const (
	joinedOverhead = 16
	keyOverhead    = 60
)

// joinRun is a join as it runs: over everything, or over a part of both sides.
type joinRun struct {
	*joining
	account *account
	table   *joinTable
	level   int    // how often the sides have been parted by their keys
	parts   *parts // the right side, where the budget has no room for it
	key     []byte
}

func (j *joining) newRun(e env, level int) *joinRun {
	return &joinRun{joining: j, account: e.account(), level: level, table: &joinTable{byKey: make(map[string]sameKey)}}
}

// close gives back what the run holds.
func (r *joinRun) close() {
	r.account.release()
	r.parts.close()
}

// keyOf makes the key of a row out of its values; ok is false where one of them is null.
func (r *joinRun) keyOf(values []scalar.Value) (ok bool) {
	r.key, ok = r.key[:0], true
	for _, v := range values {
		ok = ok && !v.IsNull()
		r.key = scalar.AppendKey(r.key, v)
	}
	return ok
}

// leftKey makes the key of a left row.
func (r *joinRun) leftKey(f *frame, values []scalar.Value) (ok bool) {
	for i, x := range r.leftKeys {
		values[i] = x.value(f)
	}
	return r.keyOf(values)
}

// build reads the right side. It is false where the run has failed.
func (r *joinRun) build() bool {
	row := make([]scalar.Value, len(r.values))
	place := uint64(0)
	for f := range r.right.rows(r.account.env) {
		for i, x := range r.values {
			row[i] = x.value(f)
		}
		if !r.add(place, row) {
			return false
		}
		place++
	}
	return r.account.env.run.err == nil
}

// add takes a right row, of which it keeps a copy where the kind has a use for it.
func (r *joinRun) add(place uint64, row []scalar.Value) bool {
	var room [4]scalar.Value
	values := room[:0]
	for _, k := range r.rightKeys {
		values = append(values, row[k])
	}
	hasKey := r.keyOf(values)
	if !hasKey && !r.keepsRight() {
		return true
	}
	if r.parts != nil {
		return r.parts.add(r.key, place, row)
	}
	t := r.table
	of, known := t.byKey[string(r.key)]
	if known && r.leftOnly() {
		return true
	}
	i := int32(len(t.rows))
	switch {
	case !hasKey:
	case known:
		t.next[of.last] = i
		of.last = i
		t.byKey[string(r.key)] = of
	default:
		t.byKey[string(r.key)] = sameKey{first: i, last: i}
		r.account.grow(keyOverhead + len(r.key))
	}
	row = slices.Clone(row)
	scalar.CloneAll(row)
	t.rows, t.places, t.next = append(t.rows, row), append(t.places, place), append(t.next, -1)
	r.account.grow(joinedOverhead + sizeOf(row))
	return !r.account.full() || r.putAway()
}

// match finds what a left row gives, whose key has been made, ok saying that it has one: it tells emit of right rows, or of none for the
// row as it is, which is nil where the kind has no right columns. It is false where emit is.
func (r *joinRun) match(ok bool, emit func(right []scalar.Value) bool) bool {
	t := r.table
	of, hit := t.byKey[string(r.key)]
	switch {
	case !ok || !hit:
		return !r.keepsLeft() || emit(nil)
	case r.leftOnly():
		return r.kind != "leftsemi" || emit(nil)
	case r.kind == "innerunique" && of.met:
		return true
	case r.kind == "innerunique":
		of.met = true
		t.byKey[string(r.key)] = of
	}
	for i := of.first; i >= 0; i = t.next[i] {
		if t.matched != nil {
			t.matched[i] = true
		}
		if !r.rightOnly() && !emit(t.rows[i]) {
			return false
		}
	}
	return true
}

// marks makes room to note which right rows have a match, if the kind asks.
func (r *joinRun) marks() {
	if r.keepsRight() {
		r.table.matched = make([]bool, len(r.table.rows))
	}
}

// rightRows yields the right rows that are in the result for what they matched in all.
func (r *joinRun) rightRows(yield func(place uint64, row []scalar.Value) bool) bool {
	if !r.keepsRight() {
		return true
	}
	want := r.kind == "rightsemi"
	for i, row := range r.table.rows {
		if r.table.matched[i] == want && !yield(r.table.places[i], row) {
			return false
		}
	}
	return true
}

// blank is a right row of nulls.
func (j *joining) blank() []scalar.Value {
	row := make([]scalar.Value, len(j.values))
	for i, x := range j.values {
		row[i] = scalar.Null(x.typ)
	}
	return row
}

// rows yields the joined rows: those of left rows in their order, each with its right rows in theirs, and then right rows alone.
func (j *joining) rows(e env, seg *segment) iter.Seq[*frame] {
	return func(yield func(*frame) bool) {
		r := j.newRun(e, 0)
		defer r.close()
		if !r.build() {
			return
		}
		out, blank := seg.frame(e), j.blank()
		emit := func(left *frame, right []scalar.Value) bool {
			if !e.run.tick() {
				return false
			}
			if right == nil {
				right = blank
			}
			out.leg, out.row = left, right
			out.next(0)
			return yield(out)
		}
		if r.parts != nil {
			r.rowsOfParts(emit)
			return
		}
		r.marks()
		values := make([]scalar.Value, len(j.leftKeys))
		for f := range j.left.rows(e) {
			if !r.match(r.leftKey(f, values), func(right []scalar.Value) bool { return emit(f, right) }) {
				return
			}
		}
		if e.run.err == nil {
			r.rightRows(func(_ uint64, row []scalar.Value) bool { return emit(nil, row) })
		}
	}
}
