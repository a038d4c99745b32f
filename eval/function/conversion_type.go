package function

import (
	"unicode/utf8"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// testFunctions ask what a value is. They never give null.
func testFunctions() []Function {
	return []Function{
		{
			Sig:   "gettype(value: scalar): string",
			Doc:   "The type of a value at run time; for a dynamic value that of what it holds, such as array, dictionary or null.",
			Names: NameRule{Prefixed, "type"},
			Impl:  F1(getType),
			Examples: []string{
				`gettype("a") == "string"`,
				`gettype(111) == "long"`,
				`gettype(dynamic([1, 2])) == "array"`,
				`gettype(dynamic({"a": 1})) == "dictionary"`,
				`gettype(parse_json("1")) == "int"`,
				`gettype(parse_json("")) == "null"`,
			},
		},
		{
			Sig:  "isnull(expression: scalar): bool",
			Doc:  "Whether a value is null. A string never is.",
			Impl: F1(isNull),
			Examples: []string{
				`isnull(int(null))`,
				`not(isnull(""))`,
				`not(isnull(dynamic([])))`,
			},
		},
		{
			Sig:      "isnotnull(expression: scalar): bool",
			Doc:      "Whether a value is not null.",
			Impl:     F1(isNotNull),
			Examples: []string{`isnotnull(5)`, `isnotnull("")`, `not(isnotnull(datetime(null)))`},
		},
		{
			Sig:      "notnull(expression: scalar): bool",
			Doc:      "An obsolete name of isnotnull().",
			Alias:    "isnotnull",
			Examples: []string{`notnull(5)`, `not(notnull(long(null)))`},
		},
		{
			Sig:  "isempty(value: scalar): bool",
			Doc:  "Whether a value is null or the empty string.",
			Impl: F1(isEmpty),
			Examples: []string{
				`isempty("")`,
				`isempty(int(null))`,
				`not(isempty(dynamic([])))`,
				`not(isempty("x"))`,
			},
		},
		{
			Sig:      "isnotempty(value: scalar): bool",
			Doc:      "Whether a value is neither null nor the empty string.",
			Impl:     F1(isNotEmpty),
			Examples: []string{`isnotempty("x")`, `isnotempty(0)`, `not(isnotempty(""))`},
		},
		{
			Sig:      "notempty(value: scalar): bool",
			Doc:      "An obsolete name of isnotempty().",
			Alias:    "isnotempty",
			Examples: []string{`notempty("x")`, `not(notempty(""))`},
		},
		{
			Sig:      "isascii(value: scalar): bool",
			Doc:      "Whether a text consists of ASCII characters alone.",
			Impl:     F1(isASCII),
			Examples: []string{`isascii("some string")`, `not(isascii("grün"))`},
		},
		{
			Sig:      "isutf8(value: scalar): bool",
			Doc:      "Whether a text is valid UTF-8.",
			Impl:     F1(utf8.ValidString),
			Examples: []string{`isutf8("some string")`, `isutf8("")`},
		},
	}
}

func getType(v scalar.Value) string {
	switch {
	case v.Type() != scalar.Dynamic:
		return v.Type().String()
	case v.IsNull():
		return "null"
	case v.Kind() == scalar.Long && v.Long() == int64(int32(v.Long())):
		return "int" // by the documentation, though bag_unpack makes a long of it
	}
	return v.Kind().String()
}

func isNull(v scalar.Value) bool    { return v.IsNull() }
func isNotNull(v scalar.Value) bool { return !v.IsNull() }

func isEmpty(v scalar.Value) bool {
	return v.IsNull() || v.Kind() == scalar.String && v.Str() == ""
}

func isNotEmpty(v scalar.Value) bool { return !isEmpty(v) }
