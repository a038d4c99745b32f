package aggregate

import "github.com/seed-2512943d/picket/eval/scalar"

// Fixed reports whether accumulators like acc hold the same number of bytes whatever they are given, so that Size need be asked once.
func Fixed(acc Accumulator) bool {
	switch acc := acc.(type) {
	case *rows, *wholeSum, *realSum, *wholeMean, *bitwise, *spread, *cospread:
		return true
	case *extreme:
		switch acc.value.Type() {
		case scalar.Bool, scalar.Int, scalar.Long, scalar.Real, scalar.DateTime, scalar.TimeSpan:
			return true
		}
	case *filtered:
		return Fixed(acc.Accumulator)
	}
	return false
}

// MergesExactly reports whether accumulators like acc, each given some of the rows, merge into what one that is given all rows is.
// That does not hold where the order of additions shows in the last digits of a result.
func MergesExactly(acc Accumulator) bool {
	switch acc := acc.(type) {
	case *realSum, *decimalSum, *spread, *cospread, *tdigest, *digestMerge:
		return false
	case *filtered:
		return MergesExactly(acc.Accumulator)
	}
	return true
}

// AnyOrder reports whether accumulators like acc come to the same in whatever order they are given the rows, and merged.
func AnyOrder(acc Accumulator) bool {
	switch acc := acc.(type) {
	case *rows, *wholeSum, *wholeMean, *bitwise, *distinct, *dcount, *hll:
		return true
	case *extreme:
		switch acc.value.Type() { // equal reals, or decimals, need not look the same
		case scalar.Bool, scalar.Int, scalar.Long, scalar.DateTime, scalar.TimeSpan, scalar.String:
			return true
		}
	case *filtered:
		return AnyOrder(acc.Accumulator)
	}
	return false
}
