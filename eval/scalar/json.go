package scalar

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/tidwall/gjson"
)

// AppendJSON appends v as JSON. Datetimes (7 decimals), timespans, guids,
// decimals and the reals NaN, Infinity and -Infinity become strings; a real
// always shows a fraction; a null becomes null. The text of an array or a bag is
// made compact, its keys stay in their order.
func AppendJSON(b []byte, v Value) []byte {
	switch v.kind {
	case NoType:
		return append(b, "null"...)
	case String:
		return appendJSONString(b, v.s)
	case Bool:
		return strconv.AppendBool(b, v.Bool())
	case Real:
		if f := v.Real(); f-f == 0 {
			return appendJSONReal(b, f)
		}
	case Int, Long, Array, Bag:
		return AppendText(b, v)
	}
	b = append(b, '"')
	b = AppendText(b, v)
	return append(b, '"')
}

const hexDigits = "0123456789abcdef"

// appendJSONString appends s in quotes. Only what JSON demands is escaped; bytes
// that are not UTF-8 become U+FFFD.
func appendJSONString(b []byte, s string) []byte {
	b = append(b, '"')
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && size == 1 {
				b = append(append(b, s[start:i]...), "\uFFFD"...)
				start = i + 1
			}
			i += size
			continue
		}
		if c >= ' ' && c != '"' && c != '\\' {
			i++
			continue
		}
		b = append(append(b, s[start:i]...), '\\')
		switch c {
		case '"', '\\':
			b = append(b, c)
		case '\n':
			b = append(b, 'n')
		case '\r':
			b = append(b, 'r')
		case '\t':
			b = append(b, 't')
		case '\b':
			b = append(b, 'b')
		case '\f':
			b = append(b, 'f')
		default:
			b = append(b, 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		}
		i++
		start = i
	}
	return append(append(b, s[start:]...), '"')
}

// appendCompact appends the JSON text raw without white space, with numbers and
// strings in the one form AppendJSON gives them. It goes over the text token by
// token, so the depth of nesting costs nothing.
func appendCompact(b []byte, raw string) []byte {
	for i := 0; i < len(raw); {
		switch c := raw[i]; {
		case c == ' ' || c == '\n' || c == '\t' || c == '\r':
			i++
		case c == '"':
			end := stringEnd(raw, i)
			if token := raw[i:end]; strings.IndexByte(token, '\\') < 0 {
				b = append(b, token...)
			} else {
				b = appendJSONString(b, gjson.Parse(token).Str)
			}
			i = end
		case c == '-' || isDigit(c):
			end := i + 1
			for end < len(raw) && isNumberByte(raw[end]) {
				end++
			}
			b = AppendJSON(b, jsonNumber(raw[i:end]))
			i = end
		default:
			b = append(b, c)
			i++
		}
	}
	return b
}

// stringEnd returns the index behind the string that starts at raw[i].
func stringEnd(raw string, i int) int {
	for i++; i < len(raw); i++ {
		switch raw[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(raw)
}

func isNumberByte(c byte) bool {
	return isDigit(c) || c == '.' || c == 'e' || c == 'E' || c == '+' || c == '-'
}

// jsonNumber returns a JSON number as a dynamic: a long if it is written as a
// whole number and fits, else a real.
func jsonNumber(s string) Value {
	if !strings.ContainsAny(s, ".eE") {
		if n, err := strconv.ParseInt(s, 10, 64); err == nil {
			return NewLong(n).AsDynamic()
		}
	}
	f, _ := strconv.ParseFloat(s, 64) // beyond the range is the infinity
	return NewReal(f).AsDynamic()
}
