package function

import (
	"slices"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// arrayShapeFunctions put the elements of an array in other places.
func arrayShapeFunctions() []Function {
	return []Function{
		{
			Sig:      "array_reverse(value: array): arg0",
			Doc:      "The elements in reverse order.",
			Impl:     F1(arrayReverse),
			Examples: []string{`tostring(array_reverse(dynamic([1, 2, 3]))) == "[3,2,1]"`, `isnull(array_reverse(parse_json("a")))`},
		},
		{
			Sig:      "array_rotate_left(array: array, rotate_count: integer): arg0",
			Doc:      "The elements moved to the left; those that leave come back on the right.",
			Impl:     Raw(rotateBy(1)),
			Examples: []string{`tostring(array_rotate_left(dynamic([1, 2, 3, 4, 5]), 2)) == "[3,4,5,1,2]"`, `tostring(array_rotate_left(dynamic([1, 2, 3]), -1)) == "[3,1,2]"`},
		},
		{
			Sig:      "array_rotate_right(array: array, rotate_count: integer): arg0",
			Doc:      "The elements moved to the right; those that leave come back on the left.",
			Impl:     Raw(rotateBy(-1)),
			Examples: []string{`tostring(array_rotate_right(dynamic([1, 2, 3, 4, 5]), 2)) == "[4,5,1,2,3]"`, `tostring(array_rotate_right(dynamic([1, 2, 3]), -1)) == "[2,3,1]"`},
		},
		{
			Sig:      "array_shift_left(array: array, shift_count: integer, default_value: scalar?): arg0",
			Doc:      "The elements moved to the left; nulls or the default fill the gap.",
			Impl:     Raw(shiftBy(1)),
			Examples: []string{`tostring(array_shift_left(dynamic([1, 2, 3, 4, 5]), 2)) == "[3,4,5,null,null]"`, `tostring(array_shift_left(dynamic([1, 2, 3, 4, 5]), -2, -1)) == "[-1,-1,1,2,3]"`},
		},
		{
			Sig:      "array_shift_right(array: array, shift_count: integer, default_value: scalar?): arg0",
			Doc:      "The elements moved to the right; nulls or the default fill the gap.",
			Impl:     Raw(shiftBy(-1)),
			Examples: []string{`tostring(array_shift_right(dynamic([1, 2, 3, 4, 5]), 2)) == "[null,null,1,2,3]"`, `tostring(array_shift_right(dynamic([1, 2, 3, 4, 5]), -2, -1)) == "[3,4,5,-1,-1]"`},
		},
		{
			Sig:  "array_slice(array: array, start: integer, end: integer): arg0",
			Doc:  "The elements from one index to another, both included; negative ones count from the end.",
			Impl: Raw(arraySlice),
			Examples: []string{
				`tostring(array_slice(dynamic([1, 2, 3]), 1, 2)) == "[2,3]"`,
				`tostring(array_slice(dynamic([1, 2, 3, 4, 5]), -3, -2)) == "[3,4]"`,
				`tostring(array_slice(dynamic([1, 2]), 5, 9)) == "[]"`,
			},
		},
		{
			Sig: `array_split(array: array, index: integer): arg0
				array_split(array: array, indices: array): arg0`,
			Doc:  "The pieces of an array that is cut before an index, or before each of several; negative ones count from the end.",
			Impl: Raw(arraySplit),
			Examples: []string{
				`tostring(array_split(dynamic([1, 2, 3, 4, 5]), 2)) == "[[1,2],[3,4,5]]"`,
				`tostring(array_split(dynamic([1, 2, 3, 4, 5]), dynamic([1, 3]))) == "[[1],[2,3],[4,5]]"`,
			},
		},
	}
}

func arrayReverse(v scalar.Value) scalar.Value {
	if v.Kind() != scalar.Array {
		return scalar.Null(scalar.Dynamic)
	}
	elements := slices.Collect(v.Elements())
	slices.Reverse(elements)
	return scalar.NewArray(elements)
}

// movedArray reads the array and the number of places by which to move it. The
// number is cut to the range that matters.
func movedArray(args []scalar.Value) (elements []scalar.Value, places int, ok bool) {
	n, ok := scalar.ToLong(args[1])
	if !ok || args[0].Kind() != scalar.Array {
		return nil, 0, false
	}
	elements = slices.Collect(args[0].Elements())
	if len(elements) == 0 {
		return nil, 0, true
	}
	return elements, int(n % int64(len(elements))), true
}

// rotateBy makes a rotation to the left, or with -1 to the right.
func rotateBy(direction int) func(args []scalar.Value) scalar.Value {
	return func(args []scalar.Value) scalar.Value {
		elements, places, ok := movedArray(args)
		if !ok {
			return scalar.Null(scalar.Dynamic)
		}
		cut := direction * places
		if cut < 0 {
			cut += len(elements)
		}
		return scalar.NewArray(slices.Concat(elements[cut:], elements[:cut]))
	}
}

// shiftBy makes a shift to the left, or with -1 to the right.
func shiftBy(direction int64) func(args []scalar.Value) scalar.Value {
	return func(args []scalar.Value) scalar.Value {
		places, ok := scalar.ToLong(args[1])
		if !ok || args[0].Kind() != scalar.Array {
			return scalar.Null(scalar.Dynamic)
		}
		fill := scalar.Null(scalar.Dynamic)
		if len(args) > 2 {
			fill = args[2]
		}
		elements := slices.Collect(args[0].Elements())
		n := int64(len(elements))
		places = direction * min(max(places, -n), n)
		var b scalar.ArrayBuilder
		for i := places; i < places+n; i++ {
			if i >= 0 && i < n {
				b.Append(elements[i])
			} else {
				b.Append(fill)
			}
		}
		return b.Value()
	}
}

func arraySlice(args []scalar.Value) scalar.Value {
	start, ok := scalar.ToLong(args[1])
	end, ok2 := scalar.ToLong(args[2])
	n, ok3 := args[0].Len()
	if !ok || !ok2 || !ok3 {
		return scalar.Null(scalar.Dynamic)
	}
	length := int64(n)
	if start < 0 {
		start += length
	}
	if end < 0 {
		end += length
	}
	var b scalar.ArrayBuilder
	i := int64(0)
	for element := range args[0].Elements() {
		if i >= start && i <= end {
			b.Append(element)
		}
		i++
	}
	return b.Value()
}

func arraySplit(args []scalar.Value) scalar.Value {
	if args[0].Kind() != scalar.Array {
		return scalar.Null(scalar.Dynamic)
	}
	elements := slices.Collect(args[0].Elements())
	indices := []scalar.Value{args[1]}
	if args[1].Kind() == scalar.Array {
		indices = slices.Collect(args[1].Elements())
	}
	var pieces scalar.ArrayBuilder
	from := 0
	for _, v := range indices {
		cut, ok := scalar.ToLong(v)
		if !ok {
			return scalar.Null(scalar.Dynamic)
		}
		n := int64(len(elements))
		if cut < 0 {
			cut += n
		}
		to := int(min(max(cut, int64(from)), n))
		pieces.Append(scalar.NewArray(elements[from:to]))
		from = to
	}
	pieces.Append(scalar.NewArray(elements[from:]))
	return pieces.Value()
}
