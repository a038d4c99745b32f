package function

import (
	"math"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// seriesMath applies a function to every element of a series.
func seriesMath() []Function {
	one := func(name, doc string, fn func(float64) float64, examples ...string) Function {
		return Function{Sig: name + "(series: array): dynamic", Doc: doc, Impl: elementwise(fn, false), Examples: examples}
	}
	kept := func(name, doc string, fn func(float64) float64, examples ...string) Function {
		return Function{Sig: name + "(series: array): dynamic", Doc: doc, Impl: elementwise(fn, true), Examples: examples}
	}
	return []Function{
		kept("series_abs", "The absolute values of a series.", math.Abs,
			`tostring(series_abs(dynamic([-6.5, 0, 8.2]))) == "[6.5,0.0,8.2]"`,
			`isnull(series_abs(dynamic(null)))`),
		kept("series_sign", "The signs of a series: -1, 0 or 1.", signum,
			`tostring(series_sign(dynamic([-6, 0, 8]))) == "[-1,0,1]"`,
			`isnull(series_sign(dynamic(null)))`),
		one("series_ceiling", "The elements of a series rounded up.", math.Ceil,
			`tostring(series_ceiling(dynamic([-1.5, 1, 2.5]))) == "[-1.0,1.0,3.0]"`,
			`isnull(series_ceiling(dynamic(null)))`),
		one("series_floor", "The elements of a series rounded down.", math.Floor,
			`tostring(series_floor(dynamic([-1.5, 1, 2.5]))) == "[-2.0,1.0,2.0]"`,
			`isnull(series_floor(dynamic(null)))`),
		one("series_exp", "e raised to the elements of a series.", math.Exp,
			`todouble(series_exp(dynamic([0, 1]))[0]) == 1`,
			`round(todouble(series_exp(dynamic([0, 1]))[1]), 6) == 2.718282`),
		one("series_log", "The natural logarithms of a series.", math.Log,
			`todouble(series_log(dynamic([1, 2, 3]))[0]) == 0`,
			`round(todouble(series_log(dynamic([1, 2, 3]))[1]), 6) == 0.693147`),
		one("series_sin", "The sines of a series.", math.Sin,
			`todouble(series_sin(dynamic([0, 1]))[0]) == 0`,
			`round(todouble(series_sin(dynamic([0, 1]))[1]), 6) == 0.841471`),
		one("series_cos", "The cosines of a series.", math.Cos,
			`todouble(series_cos(dynamic([0, 1]))[0]) == 1`,
			`round(todouble(series_cos(dynamic([0, 1]))[1]), 6) == 0.540302`),
		one("series_tan", "The tangents of a series.", math.Tan,
			`todouble(series_tan(dynamic([-1, 0, 1]))[1]) == 0`,
			`round(todouble(series_tan(dynamic([-1, 0, 1]))[0]), 6) == -1.557408`),
		one("series_asin", "The arcsines of a series.", math.Asin,
			`todouble(series_asin(dynamic([-1, 0, 1]))[1]) == 0`,
			`round(todouble(series_asin(dynamic([-1, 0, 1]))[2]), 6) == 1.570796`),
		one("series_acos", "The arccosines of a series.", math.Acos,
			`round(todouble(series_acos(dynamic([-1, 0, 1]))[0]), 6) == 3.141593`,
			`todouble(series_acos(dynamic([-1, 0, 1]))[2]) == 0`),
		one("series_atan", "The arctangents of a series.", math.Atan,
			`todouble(series_atan(dynamic([-1, 0, 1]))[1]) == 0`,
			`round(todouble(series_atan(dynamic([-1, 0, 1]))[2]), 6) == 0.785398`),
	}
}

func signum(f float64) float64 {
	switch {
	case f > 0:
		return 1
	case f < 0:
		return -1
	}
	return f
}

// elementwise makes the code of a function of each element; keep lets a series of whole
// numbers stay one.
func elementwise(fn func(float64) float64, keep bool) Impl {
	return Raw(func(args []scalar.Value) scalar.Value {
		if args[0].Kind() != scalar.Array {
			return scalar.Null(scalar.Dynamic)
		}
		long := keep && isWhole(args[0])
		var b scalar.ArrayBuilder
		for e := range args[0].Elements() {
			switch {
			case !e.Kind().Numeric():
				b.Append(scalar.Null(scalar.Dynamic))
			case long:
				b.Append(scalar.NewLong(int64(fn(element(e)))))
			default:
				b.Append(scalar.NewReal(fn(element(e))))
			}
		}
		return b.Value()
	})
}
