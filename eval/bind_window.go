package eval

import (
	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// ordered gives the rows that a window function stands in, whose order must count: nil after an error.
func (b *binder) ordered(x *kql.Call, in *relation) *relation {
	if in == nil {
		in = b.oneRow
	}
	if in == nil || !in.serialized {
		b.fail(x, "", x.Func.Name+"() needs rows in a fixed order", "put sort or serialize before it")
		return nil
	}
	return in
}

// windowState is what a window function keeps from row to row. It belongs to a frame, so
// that each run of each stretch has its own.
func windowState[T any](f *frame, key any) *T {
	if f.window == nil {
		f.window = make(map[any]any)
	}
	if s, ok := f.window[key]; ok {
		return s.(*T)
	}
	s := new(T)
	f.window[key] = s
	return s
}

// rowNumber binds row_number([start, restart]).
func (b *binder) rowNumber(x *kql.Call, in *relation) *expr {
	rows := b.ordered(x, in)
	if !b.arity(x, 0, 2) || rows == nil {
		return unknown()
	}
	start, restart := constant(scalar.NewLong(1)), constant(scalar.NewBool(false))
	if len(x.Args) > 0 {
		start = b.scalarOf(x.Args[0], in, scalar.Long)
	}
	if len(x.Args) > 1 {
		restart = b.predicate(x.Args[1], in)
	}
	if start.typ == scalar.NoType {
		return start
	}
	type state struct {
		n       int64
		started bool
	}
	again := restart.truth()
	key := x
	out := ofValue(scalar.Long, func(f *frame) scalar.Value {
		s := windowState[state](f, key)
		if !s.started || again(f) {
			s.n, s.started = start.value(f).Long(), true
		} else {
			s.n++
		}
		return scalar.NewLong(s.n)
	})
	out.windowed, out.level = true, rows.level
	return out.from(start, restart)
}

// rowCumSum binds row_cumsum(term [, restart]). Nulls add nothing.
func (b *binder) rowCumSum(x *kql.Call, in *relation) *expr {
	rows := b.ordered(x, in)
	if !b.arity(x, 1, 2) || rows == nil {
		return unknown()
	}
	term, restart := b.expr(x.Args[0], in), constant(scalar.NewBool(false))
	if len(x.Args) > 1 {
		restart = b.predicate(x.Args[1], in)
	}
	if term.typ == scalar.NoType {
		return term
	}
	if !term.typ.Summable() {
		return b.fail(x.Args[0], "KS138", "row_cumsum() needs a number or a timespan, not "+term.typ.String(), "")
	}
	t := term.typ
	zero := scalar.Convert(scalar.NewLong(0), t)
	again := restart.truth()
	out := ofValue(t, func(f *frame) scalar.Value {
		sum := windowState[scalar.Value](f, x)
		if sum.Type() == scalar.NoType || again(f) {
			*sum = zero
		}
		if v := term.value(f); !v.IsNull() {
			*sum = scalar.Arithmetic('+', *sum, v, t)
		}
		return *sum
	})
	out.windowed, out.level = true, rows.level
	return out.from(term, restart)
}

// prev binds prev(column [, offset, default]): the value some rows before.
func (b *binder) prev(x *kql.Call, in *relation) *expr { return b.neighbour(x, in, -1) }

// next binds next(column [, offset, default]): the value some rows after.
func (b *binder) next(x *kql.Call, in *relation) *expr { return b.neighbour(x, in, 1) }

// neighbour binds prev and next. The stretch that they stand in is kept (see
// binder.inMemory), where the rows around the current one can be reached.
func (b *binder) neighbour(x *kql.Call, in *relation, direction int) *expr {
	rows := b.ordered(x, in)
	if !b.arity(x, 1, 3) || rows == nil {
		return unknown()
	}
	if !b.isColumn(x.Func.Name, x.Args[0]) {
		return unknown()
	}
	term := b.expr(x.Args[0], in)
	offset, other := constant(scalar.NewLong(1)), constant(scalar.Null(term.typ))
	if len(x.Args) > 1 {
		offset = b.scalarOf(x.Args[1], in, scalar.Long)
	}
	if len(x.Args) > 2 {
		other = converted(b.expr(x.Args[2], in), term.typ)
		if other.reads && !b.lenient {
			return b.fail(x.Args[2], "KS129", "the default value of "+x.Func.Name+"() must be the same for all rows", "")
		}
	}
	if term.typ == scalar.NoType || offset.typ == scalar.NoType {
		return unknown()
	}
	out := ofValue(term.typ, func(f *frame) scalar.Value {
		i := f.nth + direction*int(offset.value(f).Long())
		if i < 0 || i >= f.around.len() {
			return other.value(f)
		}
		return f.look(i, term)
	})
	out.windowed, out.level = true, rows.level
	return out.from(term, offset, other)
}

// rowRankDense binds row_rank_dense(term [, restart]): a rank that goes up by one where the
// term differs from that of the row before.
func (b *binder) rowRankDense(x *kql.Call, in *relation) *expr { return b.rank(x, in, true, true) }

// rowRankMin binds row_rank_min(term [, restart]): rows of the same term have the number of
// the first of them.
func (b *binder) rowRankMin(x *kql.Call, in *relation) *expr { return b.rank(x, in, false, true) }

// rowRank binds the obsolete row_rank(term [, dense]), which is dense unless told otherwise.
func (b *binder) rowRank(x *kql.Call, in *relation) *expr {
	dense := true
	if len(x.Args) == 2 {
		e := b.predicate(x.Args[1], in)
		if e.konst == nil {
			return b.fail(x.Args[1], "KS129", "the argument must be a constant bool", "")
		}
		dense = e.konst.IsTrue()
	}
	return b.rank(x, in, dense, false)
}

func (b *binder) rank(x *kql.Call, in *relation, dense, restarts bool) *expr {
	rows := b.ordered(x, in)
	if !b.arity(x, 1, 2) || rows == nil {
		return unknown()
	}
	term, restart := b.expr(x.Args[0], in), constant(scalar.NewBool(false))
	if restarts && len(x.Args) > 1 {
		restart = b.predicate(x.Args[1], in)
	}
	switch term.typ {
	case scalar.NoType:
		return term
	case scalar.Dynamic:
		return b.fail(x.Args[0], "KS116", "rows cannot be ranked by a dynamic value", "convert it with tostring() or tolong()")
	}
	type state struct {
		last    scalar.Value
		row     int64 // since the start
		rank    int64
		started bool
	}
	again := restart.truth()
	out := ofValue(scalar.Long, func(f *frame) scalar.Value {
		s := windowState[state](f, x)
		v := term.value(f)
		if !s.started || again(f) {
			*s = state{started: true, last: v.Clone(), row: 1, rank: 1}
			return scalar.NewLong(1)
		}
		s.row++
		if !same(v, s.last) {
			s.last = v.Clone()
			if s.rank++; !dense {
				s.rank = s.row
			}
		}
		return scalar.NewLong(s.rank)
	})
	out.windowed, out.level = true, rows.level
	return out.from(term, restart)
}

// same reports whether two values are equal, nulls among them.
func same(a, b scalar.Value) bool {
	if a.IsNull() || b.IsNull() {
		return a.IsNull() && b.IsNull()
	}
	return scalar.Equal(a, b)
}

// rowWindowSession binds row_window_session(time, most from first, most between neighbors
// [, restart]): the time at which the row's session began. A session ends where either
// distance is reached, and where restart is true; a null time belongs to none.
func (b *binder) rowWindowSession(x *kql.Call, in *relation) *expr {
	rows := b.ordered(x, in)
	if !b.arity(x, 3, 4) || rows == nil {
		return unknown()
	}
	at := b.scalarOf(x.Args[0], in, scalar.DateTime)
	fromFirst, between := b.scalarOf(x.Args[1], in, scalar.TimeSpan), b.scalarOf(x.Args[2], in, scalar.TimeSpan)
	restart := constant(scalar.NewBool(false))
	if len(x.Args) > 3 {
		restart = b.predicate(x.Args[3], in)
	}
	if at.typ == scalar.NoType || fromFirst.typ == scalar.NoType || between.typ == scalar.NoType {
		return unknown()
	}
	type state struct {
		start, last scalar.Value
		open        bool
	}
	again := restart.truth()
	reached := func(from, to, distance scalar.Value) bool {
		d := scalar.Arithmetic('-', to, from, scalar.TimeSpan)
		return !d.IsNull() && !distance.IsNull() && scalar.Compare(d, distance) >= 0
	}
	out := ofValue(scalar.DateTime, func(f *frame) scalar.Value {
		s := windowState[state](f, x)
		v := at.value(f)
		if v.IsNull() {
			s.open = false
			return v
		}
		if !s.open || again(f) || reached(s.start, v, fromFirst.value(f)) || reached(s.last, v, between.value(f)) {
			s.start, s.open = v, true
		}
		s.last = v
		return s.start
	})
	out.windowed, out.level = true, rows.level
	return out.from(at, fromFirst, between, restart)
}
