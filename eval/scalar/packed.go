package scalar

import (
	"encoding/binary"
	"unsafe"
)

// The first byte of a packed value: the kind in the low bits, and what else there is to say of it.
const (
	packedKind    = 0x0f
	packedDynamic = 0x10 // the type is dynamic
	packedNull    = 0x20 // the low bits are the type of a null
	packedTrue    = 0x40
)

// AppendPacked appends v in few bytes, for files that the same process reads again by Unpack: numbers of varying length, texts
// behind their length. See AppendBinary for a form that may come from elsewhere.
func (v Value) AppendPacked(b []byte) []byte {
	if v.kind == NoType {
		return append(b, packedNull|byte(v.typ))
	}
	tag := byte(v.kind)
	if v.typ == Dynamic {
		tag |= packedDynamic
	}
	switch v.kind {
	case Bool:
		if v.n != 0 {
			tag |= packedTrue
		}
		return append(b, tag)
	case Int, Long, DateTime, TimeSpan:
		return binary.AppendVarint(append(b, tag), int64(v.n))
	case Real:
		return binary.LittleEndian.AppendUint64(append(b, tag), v.n)
	}
	return append(binary.AppendUvarint(append(b, tag), uint64(len(v.s))), v.s...)
}

// Unpack reads a value that AppendPacked wrote at the start of b, and returns what follows it. The text of the value is that of
// b, not a copy, and good as long as b is not written to. ok is false where b is cut off; what is not AppendPacked's
// otherwise gives an unspecified value.
func Unpack(b []byte) (v Value, rest []byte, ok bool) {
	if len(b) == 0 {
		return v, b, false
	}
	tag, rest := b[0], b[1:]
	if tag&packedNull != 0 {
		return Value{typ: min(Type(tag&packedKind), Dynamic)}, rest, true
	}
	v.kind = min(Type(tag&packedKind), Bag)
	v.typ = v.kind
	if tag&packedDynamic != 0 {
		v.typ = Dynamic
	}
	switch v.kind {
	case Bool:
		if tag&packedTrue != 0 {
			v.n = 1
		}
		return v, rest, true
	case Int, Long, DateTime, TimeSpan:
		i, n := binary.Varint(rest)
		if n <= 0 {
			return Value{}, b, false
		}
		v.n = uint64(i)
		return v, rest[n:], true
	case Real:
		if len(rest) < 8 {
			return Value{}, b, false
		}
		v.n = binary.LittleEndian.Uint64(rest)
		return v, rest[8:], true
	}
	size, n := binary.Uvarint(rest)
	if n <= 0 || size > uint64(len(rest)-n) {
		return Value{}, b, false
	}
	if size > 0 {
		v.s = unsafe.String(&rest[n], int(size))
	}
	return v, rest[n+int(size):], true
}

// CloneAll puts a copy of each value, with a text of its own, in the value's place. All texts share one allocation.
func CloneAll(values []Value) {
	size := 0
	for i := range values {
		size += len(values[i].s)
	}
	if size == 0 {
		return
	}
	text := make([]byte, 0, size)
	for i := range values {
		if s := values[i].s; s != "" {
			start := len(text)
			text = append(text, s...)
			values[i].s = unsafe.String(&text[start], len(s))
		}
	}
}
