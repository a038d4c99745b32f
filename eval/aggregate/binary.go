package aggregate

import (
	"encoding/binary"

	"github.com/seed-2512943d/picket/eval/function"
	"github.com/seed-2512943d/picket/eval/scalar"
)

func binaryAggregates() []Aggregate {
	own := function.NameRule{Kind: function.FirstArgument}
	return []Aggregate{
		{
			Sig:   "binary_all_and(expr: summable): arg0",
			Doc:   "binary_all_and combines the bits of all values by and. Nulls are left out; of nothing it is null.",
			Names: own,
			New:   prepareBits(func(a, b int64) int64 { return a & b }),
			Examples: []string{
				`toscalar(datatable(x:long)[0xFFFFFFFF, 0xFFFFF00F, 0xCFFFFFFD, 0xFAFEFFFF] | summarize binary_all_and(x)) == 0xCAFEF00D`,
				`isnull(toscalar(datatable(x:long)[] | summarize binary_all_and(x)))`,
			},
		},
		{
			Sig:   "binary_all_or(expr: summable): arg0",
			Doc:   "binary_all_or combines the bits of all values by or. Nulls are left out; of nothing it is null.",
			Names: own,
			New:   prepareBits(func(a, b int64) int64 { return a | b }),
			Examples: []string{
				`toscalar(datatable(x:long)[0x88888008, 0x42000000, 0x00767000, 0x00000005] | summarize binary_all_or(x)) == 0xCAFEF00D`,
				`toscalar(datatable(x:long)[5, long(null), 2] | summarize binary_all_or(x)) == 7`,
			},
		},
		{
			Sig:   "binary_all_xor(expr: summable): arg0",
			Doc:   "binary_all_xor combines the bits of all values by exclusive or. Nulls are left out; of nothing it is null.",
			Names: own,
			New:   prepareBits(func(a, b int64) int64 { return a ^ b }),
			Examples: []string{
				`toscalar(datatable(x:long)[0x44404440, 0x1E1E1E1E, 0x90ABBA09, 0x000B105A] | summarize binary_all_xor(x)) == 0xCAFEF00D`,
				`toscalar(datatable(x:long)[6, 6] | summarize binary_all_xor(x)) == 0`,
			},
		},
	}
}

func prepareBits(op func(a, b int64) int64) prepare {
	return overSummable(1, ofFirst(func(t scalar.Type) Accumulator { return &bitwise{op: op, result: t} }))
}

// bitwise folds whole numbers by an operation on their bits. A real or a
// decimal counts as the whole number that tolong() makes of it.
type bitwise struct {
	op     func(a, b int64) int64
	bits   int64
	seen   bool
	result scalar.Type
}

func (a *bitwise) Add(args []scalar.Value) {
	v := args[0]
	switch v.Kind() {
	case scalar.Int, scalar.Long, scalar.DateTime, scalar.TimeSpan:
		a.fold(whole(v))
	default:
		if n, ok := scalar.ToLong(v); ok {
			a.fold(n)
		}
	}
}

func (a *bitwise) fold(n int64) {
	if a.seen {
		n = a.op(a.bits, n)
	}
	a.bits, a.seen = n, true
}

func (a *bitwise) Merge(other Accumulator) {
	if o := other.(*bitwise); o.seen {
		a.fold(o.bits)
	}
}

func (a *bitwise) Result() scalar.Value {
	switch {
	case !a.seen:
		return scalar.Null(a.result)
	case a.result == scalar.Real || a.result == scalar.Decimal:
		return scalar.Convert(scalar.NewLong(a.bits), a.result)
	}
	return ofWhole(a.result, a.bits)
}

func (a *bitwise) Size() int { return 32 }

func (a *bitwise) MarshalBinary() ([]byte, error) {
	if !a.seen {
		return nil, nil
	}
	return binary.AppendVarint(nil, a.bits), nil
}

func (a *bitwise) UnmarshalBinary(b []byte) error {
	a.bits, a.seen = 0, len(b) > 0
	if !a.seen {
		return nil
	}
	in := reader{b: b}
	a.bits = in.int()
	return in.close()
}
