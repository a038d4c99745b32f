package eval

import (
	"cmp"
	"encoding/binary"
	"math"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// orderedRow is a row that is being sorted, with what decides most comparisons: a number that goes with its first key.
type orderedRow struct {
	prefix uint64
	nth    int // its place among the rows, which decides between equals
	row    []scalar.Value
}

// order compares two rows, of which the values of the keys begin at column n. No two rows are equal.
func order(keys []sortKey, n int, a, b *orderedRow) int {
	if a.prefix != b.prefix {
		return cmp.Compare(a.prefix, b.prefix)
	}
	if c := compareKeys(keys, a.row[n:], b.row[n:]); c != 0 {
		return c
	}
	return a.nth - b.nth
}

// prefix gives a number for a value of the key: a value that comes before another by compareKeys has no greater one.
func (k sortKey) prefix(v scalar.Value) uint64 {
	if low := lowness(v); low > 0 {
		if k.nullsFirst {
			return uint64(2 - low)
		}
		return math.MaxUint64 - 2 + uint64(low)
	}
	const sign = 1 << 63
	var n uint64
	switch v.Kind() {
	case scalar.Bool:
		if v.Bool() {
			n = sign
		}
	case scalar.Int, scalar.Long:
		n = uint64(v.Long()) ^ sign
	case scalar.DateTime:
		n = uint64(v.DateTime()) ^ sign
	case scalar.TimeSpan:
		n = uint64(v.TimeSpan()) ^ sign
	case scalar.Real:
		n = math.Float64bits(v.Real() + 0) // of -0 too, which equals 0
		if n&sign != 0 {
			n = ^n
		} else {
			n |= sign
		}
	case scalar.String:
		var first [8]byte
		copy(first[:], v.Str())
		n = binary.BigEndian.Uint64(first[:])
	default:
		return 2
	}
	if k.desc {
		n = ^n
	}
	return n>>1 + 2 // the least are left to nulls
}
