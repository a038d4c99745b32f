package function

import (
	"strings"
	"unicode/utf8"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// stringFunctions are the functions over text that take no regular expression.
func stringFunctions() []Function {
	return append(append(plainStringFunctions(), searchFunctions()...), replaceFunctions()...)
}

func plainStringFunctions() []Function {
	return []Function{
		{
			Sig:   "strlen(string: stringordynamic): long",
			Doc:   "The number of Unicode code points in a string.",
			Names: NameRule{Prefixed, "strlen"},
			Impl:  F1(strlen),
			Examples: []string{
				`strlen("hello") == 5`,
				`strlen("⒦⒰⒮⒯⒪") == 5`,
				`strlen("") == 0`,
			},
		},
		{
			Sig:   "string_size(string: stringordynamic): long",
			Doc:   "The number of bytes of a string in UTF-8.",
			Names: NameRule{Prefixed, "string_size"},
			Impl:  F1(func(s string) int64 { return int64(len(s)) }),
			Examples: []string{
				`string_size("hello") == 5`,
				`string_size("⒦⒰⒮⒯⒪") == 15`,
			},
		},
		{
			Sig:  "substring(string: scalar, start: integer, length: integer?): string",
			Doc:  "The part of a string from a code point on, the first being 0; a negative start counts from the end. What lies outside is left out.",
			Bind: byCount(F2(substringFrom), F3(substring)),
			Examples: []string{
				`substring("123456", 1) == "23456"`,
				`substring("123456", 2, 2) == "34"`,
				`substring("123456", -2, 2) == "56"`,
				`substring("ABCD", 0, 2) == "AB"`,
				`substring("abc", 7) == ""`,
			},
		},
		{
			Sig:  "strcat(arg: scalar{1,64}): string",
			Doc:  "The texts of all arguments, one after the other. A null adds nothing.",
			Impl: Raw(strcat),
			Examples: []string{
				`strcat("hello", " ", "world") == "hello world"`,
				`strcat("a", 1, int(null), 1s) == "a100:00:01"`,
			},
		},
		{
			Sig:  "strcat_delim(delimiter: scalar, arg: scalar{2,64}): string",
			Doc:  "The texts of all arguments with the first between them.",
			Impl: Raw(strcatDelim),
			Examples: []string{
				`strcat_delim("-", 1, "2", "A", 1s) == "1-2-A-00:00:01"`,
				`strcat_delim(", ", "a", "") == "a, "`,
			},
		},
		{
			Sig:  "strrep(value: scalar, multiplier: long, delimiter: scalar?): string",
			Doc:  "The text of a value, repeated, with a delimiter between the copies.",
			Impl: Raw(strrep),
			Examples: []string{
				`strrep("ABC", 2) == "ABCABC"`,
				`strrep(123, 3, ".") == "123.123.123"`,
				`strrep(3s, 2, " ") == "00:00:03 00:00:03"`,
			},
		},
		{
			Sig:  "tolower(value: scalar): string",
			Doc:  "The text of a value in lower case.",
			Impl: F1(strings.ToLower),
			Examples: []string{
				`tolower("Hello") == "hello"`,
				`tolower("") == ""`,
			},
		},
		{
			Sig:  "toupper(value: scalar): string",
			Doc:  "The text of a value in upper case.",
			Impl: F1(strings.ToUpper),
			Examples: []string{
				`toupper("hello") == "HELLO"`,
				`toupper("a1") == "A1"`,
			},
		},
		{
			Sig:  "reverse(value: scalar): string",
			Doc:  "The code points of a value's text in reverse order.",
			Impl: F1(reverse),
			Examples: []string{
				`reverse("Kusto") == "otsuK"`,
				`reverse(123.45) == "54.321"`,
				`reverse(3h) == "00:00:30"`,
			},
		},
		{
			Sig:  "strcmp(s1: scalar, s2: scalar): long",
			Doc:  "The order of two strings by their bytes: -1, 0 or 1.",
			Impl: F2(func(a, b string) int64 { return int64(strings.Compare(a, b)) }),
			Examples: []string{
				`strcmp("ABC", "ABC") == 0`,
				`strcmp("abc", "ABC") == 1`,
				`strcmp("ABC", "abc") == -1`,
				`strcmp("abcde", "abc") == 1`,
			},
		},
	}
}

// byCount binds a call to the implementation with as many parameters as the call
// has arguments.
func byCount(impls ...Impl) func([]Arg) (Impl, error) {
	return func(args []Arg) (Impl, error) {
		for _, impl := range impls {
			if len(impl.Params) == len(args) {
				return impl, nil
			}
		}
		return impls[len(impls)-1], nil
	}
}

func strlen(s string) int64 { return int64(utf8.RuneCountInString(s)) }

// codePointOffset is the byte offset of code point n of s, or len(s) where s has
// no more than n.
func codePointOffset(s string, n int64) int {
	i := 0
	for ; n > 0 && i < len(s); n-- {
		if s[i] < utf8.RuneSelf {
			i++
			continue
		}
		_, size := utf8.DecodeRuneInString(s[i:])
		i += size
	}
	return i
}

func substringFrom(s string, start int64) string {
	if start < 0 {
		start = max(0, strlen(s)+start)
	}
	return s[codePointOffset(s, start):]
}

func substring(s string, start, length int64) string {
	s = substringFrom(s, start)
	return s[:codePointOffset(s, length)]
}

func strcat(args []scalar.Value) scalar.Value {
	var room [256]byte
	text := room[:0]
	for _, a := range args {
		text = scalar.AppendText(text, a)
	}
	return scalar.NewString(string(text))
}

func strcatDelim(args []scalar.Value) scalar.Value {
	var room [256]byte
	text := room[:0]
	for i, a := range args[1:] {
		if i > 0 {
			text = scalar.AppendText(text, args[0])
		}
		text = scalar.AppendText(text, a)
	}
	return scalar.NewString(string(text))
}

// maxText is the length in bytes above which strrep gives an empty string: it is
// Kusto's limit of the multiplier, and keeps a query from taking all memory.
const maxText = 1 << 26

func strrep(args []scalar.Value) scalar.Value {
	text, n := scalar.ToString(args[0]), args[1].Long()
	delimiter := ""
	if len(args) > 2 {
		delimiter = scalar.ToString(args[2])
	}
	if n <= 0 || n > maxText || int64(len(text)+len(delimiter)) > maxText/n {
		return scalar.NewString("")
	}
	return scalar.NewString(strings.Repeat(text+delimiter, int(n-1)) + text)
}

func reverse(s string) string {
	b := make([]byte, len(s))
	end := len(b)
	for i := 0; i < len(s); {
		_, size := utf8.DecodeRuneInString(s[i:])
		copy(b[end-size:], s[i:i+size])
		end -= size
		i += size
	}
	return string(b)
}
