package kql

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// typedLiterals are the keywords of typed literals such as datetime(…), with the kind of each.
var typedLiterals = map[string]LiteralKind{
	"bool": Bool,
	"int":  Int, "int32": Int,
	"long": Long, "int64": Long,
	"real": Real, "double": Real,
	"decimal":  Decimal,
	"datetime": DateTime, "date": DateTime,
	"timespan": TimeSpan, "time": TimeSpan,
	"guid": Guid,
}

// String names the type: bool, int, long, real, decimal, datetime, timespan, guid or string.
func (k LiteralKind) String() string {
	return [...]string{"bool", "int", "long", "real", "decimal", "datetime", "timespan", "guid", "string"}[k]
}

// IsNull tells whether the literal is the null of its type, such as int(null).
func (l *Literal) IsNull() bool { return l.Typed != "" && l.Value == "null" }

// IsNow tells whether the literal is datetime() or datetime(now), the time of the query.
func (l *Literal) IsNow() bool {
	return l.Kind == DateTime && (l.Value == "" || l.Value == "now")
}

// Bool is the value of a bool literal: true, false, or a number.
func (l *Literal) Bool() (bool, error) {
	switch strings.ToLower(l.Value) {
	case "true":
		return true, nil
	case "false":
		return false, nil
	}
	n, err := strconv.ParseInt(l.Value, 0, 64)
	if err != nil {
		return false, l.malformed()
	}
	return n != 0, nil
}

// Int is the value of an int or long literal: decimal or hexadecimal digits with perhaps a sign, min or max.
func (l *Literal) Int() (int64, error) {
	lowest, highest, bits := int64(math.MinInt64), int64(math.MaxInt64), 64
	if l.Kind == Int {
		lowest, highest, bits = math.MinInt32, math.MaxInt32, 32
	}
	switch l.Value {
	case "min":
		return lowest, nil
	case "max":
		return highest, nil
	}
	text, negative := signed(l.Value)
	base := 10
	if len(text) > 2 && (text[:2] == "0x" || text[:2] == "0X") {
		text, base = text[2:], 16
	}
	if text == "" || text[0] == '+' || text[0] == '-' {
		return 0, l.malformed()
	}
	if base == 16 && !negative {
		n, err := strconv.ParseUint(text, 16, bits)
		if err != nil {
			return 0, l.malformed()
		}
		if bits == 32 {
			return int64(int32(n)), nil
		}
		return int64(n), nil
	}
	if negative {
		text = "-" + text
	}
	n, err := strconv.ParseInt(text, base, bits)
	if err != nil {
		return 0, l.malformed()
	}
	return n, nil
}

// Float is the value of a real literal; nan, inf, +inf, -inf, min and max are values too.
func (l *Literal) Float() (float64, error) {
	switch strings.ToLower(l.Value) {
	case "nan":
		return math.NaN(), nil
	case "inf", "+inf":
		return math.Inf(1), nil
	case "-inf":
		return math.Inf(-1), nil
	case "min":
		return -math.MaxFloat64, nil
	case "max":
		return math.MaxFloat64, nil
	}
	if strings.Trim(l.Value, "+-.0123456789eE") != "" {
		return 0, l.malformed()
	}
	f, err := strconv.ParseFloat(l.Value, 64)
	if err != nil && !math.IsInf(f, 0) {
		return 0, l.malformed()
	}
	return f, nil
}

// Ticks is the value of a datetime literal in ticks of 100 ns since 0001-01-01 UTC, or of a timespan literal in
// ticks. Text that means no time is an error: see the page "The datetime data type".
func (l *Literal) Ticks() (int64, error) {
	var ticks int64
	var ok bool
	if l.Kind == DateTime {
		ticks, ok = parseDateTime(l.Value)
	} else {
		ticks, ok = parseTimeSpan(l.Value)
	}
	if !ok {
		return 0, l.malformed()
	}
	return ticks, nil
}

// Text is the value of a string, guid or decimal literal as text.
func (l *Literal) Text() string { return l.Value }

func (l *Literal) malformed() *Error {
	return &Error{Code: "KS004", Span: l.Span(), Message: fmt.Sprintf("Malformed %s literal %s", l.Kind, l.Raw)}
}

