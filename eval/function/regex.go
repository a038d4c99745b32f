package function

import (
	"strings"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// regexFunctions are the functions that take a regular expression.
func regexFunctions() []Function {
	return append([]Function{
		{
			Sig: "extract(regex: string constant, captureGroup: long, source: string): string\n" +
				"extract(regex: string constant, captureGroup: long, source: string, typeLiteral: type literal): typeN",
			Doc:  "What a capturing group of the first match holds, 0 being the whole match, converted to a type where one is given. No match gives an empty string, or null.",
			Bind: bindExtract,
			Examples: []string{
				`extract("User: ([^,]+)", 1, "User: James, Email: James@example.com, Age: 29") == "James"`,
				`extract(@"\d+", 0, "User: David, Age: 35") == "35"`,
				`extract(@"-(\d{2})-", 1, "15-12-2024", typeof(int)) == 12`,
				`extract("x(.)", 1, "abc") == ""`,
				`isnull(extract("x(.)", 1, "abc", typeof(long)))`,
			},
		},
		{
			Sig: "extract_all(regex: string constant, source: string): dynamic\n" +
				"extract_all(regex: string constant, captureGroups: array, source: string): dynamic",
			Doc:  "All matches of a regular expression: an array of what its one capturing group holds, or of arrays of several. Groups are chosen by number or name. No match gives null.",
			Bind: bindExtractAll,
			Examples: []string{
				`tostring(extract_all(@"([\da-f]{2})", "82b8be2d")) == '["82","b8","be","2d"]'`,
				`tostring(extract_all(@"(\w)(\w+)(\w)", "82b8be2d-dfa7")) == '[["8","2b8be2","d"],["d","fa","7"]]'`,
				`tostring(extract_all(@"(?P<first>\w)(\w+)(?P<last>\w)", dynamic(["first", 3]), "82b8be2d-dfa7")) == '[["8","d"],["d","7"]]'`,
				`isnull(extract_all("(x)", "abc"))`,
			},
		},
		{
			Sig: "extractall(regex: string constant, source: string): dynamic\n" +
				"extractall(regex: string constant, captureGroups: array, source: string): dynamic",
			Doc:      "The former spelling of extract_all.",
			Alias:    "extract_all",
			Examples: []string{`tostring(extractall("(.)", "ab")) == '["a","b"]'`, `isnull(extractall("(x)", "abc"))`},
		},
		{
			Sig:  "indexof_regex(string: scalar, match: scalar constant, start: integer?, length: integer?, occurrence: integer constant?): long",
			Doc:  "The place of the n-th match of a regular expression in a text, the first code point being 0, or -1. Matches do not overlap; length bounds where a match may begin, -1 meaning no bound. A negative start gives null.",
			Bind: bindIndexOfRegex,
			Examples: []string{
				`indexof_regex("abcabc", @"a.c") == 0`,
				`indexof_regex("abcabcdefg", @"a.c", 0, 9, 2) == 3`,
				`indexof_regex("ababaa", @"a.a", 0, -1, 2) == -1`,
				`isnull(indexof_regex("abcabc", @"a.c", -1))`,
			},
		},
		{
			Sig:  "regex_quote(string: scalar): string",
			Doc:  "A text with the characters that mean something in a regular expression escaped.",
			Impl: F1(regexQuote),
			Examples: []string{
				`regex_quote("(so$me.Te^xt)") == @"\(so\$me\.Te\^xt\)"`,
				`regex_quote("") == ""`,
			},
		},
	}, regexReplaceFunctions()...)
}

// patternOf makes the function that gives the compiled form of a pattern
// argument. A constant one is compiled once, and an error if it is no regular
// expression; for another, the last is kept, and the function gives nil where it
// does not compile.
func patternOf(arg Arg) (func(scalar.Value) *Regex, error) {
	return patternFrom(arg, CompileRegex)
}

func patternFrom(arg Arg, compile func(string) (*Regex, error)) (func(scalar.Value) *Regex, error) {
	if arg.Const {
		re, err := compile(scalar.ToString(arg.Value))
		return func(scalar.Value) *Regex { return re }, err
	}
	var cache RegexCache
	return func(v scalar.Value) *Regex { return cache.get(scalar.ToString(v), compile) }, nil
}

func bindExtract(args []Arg) (Impl, error) {
	regex, err := patternOf(args[0])
	if err != nil {
		return Impl{}, err
	}
	if len(args) < 4 {
		return F3(func(pattern scalar.Value, group int64, s string) string {
			return firstGroup(regex(pattern), group, s)
		}), nil
	}
	to, _ := scalar.ParseType(args[3].Value.Str()) // a typeof() argument is its type's name
	return Raw(func(args []scalar.Value) scalar.Value {
		text := firstGroup(regex(args[0]), args[1].Long(), args[2].Str())
		if args[1].IsNull() || text == "" {
			return scalar.Null(to)
		}
		if to == scalar.Dynamic {
			return scalar.ParseJSON(text)
		}
		return scalar.Convert(scalar.NewString(text), to)
	}), nil
}

// firstGroup is what a group of the first match in s holds, or "".
func firstGroup(re *Regex, group int64, s string) string {
	if re == nil || group < 0 || group > int64(re.NumSubexp()) {
		return ""
	}
	if group == 0 {
		return re.FindString(s)
	}
	m := re.FindStringSubmatchIndex(s)
	if m == nil {
		return ""
	}
	return groupText(s, m, int(group))
}

// groupText is the text of one group of a match, "" where it took no part in it.
func groupText(s string, match []int, group int) string {
	if match[2*group] < 0 {
		return ""
	}
	return s[match[2*group]:match[2*group+1]]
}

func bindExtractAll(args []Arg) (Impl, error) {
	regex, err := patternOf(args[0])
	if err != nil {
		return Impl{}, err
	}
	if len(args) == 2 {
		return Raw(func(args []scalar.Value) scalar.Value {
			re := regex(args[0])
			if re == nil {
				return scalar.Null(scalar.Dynamic)
			}
			groups := []int{0}
			if n := re.NumSubexp(); n > 0 {
				groups = groups[:0]
				for i := range n {
					groups = append(groups, i+1)
				}
			}
			return extractAll(re, groups, args[1].Str())
		}), nil
	}
	return Raw(func(args []scalar.Value) scalar.Value {
		re := regex(args[0])
		if re == nil {
			return scalar.Null(scalar.Dynamic)
		}
		return extractAll(re, chosenGroups(re, args[1]), args[2].Str())
	}), nil
}

// chosenGroups turns group numbers and names into numbers; what names no group
// is left out.
func chosenGroups(re *Regex, list scalar.Value) (groups []int) {
	for v := range list.Elements() {
		group := -1
		if v.Kind() == scalar.String {
			group = re.SubexpIndex(v.Str())
		} else if n, ok := scalar.ToLong(v); ok && n <= int64(re.NumSubexp()) {
			group = int(n)
		}
		if group >= 0 {
			groups = append(groups, group)
		}
	}
	return groups
}

func extractAll(re *Regex, groups []int, s string) scalar.Value {
	matches := re.FindAllStringSubmatchIndex(s, -1)
	if len(matches) == 0 || len(groups) == 0 {
		return scalar.Null(scalar.Dynamic)
	}
	var all, one scalar.ArrayBuilder
	for _, m := range matches {
		if len(groups) == 1 {
			all.Append(scalar.NewString(groupText(s, m, groups[0])))
			continue
		}
		one.Reset()
		for _, g := range groups {
			one.Append(scalar.NewString(groupText(s, m, g)))
		}
		all.Append(one.Value())
	}
	return all.Value()
}

func bindIndexOfRegex(args []Arg) (Impl, error) {
	regex, err := patternOf(args[1])
	if err != nil {
		return Impl{}, err
	}
	return Raw(func(args []scalar.Value) scalar.Value {
		re, s := regex(args[1]), scalar.ToString(args[0])
		in, ok := readSearchRange(s, args[2:])
		if re == nil || !ok || len(args) > 2 && args[2].Long() < 0 {
			return scalar.Null(scalar.Long)
		}
		for _, m := range re.FindAllStringIndex(s[in.from:], int(min(in.nth, int64(len(s)+1)))) {
			if m[0]+in.from > in.to {
				break
			}
			if in.nth--; in.nth == 0 {
				return scalar.NewLong(strlen(s[:in.from+m[0]]))
			}
		}
		return scalar.NewLong(-1)
	}), nil
}

// regexQuote escapes all that the dialect of Kusto may read as syntax, in a
// class or in verbose mode too.
func regexQuote(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if strings.IndexByte(`\.+*?()|[]{}^$#&-~`, s[i]) >= 0 {
			b.WriteByte('\\')
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
