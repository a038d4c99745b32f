package scalar

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// indexFold returns where needle first occurs in s[from:], ignoring case, as a
// start and an end in s; -1, -1 if it does not. The occurrence may have another
// length than needle: U+212A, the Kelvin sign, is a k.
func indexFold(s, needle string, from int) (start, end int) {
	if needle == "" {
		return from, from
	}
	c := needle[0]
	if c >= utf8.RuneSelf {
		return indexFoldRunes(s, needle, from)
	}
	// The first character has two forms of one byte at most, and seldom one more,
	// each of which an index function finds many bytes at a time.
	lower, upper, wide := c, c, wideForm(c)
	if isLetter(c) {
		lower, upper = c|0x20, c&^0x20
	}
	nextLower, nextUpper, nextWide := -1, -1, -1
	for i := from; ; i++ {
		if nextLower < i {
			nextLower = indexByteFrom(s, lower, i)
		}
		if lower == upper {
			nextUpper = nextLower
		} else if nextUpper < i {
			nextUpper = indexByteFrom(s, upper, i)
		}
		if wide == "" {
			nextWide = len(s)
		} else if nextWide < i {
			nextWide = indexFrom(s, wide, i)
		}
		if i = min(nextLower, nextUpper, nextWide); i == len(s) {
			return -1, -1
		}
		if n := prefixFold(s[i:], needle); n >= 0 {
			return i, i + n
		}
	}
}

// indexFrom returns the index of the first t in s[from:], or len(s).
func indexFrom(s, t string, from int) int {
	if i := strings.Index(s[from:], t); i >= 0 {
		return from + i
	}
	return len(s)
}

// indexByteFrom returns the index of the first c in s[from:], or len(s).
func indexByteFrom(s string, c byte, from int) int {
	if i := strings.IndexByte(s[from:], c); i >= 0 {
		return from + i
	}
	return len(s)
}

// wideForm returns the one character outside ASCII that folds to c, if there is
// one: the Kelvin sign for k and the long s for s.
func wideForm(c byte) string {
	switch c | 0x20 {
	case 'k':
		return "\u212A"
	case 's':
		return "\u017F"
	}
	return ""
}

// indexFoldRunes is indexFold for needles whose first character has forms of
// several bytes.
func indexFoldRunes(s, needle string, from int) (start, end int) {
	for i := from; i < len(s); {
		if n := prefixFold(s[i:], needle); n >= 0 {
			return i, i + n
		}
		_, size := firstRune(s[i:])
		i += size
	}
	return -1, -1
}

// prefixFold returns the length of the prefix of s that equals prefix but for
// case, or -1.
func prefixFold(s, prefix string) int {
	i := 0
	for j := 0; j < len(prefix); {
		if i == len(s) {
			return -1
		}
		c, d := s[i], prefix[j]
		if c < utf8.RuneSelf && d < utf8.RuneSelf {
			if c != d && (c^d != 0x20 || !isLetter(c)) {
				return -1
			}
			i++
			j++
			continue
		}
		r, n := firstRune(s[i:])
		q, m := firstRune(prefix[j:])
		if r != q && !foldsTo(r, q) {
			return -1
		}
		i += n
		j += m
	}
	return i
}

// foldsTo reports whether r and q, which differ, are cases of one character.
func foldsTo(r, q rune) bool {
	if r < utf8.RuneSelf && q < utf8.RuneSelf {
		return r^q == 0x20 && isLetter(byte(r))
	}
	if r > unicode.MaxRune || q > unicode.MaxRune {
		return false
	}
	for c := unicode.SimpleFold(r); c != r; c = unicode.SimpleFold(c) {
		if c == q {
			return true
		}
	}
	return false
}

// firstRune decodes the first character of s. A byte that is not UTF-8 comes as
// a number beyond all characters, so that it equals only itself.
func firstRune(s string) (rune, int) {
	r, size := utf8.DecodeRuneInString(s)
	if r == utf8.RuneError && size == 1 {
		r = unicode.MaxRune + 1 + rune(s[0])
	}
	return r, size
}

// lastRune decodes the last character of s, as firstRune does the first.
func lastRune(s string) (rune, int) {
	r, size := utf8.DecodeLastRuneInString(s)
	if r == utf8.RuneError && size == 1 {
		r = unicode.MaxRune + 1 + rune(s[len(s)-1])
	}
	return r, size
}
