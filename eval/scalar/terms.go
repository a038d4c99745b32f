package scalar

import "unicode/utf8"

// Needles are the texts that has_any or has_all looks for, prepared for many texts. Those that are one term of ASCII
// letters and digits are found by cutting a text into its terms once, however many they are.
type Needles struct {
	all     []string
	terms   map[string]int // their place in all, by the term in lower case
	lengths uint64         // a bit for each length of a term
	others  []string       // those that are no such term
	seen    int            // how many different terms there are
}

// maxTerm is the longest term that has a bit in lengths.
const maxTerm = 63

// enoughTerms is from how many terms on it is quicker to cut the text than to search it for each.
const enoughTerms = 5

// NewNeedles prepares needles.
func NewNeedles(needles []string) *Needles {
	n := &Needles{all: needles, terms: make(map[string]int)}
	for _, needle := range needles {
		lower, ok := lowerTerm(needle)
		if !ok {
			n.others = append(n.others, needle)
			continue
		}
		if _, known := n.terms[lower]; !known {
			n.terms[lower] = n.seen
			n.seen++
			n.lengths |= 1 << len(lower)
		}
	}
	if n.seen < enoughTerms {
		n.terms = nil
	}
	return n
}

// lowerTerm is a term of ASCII letters and digits in lower case; ok is false for other texts.
func lowerTerm(s string) (lower string, ok bool) {
	if s == "" || len(s) > maxTerm {
		return "", false
	}
	b := make([]byte, len(s))
	for i := range len(s) {
		if !isLetter(s[i]) && !isDigit(s[i]) {
			return "", false
		}
		b[i] = lowerByte(s[i])
	}
	return string(b), true
}

func lowerByte(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c | 0x20
	}
	return c
}

// HasAny reports s has_any (needles); false for no needles.
func (n *Needles) HasAny(s string) bool {
	if n.terms == nil || !ascii(s) { // beyond ASCII there are other forms of k and s, and terms that go on
		return HasAny(s, n.all)
	}
	found := false
	n.cut(s, func(int) bool { found = true; return false })
	return found || HasAny(s, n.others)
}

// HasAll reports s has_all (needles); true for no needles.
func (n *Needles) HasAll(s string) bool {
	if n.terms == nil || !ascii(s) || n.seen > 64 {
		return HasAll(s, n.all)
	}
	var found uint64
	n.cut(s, func(i int) bool {
		found |= 1 << i
		return true
	})
	return found == 1<<n.seen-1 && HasAll(s, n.others)
}

// cut yields the place of each term of s that is one of the needles.
func (n *Needles) cut(s string, yield func(int) bool) {
	var lower [maxTerm + 1]byte
	for i := 0; i < len(s); i++ {
		start := i
		for i < len(s) && termByte[s[i]] != 0 {
			if size := i - start; size < maxTerm {
				lower[size] = termByte[s[i]]
			}
			i++
		}
		size := i - start
		if size == 0 || size > maxTerm || n.lengths&(1<<size) == 0 {
			continue
		}
		if at, ok := n.terms[string(lower[:size])]; ok && !yield(at) {
			return
		}
	}
}

// termByte is the lower case of each ASCII letter and digit, 0 for other bytes.
var termByte = func() (table [256]byte) {
	for c := range byte(utf8.RuneSelf) {
		if isLetter(c) || isDigit(c) {
			table[c] = lowerByte(c)
		}
	}
	return table
}()

// ascii reports whether all of s is ASCII.
func ascii(s string) bool {
	for len(s) >= 8 {
		w := s[:8]
		if (w[0]|w[1]|w[2]|w[3]|w[4]|w[5]|w[6]|w[7])&0x80 != 0 {
			return false
		}
		s = s[8:]
	}
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
