package function

import (
	"fmt"
	"slices"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// specialFunctions choose between their arguments, or look at more than those: at
// the rows around, at the table, at the service.
func specialFunctions() []Function {
	return slices.Concat(choiceFunctions(), columnFunctions(), windowFunctions(), serviceFunctions())
}

func choiceFunctions() []Function {
	return []Function{
		{
			Sig:      "iff(if: bool, then: commonscalarordynamic, else: commonscalarordynamic): common",
			Doc:      "The second argument where the first is true, else the third.",
			Impl:     Special,
			Examples: []string{`iff(1 < 2, "a", "b") == "a"`, `iff(bool(null), 1, 2) == 2`},
		},
		{
			Sig:      "iif(if: bool, then: commonscalarordynamic, else: commonscalarordynamic): common",
			Doc:      "Another name of iff().",
			Impl:     Special,
			Examples: []string{`iif(1 > 2, "a", "b") == "b"`, `iif(bool(null), 1, 2) == 2`},
		},
		{
			Sig:      "case(predicate: bool{1,*}, then: commonscalarordynamic{1,*}, else: commonscalarordynamic): common",
			Doc:      "The value behind the first condition that is true, or the last value where none is.",
			Impl:     Special,
			Examples: []string{`case(1 > 2, "a", 2 > 1, "b", "c") == "b"`, `case(bool(null), 1, 2) == 2`},
		},
		{
			Sig:      "not(expression: bool): bool",
			Doc:      "The contrary; of a null it is null.",
			Impl:     F1(func(b bool) bool { return !b }),
			Examples: []string{`not(false)`, `isnull(not(bool(null)))`},
		},
		{
			Sig:  "coalesce(arg: commonscalar{2,64}): common",
			Doc:  "The first argument that is not null; of strings, the first that is not empty.",
			Impl: Raw(coalesce),
			Examples: []string{
				`coalesce(tolong("not a number"), tolong("42"), 33) == 42`,
				`coalesce("", "a") == "a"`,
				`isnull(coalesce(int(null), int(null)))`,
			},
		},
		{
			Sig:  "around(value: scalar, center: scalar, delta: scalar): bool",
			Doc:  "Whether a value lies no farther than delta from a center.",
			Impl: Raw(around),
			Examples: []string{
				`around(5, 6, 1)`,
				`not(around(5, 7, 1))`,
				`around(datetime(2020-01-01), datetime(2020-01-02), 1d)`,
			},
		},
		{
			Sig:      "assert(predicate: bool, message: string): bool",
			Doc:      "An error with the message if a constant condition is not true; else true.",
			Bind:     bindAssert,
			Examples: []string{`assert(1 < 2, "all is lost")`, `assert(true, "never")`},
		},
	}
}

func coalesce(args []scalar.Value) scalar.Value {
	for _, v := range args[:len(args)-1] {
		if !isEmpty(v) {
			return v
		}
	}
	return args[len(args)-1]
}

func around(args []scalar.Value) scalar.Value {
	value, center, delta := args[0], args[1], args[2]
	low := scalar.Arithmetic('-', center, delta, arithmeticType(center, delta))
	high := scalar.Arithmetic('+', center, delta, arithmeticType(center, delta))
	if value.IsNull() || low.IsNull() || high.IsNull() {
		return scalar.Null(scalar.Bool)
	}
	return scalar.NewBool(scalar.Compare(low, value) <= 0 && scalar.Compare(value, high) <= 0)
}

// arithmeticType is the type of a sum: that of a time, or the wider of two numbers.
func arithmeticType(a, b scalar.Value) scalar.Type {
	if k := a.Kind(); k == scalar.DateTime || k == scalar.TimeSpan {
		return k
	}
	return max(a.Kind(), b.Kind(), scalar.Long)
}

func bindAssert(args []Arg) (Impl, error) {
	switch {
	case !args[0].Const:
		return Impl{}, fmt.Errorf("the condition must be constant")
	case !args[0].Value.IsTrue():
		return Impl{}, fmt.Errorf("failed with message: %q", args[1].Value.Str())
	}
	return Raw(func(args []scalar.Value) scalar.Value { return args[0] }), nil
}
