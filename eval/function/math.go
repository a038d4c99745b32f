package function

import (
	"math"
	"slices"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// mathFunctions are the functions over numbers.
func mathFunctions() []Function {
	return slices.Concat(binFunctions(), roundingFunctions(), powerFunctions(), trigonometricFunctions(),
		statisticFunctions(), numberTestFunctions(), extremeFunctions(), randomFunctions(), rangeFunctions())
}

func roundingFunctions() []Function {
	first := NameRule{Kind: FirstArgument}
	return []Function{
		{
			Sig: `abs(number: integer): long
				abs(number: number): arg0
				abs(number: timespan): timespan`,
			Doc:      "A number or timespan without its sign.",
			Names:    first,
			Impl:     Raw(absolute),
			Examples: []string{`abs(-5) == 5`, `abs(-1.5) == 1.5`, `abs(-2h) == 2h`, `isnull(abs(int(null)))`},
		},
		{
			// The engine gives a real for a whole number too; the analyzer keeps its type.
			Sig: `ceiling(number: decimal): decimal
				ceiling(number: number): real`,
			Doc:      "The least whole number that is not below a number.",
			Names:    first,
			Impl:     Raw(ceiling),
			Examples: []string{`ceiling(-1.1) == -1.0`, `ceiling(0) == 0.0`, `ceiling(0.9) == 1.0`},
		},
		{
			Sig:   "round(number: number, precision: long constant?): arg0",
			Doc:   "A number rounded to so many decimals, 0 if not said, halves away from zero. Negative precision rounds before the point.",
			Names: first,
			Impl:  Raw(round),
			Examples: []string{
				`round(2.98765, 3) == 2.988`,
				`round(2.15, 1) == 2.2`,
				`round(2.15) == 2`,
				`round(-50.55, -2) == -100`,
				`round(21.5, -1) == 20`,
			},
		},
		{
			Sig:      "sign(number: number): real",
			Doc:      "-1, 0 or 1 as a number is negative, zero or positive.",
			Impl:     F1(sign),
			Examples: []string{`sign(-42) == -1`, `sign(0) == 0`, `sign(11.2) == 1`},
		},
	}
}

func absolute(args []scalar.Value) scalar.Value {
	v := args[0]
	switch v.Kind() {
	case scalar.Int, scalar.Long:
		return scalar.NewLong(max(v.Long(), -v.Long()))
	case scalar.Real:
		return likeArgument(scalar.NewReal(math.Abs(v.Real())), v)
	case scalar.Decimal:
		if v.Decimal().Sign() < 0 {
			return likeArgument(scalar.NewDecimal(v.Decimal().Neg()), v)
		}
		return v
	case scalar.TimeSpan:
		return likeArgument(scalar.NewTimeSpan(max(v.TimeSpan(), -v.TimeSpan())), v)
	}
	if v.Type() == scalar.Int {
		return scalar.Null(scalar.Long)
	}
	return scalar.Null(v.Type())
}

// likeArgument gives a result the type of the argument: dynamic, if that was.
func likeArgument(result, argument scalar.Value) scalar.Value {
	if argument.Type() == scalar.Dynamic {
		return result.AsDynamic()
	}
	return result
}

func ceiling(args []scalar.Value) scalar.Value {
	v := args[0]
	if v.Type() == scalar.Decimal {
		if v.IsNull() {
			return v
		}
		// The ceiling is the negated floor of the negated number.
		if down, ok := floorDec(v.Decimal().Neg(), scalar.DecFromLong(1)); ok {
			return scalar.NewDecimal(down.Neg())
		}
		return scalar.Null(scalar.Decimal)
	}
	if f, ok := scalar.ToReal(v); ok {
		return scalar.NewReal(math.Ceil(f))
	}
	return scalar.Null(scalar.Real)
}

func round(args []scalar.Value) scalar.Value {
	v, digits := args[0], int64(0)
	if len(args) > 1 {
		digits = args[1].Long()
		if args[1].IsNull() {
			return scalar.Null(v.Type())
		}
	}
	digits = min(max(digits, -400), 400) // beyond the digits of any number
	switch v.Kind() {
	case scalar.Int, scalar.Long:
		rounded := roundLong(v.Long(), int(digits))
		return likeArgument(scalar.Convert(rounded, v.Kind()), v)
	case scalar.Real:
		return likeArgument(scalar.NewReal(roundReal(v.Real(), int(digits))), v)
	case scalar.Decimal:
		if d, ok := scalar.RoundDec(v.Decimal(), int(digits)); ok {
			return likeArgument(scalar.NewDecimal(d), v)
		}
	}
	return scalar.Null(v.Type())
}

// roundLong leaves a whole number alone unless it is to be rounded before the
// point; it is null where the result is too large.
func roundLong(n int64, digits int) scalar.Value {
	switch {
	case digits >= 0:
		return scalar.NewLong(n)
	case digits < -18:
		return scalar.NewLong(0)
	}
	unit := int64(math.Pow10(-digits))
	rest := n % unit
	n -= rest
	switch {
	case rest >= unit-unit/2 && n > math.MaxInt64-unit, rest <= unit/2-unit && n < math.MinInt64+unit:
		return scalar.Null(scalar.Long)
	case rest >= unit-unit/2:
		n += unit
	case rest <= unit/2-unit:
		n -= unit
	}
	return scalar.NewLong(n)
}

// roundReal rounds halves away from zero. A number too large to have decimals
// comes back as it is.
func roundReal(f float64, digits int) float64 {
	if digits < 0 {
		unit := math.Pow10(-digits)
		if math.IsInf(unit, 0) {
			return 0
		}
		return math.Round(f/unit) * unit
	}
	scaled := f * math.Pow10(digits)
	if math.IsInf(scaled, 0) || math.IsNaN(scaled) || math.Abs(scaled) >= 1<<53 {
		return f
	}
	return math.Round(scaled) / math.Pow10(digits)
}

func sign(f float64) float64 {
	switch {
	case f > 0:
		return 1
	case f < 0:
		return -1
	}
	return f // zero and NaN
}

func numberTestFunctions() []Function {
	return []Function{
		{
			Sig:      "isnan(number: real): bool",
			Doc:      "Whether a real is NaN.",
			Impl:     realTest(math.IsNaN),
			Examples: []string{`isnan(0.0 / 0.0)`, `not(isnan(1.0))`},
		},
		{
			Sig:      "isinf(number: real): bool",
			Doc:      "Whether a real is an infinity.",
			Impl:     realTest(func(f float64) bool { return math.IsInf(f, 0) }),
			Examples: []string{`isinf(1.0 / 0.0)`, `isinf(-1.0 / 0.0)`, `not(isinf(0.0 / 0.0))`},
		},
		{
			Sig:      "isfinite(number: real): bool",
			Doc:      "Whether a real is neither NaN nor an infinity.",
			Impl:     realTest(func(f float64) bool { return f-f == 0 }),
			Examples: []string{`isfinite(1.5)`, `not(isfinite(1.0 / 0.0))`, `not(isfinite(0.0 / 0.0))`},
		},
	}
}

// realTest makes a test of a real, which a null fails.
func realTest(test func(float64) bool) Impl {
	return F1(func(v scalar.Value) bool {
		f, ok := scalar.ToReal(v)
		return ok && test(f)
	})
}

func extremeFunctions() []Function {
	return []Function{
		{
			Sig:  "max_of(arg: commonorderable{2,64}): common",
			Doc:  "The greatest of the arguments. Nulls do not count.",
			Impl: extreme(1),
			Examples: []string{
				`max_of(10, 1, -3, 17) == 17`,
				`max_of(int(null), 2) == 2`,
				`isnull(max_of(int(null), int(null)))`,
			},
		},
		{
			Sig:  "min_of(arg: commonorderable{2,64}): common",
			Doc:  "The least of the arguments. Nulls do not count.",
			Impl: extreme(-1),
			Examples: []string{
				`min_of(10, 1, -3, 17) == -3`,
				`min_of(int(null), 2) == 2`,
			},
		},
	}
}

// extreme picks the argument that compares as sign with all others.
func extreme(sign int) Impl {
	return Raw(func(args []scalar.Value) scalar.Value {
		best := args[0]
		for _, v := range args[1:] {
			if !v.IsNull() && (best.IsNull() || scalar.Compare(v, best) == sign) {
				best = v
			}
		}
		return best
	})
}

func randomFunctions() []Function {
	return []Function{
		{
			Sig:      "rand(number: integer?): real",
			Doc:      "A random real from 0 up to 1, or a whole number from 0 up to the argument, as a real; neither end above is reached.",
			Names:    NameRule{Kind: FirstArgument},
			Impl:     InContext(random),
			Volatile: true,
			Examples: []string{`rand() < 1`, `rand(1) == 0`, `rand(10) <= 9`},
		},
		{
			Sig:      "new_guid(): guid",
			Doc:      "A random guid of version 4.",
			Impl:     InContext(newGuid),
			Volatile: true,
			Examples: []string{`isnotnull(new_guid())`, `strlen(tostring(new_guid())) == 36`},
		},
	}
}

func random(ctx *Context, args []scalar.Value) scalar.Value {
	if len(args) == 0 {
		return scalar.NewReal(ctx.Rand.Float64())
	}
	if n, ok := scalar.ToLong(args[0]); ok && n > 0 {
		return scalar.NewReal(float64(ctx.Rand.Int64N(n)))
	}
	return scalar.Null(scalar.Real)
}

func newGuid(ctx *Context, _ []scalar.Value) scalar.Value {
	var g scalar.UUID
	for i := range g {
		g[i] = byte(ctx.Rand.Uint32())
	}
	g[6] = g[6]&0x0f | 0x40
	g[8] = g[8]&0x3f | 0x80
	return scalar.NewGuid(g)
}
