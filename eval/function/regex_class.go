package function

import (
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// runeSet is a set of characters as sorted, disjoint pairs of first and last.
type runeSet []rune

// Limits of what classes may ask for. The first is that of Rust's engine; the second bounds the time for a pattern of classes that are
// combined, each of which may hold hundreds of ranges.
const (
	maxClassDepth = 250
	maxClassSets  = 1000
)

// classOperand is one side of a set operation: plain items in the syntax of a Go
// class, and the sets of nested classes.
type classOperand struct {
	items  strings.Builder
	nested runeSet
	simple bool // no class was nested
}

// class translates a class in brackets. A plain one stays text, so that Go's
// parser sees to case and negation; one with set operations is worked out.
func (r *regexReader) class() string {
	set, text := r.classBody()
	if text != "" {
		return text
	}
	return `[` + set.items() + `]`
}

// classBody reads a class with its brackets. text is its form in Go where it has
// no operation and no class inside, and else set is what it holds.
func (r *regexReader) classBody() (set runeSet, text string) {
	r.take(`[`)
	if r.depth++; r.depth > maxClassDepth {
		r.fail("classes stand within one another more than %d deep", maxClassDepth)
	}
	defer func() { r.depth-- }()
	r.skipBlanks()
	negated := r.take(`^`)
	first := r.operand(true)
	if first.simple && r.take(`]`) {
		if negated {
			return nil, `[^` + first.items.String() + `]`
		}
		return nil, `[` + first.items.String() + `]`
	}
	set = r.set(first)
	for !r.take(`]`) {
		op := r.pattern[r.i : r.i+2]
		r.i += 2
		other := r.set(r.operand(false))
		switch op {
		case "&&":
			set = set.minus(other.complement())
		case "--":
			set = set.minus(other)
		case "~~":
			set = set.minus(other).union(other.minus(set))
		}
	}
	if negated {
		set = set.complement()
	}
	return set, ""
}

// operand reads the items of a class up to its end or a set operation. A closing
// bracket that stands first in a class is an item.
func (r *regexReader) operand(first bool) *classOperand {
	o := &classOperand{simple: true}
	for {
		r.skipBlanks()
		switch {
		case !r.more():
			panic(errOpenClass)
		case r.ahead(`]`) && !first, r.ahead(`&&`), r.ahead(`--`) && !first, r.ahead(`~~`):
			return o
		case r.ahead(`[:`) && strings.Contains(r.pattern[r.i:], `:]`):
			end := r.i + strings.Index(r.pattern[r.i:], `:]`) + 2
			o.items.WriteString(r.pattern[r.i:end])
			r.i = end
		case r.ahead(`[`) && !r.flat:
			o.simple = false
			set, text := r.classBody()
			if text != "" {
				set = r.parseSet(text)
			}
			o.nested = o.nested.union(set)
		default:
			r.classItem(o)
		}
		first = false
	}
}

// classItem reads a character, a range or the escape of a class.
func (r *regexReader) classItem(o *classOperand) {
	if r.take(`\`) {
		if items, negated, ok := r.classEscape(); ok {
			if negated {
				items = r.parseSet(`[^` + items + `]`).items()
			}
			o.items.WriteString(items)
			return
		}
		r.i--
	}
	low := r.classRune()
	r.skipBlanks()
	if !r.ahead(`-`) || r.ahead(`-]`) || r.ahead(`--`) {
		o.items.WriteString(classRuneText(low))
		return
	}
	r.take(`-`)
	r.skipBlanks()
	high := r.classRune()
	if high < low {
		r.fail("the range %c-%c runs backwards", low, high)
	}
	o.items.WriteString(classRuneText(low) + `-` + classRuneText(high))
}

func (r *regexReader) classRune() rune {
	if r.take(`\`) {
		return r.escapedRune()
	}
	return r.next()
}

// classRuneText writes a character so that it means itself in a Go class.
func classRuneText(c rune) string {
	if c >= utf8.RuneSelf || c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' {
		return string(c)
	}
	return `\x{` + strconv.FormatInt(int64(c), 16) + `}`
}

// set works an operand out.
func (r *regexReader) set(o *classOperand) runeSet {
	if o.items.Len() == 0 {
		return o.nested
	}
	return o.nested.union(r.parseSet(`[` + o.items.String() + `]`))
}

// parseSet lets Go's parser say what a plain class holds.
func (r *regexReader) parseSet(class string) runeSet {
	if r.sets++; r.sets > maxClassSets {
		r.fail("it works out more than %d classes", maxClassSets)
	}
	flags := syntax.Perl
	if r.flags.fold {
		flags |= syntax.FoldCase
	}
	re, err := syntax.Parse(class, flags)
	if err != nil {
		r.fail("%v", err)
	}
	switch re.Op {
	case syntax.OpCharClass:
		return re.Rune
	case syntax.OpLiteral: // a class of one character, in either case
		only := re.Rune[0]
		set := runeSet{only, only}
		if r.flags.fold {
			for c := unicode.SimpleFold(only); c != only; c = unicode.SimpleFold(c) {
				set = set.union(runeSet{c, c})
			}
		}
		return set
	case syntax.OpAnyChar:
		return runeSet(nil).complement()
	case syntax.OpAnyCharNotNL:
		return runeSet{'\n', '\n'}.complement()
	}
	return nil
}

// items writes the set as the items of a Go class; those of the empty set match
// nothing.
func (s runeSet) items() string {
	if len(s) == 0 {
		return `^\x{0}-\x{10ffff}`
	}
	var b strings.Builder
	for i := 0; i < len(s); i += 2 {
		b.WriteString(classRuneText(s[i]))
		if s[i+1] > s[i] {
			b.WriteString(`-` + classRuneText(s[i+1]))
		}
	}
	return b.String()
}

func (s runeSet) complement() (out runeSet) {
	next := rune(0)
	for i := 0; i < len(s); i += 2 {
		if s[i] > next {
			out = append(out, next, s[i]-1)
		}
		next = s[i+1] + 1
	}
	if next <= utf8.MaxRune {
		out = append(out, next, utf8.MaxRune)
	}
	return out
}

func (s runeSet) union(t runeSet) (out runeSet) {
	pairs := make([][2]rune, 0, (len(s)+len(t))/2)
	for _, set := range [...]runeSet{s, t} {
		for i := 0; i < len(set); i += 2 {
			pairs = append(pairs, [2]rune{set[i], set[i+1]})
		}
	}
	slices.SortFunc(pairs, func(a, b [2]rune) int { return int(a[0] - b[0]) })
	for _, p := range pairs {
		if n := len(out); n > 0 && p[0] <= out[n-1]+1 {
			out[n-1] = max(out[n-1], p[1])
			continue
		}
		out = append(out, p[0], p[1])
	}
	return out
}

func (s runeSet) minus(t runeSet) runeSet { return s.complement().union(t).complement() }
