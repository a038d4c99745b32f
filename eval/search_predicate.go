package eval

import (
	"regexp"
	"strings"

	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// searchPredicate binds the predicate of search and find: a condition in which a lone text
// stands for "some column has this term", and column:"term" for "this column has it". A star
// at an end of a term leaves that end open.
func (b *binder) searchPredicate(x kql.Expr, in *relation, sensitive bool) *expr {
	switch x := unparen(x).(type) {
	case *kql.Star:
		return constant(scalar.NewBool(true))
	case *kql.Literal:
		if x.Kind == kql.String {
			return b.hasTerm(in.values(), x.Value, sensitive)
		}
	case *kql.Binary:
		switch x.Op {
		case "and", "or":
			return bothOrEither(x.Op == "and", b.searchPredicate(x.X, in, sensitive), b.searchPredicate(x.Y, in, sensitive))
		case ":":
			l, r := b.expr(x.X, in), b.expr(x.Y, in)
			if l.typ == scalar.NoType || r.typ == scalar.NoType {
				return constant(scalar.Null(scalar.Bool))
			}
			if r.konst == nil {
				return b.fail(x.Y, "KS140", "the term must be a constant", "")
			}
			return b.hasTerm([]*expr{l}, scalar.ToString(*r.konst), sensitive)
		}
	}
	return b.predicate(x, in)
}

// bothOrEither is the and, or the or, of two conditions that only filter: null counts as false.
func bothOrEither(and bool, l, r *expr) *expr {
	left, right := l.truth(), r.truth()
	if and {
		return ofTest(func(f *frame) (bool, bool) { return left(f) && right(f), true }).from(l, r)
	}
	return ofTest(func(f *frame) (bool, bool) { return left(f) || right(f), true }).from(l, r)
}

// hasTerm is true where the text of one of some columns has a term.
func (b *binder) hasTerm(columns []*expr, term string, sensitive bool) *expr {
	match := termMatcher(term, sensitive)
	texts := make([]func(*frame) string, len(columns))
	for i, c := range columns {
		texts[i] = c.text()
	}
	return ofTest(func(f *frame) (bool, bool) {
		for _, text := range texts {
			if match(text(f)) {
				return true, true
			}
		}
		return false, true
	}).from(columns...)
}

// termMatcher gives the test that a search term stands for: x is has, x* hasprefix, *x
// hassuffix, *x* contains, and a star within is any text.
func termMatcher(term string, sensitive bool) func(string) bool {
	has, prefix, suffix, contains := scalar.Has, scalar.HasPrefix, scalar.HasSuffix, scalar.ContainsFold
	if sensitive {
		has, prefix, suffix, contains = scalar.HasCS, scalar.HasPrefixCS, scalar.HasSuffixCS, strings.Contains
	}
	inner, open := strings.CutSuffix(term, "*")
	inner, opened := strings.CutPrefix(inner, "*")
	switch {
	case strings.Contains(inner, "*"):
		return wildcardTerm(inner, opened, open, sensitive).MatchString
	case inner == "":
		return func(string) bool { return true }
	case opened && open:
		return func(s string) bool { return contains(s, inner) }
	case open:
		return func(s string) bool { return prefix(s, inner) }
	case opened:
		return func(s string) bool { return suffix(s, inner) }
	}
	return func(s string) bool { return has(s, inner) }
}

// wildcardTerm is the regular expression of a term with a star within it.
func wildcardTerm(inner string, opened, open, sensitive bool) *regexp.Regexp {
	var re strings.Builder
	re.WriteString("(?s")
	if !sensitive {
		re.WriteString("i")
	}
	re.WriteString(")")
	if !opened {
		re.WriteString(`(?:^|[^\pL\pN])`)
	}
	for i, part := range strings.Split(inner, "*") {
		if i > 0 {
			re.WriteString(".*?")
		}
		re.WriteString(regexp.QuoteMeta(part))
	}
	if !open {
		re.WriteString(`(?:$|[^\pL\pN])`)
	}
	return regexp.MustCompile(re.String())
}
