package function

import (
	"regexp"
	"regexp/syntax"
	"strings"
	"sync/atomic"
	"unicode/utf8"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// Regex is a compiled regular expression of Kusto's dialect. A text that lacks what every match holds is passed over before the
// automaton sees it: rules search many long texts for a rare word, which an index function finds several times as fast.
type Regex struct {
	*regexp.Regexp
	needs []needed // a text that matches has one of them; nothing is known where there are none
}

// needed is a text that a match holds, in this case or in any.
type needed struct {
	text string
	fold bool
}

// maxNeeded bounds how many texts are looked for: each costs a pass over the text.
const maxNeeded = 3

func newRegex(pattern string) (*Regex, error) {
	re, err := regexp.Compile(pattern)
	if err != nil {
		return nil, err
	}
	tree, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return nil, err
	}
	return &Regex{re, needs(tree.Simplify())}, nil
}

// may reports whether s can hold a match.
func (re *Regex) may(s string) bool {
	for _, n := range re.needs {
		if n.fold && scalar.ContainsFold(s, n.text) || !n.fold && strings.Contains(s, n.text) {
			return true
		}
	}
	return len(re.needs) == 0
}

// MatchString reports whether s holds a match.
func (re *Regex) MatchString(s string) bool { return re.may(s) && re.Regexp.MatchString(s) }

// FindString gives the first match in s, or "".
func (re *Regex) FindString(s string) string {
	if !re.may(s) {
		return ""
	}
	return re.Regexp.FindString(s)
}

// FindStringSubmatchIndex gives the places of the first match in s and of its groups, or nil.
func (re *Regex) FindStringSubmatchIndex(s string) []int {
	if !re.may(s) {
		return nil
	}
	return re.Regexp.FindStringSubmatchIndex(s)
}

// FindAllStringSubmatchIndex gives the places of the first n matches in s, or of all where n is negative, and of their groups.
func (re *Regex) FindAllStringSubmatchIndex(s string, n int) [][]int {
	if !re.may(s) {
		return nil
	}
	return re.Regexp.FindAllStringSubmatchIndex(s, n)
}

// needs gives texts one of which is in every match of a pattern, or none.
func needs(re *syntax.Regexp) []needed {
	switch re.Op {
	case syntax.OpLiteral:
		for _, r := range re.Rune {
			if r == utf8.RuneError { // stands for bytes that are no UTF-8 too
				return nil
			}
		}
		return []needed{{string(re.Rune), re.Flags&syntax.FoldCase != 0}}
	case syntax.OpCapture, syntax.OpPlus:
		return needs(re.Sub[0])
	case syntax.OpRepeat:
		if re.Min > 0 {
			return needs(re.Sub[0])
		}
	case syntax.OpConcat:
		var best []needed
		for _, sub := range re.Sub {
			if found := needs(sub); selectivity(found) > selectivity(best) {
				best = found
			}
		}
		return best
	case syntax.OpAlternate:
		var all []needed
		for _, sub := range re.Sub {
			found := needs(sub)
			if all = append(all, found...); found == nil || len(all) > maxNeeded {
				return nil
			}
		}
		return all
	}
	return nil
}

// selectivity tells how well texts part those that may match from the others: the shortest counts, less with each other one, which costs a pass.
func selectivity(all []needed) int {
	if len(all) == 0 {
		return 0
	}
	shortest := len(all[0].text)
	for _, n := range all {
		shortest = min(shortest, len(n.text))
	}
	return max(1, shortest-2*(len(all)-1))
}

// RegexCache compiles patterns that come with the rows. It keeps the last one, as neighbouring rows mostly have the same; its zero
// value is ready, and safe for concurrent use.
type RegexCache struct{ last atomic.Pointer[cachedRegex] }

type cachedRegex struct {
	pattern string
	re      *Regex
}

// Get gives the compiled form of a pattern, nil where it does not compile.
func (c *RegexCache) Get(pattern string) *Regex { return c.get(pattern, CompileRegex) }

func (c *RegexCache) get(pattern string, compile func(string) (*Regex, error)) *Regex {
	if last := c.last.Load(); last != nil && last.pattern == pattern {
		return last.re
	}
	re, err := compile(pattern)
	if err != nil {
		re = nil
	}
	c.last.Store(&cachedRegex{strings.Clone(pattern), re})
	return re
}
