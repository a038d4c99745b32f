package kql

import (
	"errors"
	"strings"

	"github.com/alecthomas/participle/v2"
)

// toErrors makes the errors of participle ours.
func toErrors(err error) Errors {
	var list Errors
	var one *Error
	var unexpected *participle.UnexpectedTokenError
	var other participle.Error
	switch {
	case errors.As(err, &list):
		return list
	case errors.As(err, &one):
		return Errors{one}
	case errors.As(err, &unexpected):
		return Errors{faultAt(&unexpected.Unexpected, "KS005", "Expected: "+expected(unexpected.Message()))}
	case errors.As(err, &other):
		offset := other.Position().Offset
		return Errors{{Code: "KS198", Span: Span{offset, offset}, Message: other.Message()}}
	}
	return Errors{{Code: "KS246", Message: err.Error()}}
}

// productionNames puts the productions that a fault may name into words.
var productionNames = map[string]string{
	"Expr": "an expression", "NamedExpr": "an expression", "Ordered": "an expression", "Tabular": "a table",
	"Selector": "a name", "Path": "a column", "Ident": "a name", "Schema": "a schema in parentheses",
	"TypeName": "a type", "ColumnDecl": "a column with its type", "Block": "{", "Pipe": "an operator",
	"Call": "a function call", "ForkBranch": "(", "GraphPattern": "(", "GraphNode": "(", "ScanStep": "step",
	"TopNestedLevel": "top-nested", "ParsePart": "a pattern", "Property": "a property", "ChartProperty": "a property",
}

// expected takes what was expected first out of participle's message, whose end is in EBNF.
func expected(message string) string {
	_, ebnf, found := strings.Cut(message, "(expected ")
	if !found {
		return "something else"
	}
	ebnf = strings.TrimLeft(ebnf, "( ")
	if text, quoted := strings.CutPrefix(ebnf, `"`); quoted {
		literal, _, _ := strings.Cut(text, `"`)
		return literal
	}
	end := strings.IndexFunc(ebnf, func(c rune) bool { return c > 0x7F || !isWordPart(byte(c)) })
	if end < 0 {
		end = len(ebnf)
	}
	if name, ok := productionNames[ebnf[:end]]; ok {
		return name
	}
	return strings.ToLower(ebnf[:end])
}

// nearest is the word most like the given one, if that is near enough to be a slip; else empty.
func nearest(word string, words []string) string {
	best, distance := "", len(word)/3+1
	for _, candidate := range words {
		if d := editDistance(strings.ToLower(word), candidate); d < distance || d == distance && best == "" && d <= 2 {
			best, distance = candidate, d
		}
	}
	return best
}

// editDistance counts the insertions, removals and replacements between two words.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
