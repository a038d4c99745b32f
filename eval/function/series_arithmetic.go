package function

import (
	"math"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// seriesArithmetic computes on two series element by element.
func seriesArithmetic() []Function {
	kept := func(op byte) Impl {
		return pairwise(func(a, b scalar.Value) scalar.Value {
			t := scalar.Real
			if whole(a) && whole(b) {
				t = scalar.Long
			}
			return scalar.Arithmetic(op, a, b, t)
		})
	}
	real := func(fn func(a, b float64) float64) Impl {
		return pairwise(func(a, b scalar.Value) scalar.Value { return scalar.NewReal(fn(element(a), element(b))) })
	}
	compare := func(holds func(c int) bool) Impl {
		return pairwise(func(a, b scalar.Value) scalar.Value { return scalar.NewBool(holds(scalar.Compare(a, b))) })
	}
	return []Function{
		pair("series_add", "The sum of two series, element by element; whole numbers stay whole.", kept('+'),
			`tostring(series_add(dynamic([1, 2, 4]), dynamic([4, 2, 1]))) == "[5,4,5]"`,
			`tostring(series_add(dynamic([1, 2]), 10)) == "[11,12]"`),
		pair("series_subtract", "The difference of two series, element by element; whole numbers stay whole.", kept('-'),
			`tostring(series_subtract(dynamic([1, 2, 4]), dynamic([4, 2, 1]))) == "[-3,0,3]"`,
			`tostring(series_subtract(10, dynamic([1, 2]))) == "[9,8]"`),
		pair("series_multiply", "The product of two series, element by element; whole numbers stay whole.", kept('*'),
			`tostring(series_multiply(dynamic([1, 2, 4]), dynamic([4, 2, 1]))) == "[4,4,4]"`,
			`tostring(series_multiply(dynamic([1, null, 4]), 2)) == "[2,null,8]"`),
		pair("series_divide", "The quotient of two series, element by element, as reals.", real(func(a, b float64) float64 { return a / b }),
			`tostring(series_divide(dynamic([1, 2, 4]), dynamic([4, 2, 1]))) == "[0.25,1.0,4.0]"`,
			`tostring(series_divide(dynamic([1, 3]), 2)) == "[0.5,1.5]"`),
		pair("series_pow", "A series raised to the powers in another, element by element, as reals.", real(math.Pow),
			`tostring(series_pow(dynamic([1, 2, 3, 4]), dynamic([1, 2, 3, 0.5]))) == "[1.0,4.0,27.0,2.0]"`,
			`tostring(series_pow(dynamic([2, 3]), 2)) == "[4.0,9.0]"`),
		pair("series_equals", "Whether the elements of two series are equal.", compare(func(c int) bool { return c == 0 }),
			`tostring(series_equals(dynamic([1, 2, 4]), dynamic([4, 2, 1]))) == "[false,true,false]"`,
			`tostring(series_equals(dynamic([1, 2.0]), 2)) == "[false,true]"`),
		pair("series_not_equals", "Whether the elements of two series differ.", compare(func(c int) bool { return c != 0 }),
			`tostring(series_not_equals(dynamic([1, 2, 4]), dynamic([4, 2, 1]))) == "[true,false,true]"`,
			`tostring(series_not_equals(dynamic([1, 2]), 2)) == "[true,false]"`),
		pair("series_greater", "Whether the elements of a series are greater than those of another.", compare(func(c int) bool { return c > 0 }),
			`tostring(series_greater(dynamic([1, 2, 4]), dynamic([4, 2, 1]))) == "[false,false,true]"`,
			`tostring(series_greater(3, dynamic([2, 3]))) == "[true,false]"`),
		pair("series_greater_equals", "Whether the elements of a series are at least those of another.", compare(func(c int) bool { return c >= 0 }),
			`tostring(series_greater_equals(dynamic([1, 2, 4]), dynamic([4, 2, 1]))) == "[false,true,true]"`,
			`tostring(series_greater_equals(dynamic([1, 2]), 1.5)) == "[false,true]"`),
		pair("series_less", "Whether the elements of a series are less than those of another.", compare(func(c int) bool { return c < 0 }),
			`tostring(series_less(dynamic([1, 2, 4]), dynamic([4, 2, 1]))) == "[true,false,false]"`,
			`tostring(series_less(dynamic([1, 2]), 2)) == "[true,false]"`),
		pair("series_less_equals", "Whether the elements of a series are at most those of another.", compare(func(c int) bool { return c <= 0 }),
			`tostring(series_less_equals(dynamic([1, 2, 4]), dynamic([4, 2, 1]))) == "[true,true,false]"`,
			`tostring(series_less_equals(dynamic([1, 2]), 1)) == "[true,false]"`),
	}
}

// pair declares a function of two series, either of which may be one number instead.
func pair(name, doc string, impl Impl, examples ...string) Function {
	return Function{
		Sig: name + "(series1: array, series2: array): dynamic\n" +
			name + "(series1: array, series2: number): dynamic\n" +
			name + "(series1: number, series2: array): dynamic",
		Doc: doc, Impl: impl, Examples: examples,
	}
}

// pairwise makes the code of a function of two series. Where either has no number, or
// ends before the other, the result is null.
func pairwise(fn func(a, b scalar.Value) scalar.Value) Impl {
	return Raw(func(args []scalar.Value) scalar.Value {
		a, n, ok := operand(args[0])
		b, m, ok2 := operand(args[1])
		if !ok || !ok2 {
			return scalar.Null(scalar.Dynamic)
		}
		var out scalar.ArrayBuilder
		for i := range max(n, m) {
			x, y := a(i), b(i)
			if x.Kind().Numeric() && y.Kind().Numeric() {
				out.Append(fn(x, y))
			} else {
				out.Append(scalar.Null(scalar.Dynamic))
			}
		}
		return out.Value()
	})
}

// operand gives the elements of a series and their number, or a number for any place.
func operand(v scalar.Value) (at func(i int) scalar.Value, n int, ok bool) {
	if v.Type() != scalar.Dynamic {
		return func(int) scalar.Value { return v }, 0, !v.IsNull()
	}
	if v.Kind() != scalar.Array {
		return nil, 0, false
	}
	var elements []scalar.Value
	for e := range v.Elements() {
		elements = append(elements, e)
	}
	return func(i int) scalar.Value {
		if i < len(elements) {
			return elements[i]
		}
		return scalar.Null(scalar.Dynamic)
	}, len(elements), true
}

func whole(v scalar.Value) bool { return v.Kind() == scalar.Int || v.Kind() == scalar.Long }
