package eval

import (
	"errors"
	"math"

	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// seriesAxis is the axis of make-series: how values fall into bins. Without a lower bound the
// bins lie on multiples of the step, and so they do in the form "in range".
type seriesAxis struct {
	typ            scalar.Type // long, real, datetime or timespan
	x              *expr
	from, to, step *expr // from and to may be nil
	inRange        bool  // to is included
}

// bindAxis binds the axis and its bounds.
func (b *binder) bindAxis(op *kql.MakeSeries, in *relation) (*seriesAxis, bool) {
	from, to, step := op.From, op.To, op.Step
	if len(op.InRange) == 3 {
		from, to, step = op.InRange[0], op.InRange[1], op.InRange[2]
	}
	a := &seriesAxis{x: b.memoized(b.expr(op.On.X, in), in.seg), inRange: len(op.InRange) == 3}
	if step == nil {
		b.fail(op, "KS005", "make-series needs a step", "write step 1d")
		return a, false
	}
	a.step = b.expr(step, nil)
	if a.x.typ == scalar.NoType || a.step.typ == scalar.NoType {
		return a, false
	}
	if a.step.typ == scalar.TimeSpan {
		a.x = b.memoized(settled(a.x, scalar.DateTime), in.seg)
	}
	stepType := a.x.typ
	switch {
	case a.x.typ == scalar.DateTime:
		a.typ, stepType = scalar.DateTime, scalar.TimeSpan
	case a.x.typ == scalar.TimeSpan:
		a.typ = scalar.TimeSpan
	case a.x.typ.Integer() && a.step.typ.Integer():
		a.typ, stepType = scalar.Long, scalar.Long
	case a.x.typ.Numeric() && a.step.typ.Numeric():
		a.typ, stepType = scalar.Real, scalar.Real
	}
	if a.typ == scalar.NoType || !accepts(kindOf(stepType), a.step.typ) {
		b.fail(step, "KS178", "an axis of type "+a.x.typ.String()+" cannot go by a step of type "+a.step.typ.String(), "")
		return a, false
	}
	if k := a.step.konst; k != nil && (k.IsNull() || scalar.Compare(*k, scalar.Convert(scalar.NewLong(0), a.step.typ)) <= 0) {
		b.fail(step, "KS140", "the step must be above zero", "")
		return a, false
	}
	a.step = converted(a.step, stepType)
	bound := func(x kql.Expr) *expr {
		if x == nil {
			return nil
		}
		return b.scalarOf(x, nil, a.typ)
	}
	a.from, a.to = bound(from), bound(to)
	return a, (a.from == nil || a.from.typ != scalar.NoType) && (a.to == nil || a.to.typ != scalar.NoType)
}

// bins are the bins of an axis in one run. Whole numbers, times and spans are binned as such,
// reals as reals.
type bins struct {
	typ          scalar.Type
	origin, step int64
	low, high    int64 // values outside of which rows are left out
	realOrigin   float64
	realStep     float64
	realLow      float64
	realHigh     float64
	first, last  int64 // the bins that every series has
	bounded      struct{ first, last bool }
	exclusive    bool // of the high bound
}

// maxPoints bounds the length of a series.
const maxPoints = 1 << 20

// tooLong reports whether a series from one bin to another has too many points.
func tooLong(first, last int64) bool {
	return last >= first && uint64(last)-uint64(first) >= maxPoints
}

var errSeriesStep = errors.New("make-series: the step must be above zero")

// in finds the bins for a run.
func (a *seriesAxis) in(r *run) (*bins, error) {
	f := &frame{run: r}
	b := &bins{
		typ: a.typ, exclusive: !a.inRange, low: math.MinInt64, high: math.MaxInt64,
		realLow: math.Inf(-1), realHigh: math.Inf(1),
	}
	step := a.step.value(f)
	b.step, b.realStep = ordinal(step)
	if step.IsNull() || b.step <= 0 && b.realStep <= 0 {
		return nil, errSeriesStep
	}
	if a.from != nil {
		if v := a.from.value(f); !v.IsNull() {
			b.low, b.realLow = ordinal(v)
			if !a.inRange {
				b.origin, b.realOrigin = b.low, b.realLow
			}
			b.first, b.bounded.first = b.bin(v), true
		}
	}
	if a.to != nil {
		if v := a.to.value(f); !v.IsNull() {
			b.high, b.realHigh = ordinal(v)
			b.last, b.bounded.last = b.bin(v), true
			if b.exclusive && scalar.Compare(b.value(b.last), v) == 0 {
				b.last--
			}
		}
	}
	if b.bounded.first && b.bounded.last && tooLong(b.first, b.last) {
		return nil, &LimitError{What: "points of a series", Limit: maxPoints}
	}
	return b, nil
}

// ordinal gives the number that a value of an axis is: ticks, or the number itself.
func ordinal(v scalar.Value) (int64, float64) {
	switch v.Kind() {
	case scalar.DateTime:
		return int64(v.DateTime()), 0
	case scalar.TimeSpan:
		return int64(v.TimeSpan()), 0
	case scalar.Real:
		return 0, v.Real()
	case scalar.Long, scalar.Int:
		return v.Long(), 0
	}
	return 0, 0
}

// bin gives the number of the bin that a value falls into.
func (b *bins) bin(v scalar.Value) int64 {
	n, r := ordinal(v)
	if b.typ == scalar.Real {
		return int64(math.Floor((r - b.realOrigin) / b.realStep))
	}
	d := n - b.origin
	q := d / b.step
	if d%b.step < 0 {
		q--
	}
	return q
}

// has reports whether a value is within the bounds.
func (b *bins) has(v scalar.Value) bool {
	if v.IsNull() {
		return false
	}
	n, r := ordinal(v)
	if b.typ == scalar.Real {
		return r >= b.realLow && (r < b.realHigh || !b.exclusive && r == b.realHigh)
	}
	return n >= b.low && (n < b.high || n == b.high && (!b.exclusive || !b.bounded.last))
}

// value gives the value at which a bin begins.
func (b *bins) value(bin int64) scalar.Value {
	switch n := b.origin + bin*b.step; b.typ {
	case scalar.DateTime:
		return scalar.NewDateTime(scalar.Instant(n))
	case scalar.TimeSpan:
		return scalar.NewTimeSpan(scalar.Span(n))
	case scalar.Long:
		return scalar.NewLong(n)
	}
	return scalar.NewReal(b.realOrigin + float64(bin)*b.realStep)
}
