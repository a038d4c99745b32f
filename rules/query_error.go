package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/seed-2512943d/picket/kql"
	"github.com/seed-2512943d/picket/rules/catalog"
)

// QueryError tells of the faults in a query that stands in a file.
type QueryError struct {
	Path   string
	Faults kql.Errors

	lines []string // of the file
	at    func(offset int) (line, column int)
}

// queryError places the faults of a rule's query in the rule's file.
func (r *Rule) queryError(faults kql.Errors) *QueryError {
	return &QueryError{Path: r.Path, Faults: faults, lines: strings.Split(decodeText(r.Raw), "\n"), at: r.QueryPos.At}
}

// NewQueryError places the faults of a query that is the whole text of a file, such as a .kql file.
func NewQueryError(path, text string, faults kql.Errors) *QueryError {
	return &QueryError{Path: path, Faults: faults, lines: strings.Split(text, "\n"), at: kql.NewSource(text).Position}
}

// Error is the faults as compilers print them, one a line.
func (e *QueryError) Error() string {
	lines := make([]string, len(e.Faults))
	for i, d := range e.Diagnostics() {
		lines[i] = d.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives the faults with their places in the query.
func (e *QueryError) Unwrap() error { return e.Faults }

// Diagnostics gives the faults with their places in the file: SR023 for what is missing, SR022 for all others.
func (e *QueryError) Diagnostics() []Diagnostic {
	found := make([]Diagnostic, len(e.Faults))
	for i, fault := range e.Faults {
		found[i] = Diagnostic{Code: "SR022", Severity: Error, Message: fault.Message, Hint: fault.Hint, Path: e.Path, Kusto: fault.Code}
		if m := fault.Missing; m != nil {
			found[i].Code, found[i].Hint = "SR023", cmp.Or(fault.Hint, missingHint(*m))
		}
		found[i].Line, found[i].Column = e.at(fault.Span.Start)
	}
	return found
}

// missingHint says how what is missing may be given.
func missingHint(m kql.Missing) string {
	_, platform := catalog.Platform(m.Name)
	switch {
	case platform:
		return "it is a function of the service, for which a saved function of this name can stand in"
	case m.Kind == kql.MissingTable:
		return "give its records, its columns, or a saved function of this name"
	case m.Kind == kql.MissingFunction:
		return "give a saved function of this name"
	}
	return "give its rows"
}

// Missing lists what the query names and is not there, each once.
func (e *QueryError) Missing() []kql.Missing {
	var missing []kql.Missing
	for _, fault := range e.Faults {
		if m := fault.Missing; m != nil && !slices.ContainsFunc(missing, func(other kql.Missing) bool { return other.Kind == m.Kind && other.Name == m.Name }) {
			missing = append(missing, *m)
		}
	}
	return missing
}

// Format shows each fault with its line of the file and carets below:
//
//	kms.yaml:24:13: SR022 KS142: The name 'EventNme' does not refer to any known column.
//	 24 |     | where EventNme in ("CreateKey","PutKeyPolicy")
//	    |             ^^^^^^^^ did you mean EventName?
func (e *QueryError) Format() string {
	var text strings.Builder
	for i, d := range e.Diagnostics() {
		hint := d.Hint
		d.Hint = ""
		fmt.Fprintln(&text, d.Error())
		if d.Line > len(e.lines) {
			continue
		}
		source := strings.TrimRight(e.lines[d.Line-1], "\r")
		width := utf8.RuneCountInString(source) + 1 - d.Column
		if line, column := e.at(e.Faults[i].Span.End); line == d.Line {
			width = column - d.Column
		}
		source, before := excerpt(source, d.Column-1)
		width = min(width, utf8.RuneCountInString(source)-before)
		number := fmt.Sprint(d.Line)
		fmt.Fprintf(&text, " %s | %s\n", number, source)
		carets := blanksLike(source, before) + strings.Repeat("^", max(width, 1)) + " " + hint
		fmt.Fprintf(&text, " %s | %s\n", strings.Repeat(" ", len(number)), strings.TrimRight(carets, " "))
	}
	return text.String()
}

// A longer line, as queries in JSON are, shows an excerpt around the fault: so many characters before it and behind.
const (
	longLine      = 240
	excerptBefore = 60
	excerptAfter  = 100
)

// excerpt is a line, or the part of a long one around a character, with the number of characters before this one.
func excerpt(line string, column int) (part string, before int) {
	all := []rune(line)
	if len(all) <= longLine {
		return line, column
	}
	column = min(column, len(all))
	start, end := max(column-excerptBefore, 0), min(column+excerptAfter, len(all))
	part, before = string(all[start:end]), column-start
	if start > 0 {
		part, before = "…"+part, before+1
	}
	if end < len(all) {
		part += "…"
	}
	return part, before
}

// blanksLike is white space as wide as the first n characters of a line.
func blanksLike(line string, n int) string {
	var blanks strings.Builder
	for _, r := range line {
		if n--; n < 0 {
			break
		}
		if r != '\t' {
			r = ' '
		}
		blanks.WriteRune(r)
	}
	return blanks.String()
}
