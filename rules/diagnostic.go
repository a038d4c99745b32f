package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/seed-2512943d/picket/rules/catalog"
)

// Severities of a diagnostic.
const (
	Error   = "error"   // Sentinel refuses the rule, or the rule cannot do what it says
	Warning = "warning" // the rule runs, but surely not as meant
	Note    = "note"    // worth knowing; nothing need be done
)

// Diagnostic is a finding about a rule's file. Running a rule never depends on there being none. Codes are stable; DiagnosticCodes lists them.
type Diagnostic struct {
	Code     string `json:"code"`
	Severity string `json:"severity"`
	Message  string `json:"message"`
	Hint     string `json:"hint,omitempty"`
	Path     string `json:"path"`
	Line     int    `json:"line"`            // from 1
	Column   int    `json:"column"`          // from 1, in characters
	Kusto    string `json:"kusto,omitempty"` // Kusto's own code of a fault in a query, such as KS142
}

// Error is the diagnostic on one line: path:line:column: codes: message; hint.
func (d Diagnostic) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s: %s", d.Path, d.Line, d.Column, d.Codes(), d.Text())
}

// Codes is the code, followed by Kusto's where there is one: SR022 KS142.
func (d Diagnostic) Codes() string { return strings.TrimSpace(d.Code + " " + d.Kusto) }

// Text is the message, followed by the hint where there is one.
func (d Diagnostic) Text() string {
	if d.Hint == "" {
		return d.Message
	}
	return strings.TrimSuffix(d.Message, ".") + "; " + d.Hint
}

// SortDiagnostics orders diagnostics by path, place and code.
func SortDiagnostics(diagnostics []Diagnostic) {
	slices.SortStableFunc(diagnostics, func(a, b Diagnostic) int {
		return firstNonZero(strings.Compare(a.Path, b.Path), a.Line-b.Line, a.Column-b.Column, strings.Compare(a.Code, b.Code))
	})
}

func firstNonZero(numbers ...int) int {
	for _, n := range numbers {
		if n != 0 {
			return n
		}
	}
	return 0
}

// diagnose makes a diagnostic about the value at a path of the rule.
func (r *Rule) diagnose(code, severity, path, hint, format string, args ...any) Diagnostic {
	line, column := r.Place(path)
	return Diagnostic{Code: code, Severity: severity, Message: fmt.Sprintf(format, args...), Hint: hint, Path: r.Path, Line: line, Column: column}
}

// didYouMean suggests the nearest of some names for one that is none of them.
func didYouMean(name string, names []string) string {
	best, bestDistance := "", len(name)/3+1
	for _, candidate := range names {
		if d := distance(strings.ToLower(name), strings.ToLower(candidate)); d < bestDistance {
			best, bestDistance = candidate, d
		}
	}
	if best == "" {
		return ""
	}
	return "did you mean " + best + "?"
}

// distance is the least number of bytes to insert, delete, replace or swap with a neighbour to make b of a.
func distance(a, b string) int {
	before, last, row := []int(nil), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range len(a) {
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(last[j]+cost, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, make([]int, len(b)+1)
	}
	return last[len(b)]
}

func columnNames(columns []catalog.Column) []string {
	names := make([]string, len(columns))
	for i, column := range columns {
		names[i] = column.Name
	}
	return names
}
