package function

import (
	"math"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// setFunctions take arrays as sets: elements that are equal count once, and stand
// in the order in which they come first.
func setFunctions() []Function {
	return []Function{
		{
			Sig:      "set_union(set: array{2,64}): dynamic",
			Doc:      "The distinct elements of all arrays. Nulls add nothing; anything else that is no array makes the result null.",
			Impl:     Raw(setUnion),
			Examples: []string{`tostring(set_union(dynamic([1, 2, 1, 4]), dynamic([1, 2]), dynamic([8]))) == "[1,2,4,8]"`, `isnull(set_union(dynamic([1]), parse_json("a")))`},
		},
		{
			Sig:      "set_intersect(set: array{2,64}): dynamic",
			Doc:      "The distinct elements that all arrays have.",
			Impl:     Raw(setIntersect),
			Examples: []string{`tostring(set_intersect(dynamic([1, 2, 1, 3]), dynamic([3, 1]))) == "[1,3]"`, `tostring(set_intersect(dynamic([1, 2, 3]), dynamic([4, 5]))) == "[]"`},
		},
		{
			Sig:      "set_difference(set: array{2,64}): dynamic",
			Doc:      "The distinct elements of the first array that no other has.",
			Impl:     Raw(setDifference),
			Examples: []string{`tostring(set_difference(dynamic([1, 2, 1, 4]), dynamic([1, 2]))) == "[4]"`, `tostring(set_difference(dynamic([1, 2]), dynamic([1, 2]))) == "[]"`},
		},
		{
			Sig:      "set_equals(set1: array, set2: array): bool",
			Doc:      "Whether two arrays have the same distinct elements.",
			Impl:     Raw(setEquals),
			Examples: []string{`set_equals(dynamic([1, 2]), dynamic([2, 1, 1]))`, `not(set_equals(dynamic([1, 2]), dynamic([1])))`},
		},
		{
			Sig:      "set_has_element(set: array, value: scalar): bool",
			Doc:      "Whether an array has a value.",
			Impl:     Raw(setHasElement),
			Examples: []string{`set_has_element(dynamic(["this", "is", "an", "example"]), "example")`, `not(set_has_element(dynamic([1]), 2))`},
		},
		{
			// The engine gives a real; the analyzer says dynamic.
			Sig:      "jaccard_index(set: array{2,2}): real",
			Doc:      "How alike two sets are: the number of elements that both have, divided by that of all.",
			Impl:     Raw(jaccardIndex),
			Examples: []string{`jaccard_index(dynamic([1, 2, 3]), dynamic([1, 2, 3, 4])) == 0.75`, `jaccard_index(dynamic([1]), dynamic([2])) == 0`},
		},
	}
}

// elementKey identifies equal elements.
func elementKey(v scalar.Value) string { return string(scalar.AppendKey(nil, v)) }

// distinct keeps the first of equal elements.
type distinct struct {
	seen map[string]bool
	list scalar.ArrayBuilder
}

// add adds the elements of arrays that keep accepts; it is false where a value is
// neither an array nor null.
func (d *distinct) add(keep func(key string) bool, arrays ...scalar.Value) bool {
	if d.seen == nil {
		d.seen = make(map[string]bool)
	}
	for _, array := range arrays {
		if array.Kind() != scalar.Array && !array.IsNull() {
			return false
		}
		for v := range array.Elements() {
			if key := elementKey(v); !d.seen[key] && (keep == nil || keep(key)) {
				d.seen[key] = true
				d.list.Append(v)
			}
		}
	}
	return true
}

// keysOf is the set of an array's elements; false for what is no array.
func keysOf(array scalar.Value) (map[string]bool, bool) {
	keys := make(map[string]bool)
	for v := range array.Elements() {
		keys[elementKey(v)] = true
	}
	return keys, array.Kind() == scalar.Array
}

func setUnion(args []scalar.Value) scalar.Value {
	var d distinct
	if !d.add(nil, args...) {
		return scalar.Null(scalar.Dynamic)
	}
	return d.list.Value()
}

func setIntersect(args []scalar.Value) scalar.Value {
	return filteredSet(args, func(in bool) bool { return in })
}

func setDifference(args []scalar.Value) scalar.Value {
	return filteredSet(args, func(in bool) bool { return !in })
}

// filteredSet keeps the elements of the first array that want accepts for each of
// the others, being told whether it has the element.
func filteredSet(args []scalar.Value, want func(in bool) bool) scalar.Value {
	others := make([]map[string]bool, len(args)-1)
	for i, v := range args[1:] {
		var ok bool
		if others[i], ok = keysOf(v); !ok {
			return scalar.Null(scalar.Dynamic)
		}
	}
	if args[0].Kind() != scalar.Array {
		return scalar.Null(scalar.Dynamic)
	}
	var d distinct
	d.add(func(key string) bool {
		for _, other := range others {
			if !want(other[key]) {
				return false
			}
		}
		return true
	}, args[0])
	return d.list.Value()
}

// overlap counts the elements of two sets: those that both have, and all.
func overlap(args []scalar.Value) (both, all int, ok bool) {
	a, ok := keysOf(args[0])
	b, ok2 := keysOf(args[1])
	for key := range a {
		if b[key] {
			both++
		}
	}
	return both, len(a) + len(b) - both, ok && ok2
}

func setEquals(args []scalar.Value) scalar.Value {
	both, all, ok := overlap(args)
	if !ok {
		return scalar.Null(scalar.Bool)
	}
	return scalar.NewBool(both == all)
}

func setHasElement(args []scalar.Value) scalar.Value {
	if args[0].Kind() != scalar.Array {
		return scalar.Null(scalar.Bool)
	}
	value := asElement(args[1])
	for v := range args[0].Elements() {
		if scalar.Equal(v, value) {
			return scalar.NewBool(true)
		}
	}
	return scalar.NewBool(false)
}

func jaccardIndex(args []scalar.Value) scalar.Value {
	both, all, ok := overlap(args)
	switch {
	case !ok:
		return scalar.Null(scalar.Real)
	case all == 0:
		return scalar.NewReal(math.NaN())
	}
	return scalar.NewReal(float64(both) / float64(all))
}
