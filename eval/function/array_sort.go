package function

import (
	"cmp"
	"slices"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// arraySortFunctions give one column for each array. Where one value is wanted, as
// in an index, it is the sorted array, or of several arrays an array of them.
func arraySortFunctions() []Function {
	return []Function{
		{
			Sig: `array_sort_asc(arrays: array{1,64}): columns
				array_sort_asc(arrays: array{1,64}, nulls_last: bool constant): columns`,
			Doc:  "The first array sorted upwards, and the others in the order that it got: numbers, then strings, guids and the rest, with nulls last unless said otherwise. An array of another length gives null.",
			Impl: Raw(sortArrays(1)),
			Examples: []string{
				`tostring(array_sort_asc(dynamic([3, 1, 2]))) == "[1,2,3]"`,
				`tostring(array_sort_asc(dynamic([null, "blue", "yellow", "green", null]))) == '["blue","green","yellow",null,null]'`,
				`tostring(array_sort_asc(dynamic([null, "b", "a"]), false)) == '[null,"a","b"]'`,
			},
		},
		{
			Sig: `array_sort_desc(arrays: array{1,64}): columns
				array_sort_desc(arrays: array{1,64}, nulls_last: bool constant): columns`,
			Doc:  "The first array sorted downwards, and the others in the order that it got, with nulls last unless said otherwise. An array of another length gives null.",
			Impl: Raw(sortArrays(-1)),
			Examples: []string{
				`tostring(array_sort_desc(dynamic([1, 3, 2]))) == "[3,2,1]"`,
				`strcat_array(array_sort_desc(split("John,Paul,Jane,Kayo", ",")), ",") == "Paul,Kayo,John,Jane"`,
				`tostring(array_sort_desc(dynamic([null, "a", "b"]), false)) == '[null,"b","a"]'`,
			},
		},
	}
}

// sortArrays makes a sort in a direction, 1 or -1.
func sortArrays(direction int) func(args []scalar.Value) scalar.Value {
	return func(args []scalar.Value) scalar.Value {
		nulls := 1
		if last := args[len(args)-1]; last.Type() == scalar.Bool {
			if !last.Bool() {
				nulls = -1
			}
			args = args[:len(args)-1]
		}
		sorted := sortedTogether(args, func(a, b scalar.Value) int {
			if a.IsNull() || b.IsNull() {
				return nulls * (boolRank(a.IsNull()) - boolRank(b.IsNull()))
			}
			return direction * compareElements(a, b)
		})
		if len(sorted) == 1 {
			return sorted[0]
		}
		return scalar.NewArray(sorted)
	}
}

func boolRank(b bool) int {
	if b {
		return 1
	}
	return 0
}

// sortedTogether sorts the first array and reorders the others alike.
func sortedTogether(arrays []scalar.Value, compare func(a, b scalar.Value) int) []scalar.Value {
	sorted := make([]scalar.Value, len(arrays))
	keys := slices.Collect(arrays[0].Elements())
	order := make([]int, len(keys))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return compare(keys[i], keys[j]) })
	for k, array := range arrays {
		elements := slices.Collect(array.Elements())
		if array.Kind() != scalar.Array || len(elements) != len(keys) {
			sorted[k] = scalar.Null(scalar.Dynamic)
			continue
		}
		var b scalar.ArrayBuilder
		for _, i := range order {
			b.Append(elements[i])
		}
		sorted[k] = b.Value()
	}
	return sorted
}

// compareElements orders elements of several kinds: numbers and times, strings,
// guids, all others.
func compareElements(a, b scalar.Value) int {
	if c := cmp.Compare(elementRank(a), elementRank(b)); c != 0 {
		return c
	}
	return scalar.Compare(a, b)
}

func elementRank(v scalar.Value) int {
	switch k := v.Kind(); {
	case k.Numeric(), k == scalar.DateTime, k == scalar.TimeSpan:
		return 0
	case k == scalar.String:
		return 1
	case k == scalar.Guid:
		return 2
	}
	return 3
}
