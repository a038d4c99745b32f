package function

import (
	"math"

	"github.com/seed-2512943d/picket/eval/scalar"
)

func powerFunctions() []Function {
	first := NameRule{Kind: FirstArgument}
	return []Function{
		{
			Sig:      "sqrt(number: number): real",
			Doc:      "The square root; null of a negative number.",
			Names:    first,
			Impl:     within(0, math.Inf(1), math.Sqrt),
			Examples: []string{`sqrt(9) == 3`, `isnull(sqrt(-1))`},
		},
		{
			Sig:      "pow(base: number, exponent: number): real",
			Doc:      "The base to the power of the exponent.",
			Names:    first,
			Impl:     F2(math.Pow),
			Examples: []string{`pow(2, 3) == 8`, `isnull(pow(2, long(null)))`},
		},
		{
			Sig:      "exp(number: number): real",
			Doc:      "e to the power of a number.",
			Names:    first,
			Impl:     F1(math.Exp),
			Examples: []string{`exp(0) == 1`, `round(exp(2), 6) == 7.389056`},
		},
		{
			Sig:      "exp2(number: number): real",
			Doc:      "2 to the power of a number.",
			Names:    first,
			Impl:     F1(math.Exp2),
			Examples: []string{`exp2(3) == 8`, `exp2(0) == 1`},
		},
		{
			Sig:      "exp10(number: number): real",
			Doc:      "10 to the power of a number.",
			Names:    first,
			Impl:     F1(func(f float64) float64 { return math.Pow(10, f) }),
			Examples: []string{`exp10(2) == 100`, `exp10(0) == 1`},
		},
		{
			Sig:      "log(number: number): real",
			Doc:      "The natural logarithm; null of a negative number.",
			Names:    first,
			Impl:     within(0, math.Inf(1), math.Log),
			Examples: []string{`log(1) == 0`, `isnull(log(-1))`},
		},
		{
			Sig:      "log2(number: number): real",
			Doc:      "The logarithm to base 2; null of a negative number.",
			Names:    first,
			Impl:     within(0, math.Inf(1), math.Log2),
			Examples: []string{`log2(8) == 3`, `isnull(log2(-1))`},
		},
		{
			Sig:      "log10(number: number): real",
			Doc:      "The logarithm to base 10; null of a negative number.",
			Names:    first,
			Impl:     within(0, math.Inf(1), math.Log10),
			Examples: []string{`log10(1000) == 3`, `isnull(log10(-1))`},
		},
	}
}

// within makes a function that has no value for arguments outside low to high.
func within(low, high float64, fn func(float64) float64) Impl {
	return N1(func(f float64) (float64, bool) { return fn(f), !(f < low || f > high) })
}

func trigonometricFunctions() []Function {
	first := NameRule{Kind: FirstArgument}
	return []Function{
		{
			Sig:      "pi(): real",
			Doc:      "The number π.",
			Impl:     Raw(func([]scalar.Value) scalar.Value { return scalar.NewReal(math.Pi) }),
			Examples: []string{`round(pi(), 5) == 3.14159`, `pi() > 3`},
		},
		{
			Sig:      "sin(number: number): real",
			Doc:      "The sine of an angle in radians.",
			Names:    first,
			Impl:     F1(math.Sin),
			Examples: []string{`sin(0) == 0`, `round(sin(pi() / 2), 9) == 1`},
		},
		{
			Sig:      "cos(number: number): real",
			Doc:      "The cosine of an angle in radians.",
			Names:    first,
			Impl:     F1(math.Cos),
			Examples: []string{`cos(0) == 1`, `round(cos(pi()), 9) == -1`},
		},
		{
			Sig:      "tan(number: number): real",
			Doc:      "The tangent of an angle in radians.",
			Names:    first,
			Impl:     F1(math.Tan),
			Examples: []string{`tan(0) == 0`, `round(tan(pi() / 4), 9) == 1`},
		},
		{
			Sig:      "cot(number: number): real",
			Doc:      "The cotangent of an angle in radians.",
			Impl:     F1(func(f float64) float64 { return 1 / math.Tan(f) }),
			Examples: []string{`round(cot(1), 6) == 0.642093`, `isinf(cot(0))`},
		},
		{
			Sig:      "asin(number: number): real",
			Doc:      "The angle in radians whose sine is a number; null outside -1 to 1.",
			Names:    first,
			Impl:     within(-1, 1, math.Asin),
			Examples: []string{`asin(0) == 0`, `isnull(asin(2))`},
		},
		{
			Sig:      "acos(number: number): real",
			Doc:      "The angle in radians whose cosine is a number; null outside -1 to 1.",
			Names:    first,
			Impl:     within(-1, 1, math.Acos),
			Examples: []string{`acos(1) == 0`, `isnull(acos(-2))`},
		},
		{
			Sig:      "atan(number: number): real",
			Doc:      "The angle in radians whose tangent is a number.",
			Names:    first,
			Impl:     F1(math.Atan),
			Examples: []string{`atan(0) == 0`, `round(atan(1) * 4, 5) == 3.14159`},
		},
		{
			Sig:      "atan2(y: number, x: number): real",
			Doc:      "The angle in radians between the x axis and the ray to the point (x, y).",
			Names:    first,
			Impl:     F2(math.Atan2),
			Examples: []string{`atan2(0, 1) == 0`, `round(atan2(1, 1), 6) == 0.785398`},
		},
		{
			Sig:      "degrees(radians: number): real",
			Doc:      "An angle in radians as degrees.",
			Impl:     F1(func(f float64) float64 { return f * (180 / math.Pi) }),
			Examples: []string{`degrees(pi() / 4) == 45`, `degrees(0) == 0`},
		},
		{
			Sig:      "radians(degrees: number): real",
			Doc:      "An angle in degrees as radians.",
			Impl:     F1(func(f float64) float64 { return f * (math.Pi / 180) }),
			Examples: []string{`radians(180) == pi()`, `radians(0) == 0`},
		},
	}
}
