package scalar

import "strings"

// ParseGuid reads a guid: 32 hexadecimal digits in either case. Hyphens may
// stand anywhere between them, and braces or parentheses around the whole.
//
// Source: Kusto docs, "toguid()".
func ParseGuid(s string) (UUID, bool) {
	s = strings.TrimSpace(s)
	if n := len(s); n >= 2 && (s[0] == '{' && s[n-1] == '}' || s[0] == '(' && s[n-1] == ')') {
		s = s[1 : n-1]
	}
	var g UUID
	digits := 0
	for i := 0; i < len(s); i++ {
		if s[i] == '-' && i > 0 && i < len(s)-1 {
			continue
		}
		d, ok := hexDigit(s[i])
		if !ok || digits == 2*len(g) {
			return UUID{}, false
		}
		g[digits/2] = g[digits/2]<<4 | d
		digits++
	}
	return g, digits == 2*len(g)
}

func hexDigit(c byte) (byte, bool) {
	switch {
	case '0' <= c && c <= '9':
		return c - '0', true
	case 'a' <= c && c <= 'f':
		return c - 'a' + 10, true
	case 'A' <= c && c <= 'F':
		return c - 'A' + 10, true
	}
	return 0, false
}

// String returns the lower-case text with hyphens, such as
// "10e99626-bc2b-4c75-bb3e-fe606de25700".
func (g UUID) String() string { return string(appendGuid(nil, g)) }

func appendGuid(b []byte, g UUID) []byte {

	for i, c := range g {
		if i == 4 || i == 6 || i == 8 || i == 10 {
			b = append(b, '-')
		}
		b = append(b, hexDigits[c>>4], hexDigits[c&15])
	}
	return b
}
