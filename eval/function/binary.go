package function

import (
	"math/bits"
)

// binaryFunctions work on the bits of whole numbers.
func binaryFunctions() []Function {
	first := NameRule{Kind: FirstArgument}
	return []Function{
		{
			Sig:      "binary_and(value1: integer, value2: integer): long",
			Doc:      "The bits that are set in both numbers.",
			Names:    first,
			Impl:     F2(func(a, b int64) int64 { return a & b }),
			Examples: []string{`binary_and(6, 3) == 2`, `isnull(binary_and(6, long(null)))`},
		},
		{
			Sig:      "binary_or(value1: integer, value2: integer): long",
			Doc:      "The bits that are set in either number.",
			Names:    first,
			Impl:     F2(func(a, b int64) int64 { return a | b }),
			Examples: []string{`binary_or(5, 3) == 7`, `binary_or(0, 0) == 0`},
		},
		{
			Sig:      "binary_xor(value1: integer, value2: integer): long",
			Doc:      "The bits that are set in one number and not in the other.",
			Names:    first,
			Impl:     F2(func(a, b int64) int64 { return a ^ b }),
			Examples: []string{`binary_xor(1, 1) == 0`, `binary_xor(1, 2) == 3`},
		},
		{
			Sig:      "binary_not(value: integer): long",
			Doc:      "All 64 bits the other way round.",
			Names:    first,
			Impl:     F1(func(a int64) int64 { return ^a }),
			Examples: []string{`binary_not(100) == -101`, `binary_not(-1) == 0`},
		},
		{
			Sig:      "binary_shift_left(value: integer, shift: integer): long",
			Doc:      "The bits moved up by so many places, counted modulo 64; null if the number of places is negative.",
			Names:    first,
			Impl:     N2(func(a, n int64) (int64, bool) { return a << (n & 63), n >= 0 }),
			Examples: []string{`binary_shift_left(1, 2) == 4`, `binary_shift_left(1, 64) == 1`, `isnull(binary_shift_left(1, -1))`},
		},
		{
			Sig:      "binary_shift_right(value: integer, shift: integer): long",
			Doc:      "The bits moved down by so many places, counted modulo 64, with the sign kept; null if the number of places is negative.",
			Names:    first,
			Impl:     N2(func(a, n int64) (int64, bool) { return a >> (n & 63), n >= 0 }),
			Examples: []string{`binary_shift_right(8, 2) == 2`, `binary_shift_right(1, 64) == 1`, `isnull(binary_shift_right(1, -1))`},
		},
		{
			Sig:      "bitset_count_ones(value: integer): long",
			Doc:      "How many of the 64 bits are set.",
			Names:    first,
			Impl:     F1(func(a int64) int64 { return int64(bits.OnesCount64(uint64(a))) }),
			Examples: []string{`bitset_count_ones(42) == 3`, `bitset_count_ones(-1) == 64`},
		},
	}
}
