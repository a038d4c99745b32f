package scalar

import (
	"math"
	"strconv"
	"strings"
)

// Convert returns v as to, as tobool(), tolong(), todatetime(), tostring() and
// the other conversion functions do. What does not convert gives the null of to,
// which for a string is "". Text is read, but not as JSON: converting a string to
// dynamic gives a dynamic string; see ParseJSON.
//
// Source: Kusto docs, "tobool()", "toint()", "todatetime()" and their like.
func Convert(v Value, to Type) Value {
	if v.typ == to {
		return v
	}
	switch to {
	case Bool:
		if b, ok := ToBool(v); ok {
			return NewBool(b)
		}
	case Int:
		if n, ok := ToLong(v); ok && n == int64(int32(n)) {
			return NewInt(int32(n))
		}
	case Long:
		if n, ok := ToLong(v); ok {
			return NewLong(n)
		}
	case Real:
		if f, ok := ToReal(v); ok {
			return NewReal(f)
		}
	case Decimal:
		if d, ok := ToDecimal(v); ok {
			return NewDecimal(d)
		}
	case DateTime:
		if t, ok := ToDateTime(v); ok {
			return NewDateTime(t)
		}
	case TimeSpan:
		if d, ok := ToTimeSpan(v); ok {
			return NewTimeSpan(d)
		}
	case Guid:
		if g, ok := ToGuid(v); ok {
			return NewGuid(g)
		}
	case String:
		return NewString(ToString(v))
	case Dynamic:
		return v.AsDynamic()
	}
	return Null(to)
}

// Coerce returns v as to where KQL converts by itself: between numbers (null if
// out of range), to dynamic, and from a dynamic of a fitting kind. Text is not
// read. Anything else gives the null of to.
func Coerce(v Value, to Type) Value {
	switch {
	case v.typ == to:
		return v
	case to == Dynamic:
		return v.AsDynamic()
	case v.kind == to:
		v.typ = to
		return v
	case v.kind.Numeric() && to.Numeric():
		return Convert(v, to)
	}
	return Null(to)
}

// ToBool returns tobool(v): a number is true unless it is 0, and text is true or
// false in any case of its letters.
func ToBool(v Value) (b, ok bool) {
	switch v.kind {
	case Bool:
		return v.Bool(), true
	case Int, Long:
		return v.n != 0, true
	case Real:
		return v.Real() != 0, true
	case Decimal:
		return v.Decimal().Sign() != 0, true
	case String:
		text := strings.TrimSpace(v.s)
		b = strings.EqualFold(text, "true")
		return b, b || strings.EqualFold(text, "false")
	}
	return false, false
}

// ToLong returns tolong(v): fractions of a number are cut off, a datetime or
// timespan gives its ticks, and text is a whole number, decimal or hexadecimal
// with 0x.
func ToLong(v Value) (int64, bool) {
	switch v.kind {
	case Bool, Int, Long, DateTime, TimeSpan:
		return v.Long(), true
	case Real:
		return ticksOf(v.Real())
	case Decimal:
		return v.Decimal().Long()
	case String:
		return parseLong(v.s)
	}
	return 0, false
}

func parseLong(s string) (int64, bool) {
	s = strings.TrimSpace(s)
	if len(s) > 2 && s[0] == '0' && s[1]|0x20 == 'x' {
		n, err := strconv.ParseUint(s[2:], 16, 64) // 0xffffffffffffffff is -1
		return int64(n), err == nil
	}
	if s == "" || !isDigit(s[len(s)-1]) { // spares the allocation of an error for most text
		return 0, false
	}
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil
}

// ToReal returns toreal(v). Text is a number in decimal digits, NaN, or an
// infinity (inf, Infinity) with its sign.
func ToReal(v Value) (float64, bool) {
	switch v.kind {
	case Bool, Int, Long, DateTime, TimeSpan:
		return float64(v.Long()), true
	case Real:
		return v.Real(), true
	case Decimal:
		return v.Decimal().Real(), true
	case String:
		return parseReal(v.s)
	}
	return 0, false
}

func parseReal(s string) (float64, bool) {
	s = strings.TrimSpace(s)
	if !plainNumber(s) {
		word := strings.TrimLeft(s, "+-")
		switch {
		case strings.EqualFold(word, "nan") && word == s:
			return math.NaN(), true
		case len(s)-len(word) > 1, !strings.EqualFold(word, "inf") && !strings.EqualFold(word, "infinity"):
			return 0, false
		case s[0] == '-':
			return math.Inf(-1), true
		}
		return math.Inf(1), true
	}
	f, _ := strconv.ParseFloat(s, 64) // beyond the range is the infinity
	return f, true
}

// ToDecimal returns todecimal(v). A real shows all its 17 digits.
func ToDecimal(v Value) (Dec, bool) {
	switch v.kind {
	case Bool, Int, Long, DateTime, TimeSpan:
		return DecFromLong(v.Long()), true
	case Real:
		return DecFromReal(v.Real())
	case Decimal:
		return v.Decimal(), true
	case String:
		return ParseDecimal(v.s)
	}
	return Dec{}, false
}

// ToDateTime returns todatetime(v): text as ParseDateTime reads it, a number as
// ticks.
func ToDateTime(v Value) (Instant, bool) {
	switch v.kind {
	case DateTime:
		return v.DateTime(), true
	case String:
		return ParseDateTime(v.s)
	case Int, Long, Real, Decimal, TimeSpan:
		n, ok := ToLong(v)
		return Instant(n), ok && Instant(n).Valid()
	}
	return 0, false
}

// ToTimeSpan returns totimespan(v): text as ParseTimeSpan reads it, a number as
// ticks.
func ToTimeSpan(v Value) (Span, bool) {
	switch v.kind {
	case TimeSpan:
		return v.TimeSpan(), true
	case String:
		return ParseTimeSpan(v.s)
	case Int, Long, Real, Decimal:
		n, ok := ToLong(v)
		return Span(n), ok
	}
	return 0, false
}

// ToGuid returns toguid(v).
func ToGuid(v Value) (UUID, bool) {
	switch v.kind {
	case Guid:
		return v.Guid(), true
	case String:
		return ParseGuid(v.s)
	}
	return UUID{}, false
}
