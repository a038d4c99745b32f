package eval

import (
	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// serialized checks that a window function stands where the order of rows counts.
func (b *binder) serialized(x *kql.Call, in *relation) bool {
	if in == nil || !in.serialized {
		b.fail(x, "", x.Func.Name+"() needs rows in a fixed order", "put sort or serialize before it")
		return false
	}
	return true
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
	if !b.arity(x, 0, 2) || !b.serialized(x, in) {
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
	out.windowed = true
	return out.from(start, restart)
}

// rowCumSum binds row_cumsum(term [, restart]). Nulls add nothing.
func (b *binder) rowCumSum(x *kql.Call, in *relation) *expr {
	if !b.arity(x, 1, 2) || !b.serialized(x, in) {
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
	if t == scalar.Int {
		t = scalar.Long
	}
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
	out.windowed = true
	return out.from(term, restart)
}

// prev binds prev(column [, offset, default]): the value some rows before.
func (b *binder) prev(x *kql.Call, in *relation) *expr { return b.neighbour(x, in, -1) }

// next binds next(column [, offset, default]): the value some rows after.
func (b *binder) next(x *kql.Call, in *relation) *expr { return b.neighbour(x, in, 1) }

// neighbour binds prev and next. The stretch that they stand in is held in memory (see
// relation.inMemory), where the rows around the current one can be reached.
func (b *binder) neighbour(x *kql.Call, in *relation, direction int) *expr {
	if !b.arity(x, 1, 3) || !b.serialized(x, in) {
		return unknown()
	}
	term := b.expr(x.Args[0], in)
	offset, other := constant(scalar.NewLong(1)), constant(scalar.Null(term.typ))
	if len(x.Args) > 1 {
		offset = b.scalarOf(x.Args[1], in, scalar.Long)
	}
	if len(x.Args) > 2 {
		other = converted(b.expr(x.Args[2], in), term.typ)
	}
	if term.typ == scalar.NoType || offset.typ == scalar.NoType {
		return unknown()
	}
	out := ofValue(term.typ, func(f *frame) scalar.Value {
		i := f.nth + direction*int(offset.value(f).Long())
		if i < 0 || i >= len(f.all) {
			return other.value(f)
		}
		return f.look(i, term)
	})
	out.windowed = true
	return out.from(term, offset, other)
}
