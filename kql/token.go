package kql

import (
	"strings"

	"github.com/alecthomas/participle/v2/lexer"
)

// The kinds of token. Every word is an ident, keywords too: which words mean something depends on the place.
const (
	tokenEOF      = lexer.EOF
	tokenIdent    = lexer.TokenType(-iota - 2)
	tokenString   // with its quotes and prefixes
	tokenLong     // 12, 0x1F
	tokenReal     // 1.5, 1e3
	tokenTimespan // 5m
	tokenTyped    // datetime(2020-01-01): the keyword and all up to its parenthesis
	tokenPunct    // operators and brackets, and the negated words such as !has
)

var tokenNames = map[string]lexer.TokenType{
	"EOF":      tokenEOF,
	"Ident":    tokenIdent,
	"String":   tokenString,
	"Long":     tokenLong,
	"Real":     tokenReal,
	"Timespan": tokenTimespan,
	"Typed":    tokenTyped,
	"Punct":    tokenPunct,
}

// hyphenated are the words with hyphens, by what stands before the first hyphen.
var hyphenated = byStem(`assert-schema granny-asc granny-desc graph-mark-components graph-match
	graph-shortest-paths graph-to-table graph-where-edges graph-where-nodes macro-expand make-graph make-series
	materialized-view-combine mv-apply mv-expand parse-kv parse-where partitioned-by project-away
	project-by-names project-keep project-rename project-reorder project-smart __project-by-names
	sample-distinct top-hitters top-nested`)

func byStem(words string) map[string][]string {
	table := map[string][]string{}
	for _, word := range strings.Fields(words) {
		stem, _, _ := strings.Cut(word, "-")
		table[stem] = append(table[stem], word)
	}
	return table
}

// punctuation is the operators of more than one character, longest first.
var punctuation = []string{"==", "=~", "=>", "!=", "!~", "<=", "<>", ">=", ".."}

func isWordStart(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' || c == '$'
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isWordPart(c byte) bool { return isWordStart(c) || isDigit(c) }

// isSpace tells whether r is white space: Unicode's space separators, line ends and the byte order mark.
func isSpace(r rune) bool {
	switch {
	case r == ' ', '\t' <= r && r <= '\r', r == 0x85, r == 0xA0, r == 0x1680, 0x2000 <= r && r <= 0x200B,
		r == 0x2028, r == 0x2029, r == 0x202F, r == 0x205F, r == 0x3000, r == 0xFEFF, r == 0x180E:
		return true
	}
	return false
}
