package function

import (
	"strings"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// regexReplaceFunctions replace or remove what a regular expression matches.
func regexReplaceFunctions() []Function {
	return []Function{
		{
			Sig:  "replace_regex(source: string, lookup_regex: string constant, rewrite_pattern: string constant): string",
			Doc:  `A text with every match of a regular expression rewritten; \1 to \9 in the rewrite stand for the capturing groups and \0 for the whole match.`,
			Bind: func(args []Arg) (Impl, error) { return bindReplaceRegex(args, 0, 1, 2) },
			Examples: []string{
				`replace_regex("Number is 1", @"is (\d+)", @"was: \1") == "Number was: 1"`,
				`replace_regex("a-b-c", "-", "") == "abc"`,
				`replace_regex("abc", "x", "y") == "abc"`,
			},
		},
		{
			Sig:  "replace(regex: string constant, rewrite: string constant, source: string): string",
			Doc:  "The former spelling of replace_regex, with the text last.",
			Bind: func(args []Arg) (Impl, error) { return bindReplaceRegex(args, 2, 0, 1) },
			Examples: []string{
				`replace(@"is (\d+)", @"was: \1", "Number is 1") == "Number was: 1"`,
				`replace("b", "", "abc") == "ac"`,
			},
		},
		{
			Sig:  "trim(regex: string constant, source: string): string",
			Doc:  "A text without all that a regular expression matches at its start and at its end.",
			Bind: bindTrim(true, true, "+"),
			Examples: []string{
				`trim("--", "--https://bing.com--") == "https://bing.com"`,
				`trim(@"[^\w]+", "-  Te st1// $") == "Te st1"`,
				`trim(@"\s+", "  ") == ""`,
			},
		},
		{
			Sig:  "trim_start(regex: string constant, source: string): string",
			Doc:  "A text without what a regular expression matches at its start.",
			Bind: bindTrim(true, false, ""),
			Examples: []string{
				`trim_start("https://", "https://bing.com") == "bing.com"`,
				`trim_start(@"\s+", "    Hello, world!    ") == "Hello, world!    "`,
			},
		},
		{
			Sig:  "trim_end(regex: string constant, source: string): string",
			Doc:  "A text without what a regular expression matches at its end.",
			Bind: bindTrim(false, true, ""),
			Examples: []string{
				`trim_end(".com", "bing.com") == "bing"`,
				`trim_end(@"\s+", "    Hello, world!    ") == "    Hello, world!"`,
			},
		},
	}
}

// bindReplaceRegex binds a call whose text, pattern and rewrite stand at the
// given places.
func bindReplaceRegex(args []Arg, source, pattern, rewrite int) (Impl, error) {
	regex, err := patternOf(args[pattern])
	if err != nil {
		return Impl{}, err
	}
	pieces := func(v scalar.Value) []rewritePiece { return parseRewrite(v.Str()) }
	if args[rewrite].Const {
		parsed := parseRewrite(args[rewrite].Value.Str())
		pieces = func(scalar.Value) []rewritePiece { return parsed }
	}
	return Raw(func(args []scalar.Value) scalar.Value {
		re, s := regex(args[pattern]), args[source].Str()
		if re == nil {
			return scalar.NewString("")
		}
		return scalar.NewString(rewriteAll(re, pieces(args[rewrite]), s))
	}), nil
}

// rewritePiece is a part of a rewrite: text as it stands, then a group, or none
// where group is -1.
type rewritePiece struct {
	text  string
	group int
}

func parseRewrite(rewrite string) (pieces []rewritePiece) {
	var text strings.Builder
	for i := 0; i < len(rewrite); i++ {
		c := rewrite[i]
		if c != '\\' || i+1 == len(rewrite) {
			text.WriteByte(c)
			continue
		}
		switch next := rewrite[i+1]; {
		case next >= '0' && next <= '9':
			pieces = append(pieces, rewritePiece{text.String(), int(next - '0')})
			text.Reset()
			i++
		case next == '\\':
			text.WriteByte('\\')
			i++
		default:
			text.WriteByte('\\')
		}
	}
	return append(pieces, rewritePiece{text.String(), -1})
}

func rewriteAll(re *Regex, pieces []rewritePiece, s string) string {
	matches := re.FindAllStringSubmatchIndex(s, -1)
	if len(matches) == 0 {
		return s
	}
	var b strings.Builder
	end := 0
	for _, m := range matches {
		b.WriteString(s[end:m[0]])
		for _, p := range pieces {
			b.WriteString(p.text)
			if p.group >= 0 && 2*p.group < len(m) {
				b.WriteString(groupText(s, m, p.group))
			}
		}
		end = m[1]
	}
	b.WriteString(s[end:])
	return b.String()
}

// bindTrim makes the binder of a trim function, which anchors the pattern to each
// end that it trims. The docs let trim remove all matches there and the other
// two functions one: repeat says which.
func bindTrim(start, end bool, repeat string) func([]Arg) (Impl, error) {
	return func(args []Arg) (Impl, error) {
		var ends []func(scalar.Value) *Regex
		add := func(before, after string) error {
			re, err := patternFrom(args[0], anchored(before, after))
			ends = append(ends, re)
			return err
		}
		if start {
			if err := add(`\A(?:`, `)`+repeat); err != nil {
				return Impl{}, err
			}
		}
		if end {
			if err := add(`(?:`, `)`+repeat+`\z`); err != nil {
				return Impl{}, err
			}
		}
		return F2(func(pattern scalar.Value, s string) string {
			for _, re := range ends {
				s = without(re(pattern), s)
			}
			return s
		}), nil
	}
}

// anchored makes a compiler of patterns with text before and after them.
func anchored(before, after string) func(string) (*Regex, error) {
	return func(pattern string) (*Regex, error) {
		re, err := translateRegex(pattern)
		if err != nil {
			return nil, err
		}
		return newRegex(before + re + after)
	}
}

// without cuts the match of re, which is anchored to an end, off s.
func without(re *Regex, s string) string {
	if re == nil {
		return s
	}
	m := re.FindStringIndex(s)
	switch {
	case m == nil:
		return s
	case m[0] == 0:
		return s[m[1]:]
	default:
		return s[:m[0]]
	}
}
