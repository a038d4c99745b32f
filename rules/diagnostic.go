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

// Diagnostic is a finding about a rule's file. Running a rule never depends on there being none. Codes are stable:
//
//	SR000 no readable YAML            SR030 entity type               SR050 technique of no tactic listed
//	SR001 missing key                 SR031 identifier                SR060 NRT rule with a schedule
//	SR002 value that is none of those SR032 required identifiers      SR061 NRT rule across workspaces
//	SR003 duration: form or range     SR033 column not in the result  SR070 grouping incomplete
//	SR004 period below frequency      SR034 column of type dynamic    SR071 Selected without keys
//	SR005 long period, short interval SR035 weak identification       SR080 suppression without effect
//	SR006 threshold                   SR036 legacy column unmapped    SR090 events seen by several runs
//	SR007 value of the wrong form     SR040 custom detail
//	SR010 unknown key                 SR041 braces of a placeholder
//	SR011 id used twice               SR042 too many placeholders
//	SR012 name too long               SR043 placeholder's column
//	SR020 query too long              SR044 severity or tactics column
//	SR021 search * or union *
type Diagnostic struct {
	Code     string `json:"code"`
	Severity string `json:"severity"`
	Message  string `json:"message"`
	Hint     string `json:"hint,omitempty"`
	Path     string `json:"path"`
	Line     int    `json:"line"`   // from 1
	Column   int    `json:"column"` // from 1, in characters
}

// Error is the diagnostic on one line: path:line:column: code: message; hint.
func (d Diagnostic) Error() string {
	text := fmt.Sprintf("%s:%d:%d: %s: %s", d.Path, d.Line, d.Column, d.Code, d.Message)
	if d.Hint != "" {
		text += "; " + d.Hint
	}
	return text
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
	return Diagnostic{code, severity, fmt.Sprintf(format, args...), hint, r.Path, line, column}
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
