package scalar

import (
	"math"
	"strconv"
)

// ToString returns tostring(v): the text of a value, "" for a null. A string
// comes back as it is; an array or bag as compact JSON.
//
// Source: Kusto docs, "tostring()".
func ToString(v Value) string {
	if v.kind == String {
		return v.s
	}
	var room [64]byte
	return string(AppendText(room[:0], v))
}

// AppendText appends tostring(v) to b.
func AppendText(b []byte, v Value) []byte {
	switch v.kind {
	case String:
		return append(b, v.s...)
	case Bool:
		return appendBool(b, v)
	case Int, Long:
		return strconv.AppendInt(b, v.Long(), 10)
	case Real:
		if v.typ == Dynamic {
			return appendJSONReal(b, v.Real())
		}
		return appendReal(b, v.Real())
	case Decimal:
		return append(b, v.Decimal().String()...)
	case DateTime:
		return AppendDateTime(b, v.DateTime(), true)
	case TimeSpan:
		return AppendTimeSpan(b, v.TimeSpan())
	case Guid:
		return appendGuid(b, v.Guid())
	case Array, Bag:
		return appendCompact(b, v.s)
	}
	return b
}

// appendBool appends True or False, as a bool column reads, or for a dynamic the
// lower-case JSON word.
func appendBool(b []byte, v Value) []byte {
	switch {
	case v.typ == Dynamic:
		return strconv.AppendBool(b, v.Bool())
	case v.Bool():
		return append(b, "True"...)
	}
	return append(b, "False"...)
}

// FormatReal returns the text of a real as tostring() gives it: the fewest digits
// that read back as f, no point in a whole number, and an exponent of at least
// two digits below 1E-05 and from 1E+15 on, as .NET prints a double. The engine's
// form of whole and of very large numbers is not measured; it is decided here
// alone.
func FormatReal(f float64) string {
	var room [32]byte
	return string(appendReal(room[:0], f))
}

func appendReal(b []byte, f float64) []byte {
	switch {
	case math.IsNaN(f):
		return append(b, "NaN"...)
	case math.IsInf(f, 1):
		return append(b, "Infinity"...)
	case math.IsInf(f, -1):
		return append(b, "-Infinity"...)
	case f == 0 || math.Abs(f) >= 1e-4 && math.Abs(f) < 1e15:
		return strconv.AppendFloat(b, f, 'f', -1, 64)
	}
	return strconv.AppendFloat(b, f, 'E', -1, 64)
}

// appendJSONReal appends a real as dynamic values print it: always with a
// fraction or an exponent, so that it reads back as a real.
func appendJSONReal(b []byte, f float64) []byte {
	size := math.Abs(f)
	switch {
	case math.IsNaN(f) || size > math.MaxFloat64:
		return appendReal(b, f)
	case f != 0 && (size < 1e-6 || size >= 1e21):
		return strconv.AppendFloat(b, f, 'e', -1, 64)
	}
	start := len(b)
	b = strconv.AppendFloat(b, f, 'f', -1, 64)
	for _, c := range b[start:] {
		if c == '.' {
			return b
		}
	}
	return append(b, ".0"...)
}
