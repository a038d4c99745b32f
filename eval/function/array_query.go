package function

import (
	"slices"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// arrayQueryFunctions ask something of an array.
func arrayQueryFunctions() []Function {
	return []Function{
		{
			Sig:      "array_length(array: array): long",
			Doc:      "The number of elements, nulls included.",
			Impl:     N1(arrayLength),
			Examples: []string{`array_length(dynamic([1, 2, 3, "four"])) == 4`, `array_length(dynamic([null])) == 1`, `isnull(array_length(parse_json('{"a": 1}')))`},
		},
		{
			Sig:      "arraylength(array: array): long",
			Doc:      "An obsolete name of array_length().",
			Alias:    "array_length",
			Examples: []string{`arraylength(dynamic([1, 2])) == 2`, `isnull(arraylength(parse_json("a")))`},
		},
		{
			Sig:  "array_index_of(array: array, value: scalar, start: integer?, length: integer?, occurrence: integer constant?): long",
			Doc:  "Where a value stands in an array, from 0, or -1. The search starts at an index, counted from the end if negative, goes over so many elements (-1: all), and may ask for a later occurrence.",
			Impl: Raw(arrayIndexOf),
			Examples: []string{
				`array_index_of(dynamic(["this", "is", "an", "example"]), "an") == 2`,
				`array_index_of(dynamic(["this", "is", "an", "example", "an"]), "an", 1, -1, 2) == 4`,
				`array_index_of(dynamic(["this", "is", "an", "example", "an"]), "is", -3) == -1`,
				`array_index_of(dynamic([1, 2]), 3) == -1`,
			},
		},
		{
			Sig:  "strcat_array(array: array, delimiter: scalar): string",
			Doc:  "The texts of the elements with a delimiter between them.",
			Impl: Raw(strcatArray),
			Examples: []string{
				`strcat_array(dynamic([1, 2, 3]), "->") == "1->2->3"`,
				`strcat_array(dynamic([]), ",") == ""`,
			},
		},
		{
			Sig:      "array_strcat(array: array, delimiter: scalar): string",
			Doc:      "Another name of strcat_array().",
			Alias:    "strcat_array",
			Examples: []string{`array_strcat(dynamic(["a", "b"]), ", ") == "a, b"`, `array_strcat(dynamic([]), ",") == ""`},
		},
		{
			Sig:      "array_sum(array: array): real",
			Doc:      "The sum of the elements; null if one is no number.",
			Impl:     N1(arraySum),
			Examples: []string{`array_sum(dynamic([1, 2, 3, 4])) == 10`, `isnull(array_sum(dynamic(["a"])))`},
		},
	}
}

func arrayLength(v scalar.Value) (int64, bool) {
	n, ok := v.Len()
	return int64(n), ok
}

// asElement gives a value the form that it has within an array, where times, guids
// and decimals are text.
func asElement(v scalar.Value) scalar.Value {
	switch v.Kind() {
	case scalar.DateTime, scalar.TimeSpan, scalar.Guid, scalar.Decimal:
		return scalar.NewString(scalar.ToString(v))
	}
	return v
}

func arrayIndexOf(args []scalar.Value) scalar.Value {
	start, length, occurrence := int64(0), int64(-1), int64(1)
	for i, option := range [...]*int64{&start, &length, &occurrence} {
		if i+2 < len(args) {
			var ok bool
			if *option, ok = scalar.ToLong(args[i+2]); !ok {
				return scalar.Null(scalar.Long)
			}
		}
	}
	if length < -1 || occurrence < 0 {
		return scalar.Null(scalar.Long)
	}
	elements := slices.Collect(args[0].Elements())
	n := int64(len(elements))
	if start < 0 {
		start = max(start+n, 0)
	}
	end := n
	if length >= 0 && length < n-start {
		end = start + length
	}
	value := asElement(args[1])
	for i := start; i < end; i++ {
		if scalar.Equal(elements[i], value) {
			if occurrence--; occurrence <= 0 {
				return scalar.NewLong(i)
			}
		}
	}
	return scalar.NewLong(-1)
}

func strcatArray(args []scalar.Value) scalar.Value {
	delimiter := scalar.ToString(args[1])
	var b []byte
	first := true
	for element := range args[0].Elements() {
		if !first {
			b = append(b, delimiter...)
		}
		first = false
		b = scalar.AppendText(b, element)
	}
	return scalar.NewString(string(b))
}

func arraySum(v scalar.Value) (sum float64, ok bool) {
	for element := range v.Elements() {
		f, ok := scalar.ToReal(element)
		if !ok || !element.Kind().Numeric() {
			return 0, false
		}
		sum += f
	}
	return sum, v.Kind() == scalar.Array
}
