package aggregate

import (
	"fmt"

	"github.com/seed-2512943d/picket/eval/function"
	"github.com/seed-2512943d/picket/eval/scalar"
)

// prepare is the type of Aggregate.New.
type prepare = func(args []function.Arg) (func() Accumulator, scalar.Type, error)

// always prepares an aggregate that does not depend on its arguments' types.
func always(result scalar.Type, make func() Accumulator) prepare {
	return func([]function.Arg) (func() Accumulator, scalar.Type, error) {
		return make, result, nil
	}
}

// ofFirst prepares an aggregate whose result has the type of the first argument.
func ofFirst(make func(t scalar.Type) Accumulator) prepare {
	return func(args []function.Arg) (func() Accumulator, scalar.Type, error) {
		t := args[0].Type
		return func() Accumulator { return make(t) }, t, nil
	}
}

// overSummable prepares an aggregate whose first n arguments have to be numbers,
// timespans or datetimes. A dynamic is none of them, whatever it holds.
func overSummable(n int, of prepare) prepare {
	return func(args []function.Arg) (func() Accumulator, scalar.Type, error) {
		for _, arg := range args[:n] {
			if !arg.Type.Summable() && arg.Type != scalar.DateTime {
				return nil, scalar.NoType, fmt.Errorf("values of type %s cannot be added up", arg.Type)
			}
		}
		return of(args)
	}
}

// prefixed is the rule by which nearly all aggregates name their column.
func prefixed(prefix string) function.NameRule {
	return function.NameRule{Kind: function.Prefixed, Prefix: prefix}
}

// integer reads the optional constant argument i, which must lie in low…high.
func integer(args []function.Arg, i int, name string, fallback, low, high int64) (int64, error) {
	if len(args) <= i {
		return fallback, nil
	}
	if !args[i].Const {
		return 0, fmt.Errorf("%s must be a constant", name)
	}
	n, ok := scalar.ToLong(args[i].Value)
	if !ok || n < low || n > high {
		return 0, fmt.Errorf("%s must be a whole number from %d to %d", name, low, high)
	}
	return n, nil
}

// number reads a summable value as a real; ticks stand for datetime and timespan.
func number(v scalar.Value) (f float64, ok bool) {
	switch v.Kind() {
	case scalar.Int, scalar.Long, scalar.DateTime, scalar.TimeSpan:
		return float64(whole(v)), true
	case scalar.Real:
		return v.Real(), true
	case scalar.Decimal:
		return v.Decimal().Real(), true
	}
	return 0, false
}

// whole gives the integer payload of an int or long and the ticks of a datetime
// or timespan.
func whole(v scalar.Value) int64 {
	switch v.Kind() {
	case scalar.DateTime:
		return int64(v.DateTime())
	case scalar.TimeSpan:
		return int64(v.TimeSpan())
	}
	return v.Long()
}

// ofWhole is the opposite of whole for type t. Ticks beyond the range of
// datetime, such as a sum of datetimes soon has, give null.
func ofWhole(t scalar.Type, n int64) scalar.Value {
	switch t {
	case scalar.Int:
		return scalar.NewInt(int32(n))
	case scalar.DateTime:
		if at := scalar.Instant(n); at.Valid() {
			return scalar.NewDateTime(at)
		}
		return scalar.Null(t)
	case scalar.TimeSpan:
		return scalar.NewTimeSpan(scalar.Span(n))
	}
	return scalar.NewLong(n)
}
