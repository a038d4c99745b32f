package function

import (
	"math"
	"slices"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// seriesFilters are digital filters.
func seriesFilters() []Function {
	first := NameRule{Kind: FirstArgument}
	return []Function{
		{
			Sig:   "series_fir(series: array, filter: array, normalize: bool?, center: bool?): dynamic",
			Doc:   "A finite impulse response filter, such as a moving average: each element becomes the sum of itself and those before it, weighted by the filter. Normalizing, which is the default for filters without negative weights, divides by their sum; centering sets the window around the element.",
			Names: first,
			Impl:  Raw(finiteFilter),
			Examples: []string{
				`tostring(series_fir(dynamic([0, 2, 2, 3]), dynamic([1, -1]), false, false)) == "[0,2,0,1]"`,
				`tostring(series_fir(dynamic([0, 10, 20]), dynamic([1, 1]))) == "[0.0,5.0,15.0]"`,
				`tostring(series_fir(dynamic([0, 3, 6]), dynamic([1, 1, 1]), true, true)) == "[1.0,3.0,3.0]"`,
			},
		},
		{
			Sig:   "series_iir(series: array, numerators: array, denominators: array): dynamic",
			Doc:   "An infinite impulse response filter: each element becomes the sum of the input weighted by the numerators, less the earlier output weighted by the denominators, over the first denominator.",
			Names: first,
			Impl:  Raw(infiniteFilter),
			Examples: []string{
				`tostring(series_iir(dynamic([1, 2, 3]), dynamic([1]), dynamic([1, -1]))) == "[1.0,3.0,6.0]"`,
				`tostring(series_iir(dynamic([2, 4]), dynamic([1]), dynamic([2]))) == "[1.0,2.0]"`,
			},
		},
	}
}

// filled reads a series with its missing elements as 0.
func filled(v scalar.Value) ([]float64, bool) {
	series, ok := reals(v)
	for i, f := range series {
		if math.IsNaN(f) {
			series[i] = 0
		}
	}
	return series, ok
}

func finiteFilter(args []scalar.Value) scalar.Value {
	series, ok := filled(args[0])
	filter, ok2 := numbers(args[1])
	if !ok || !ok2 {
		return scalar.Null(scalar.Dynamic)
	}
	negative := slices.Min(filter) < 0
	normalize := !negative
	if v, ok := optional(args, 2); ok {
		normalize = v.Bool()
	}
	if normalize && negative {
		return scalar.Null(scalar.Dynamic)
	}
	shift := 0
	if v, ok := optional(args, 3); ok && v.Bool() {
		shift = (len(filter) - 1) / 2
	}
	long := !normalize && isWhole(args[0]) && isWhole(args[1])
	if normalize {
		total := sum(filter)
		for i := range filter {
			filter[i] /= total
		}
	}
	var b scalar.ArrayBuilder
	for i := range series {
		f := 0.0
		for j, weight := range filter {
			if k := i + shift - j; k >= 0 && k < len(series) {
				f += weight * series[k]
			}
		}
		if long {
			b.Append(scalar.NewLong(int64(f)))
		} else {
			b.Append(scalar.NewReal(f))
		}
	}
	return b.Value()
}

func infiniteFilter(args []scalar.Value) scalar.Value {
	series, ok := filled(args[0])
	above, ok2 := numbers(args[1])
	below, ok3 := numbers(args[2])
	if !ok || !ok2 || !ok3 || below[0] == 0 {
		return scalar.Null(scalar.Dynamic)
	}
	out := make([]float64, len(series))
	for i := range series {
		f := 0.0
		for j := 0; j < len(above) && j <= i; j++ {
			f += above[j] * series[i-j]
		}
		for j := 1; j < len(below) && j <= i; j++ {
			f -= below[j] * out[i-j]
		}
		out[i] = f / below[0]
	}
	return array(out)
}
