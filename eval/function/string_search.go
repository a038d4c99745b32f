package function

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// searchFunctions find text in text.
func searchFunctions() []Function {
	return []Function{
		{
			Sig:  "indexof(string: scalar, match: scalar, start: integer?, length: integer?, occurrence: integer constant?): long",
			Doc:  "The place of the n-th occurrence of one text in another, the first code point being 0, or -1. A negative start counts from the end; length bounds where an occurrence may begin, -1 meaning no bound.",
			Impl: Raw(indexOf),
			Examples: []string{
				`indexof("abcdefg", "cde") == 2`,
				`indexof("abcdefg", "cde", 1, 2) == 2`,
				`indexof("abcdefg", "cde", 3, 4) == -1`,
				`indexof("abcdefg", "cde", -5) == 2`,
				`indexof(1234567, 5, 1, 4) == 4`,
				`indexof("abcdefgabcdefg", "cde", 1, 10, 2) == 9`,
				`indexof("abcdefgabcdefg", "cde", 1, -1, 3) == -1`,
			},
		},
		{
			Sig:  "countof(source: string, search: string, kind: string literal?): long",
			Doc:  "How often a text occurs in another. Plain occurrences may overlap; with the kind 'regex', matches of the regular expression do not.",
			Bind: bindCountOf,
			Examples: []string{
				`countof("aaaa", "aa") == 3`,
				`countof("ababa", "ab", "normal") == 2`,
				`countof("ababa", "aba", "regex") == 1`,
				`countof("abcabc", "a.c", "regex") == 2`,
				`countof("abc", "x") == 0`,
			},
		},
		{
			Sig:  "has_any_index(source: stringordynamic, values: array): long",
			Doc:  "The index of the first element of an array that the text has as a term, or -1.",
			Bind: bindHasAnyIndex,
			Examples: []string{
				`has_any_index("this is an example", dynamic(["this", "example"])) == 0`,
				`has_any_index("this is an example", dynamic(["not", "example"])) == 1`,
				`has_any_index("this is an example", dynamic(["not", "found"])) == -1`,
				`has_any_index("this is an example", dynamic([])) == -1`,
			},
		},
	}
}

// searchRange is what the optional arguments of indexof and indexof_regex ask for: the
// n-th occurrence that begins in the bytes [from, to] of the source.
type searchRange struct {
	from, to int
	nth      int64
}

// readSearchRange reads the arguments after source and lookup. ok is false where one
// of them is null or has no meaning.
func readSearchRange(s string, args []scalar.Value) (in searchRange, ok bool) {
	at := [...]int64{0, -1, 1}
	for i, a := range args {
		if a.IsNull() {
			return searchRange{}, false
		}
		at[i] = a.Long()
	}
	start, length, nth := at[0], at[1], at[2]
	if length < -1 || nth < 1 {
		return searchRange{}, false
	}
	if start < 0 {
		start = max(0, strlen(s)+start)
	}
	in = searchRange{from: codePointOffset(s, start), to: len(s), nth: nth}
	if length >= 0 {
		in.to = in.from + codePointOffset(s[in.from:], length) - 1
	}
	return in, true
}

func indexOf(args []scalar.Value) scalar.Value {
	s, lookup := scalar.ToString(args[0]), scalar.ToString(args[1])
	in, ok := readSearchRange(s, args[2:])
	if !ok {
		return scalar.Null(scalar.Long)
	}
	// The engine's length bounds where a match begins, the docs' where it ends.
	for i := in.from; i <= in.to; {
		found := strings.Index(s[i:], lookup)
		if found < 0 || i+found > in.to {
			break
		}
		i += found
		if in.nth--; in.nth == 0 {
			return scalar.NewLong(strlen(s[:i]))
		}
		_, size := utf8.DecodeRuneInString(s[i:])
		i += max(size, 1)
	}
	return scalar.NewLong(-1)
}

func bindCountOf(args []Arg) (Impl, error) {
	kind := "normal"
	if len(args) > 2 {
		kind = args[2].Value.Str()
	}
	switch kind {
	case "normal":
		return Raw(func(args []scalar.Value) scalar.Value {
			return scalar.NewLong(countOverlapping(args[0].Str(), args[1].Str()))
		}), nil
	case "regex":
	default:
		return Impl{}, fmt.Errorf("the kind is normal or regex, not %q", kind)
	}
	regex, err := patternOf(args[1])
	if err != nil {
		return Impl{}, err
	}
	return Raw(func(args []scalar.Value) scalar.Value {
		re := regex(args[1])
		if re == nil {
			return scalar.Null(scalar.Long)
		}
		return scalar.NewLong(int64(len(re.FindAllStringIndex(args[0].Str(), -1))))
	}), nil
}

func countOverlapping(s, lookup string) (n int64) {
	if lookup == "" {
		return 0
	}
	for {
		i := strings.Index(s, lookup)
		if i < 0 {
			return n
		}
		n++
		s = s[i+1:]
	}
}

func bindHasAnyIndex(args []Arg) (Impl, error) {
	if args[1].Const {
		terms := texts(args[1].Value)
		return F2(func(s string, _ scalar.Value) int64 { return hasAnyIndex(s, terms) }), nil
	}
	return F2(func(s string, array scalar.Value) int64 { return hasAnyIndex(s, texts(array)) }), nil
}

// texts lists the elements of an array as texts; anything but an array has none.
func texts(array scalar.Value) (list []string) {
	for v := range array.Elements() {
		list = append(list, scalar.ToString(v))
	}
	return list
}

func hasAnyIndex(s string, terms []string) int64 {
	for i, term := range terms {
		if scalar.Has(s, term) {
			return int64(i)
		}
	}
	return -1
}
