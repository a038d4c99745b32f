package function

import (
	"math"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// seriesFunctions compute on arrays of numbers, such as make-series makes. An element that
// is no number counts as null.
func seriesFunctions() []Function {
	var all []Function
	for _, family := range []func() []Function{
		seriesArithmetic, seriesMath, seriesSums, seriesFill, seriesFilters, seriesFourier,
		seriesStatistics, seriesFits, seriesSeasons, seriesDecompositions,
	} {
		all = append(all, family()...)
	}
	return all
}

// reals reads a series. A null or an element that is no number is NaN; ok is false if v
// is no array.
func reals(v scalar.Value) (series []float64, ok bool) {
	n, ok := v.Len()
	if !ok {
		return nil, false
	}
	series = make([]float64, 0, n)
	for e := range v.Elements() {
		series = append(series, element(e))
	}
	return series, true
}

// element reads an element of a series, or a scalar beside one; NaN is none.
func element(v scalar.Value) float64 {
	if v.Kind().Numeric() {
		if f, ok := scalar.ToReal(v); ok {
			return f
		}
	}
	return math.NaN()
}

// numbers reads a series that must hold finite numbers only, and at least one.
func numbers(v scalar.Value) (series []float64, ok bool) {
	series, ok = reals(v)
	for _, f := range series {
		ok = ok && !math.IsNaN(f) && !math.IsInf(f, 0)
	}
	return series, ok && len(series) > 0
}

// array makes a series of reals.
func array(series []float64) scalar.Value {
	var b scalar.ArrayBuilder
	for _, f := range series {
		b.Append(scalar.NewReal(f))
	}
	return b.Value()
}

// isWhole reports whether every number of a series is an int or a long.
func isWhole(v scalar.Value) bool {
	for e := range v.Elements() {
		if k := e.Kind(); k.Numeric() && k != scalar.Int && k != scalar.Long {
			return false
		}
	}
	return true
}

// optional gives the i-th argument, and whether it stands and is not null.
func optional(args []scalar.Value, i int) (scalar.Value, bool) {
	if i >= len(args) || args[i].IsNull() {
		return scalar.Value{}, false
	}
	return args[i], true
}

// ofSeries makes the code of a function that takes a series of finite numbers to a real,
// and anything else to null.
func ofSeries(fn func(series []float64) float64) Impl {
	return Raw(func(args []scalar.Value) scalar.Value {
		if series, ok := numbers(args[0]); ok {
			return scalar.NewReal(fn(series))
		}
		return scalar.Null(scalar.Real)
	})
}

// nulls are n parts of a function that has no answer.
func nulls(n int) []scalar.Value {
	out := make([]scalar.Value, n)
	for i := range out {
		out[i] = scalar.Null(scalar.Dynamic)
	}
	return out
}

// nullParts is the result of a function of n columns that has no answer.
func nullParts(n int) scalar.Value { return scalar.NewArray(nulls(n)) }