func signed(text string) (digits string, negative bool) {
	switch {
	case strings.HasPrefix(text, "-"):
		return text[1:], true
	case strings.HasPrefix(text, "+"):
		return text[1:], false
	}
	return text, false
}

// decodeString turns one string token, with its prefixes and quotes, into the text it stands for.
func decodeString(raw string) (text string, hidden bool) {
	if raw != "" && (raw[0] == 'h' || raw[0] == 'H') {
		raw, hidden = raw[1:], true
	}
	switch {
	case strings.HasPrefix(raw, "```"), strings.HasPrefix(raw, "~~~"):
		return raw[3 : len(raw)-3], hidden
	case strings.HasPrefix(raw, "@"):
		quote := raw[1:2]
		return strings.ReplaceAll(raw[2:len(raw)-1], quote+quote, quote), hidden
	}
	raw = raw[1 : len(raw)-1]
	if strings.IndexByte(raw, '\\') < 0 {
		return raw, hidden
	}
	return unescape(raw), hidden
}

// unescape decodes the escapes of a string.
func unescape(raw string) string {
	var b strings.Builder
	b.Grow(len(raw))
	var high rune // the first half of a surrogate pair, \uD83D\uDE00
	for i := 0; i < len(raw); {
		if raw[i] != '\\' {
			b.WriteByte(raw[i])
			i++
			continue
		}
		n := escapeLength(raw[i:])
		if n == 0 { // the lexer has reported it
			i++
			continue
		}
		r := unescapeOne(raw[i : i+n])
		i += n
		switch {
		case 0xD800 <= r && r < 0xDC00 && i+1 < len(raw) && raw[i] == '\\' && raw[i+1] == 'u':
			high = r
			continue
		case high != 0 && 0xDC00 <= r && r < 0xE000:
			r = (high-0xD800)<<10 + (r - 0xDC00) + 0x10000
		case high != 0:
			b.WriteRune(high)
		}
		high = 0
		b.WriteRune(r)
	}
	return b.String()
}

func unescapeOne(escape string) rune {
	switch escape[1] {
	case 'a':
		return '\a'
	case 'b':
		return '\b'
	case 'f':
		return '\f'
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	case 'v':
		return '\v'
	case 'u', 'U', 'x':
		n, _ := strconv.ParseUint(escape[2:], 16, 32) // escapeLength has seen the digits
		return rune(n)
	case '0', '1', '2', '3', '4', '5', '6', '7':
		n, _ := strconv.ParseUint(escape[1:], 8, 32)
		return rune(n)
	}
	return rune(escape[1])
}

// escapeLength is the length of the escape at the start of text, a backslash; 0 if it is none.
func escapeLength(text string) int {
	if len(text) < 2 {
		return 0
	}
	switch c := text[1]; c {
	case '\\', '\'', '"', 'a', 'b', 'f', 'n', 'r', 't', 'v':
		return 2
	case 'u':
		return hexEscape(text, 4)
	case 'U':
		return hexEscape(text, 8)
	case 'x':
		return hexEscape(text, 2)
	default:
		n := 1
		for n < len(text) && n < 4 && '0' <= text[n] && text[n] <= '7' {
			n++
		}
		if n == 1 || n == 4 && text[1] > '3' {
			return 0
		}
		return n
	}
}

func hexEscape(text string, digits int) int {
	if len(text) < 2+digits {
		return 0
	}
	for _, c := range []byte(text[2 : 2+digits]) {
		if !isHex(c) {
			return 0
		}
	}
	return 2 + digits
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// splitTyped parts a typed literal into its keyword and the text in its parentheses, decoded if it is a string.
func splitTyped(raw string) (keyword, value string) {
	keyword, value, _ = strings.Cut(raw, "(")
	value = strings.TrimSpace(strings.TrimSuffix(value, ")"))
	if startsString(value) && strings.HasSuffix(value, value[len(value)-1:]) && len(value) > 1 {
		if quote := strings.TrimLeft(value, "@")[0]; value[len(value)-1] == quote && strings.Count(value, string(rune(quote))) == 2 {
			value, _ = decodeString(value)
		}
	}
	return keyword, value
}
