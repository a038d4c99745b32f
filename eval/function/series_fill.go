package function

import (
	"slices"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// seriesFill replace the elements of a series that are missing.
func seriesFill() []Function {
	first := NameRule{Kind: FirstArgument}
	return []Function{
		{
			Sig:   "series_fill_const(series: array, constant_value: number?, missing_value_placeholder: number?): dynamic",
			Doc:   "A series with its missing elements, nulls or those equal to the placeholder, replaced by a constant, which is 0 unless said otherwise.",
			Names: first,
			Impl:  Raw(fillConst),
			Examples: []string{
				`tostring(series_fill_const(dynamic([111, null, 36]), -1)) == "[111,-1,36]"`,
				`tostring(series_fill_const(dynamic([111, null, 36]), 0.0)) == "[111,0.0,36]"`,
				`tostring(series_fill_const(dynamic([1, 0, 2]), 9, 0)) == "[1,9,2]"`,
			},
		},
		{
			Sig:   "series_fill_forward(series: array, missing_value_placeholder: number?): dynamic",
			Doc:   "A series with its missing elements replaced by the last one before them; those at the start stay.",
			Names: first,
			Impl: Raw(func(args []scalar.Value) scalar.Value {
				return fill(args, 1, fillForward)
			}),
			Examples: []string{
				`tostring(series_fill_forward(dynamic([null, 36, null, null, 16]))) == "[null,36,36,36,16]"`,
				`tostring(series_fill_forward(dynamic([5, 0, 7]), 0)) == "[5,5,7]"`,
			},
		},
		{
			Sig:   "series_fill_backward(series: array, missing_value_placeholder: number?): dynamic",
			Doc:   "A series with its missing elements replaced by the first one after them; those at the end stay.",
			Names: first,
			Impl: Raw(func(args []scalar.Value) scalar.Value {
				return fill(args, 1, func(series []scalar.Value, missing []bool) {
					slices.Reverse(series)
					slices.Reverse(missing)
					fillForward(series, missing)
					slices.Reverse(series)
				})
			}),
			Examples: []string{
				`tostring(series_fill_backward(dynamic([111, null, 36, null]))) == "[111,36,36,null]"`,
				`tostring(series_fill_backward(dynamic([0, 7]), 0)) == "[7,7]"`,
			},
		},
		{
			Sig:   "series_fill_linear(series: array, missing_value_placeholder: number?, fill_edges: bool?, constant_value: number?): dynamic",
			Doc:   "A series with its missing elements interpolated between those around them, whole ones cut to whole; the edges get the nearest element unless fill_edges is false. A series without any element known is filled with the constant, 0.0 unless said otherwise.",
			Names: first,
			Impl:  Raw(fillLinear),
			Examples: []string{
				`tostring(series_fill_linear(dynamic([111, null, 36]))) == "[111,73,36]"`,
				`tostring(series_fill_linear(dynamic([1.0, null, null, 4.0, null]))) == "[1.0,2.0,3.0,4.0,4.0]"`,
				`tostring(series_fill_linear(dynamic([null, 36]), double(null), false)) == "[null,36]"`,
				`tostring(series_fill_linear(dynamic([null, null]))) == "[0.0,0.0]"`,
			},
		},
	}
}

// fill applies by to the elements of the first argument and to which of them are missing:
// those equal to the argument at place, or null without one.
func fill(args []scalar.Value, place int, by func(series []scalar.Value, missing []bool)) scalar.Value {
	if args[0].Kind() != scalar.Array {
		return scalar.Null(scalar.Dynamic)
	}
	placeholder, given := optional(args, place)
	series := slices.Collect(args[0].Elements())
	missing := make([]bool, len(series))
	for i, e := range series {
		missing[i] = e.IsNull() && !given || given && e.Kind().Numeric() && element(e) == element(placeholder)
	}
	by(series, missing)
	return scalar.NewArray(series)
}

func fillConst(args []scalar.Value) scalar.Value {
	constant, ok := optional(args, 1)
	if !ok {
		constant = scalar.NewLong(0)
	}
	return fill(args, 2, func(series []scalar.Value, missing []bool) {
		for i := range series {
			if missing[i] {
				series[i] = constant
			}
		}
	})
}

func fillForward(series []scalar.Value, missing []bool) {
	for i := 1; i < len(series); i++ {
		if missing[i] {
			series[i] = series[i-1]
		}
	}
}

func fillLinear(args []scalar.Value) scalar.Value {
	edges := true
	if v, ok := optional(args, 2); ok {
		edges = v.Bool()
	}
	constant, ok := optional(args, 3)
	if !ok {
		constant = scalar.NewReal(0)
	}
	long := isWhole(args[0])
	return fill(args, 1, func(series []scalar.Value, missing []bool) {
		before := -1 // the last place that is known
		for i := range series {
			if missing[i] {
				continue
			}
			switch {
			case before >= 0:
				interpolate(series[before:i+1], long)
			case edges:
				for j := range i {
					series[j] = series[i]
				}
			}
			before = i
		}
		for i := before + 1; i < len(series); i++ {
			switch {
			case before < 0:
				series[i] = constant
			case edges:
				series[i] = series[before]
			}
		}
	})
}

// interpolate draws a line from the first element to the last.
func interpolate(series []scalar.Value, long bool) {
	last := len(series) - 1
	from, to := element(series[0]), element(series[last])
	for i := 1; i < last; i++ {
		f := from + (to-from)*float64(i)/float64(last)
		if long {
			series[i] = scalar.NewLong(int64(f))
		} else {
			series[i] = scalar.NewReal(f)
		}
	}
}
