package kql

import (
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/alecthomas/participle/v2/lexer"
)

// Span is a half-open range of byte offsets into the text of a query.
type Span struct{ Start, End int }

// Node is any part of the syntax tree.
type Node interface {
	// Span is the text the node was read from.
	Span() Span
}

// at is embedded by the nodes that hand-written code builds.
type at Span

// Span is the text the node was read from.
func (a at) Span() Span { return Span(a) }

// mark is what participle records of a token: Offset is where the token starts, and Line holds where the
// token before it ended. The latter is needed because participle ends a node where the next token starts.
type mark lexer.Position

// declared is embedded by the nodes whose tags are their grammar; participle fills its fields.
type declared struct{ Pos, EndPos mark }

// Span is the text the node was read from.
func (d declared) Span() Span {
	return Span{d.Pos.Offset, max(d.Pos.Offset, d.EndPos.Line)}
}

// Source finds lines and columns in the text of a query.
type Source struct {
	Text  string
	lines []int // offset of each line's first byte
}

// NewSource indexes the lines of text.
func NewSource(text string) *Source {
	s := &Source{Text: text, lines: []int{0}}
	for i := 0; i < len(text); i++ {
		if text[i] == '\n' {
			s.lines = append(s.lines, i+1)
		}
	}
	return s
}

// Position gives the line and the column of a byte offset. Both count from 1; columns count runes.
func (s *Source) Position(offset int) (line, column int) {
	offset = min(max(offset, 0), len(s.Text))
	line = sort.SearchInts(s.lines, offset+1)
	return line, utf8.RuneCountInString(s.Text[s.lines[line-1]:offset]) + 1
}

// Line is the text of a line, without its line break; lines count from 1.
func (s *Source) Line(line int) string {
	if line < 1 || line > len(s.lines) {
		return ""
	}
	text := s.Text[s.lines[line-1]:]
	if end := strings.IndexByte(text, '\n'); end >= 0 {
		text = text[:end]
	}
	return strings.TrimSuffix(text, "\r")
}
