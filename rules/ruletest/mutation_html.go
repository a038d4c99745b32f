package ruletest

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"
	"unicode/utf8"
)

//go:embed report.css
var reportStyle string

//go:embed mutation.html.tmpl
var mutationPage string

// writePage writes a page by a template.
func writePage(w io.Writer, name, text string, data any) error {
	page, err := template.New(name).Funcs(template.FuncMap{
		"percent": func(p float64) string { return fmt.Sprintf("%.0f %%", p) },
		"style":   func() template.CSS { return template.CSS(reportStyle) },
	}).Parse(text)
	if err != nil {
		return err
	}
	return page.Execute(w, data)
}

// WriteMutationHTML writes what became of mutants as a page of its own: the lines of each rule's file, and below each line the edits of it that no test
// notices, with a row that would tell the difference.
func WriteMutationHTML(w io.Writer, all []*Mutation) error {
	var shown []mutatedRule
	for _, m := range all {
		shown = append(shown, m.page())
	}
	return writePage(w, "mutation", mutationPage, shown)
}

// mutatedRule is a rule's file with the mutants that tests left.
type mutatedRule struct {
	*Mutation
	Lines   []mutatedLine
	Outside []shownMutant // of what stands outside of the query
	Killed  []MutantResult
}

type mutatedLine struct {
	Number      int
	Text, Shade string
	Left        []shownMutant
}

// shownMutant is a mutant with what differs in its lines.
type shownMutant struct {
	MutantResult
	Old, New lineSpan
}

// lineSpan is a line with the part of it that differs from another one.
type lineSpan struct{ Start, Differs, End, Shade string }

// Name is what the rule is called.
func (m *Mutation) Name() string { return ruleName(m.Rule) }

// Percent is the share of mutants that tests notice, or that the baseline accepts; of no mutants it is 100.
func (m *Mutation) Percent() float64 {
	if len(m.Mutants) == 0 {
		return 100
	}
	return 100 * float64(m.Count(Killed)+m.Count(Accepted)) / float64(len(m.Mutants))
}

// Summary is the numbers of mutants on one line.
func (m *Mutation) Summary() string {
	text := fmt.Sprintf("%d of %s killed", m.Count(Killed), count(len(m.Mutants), "mutant"))
	for _, fate := range []Fate{Survived, NotCovered, Accepted} {
		if n := m.Count(fate); n > 0 {
			text += fmt.Sprintf(", %d %s", n, fate)
		}
	}
	if m.Made > len(m.Mutants) {
		text += fmt.Sprintf(" (of %d made)", m.Made)
	}
	return text
}

// KilledText is how many mutants tests notice, in words.
func (r mutatedRule) KilledText() string { return count(len(r.Killed), "edit") }

func (m *Mutation) page() mutatedRule {
	r := mutatedRule{Mutation: m}
	shades, left := map[int]string{}, map[int][]shownMutant{}
	for _, result := range m.Mutants {
		shade := map[Fate]string{Killed: "full", Survived: "none", NotCovered: "half", Accepted: "full"}[result.Fate]
		if was := shades[result.Line]; was == "" || was == "full" || shade == "none" {
			shades[result.Line] = shade
		}
		mutant := shownMutant{MutantResult: result}
		mutant.Old, mutant.New = changedSpans(result.Before, result.After)
		switch {
		case result.Fate == Killed:
			r.Killed = append(r.Killed, result)
		case result.Line == 0:
			r.Outside = append(r.Outside, mutant)
		default:
			left[result.Line] = append(left[result.Line], mutant)
		}
	}
	number := 0
	for text := range strings.Lines(strings.ReplaceAll(string(m.Rule.Raw), "\r\n", "\n")) {
		number++
		r.Lines = append(r.Lines, mutatedLine{number, strings.TrimSuffix(text, "\n"), shades[number], left[number]})
	}
	return r
}

// changedSpans finds where two lines differ: between what they begin with and what they end with.
func changedSpans(before, after string) (old, changed lineSpan) {
	start := 0
	for start < min(len(before), len(after)) && before[start] == after[start] {
		start++
	}
	for start > 0 && !(utf8.ValidString(before[start:]) && utf8.ValidString(after[start:])) {
		start--
	}
	end := 0
	for end < min(len(before), len(after))-start && before[len(before)-1-end] == after[len(after)-1-end] {
		end++
	}
	for end > 0 && !utf8.ValidString(before[len(before)-end:]) {
		end--
	}
	cut := func(text, shade string) lineSpan {
		return lineSpan{text[:start], text[start : len(text)-end], text[len(text)-end:], shade}
	}
	return cut(before, "none"), cut(after, "full")
}
