package scalar

import (
	"math"
	"strings"
)

// Value is one KQL scalar: a type, and a payload or null. A Value is 32 bytes,
// is passed by value and never boxed; the zero Value is no value at all.
//
// The payload lies in n (bool, int, long, real, datetime, timespan) or in s
// (string, decimal in its canonical text, the 16 bytes of a guid, the raw JSON
// text of an array or a bag). A dynamic value holds any of these payloads and
// kind says which; other types have their own type as kind. A null has kind
// NoType. A string is never null.
type Value struct {
	s    string
	n    uint64
	typ  Type
	kind Type
}

// Ticks since 0001-01-01T00:00:00 UTC; one tick is 100 ns.
type Instant int64

// Span is a length of time in ticks of 100 ns.
type Span int64

// UUID is the 16 bytes of a guid in the order of its text form.
type UUID [16]byte

// Null returns the null of t. The null of string is the empty string.
func Null(t Type) Value {
	if t == String {
		return Value{typ: String, kind: String}
	}
	return Value{typ: t}
}

// NewBool returns a bool.
func NewBool(b bool) Value {
	var n uint64
	if b {
		n = 1
	}
	return Value{typ: Bool, kind: Bool, n: n}
}

// NewInt returns an int.
func NewInt(i int32) Value { return Value{typ: Int, kind: Int, n: uint64(int64(i))} }

// NewLong returns a long.
func NewLong(i int64) Value { return Value{typ: Long, kind: Long, n: uint64(i)} }

// NewReal returns a real.
func NewReal(f float64) Value { return Value{typ: Real, kind: Real, n: math.Float64bits(f)} }

// NewDateTime returns a datetime.
func NewDateTime(t Instant) Value { return Value{typ: DateTime, kind: DateTime, n: uint64(t)} }

// NewTimeSpan returns a timespan.
func NewTimeSpan(d Span) Value { return Value{typ: TimeSpan, kind: TimeSpan, n: uint64(d)} }

// NewGuid returns a guid.
func NewGuid(g UUID) Value { return Value{typ: Guid, kind: Guid, s: string(g[:])} }

// NewString returns a string.
func NewString(s string) Value { return Value{typ: String, kind: String, s: s} }

// AsDynamic returns v as a dynamic that holds the same payload. A dynamic
// comes back unchanged; an int becomes a long, as JSON knows no int.
func (v Value) AsDynamic() Value {
	if v.kind == Int {
		v.kind = Long
	}
	v.typ = Dynamic
	return v
}

// Type returns the type of v.
func (v Value) Type() Type { return v.typ }

// Kind returns the kind of v's payload: v.Type() for all types but dynamic, and
// NoType for a null.
func (v Value) Kind() Type { return v.kind }

// IsNull reports whether v is null. A string never is.
func (v Value) IsNull() bool { return v.kind == NoType }

// IsTrue reports whether v holds the bool true; null is not true.
func (v Value) IsTrue() bool { return v.kind == Bool && v.n != 0 }

// Bool returns the payload of a bool; false for any other kind.
func (v Value) Bool() bool { return v.kind == Bool && v.n != 0 }

// Long returns the payload of an int or long.
func (v Value) Long() int64 { return int64(v.n) }

// Real returns the payload of a real.
func (v Value) Real() float64 { return math.Float64frombits(v.n) }

// DateTime returns the payload of a datetime.
func (v Value) DateTime() Instant { return Instant(v.n) }

// TimeSpan returns the payload of a timespan.
func (v Value) TimeSpan() Span { return Span(v.n) }

// Guid returns the payload of a guid.
func (v Value) Guid() (g UUID) { copy(g[:], v.s); return g }

// Str returns the payload of a string, and "" for any other kind. It does not
// convert: see ToString.
func (v Value) Str() string {
	if v.kind == String {
		return v.s
	}
	return ""
}

// JSON returns the raw text of an array or bag, and "" for any other kind: see
// AppendJSON for the JSON form of any value.
func (v Value) JSON() string {
	if v.kind == Array || v.kind == Bag {
		return v.s
	}
	return ""
}

// Clone returns v with a copy of its text, for whoever keeps a value that may lie
// in a buffer about to be reused.
func (v Value) Clone() Value {
	v.s = strings.Clone(v.s)
	return v
}

// Size is how many bytes v holds in memory.
func (v Value) Size() int { return 32 + len(v.s) }
