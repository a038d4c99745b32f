package kql

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Error is a fault in the text of a query. Parsing and binding both report it.
type Error struct {
	Code    string // Kusto's own code where the meaning is the same, such as KS006
	Span    Span
	Message string
	Hint    string // what was perhaps meant; may be empty

	Missing *Missing // what the query names and is not there, where that is the fault
}

// Missing is something that a query names and that is not there.
type Missing struct {
	Kind  string   // MissingTable, MissingFunction, MissingWatchlist or MissingExternalData
	Name  string   // as the query, or the last function of Chain, writes it
	Chain []string // the stored functions that led to it, the one that the query calls first
}

// Kinds of what is missing.
const (
	MissingTable        = "table" // or a function that is called without parentheses
	MissingFunction     = "function"
	MissingWatchlist    = "watchlist"
	MissingExternalData = "externaldata" // the name is the address
)

// String is the way to what is missing: imDns → vimDnsVendor → Vendor_CL.
func (m Missing) String() string {
	return strings.Join(append(m.Chain[:len(m.Chain):len(m.Chain)], m.Name), " → ")
}

// Error is the fault in one line, without its place, which needs the text: see [Error.Format].
func (e *Error) Error() string {
	text := e.Message
	if e.Code != "" {
		text = e.Code + " " + text
	}
	if e.Hint != "" {
		text += " (" + e.Hint + ")"
	}
	return text
}

// Format shows the fault with its place in src: line and column, the line of the query, and carets below it.
func (e *Error) Format(src *Source) string {
	line, column := src.Position(e.Span.Start)
	text := src.Line(line)
	endLine, endColumn := src.Position(e.Span.End)
	if endLine > line {
		endColumn = utf8.RuneCountInString(text) + 1
	}
	return fmt.Sprintf("%d:%d: %s\n    %s\n    %s%s", line, column, e.Error(),
		text, indentLike(text, column-1), strings.Repeat("^", max(1, endColumn-column)))
}

// indentLike is white space as wide as the first n runes of text, keeping its tabs.
func indentLike(text string, n int) string {
	var b strings.Builder
	for _, r := range text {
		if n == 0 {
			break
		}
		n--
		if r != '\t' {
			r = ' '
		}
		b.WriteRune(r)
	}
	return b.String() + strings.Repeat(" ", n)
}

// Errors are all the faults found in a query, in the order of their places.
type Errors []*Error

// Error joins the faults, one a line.
func (e Errors) Error() string {
	lines := make([]string, len(e))
	for i, err := range e {
		lines[i] = err.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap lets errors.As reach each fault.
func (e Errors) Unwrap() []error {
	out := make([]error, len(e))
	for i, err := range e {
		out[i] = err
	}
	return out
}

// Format shows every fault as [Error.Format] does.
func (e Errors) Format(src *Source) string {
	parts := make([]string, len(e))
	for i, err := range e {
		parts[i] = err.Format(src)
	}
	return strings.Join(parts, "\n")
}
