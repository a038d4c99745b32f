package rules

import (
	"encoding/json"
	"strings"

	"github.com/seed-2512943d/picket/rules/catalog"
)

// Longest texts of an alert, in characters; longer ones are cut.
const (
	MaxAlertName        = 256
	MaxAlertDescription = 5000
)

// Template is a text with placeholders {{Column}}, as alertDetailsOverride holds them (Sentinel page
// "customize-alert-details").
type Template struct {
	Source string // as written
	parts  []templatePart
}

// templatePart is either text, or a placeholder for a column.
type templatePart struct{ text, column string }

// ParseTemplate finds the placeholders of a text; blanks inside the braces do not count. Braces that do not
// match, or hold nothing, stay text.
func ParseTemplate(source string) Template {
	t := Template{Source: source}
	literal := func(text string) {
		if text == "" {
			return
		}
		t.parts = append(t.parts, templatePart{text: text})
	}
	for rest := source; rest != ""; {
		end := strings.Index(rest, "}}")
		start := strings.LastIndex(rest[:max(end, 0)], "{{")
		if end < 0 {
			literal(rest)
			break
		}
		column := ""
		if start >= 0 {
			column = strings.TrimSpace(rest[start+2 : end])
		}
		if column == "" || strings.ContainsAny(column, "{}") {
			literal(rest[:end+2])
		} else {
			literal(rest[:start])
			t.parts = append(t.parts, templatePart{column: column})
		}
		rest = rest[end+2:]
	}
	return t
}

// Columns lists the columns of the placeholders, in order and with repetitions.
func (t Template) Columns() []string {
	var columns []string
	for _, part := range t.parts {
		if part.column != "" {
			columns = append(columns, part.column)
		}
	}
	return columns
}

// Unbalanced says whether double braces stay in the text, so that a placeholder is surely misspelt.
func (t Template) Unbalanced() bool {
	for _, part := range t.parts {
		if strings.Contains(part.text, "{{") || strings.Contains(part.text, "}}") {
			return true
		}
	}
	return false
}

// Render fills the placeholders. It is all or nothing: where lookup has no value, or an empty one, for any of them,
// the whole text is refused and the caller falls back to the rule's own.
func (t Template) Render(lookup func(column string) (text string, ok bool)) (text string, ok bool) {
	var filled strings.Builder
	for _, part := range t.parts {
		if part.column == "" {
			filled.WriteString(part.text)
			continue
		}
		value, ok := lookup(part.column)
		if !ok || value == "" {
			return "", false
		}
		filled.WriteString(value)
	}
	return filled.String(), filled.Len() > 0
}

// cut shortens a text to a number of characters.
func cut(text string, limit int) string {
	count := 0
	for offset := range text {
		if count == limit {
			return text[:offset]
		}
		count++
	}
	return text
}

// AlertName is the name of an alert about a row: that of alertDisplayNameFormat where the row has all its columns, else the
// rule's name. A nil row, as of an alert without rows, gives the rule's name.
func (r *Rule) AlertName(row Row) string {
	return cut(renderOr(r.Override.Name, row, r.Name), MaxAlertName)
}

// AlertDescription is the description of an alert about a row, found like its name.
func (r *Rule) AlertDescription(row Row) string {
	return cut(renderOr(r.Override.Description, row, r.Description), MaxAlertDescription)
}

// AlertSeverity is the severity of an alert about a row: that in the column alertSeverityColumnName names where it is one
// of the four, else the rule's.
func (r *Rule) AlertSeverity(row Row) string {
	if text, ok := cellText(row, r.Override.SeverityColumn); ok {
		if severity, known := normalize(text, severities); known {
			return severity
		}
	}
	return r.Severity
}

// AlertTactics is the tactics of an alert about a row: those in the column alertTacticsColumnName names, separated by commas
// or as a JSON array, without unknown ones; where none is left, the rule's.
func (r *Rule) AlertTactics(row Row) []string {
	text, ok := cellText(row, r.Override.TacticsColumn)
	if !ok {
		return r.Tactics
	}
	return r.tacticsIn(text, ",")
}

// tacticsIn reads the names of tactics out of a cell.
func (r *Rule) tacticsIn(text, separator string) []string {
	var names, known []string
	if json.Unmarshal([]byte(text), &names) != nil {
		names = strings.Split(text, separator)
	}
	for _, name := range names {
		if tactic, ok := normalize(strings.TrimSpace(name), catalog.Tactics()); ok {
			known = append(known, tactic)
		}
	}
	if known == nil {
		return r.Tactics
	}
	return known
}

func renderOr(t Template, row Row, fallback string) string {
	if t.Source == "" || row == nil {
		return fallback
	}
	text, ok := t.Render(func(column string) (string, bool) { return cellText(row, column) })
	if !ok {
		return fallback
	}
	return text
}

// cellText reads a cell that has text, dynamic arrays and bags as JSON.
func cellText(row Row, column string) (string, bool) {
	if row == nil || column == "" {
		return "", false
	}
	text, kind := row.Cell(column)
	return text, kind == Scalar || kind == Composite
}

// normalize finds the spelling of a name among those known, in any case.
func normalize(text string, known []string) (string, bool) {
	for _, name := range known {
		if strings.EqualFold(text, name) {
			return name, true
		}
	}
	return text, false
}
