package function

import (
	"math"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// maxArray is how many elements range() and repeat() give at most.
const maxArray = 1 << 20

func rangeFunctions() []Function {
	return []Function{
		{
			Sig:  "range(start: summable, stop: summable, step: summable?): dynamic",
			Doc:  "An array of evenly spaced values from start to stop, both included. The step is 1, or 1h for times, if not said; at most 1048576 values come.",
			Impl: Raw(rangeOf),
			Examples: []string{
				`tostring(range(1, 8, 3)) == "[1,4,7]"`,
				`tostring(range(3, 1, -1)) == "[3,2,1]"`,
				`tostring(range(5, 1)) == "[]"`,
				`array_length(range(datetime(2020-01-01), datetime(2020-01-02), 6h)) == 5`,
				`isnull(range(1, long(null)))`,
			},
		},
	}
}

func rangeOf(args []scalar.Value) scalar.Value {
	start, stop := args[0], args[1]
	step := scalar.NewLong(1)
	if k := start.Kind(); k == scalar.DateTime || k == scalar.TimeSpan {
		step = scalar.NewTimeSpan(scalar.TicksPerHour)
	}
	if len(args) > 2 {
		step = args[2]
	}
	if start.IsNull() || stop.IsNull() || step.IsNull() {
		return scalar.Null(scalar.Dynamic)
	}
	var b scalar.ArrayBuilder
	ok := false
	switch {
	case isFraction(start) || isFraction(stop) || isFraction(step):
		ok = rangeReal(&b, start, stop, step)
	default:
		ok = rangeLong(&b, start, stop, step)
	}
	if !ok {
		return scalar.Null(scalar.Dynamic)
	}
	return b.Value()
}

func isFraction(v scalar.Value) bool {
	return v.Kind() == scalar.Real || v.Kind() == scalar.Decimal
}

// rangeReal multiplies rather than adds, so that errors do not pile up.
func rangeReal(b *scalar.ArrayBuilder, start, stop, step scalar.Value) bool {
	from, ok1 := scalar.ToReal(start)
	to, ok2 := scalar.ToReal(stop)
	by, ok3 := scalar.ToReal(step)
	if !ok1 || !ok2 || !ok3 || by == 0 || math.IsNaN(from) || math.IsNaN(to) || math.IsNaN(by) {
		return false
	}
	for i := 0; i < maxArray; i++ {
		f := from + float64(i)*by
		if by > 0 && f > to || by < 0 && f < to {
			break
		}
		b.Append(scalar.NewReal(f))
	}
	return true
}

// rangeLong counts in whole numbers, or in ticks; the values are of the type of
// the start.
func rangeLong(b *scalar.ArrayBuilder, start, stop, step scalar.Value) bool {
	from, ok1 := scalar.ToLong(start)
	to, ok2 := scalar.ToLong(stop)
	by, ok3 := scalar.ToLong(step)
	if !ok1 || !ok2 || !ok3 || by == 0 {
		return false
	}
	kind := start.Kind()
	if kind == scalar.Int || kind == scalar.String {
		kind = scalar.Long
	}
	for n := from; b.Len() < maxArray && (by > 0 && n <= to || by < 0 && n >= to); n += by {
		b.Append(scalar.Convert(scalar.NewLong(n), kind))
		if by > 0 && n > math.MaxInt64-by || by < 0 && n < math.MinInt64-by {
			break
		}
	}
	return true
}
