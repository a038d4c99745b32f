package eval

import (
	"strconv"

	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// A cursor is a moment up to which records have been taken in, written as a number of ticks (Kusto docs, "Database cursors").
// When a record was taken in is what ingestion_time() gives.

// currentCursor binds cursor_current(): the moment of the run.
func (b *binder) currentCursor(x *kql.Call, _ *relation) *expr {
	if !b.arity(x, 0, 0) {
		return unknown()
	}
	out := ofString(func(f *frame) string { return strconv.FormatInt(int64(f.run.fn.Now), 10) })
	out.live = true
	return out
}

// cursorAfter binds cursor_after(cursor): whether the record was taken in after a cursor; every one was after the empty one.
func (b *binder) cursorAfter(x *kql.Call, in *relation) *expr {
	return b.cursor(x, in, func(taken, cursor scalar.Instant) bool { return taken > cursor })
}

// cursorBeforeOrAt binds cursor_before_or_at(cursor).
func (b *binder) cursorBeforeOrAt(x *kql.Call, in *relation) *expr {
	return b.cursor(x, in, func(taken, cursor scalar.Instant) bool { return taken <= cursor })
}

// cursor binds a comparison with a cursor. It is null for a record of which nothing says when it was taken in, and for a
// text that is no cursor.
func (b *binder) cursor(x *kql.Call, in *relation, holds func(taken, cursor scalar.Instant) bool) *expr {
	if !b.arity(x, 1, 1) {
		return unknown()
	}
	text := b.scalarOf(x.Args[0], in, scalar.String)
	if text.typ == scalar.NoType {
		return text
	}
	taken := b.ingestionTime(&kql.Call{Func: x.Func}, in)
	at, cursor := taken.value, text.str
	return ofTest(func(f *frame) (bool, bool) {
		v := at(f)
		c := cursor(f)
		if c == "" {
			return holds(scalar.MaxInstant, scalar.MinInstant), true
		}
		moment, ok := cursorMoment(c)
		if v.IsNull() || !ok {
			return false, false
		}
		return holds(v.DateTime(), moment), true
	}).from(taken, text)
}

// cursorMoment reads a cursor: a number of ticks, or a datetime.
func cursorMoment(text string) (scalar.Instant, bool) {
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return scalar.Instant(n), n >= int64(scalar.MinInstant) && n <= int64(scalar.MaxInstant)
	}
	return scalar.ParseDateTime(text)
}
