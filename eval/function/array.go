package function

import (
	"slices"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// arrayFunctions are the functions over dynamic arrays. What is no array gives null
// unless said otherwise.
func arrayFunctions() []Function {
	return slices.Concat(arrayMakeFunctions(), arrayQueryFunctions(), arrayShapeFunctions(), arraySortFunctions())
}

func arrayMakeFunctions() []Function {
	return []Function{
		{
			Sig:  "pack_array(value: scalar{1,*}): dynamic",
			Doc:  "An array of the values.",
			Impl: Raw(scalarArray),
			Examples: []string{
				`tostring(pack_array(1, "a", 2s)) == '[1,"a","00:00:02"]'`,
				`array_length(pack_array(int(null))) == 1`,
			},
		},
		{
			Sig:   "repeat(value: scalar, count: long): dynamic",
			Doc:   "An array of so many copies of a value, at most 1048576; null if the count is negative.",
			Names: NameRule{Prefixed, "repeat"},
			Impl:  Raw(repeat),
			Examples: []string{
				`tostring(repeat(1, 3)) == "[1,1,1]"`,
				`tostring(repeat(1, 0)) == "[]"`,
				`isnull(repeat(1, -1))`,
			},
		},
		{
			Sig:  "zip(array: array{2,64}): dynamic",
			Doc:  "An array of arrays: the first elements of all arrays, then the second ones, and so on. Shorter arrays are filled up with nulls.",
			Impl: Raw(zip),
			Examples: []string{
				`tostring(zip(dynamic([1, 3, 5]), dynamic([2, 4, 6]))) == "[[1,2],[3,4],[5,6]]"`,
				`tostring(zip(dynamic([1]), dynamic([2, 3]))) == "[[1,2],[null,3]]"`,
			},
		},
		{
			Sig:  "array_concat(array: array{1,64}): dynamic",
			Doc:  "One array of the elements of all arrays. Nulls add nothing; anything else that is no array makes the result null.",
			Impl: Raw(arrayConcat),
			Examples: []string{
				`tostring(array_concat(dynamic([1, 2]), dynamic([3]))) == "[1,2,3]"`,
				`isnull(array_concat(dynamic([1]), parse_json("a")))`,
			},
		},
		{
			Sig:  "array_iff(condition_array: array, when_true: scalar, when_false: scalar): dynamic",
			Doc:  "For each condition an element of the first array or value where it is true or a number other than 0, else of the second; null where the condition is neither bool nor number, or the array too short.",
			Impl: Raw(arrayIff),
			Examples: []string{
				`tostring(array_iff(dynamic([true, false, true]), dynamic([1, 2, 3]), dynamic([4, 5, 6]))) == "[1,5,3]"`,
				`tostring(array_iff(dynamic([1, 0, 50]), "yes", "no")) == '["yes","no","yes"]'`,
				`tostring(array_iff(dynamic([true, true, true]), dynamic([1, 2]), dynamic([3, 4]))) == "[1,2,null]"`,
			},
		},
		{
			Sig:      "array_iif(condition_array: array, when_true: scalar, when_false: scalar): dynamic",
			Doc:      "Another name of array_iff().",
			Alias:    "array_iff",
			Examples: []string{`tostring(array_iif(dynamic([1, 0]), "a", "b")) == '["a","b"]'`, `isnull(array_iif(parse_json("x"), 1, 2))`},
		},
	}
}

// stringArray makes a dynamic array of strings.
func stringArray(texts []string) scalar.Value {
	var b scalar.ArrayBuilder
	for _, s := range texts {
		b.Append(scalar.NewString(s))
	}
	return b.Value()
}

func scalarArray(args []scalar.Value) scalar.Value { return scalar.NewArray(args) }

func repeat(args []scalar.Value) scalar.Value {
	n, ok := scalar.ToLong(args[1])
	if !ok || n < 0 {
		return scalar.Null(scalar.Dynamic)
	}
	var b scalar.ArrayBuilder
	for range min(n, maxArray) {
		b.Append(args[0])
	}
	return b.Value()
}

func zip(args []scalar.Value) scalar.Value {
	columns := make([][]scalar.Value, len(args))
	longest := 0
	for i, v := range args {
		if v.Kind() != scalar.Array && !v.IsNull() {
			return scalar.Null(scalar.Dynamic)
		}
		columns[i] = slices.Collect(v.Elements())
		longest = max(longest, len(columns[i]))
	}
	var b scalar.ArrayBuilder
	row := make([]scalar.Value, len(args))
	for i := range longest {
		for j, column := range columns {
			row[j] = scalar.Null(scalar.Dynamic)
			if i < len(column) {
				row[j] = column[i]
			}
		}
		b.Append(scalar.NewArray(row))
	}
	return b.Value()
}

func arrayConcat(args []scalar.Value) scalar.Value {
	var b scalar.ArrayBuilder
	for _, v := range args {
		if v.Kind() != scalar.Array && !v.IsNull() {
			return scalar.Null(scalar.Dynamic)
		}
		for element := range v.Elements() {
			b.Append(element)
		}
	}
	return b.Value()
}

func arrayIff(args []scalar.Value) scalar.Value {
	if args[0].Kind() != scalar.Array {
		return scalar.Null(scalar.Dynamic)
	}
	then, other := elementsOrValue(args[1]), elementsOrValue(args[2])
	var b scalar.ArrayBuilder
	for condition := range args[0].Elements() {
		i := b.Len()
		switch truth, ok := scalar.ToBool(condition); {
		case !ok || condition.Kind() == scalar.String:
			b.Append(scalar.Null(scalar.Dynamic))
		case truth:
			b.Append(then(i))
		default:
			b.Append(other(i))
		}
	}
	return b.Value()
}

// elementsOrValue gives element i of an array, null behind its end, and of any
// other value that value itself.
func elementsOrValue(v scalar.Value) func(i int) scalar.Value {
	if v.Kind() != scalar.Array {
		return func(int) scalar.Value { return v }
	}
	elements := slices.Collect(v.Elements())
	return func(i int) scalar.Value {
		if i < len(elements) {
			return elements[i]
		}
		return scalar.Null(scalar.Dynamic)
	}
}
