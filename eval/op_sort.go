package eval

import (
	"container/heap"
	"iter"

	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// sortKey is one key of an ordering.
type sortKey struct {
	x          *expr
	desc       bool
	nullsFirst bool
}

// sortKeys binds the keys of sort and top. The order is descending unless asc is written;
// nulls come first when ascending and last when descending, unless said otherwise.
func (b *binder) sortKeys(by []*kql.Ordered, in *relation) []sortKey {
	var keys []sortKey
	for _, o := range by {
		x := b.memoized(settledText(b.expr(o.Key.X, in)), in.seg)
		if x.typ == scalar.Dynamic {
			b.fail(o.Key, "KS116", "the rows cannot be sorted by a dynamic value", "convert it with tostring() or tolong()")
		}
		desc := o.Order != "asc"
		first := !desc
		if o.Nulls != "" {
			first = o.Nulls == "first"
		}
		keys = append(keys, sortKey{x, desc, first})
	}
	return keys
}

// compareKeys orders two rows by the values of their keys. NaN stands next to null.
func compareKeys(keys []sortKey, a, b []scalar.Value) int {
	for i, k := range keys {
		v, w := a[i], b[i]
		vl, wl := lowness(v), lowness(w)
		if vl != 0 || wl != 0 {
			if vl == wl {
				continue
			}
			c := wl - vl // the lower one first
			if !k.nullsFirst {
				c = -c
			}
			return c
		}
		if c := scalar.Compare(v, w); c != 0 {
			if k.desc {
				return -c
			}
			return c
		}
	}
	return 0
}

// lowness ranks the values that stand below all others: 2 for null, 1 for NaN.
func lowness(v scalar.Value) int {
	switch {
	case v.IsNull():
		return 2
	case v.Kind() == scalar.Real && v.Real() != v.Real():
		return 1
	}
	return 0
}

// bindSort orders the rows; equals keep their order.
func (b *binder) bindSort(op *kql.Sort, in *relation) *relation {
	keys := b.sortKeys(op.By, in)
	out := b.heldWholeRows(in, func(xs []*expr) func(env) iter.Seq[[]scalar.Value] { return sorted(in, keys, xs) })
	out.serialized = true
	return out
}

// sorted yields the values of xs in the order of the keys.
func sorted(in *relation, keys []sortKey, xs []*expr) func(env) iter.Seq[[]scalar.Value] {
	columns := append(xs[:len(xs):len(xs)], keyExprs(keys)...)
	return func(e env) iter.Seq[[]scalar.Value] {
		return func(yield func([]scalar.Value) bool) {
			s := newSorter(e, keys, len(xs))
			defer s.close()
			for f := range in.rows(e) {
				if !s.add(valuesOf(f, columns)) {
					return
				}
			}
			s.rowsInOrder(yield)
		}
	}
}

func keyExprs(keys []sortKey) []*expr {
	xs := make([]*expr, len(keys))
	for i, k := range keys {
		xs[i] = k.x
	}
	return xs
}

// ranked is a row with the values of its sort keys behind it.
type ranked struct {
	row []scalar.Value
	nth int // its place in the input, which decides between equals
}

// topHeap keeps the first rows of an ordering; its root is the last of them.
type topHeap struct {
	keys    []sortKey
	columns int // of a row, before its keys
	rows    []ranked
	next    int
}

func (h *topHeap) Len() int           { return len(h.rows) }
func (h *topHeap) Less(i, j int) bool { return h.compare(h.rows[i], h.rows[j]) > 0 }
func (h *topHeap) Swap(i, j int)      { h.rows[i], h.rows[j] = h.rows[j], h.rows[i] }
func (h *topHeap) Push(x any)         { h.rows = append(h.rows, x.(ranked)) }
func (h *topHeap) Pop() any {
	last := h.rows[len(h.rows)-1]
	h.rows = h.rows[:len(h.rows)-1]
	return last
}

func (h *topHeap) compare(a, b ranked) int {
	if c := compareKeys(h.keys, a.row[h.columns:], b.row[h.columns:]); c != 0 {
		return c
	}
	return a.nth - b.nth
}

// bindTop keeps the first rows of an ordering, and holds no more than those.
func (b *binder) bindTop(op *kql.Top, in *relation) *relation {
	n := b.rowCount(op.Count)
	keys := b.sortKeys([]*kql.Ordered{op.By}, in)
	out := b.heldWholeRows(in, func(xs []*expr) func(env) iter.Seq[[]scalar.Value] { return first(n, in, keys, xs) })
	out.serialized = true
	return out
}

// first yields the values of xs of the first n rows in the order of the keys.
func first(n func(env) int, in *relation, keys []sortKey, xs []*expr) func(env) iter.Seq[[]scalar.Value] {
	columns := append(xs[:len(xs):len(xs)], keyExprs(keys)...)
	return func(e env) iter.Seq[[]scalar.Value] {
		return func(yield func([]scalar.Value) bool) {
			limit := n(e)
			if limit <= 0 {
				return
			}
			s := newSorter(e, keys, len(xs))
			defer s.close()
			h := &topHeap{keys: keys, columns: len(xs)}
			key := make([]scalar.Value, len(keys))
			for f := range in.rows(e) {
				for i := range keys {
					key[i] = keys[i].x.value(f)
				}
				if len(h.rows) == limit && compareKeys(keys, key, h.rows[0].row[len(xs):]) >= 0 {
					continue // of equals the earlier stays
				}
				row := valuesOf(f, columns)
				if s.away() || s.account.full() {
					if !s.takeOver(h) || !s.add(row) {
						return
					}
					continue
				}
				s.account.grow(sizeOf(row))
				heap.Push(h, ranked{row, h.next})
				h.next++
				if len(h.rows) > limit {
					s.account.grow(-sizeOf(heap.Pop(h).(ranked).row))
				}
			}
			if !s.away() && !s.takeOver(h) {
				return
			}
			left := limit
			s.rowsInOrder(func(row []scalar.Value) bool {
				left--
				return yield(row) && left > 0
			})
		}
	}
}

// rowCount binds a number of rows: a constant, or a value known when the run begins.
func (b *binder) rowCount(x kql.Expr) func(env) int {
	e := b.expr(x, nil)
	if e.typ != scalar.NoType && !e.typ.Integer() && e.typ != scalar.Dynamic {
		b.fail(x, "KS134", "a number of rows must be an integer, not "+e.typ.String(), "")
	}
	value := e.value
	return func(e env) int {
		n, _ := scalar.ToLong(value(e.frame()))
		return int(n)
	}
}

// bindTake keeps so many rows, the first ones.
func (b *binder) bindTake(count kql.Expr, in *relation) *relation {
	n := b.rowCount(count)
	return in.through(func(e env, rows iter.Seq[*frame]) iter.Seq[*frame] {
		return func(yield func(*frame) bool) {
			left := n(e)
			if left <= 0 {
				return
			}
			for f := range rows {
				left--
				if !yield(f) || left == 0 {
					return
				}
			}
		}
	})
}
