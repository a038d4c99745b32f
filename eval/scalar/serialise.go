package scalar

import (
	"encoding/binary"
	"errors"
)

var errBinary = errors.New("scalar: not the binary form of a value")

// AppendBinary appends v in a form that DecodeBinary reads, type and kind
// included.
func (v Value) AppendBinary(b []byte) []byte {
	b = append(b, byte(v.typ))
	switch v.kind {
	case NoType:
		return append(b, byte(NoType))
	case Bool, Int, Long, Real, DateTime, TimeSpan:
		return appendFixed(b, v.kind, v.n)
	}
	return appendSized(b, v.kind, v.s)
}

// DecodeBinary reads a value that AppendBinary wrote, and returns what follows it
// in b. Bytes that AppendBinary does not write give an error.
func DecodeBinary(b []byte) (v Value, rest []byte, err error) {
	if len(b) < 2 {
		return Value{}, b, errBinary
	}
	v, rest = Value{typ: Type(b[0]), kind: Type(b[1])}, b[2:]
	switch v.kind {
	case NoType:
	case Bool, Int, Long, Real, DateTime, TimeSpan:
		if len(rest) < 8 {
			return Value{}, b, errBinary
		}
		v.n, rest = binary.LittleEndian.Uint64(rest), rest[8:]
	default:
		size, n := binary.Uvarint(rest)
		if n <= 0 || size > uint64(len(rest)-n) {
			return Value{}, b, errBinary
		}
		v.s, rest = string(rest[n:n+int(size)]), rest[n+int(size):]
	}
	if !v.wellFormed() {
		return Value{}, b, errBinary
	}
	return v, rest, nil
}

// wellFormed reports whether the constructors of this package can make v.
func (v Value) wellFormed() bool {
	if v.typ > Dynamic || v.kind > Bag || v.typ != v.kind && v.typ != Dynamic && v.kind != NoType {
		return false
	}
	switch v.kind {
	case NoType:
		return v.typ != String
	case Bool:
		return v.n <= 1
	case Int:
		return v.typ == Int && v.Long() == int64(int32(v.Long()))
	case DateTime:
		return v.DateTime().Valid()
	case Decimal:
		d, ok := ParseDecimal(v.Decimal().String())
		return ok && d == v.Decimal()
	case Guid:
		return len(v.s) == len(UUID{})
	case Array, Bag:
		// Between its brackets the text is what a record had there, JSON or not.
		first, last := byte('['), byte(']')
		if v.kind == Bag {
			first, last = '{', '}'
		}
		return len(v.s) > 1 && v.s[0] == first && v.s[len(v.s)-1] == last && !tooDeep(v.s)
	case Dynamic:
		return false
	}
	return true
}
