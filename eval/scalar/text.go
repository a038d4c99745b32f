package scalar

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The predicates of strings. Those without CS in their name ignore case by
// Unicode simple folding; none allocates. A term is a run of letters and digits.
//
// Source: Kusto docs, "String operators".

// EqualFold reports s =~ t.
func EqualFold(s, t string) bool { return strings.EqualFold(s, t) }

// Contains reports s contains_cs needle.
func Contains(s, needle string) bool { return strings.Contains(s, needle) }

// ContainsFold reports s contains needle.
func ContainsFold(s, needle string) bool {
	start, _ := indexFold(s, needle, 0)
	return start >= 0
}

// StartsWithFold reports s startswith prefix.
func StartsWithFold(s, prefix string) bool { return prefixFold(s, prefix) >= 0 }

// EndsWithFold reports s endswith suffix.
func EndsWithFold(s, suffix string) bool {
	for suffix != "" {
		if s == "" {
			return false
		}
		r, n := lastRune(s)
		q, m := lastRune(suffix)
		if r != q && !foldsTo(r, q) {
			return false
		}
		s, suffix = s[:len(s)-n], suffix[:len(suffix)-m]
	}
	return true
}

// Has reports s has needle: needle occurs in s, and where it starts or ends with
// a letter or digit, a term of s starts or ends there. Every s has "".
func Has(s, needle string) bool { return hasFold(s, needle, true, true) }

// HasPrefix reports s hasprefix needle: as Has, but only the start counts.
func HasPrefix(s, needle string) bool { return hasFold(s, needle, true, false) }

// HasSuffix reports s hassuffix needle: as Has, but only the end counts.
func HasSuffix(s, needle string) bool { return hasFold(s, needle, false, true) }

// HasCS reports s has_cs needle.
func HasCS(s, needle string) bool { return hasExact(s, needle, true, true) }

// HasPrefixCS reports s hasprefix_cs needle.
func HasPrefixCS(s, needle string) bool { return hasExact(s, needle, true, false) }

// HasSuffixCS reports s hassuffix_cs needle.
func HasSuffixCS(s, needle string) bool { return hasExact(s, needle, false, true) }

// HasAny reports s has_any (needles); false for no needles.
func HasAny(s string, needles []string) bool {
	for _, needle := range needles {
		if Has(s, needle) {
			return true
		}
	}
	return false
}

// HasAll reports s has_all (needles); true for no needles.
func HasAll(s string, needles []string) bool {
	for _, needle := range needles {
		if !Has(s, needle) {
			return false
		}
	}
	return true
}

func hasFold(s, needle string, atStart, atEnd bool) bool {
	for from := 0; ; {
		start, end := indexFold(s, needle, from)
		if start < 0 {
			return false
		}
		if onEdges(s, needle, start, end, atStart, atEnd) {
			return true
		}
		from = start + 1
	}
}

func hasExact(s, needle string, atStart, atEnd bool) bool {
	for from := 0; ; {
		i := strings.Index(s[from:], needle)
		if i < 0 {
			return false
		}
		start := from + i
		if onEdges(s, needle, start, start+len(needle), atStart, atEnd) {
			return true
		}
		from = start + 1
	}
}

// onEdges reports whether the occurrence s[start:end] of needle does not begin or
// end inside a term of s, as far as atStart and atEnd ask.
func onEdges(s, needle string, start, end int, atStart, atEnd bool) bool {
	if needle == "" {
		return true
	}
	if atStart && start > 0 {
		before, _ := lastRune(s[:start])
		first, _ := firstRune(needle)
		if isTermRune(before) && isTermRune(first) {
			return false
		}
	}
	if atEnd && end < len(s) {
		after, _ := firstRune(s[end:])
		last, _ := lastRune(needle)
		if isTermRune(after) && isTermRune(last) {
			return false
		}
	}
	return true
}

func isTermRune(r rune) bool {
	if r < utf8.RuneSelf {
		return isDigit(byte(r)) || isLetter(byte(r))
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}
