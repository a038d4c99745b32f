package scalar

import (
	"encoding/binary"
	"math"

	"github.com/cespare/xxhash/v2"
)

// XXHash64 returns hash(v): xxHash64 with seed 0 over the bytes of a string or
// the 8 little-endian bytes of a long or of a datetime's ticks. Those are
// measured; other fixed-size types follow the same pattern, a decimal, array or
// bag gives the hash of its text, and a null that of no bytes.
//
// Source: Kusto docs, "hash_xxhash64()".
func XXHash64(v Value) int64 {
	switch v.kind {
	case String:
		return int64(xxhash.Sum64String(v.s))
	case Bool, Int, Long, Real, DateTime, TimeSpan:
		var b [8]byte
		binary.LittleEndian.PutUint64(b[:], v.n)
		return int64(xxhash.Sum64(b[:]))
	case Guid:
		b := v.Guid()
		return int64(xxhash.Sum64(b[:]))
	}
	var room [64]byte
	return int64(xxhash.Sum64(AppendText(room[:0], v)))
}

// AppendKey appends bytes that stand for v as a key of group-by, join or
// distinct. Keys of values of one type are equal just when the values are, with
// all NaN alike and all nulls alike; whole numbers of any type have one key. A
// key ends by itself, so keys of several columns may follow one another.
func AppendKey(b []byte, v Value) []byte {
	switch v.kind {
	case NoType:
		return append(b, byte(NoType))
	case Int, Long:
		return appendFixed(b, Long, v.n)
	case Real:
		f := v.Real()
		if n, ok := ticksOf(f); ok && float64(n) == f {
			return appendFixed(b, Long, uint64(n))
		}
		if f != f {
			f = math.NaN()
		}
		return appendFixed(b, Real, math.Float64bits(f))
	case Decimal:
		if n, ok := v.Decimal().wholeLong(); ok {
			return appendFixed(b, Long, uint64(n))
		}
		return appendSized(b, Decimal, v.s)
	case Bool, DateTime, TimeSpan:
		return appendFixed(b, v.kind, v.n)
	case Guid:
		return append(append(b, byte(Guid)), v.s...)
	case Array, Bag:
		start := len(b)
		b = append(b, byte(v.kind))
		b = appendCompact(append(b, make([]byte, 8)...), v.s)
		binary.LittleEndian.PutUint64(b[start+1:], uint64(len(b)-start-9))
		return b
	}
	return appendSized(b, v.kind, v.s)
}

func appendFixed(b []byte, kind Type, n uint64) []byte {
	return binary.LittleEndian.AppendUint64(append(b, byte(kind)), n)
}

func appendSized(b []byte, kind Type, s string) []byte {
	return append(binary.AppendUvarint(append(b, byte(kind)), uint64(len(s))), s...)
}
