package function

import (
	"strings"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// replaceFunctions cut text up or put other text in its place.
func replaceFunctions() []Function {
	return []Function{
		{
			Sig:   "split(source: scalar, delimiter: string, requestedIndex: integer?): dynamic",
			Doc:   "The pieces of a text between the delimiters, empty ones included; with an index, an array of that piece alone.",
			Names: NameRule{Kind: FirstArgument},
			Bind:  byCount(F2(split), F3(splitPiece)),
			Examples: []string{
				`tostring(split("aa_bb", "_")) == '["aa","bb"]'`,
				`tostring(split("a__b", "_")) == '["a","","b"]'`,
				`tostring(split("aaa_bbb_ccc", "_", 1)) == '["bbb"]'`,
				`tostring(split("", "_")) == '[""]'`,
			},
		},
		{
			Sig:  "replace_string(text: string, lookup: string, rewrite: string): string",
			Doc:  "A text with every occurrence of one string replaced by another.",
			Impl: F3(replaceString),
			Examples: []string{
				`replace_string("A magic trick can turn a cat into a dog", "cat", "hamster") == "A magic trick can turn a hamster into a dog"`,
				`replace_string("Number is 1", "is", "was") == "Number was 1"`,
				`replace_string("aaa", "a", "") == ""`,
			},
		},
		{
			Sig:  "replace_strings(text: string, lookups: array, rewrites: array): string",
			Doc:  "A text with every occurrence of each lookup replaced by the rewrite at the same index. Earlier lookups go first, and what they matched is not looked at again.",
			Impl: F3(replaceStrings),
			Examples: []string{
				`replace_strings("A magic trick can turn a cat into a dog", dynamic(["cat", "dog"]), dynamic(["dog", "pigeon"])) == "A magic trick can turn a dog into a pigeon"`,
				`replace_strings("This is", dynamic(["This", "is"]), dynamic(["This", "was"])) == "This was"`,
				`replace_strings("This is", dynamic(["is", "This"]), dynamic(["was", "This"])) == "Thwas was"`,
				`replace_strings("This is", dynamic(["This", "is"]), dynamic([12345, "was"])) == "This was"`,
			},
		},
		{
			Sig:  "translate(searchList: string, replacementList: string, source: string): string",
			Doc:  "A text with each character of one list replaced by the one at the same place of another. The last replacement stands for those that are missing; an empty list deletes.",
			Bind: bindTranslate,
			Examples: []string{
				`translate("krasp", "otsku", "spark") == "kusto"`,
				`translate("abc", "x", "abc") == "xxx"`,
				`translate("abc", "", "ab") == ""`,
			},
		},
	}
}

func split(s, delimiter string) scalar.Value {
	var pieces scalar.ArrayBuilder
	eachPiece(s, delimiter, func(piece string) { pieces.Append(scalar.NewString(piece)) })
	return pieces.Value()
}

func splitPiece(s, delimiter string, index int64) scalar.Value {
	var pieces scalar.ArrayBuilder
	at := int64(0)
	eachPiece(s, delimiter, func(piece string) {
		if at == index {
			pieces.Append(scalar.NewString(piece))
		}
		at++
	})
	return pieces.Value()
}

// eachPiece hands out the pieces of s. An empty delimiter separates nothing.
func eachPiece(s, delimiter string, piece func(string)) {
	for delimiter != "" {
		before, after, found := strings.Cut(s, delimiter)
		if !found {
			break
		}
		piece(before)
		s = after
	}
	piece(s)
}

func replaceString(s, lookup, rewrite string) string {
	if lookup == "" {
		return s
	}
	return strings.ReplaceAll(s, lookup, rewrite)
}

// replacedPart is a part of the text that replaceStrings works on; once done it is
// part of the answer as it stands.
type replacedPart struct {
	text string
	done bool
}

func replaceStrings(s string, lookups, rewrites scalar.Value) string {
	sections := []replacedPart{{text: s}}
	i := -1
	for lookup := range lookups.Elements() {
		i++
		find := lookup.Str()
		if find == "" {
			continue
		}
		// A rewrite that is no string leaves what the lookup found as it is.
		rewrite := find
		if r := rewrites.At(i); r.Kind() == scalar.String {
			rewrite = r.Str()
		}
		var next []replacedPart
		for _, part := range sections {
			for !part.done {
				before, after, found := strings.Cut(part.text, find)
				if !found {
					break
				}
				next = append(next, replacedPart{text: before}, replacedPart{text: rewrite, done: true})
				part.text = after
			}
			next = append(next, part)
		}
		sections = next
	}
	var b strings.Builder
	for _, part := range sections {
		b.WriteString(part.text)
	}
	return b.String()
}

func bindTranslate(args []Arg) (Impl, error) {
	if args[0].Const && args[1].Const {
		mapping := translation(args[0].Value.Str(), args[1].Value.Str())
		return F3(func(_, _, s string) string { return strings.Map(mapping, s) }), nil
	}
	return F3(func(search, replacement, s string) string {
		return strings.Map(translation(search, replacement), s)
	}), nil
}

// translation makes the mapping of one translate call. A character that the
// search list holds twice takes the first of its replacements.
func translation(search, replacement string) func(rune) rune {
	to := []rune(replacement)
	table := make(map[rune]rune)
	i := 0
	for _, r := range search {
		if _, ok := table[r]; !ok {
			if len(to) == 0 {
				table[r] = -1
			} else {
				table[r] = to[min(i, len(to)-1)]
			}
		}
		i++
	}
	return func(r rune) rune {
		if t, ok := table[r]; ok {
			return t
		}
		return r
	}
}
