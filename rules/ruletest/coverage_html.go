package ruletest

import (
	_ "embed"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/seed-2512943d/picket/kql"
)

//go:embed coverage.html.tmpl
var coveragePage string

// WriteCoverageHTML writes coverage as a page of its own: the lines of each rule's file, with predicates and branches shaded by what tests have seen of them.
func WriteCoverageHTML(w io.Writer, coverage []*Coverage) error {
	var shown []shadedRule
	for _, c := range coverage {
		shown = append(shown, shadedRule{c, c.shade(), c.unseen()})
	}
	return writePage(w, "coverage", coveragePage, shown)
}

// shadedRule is a rule's file with shades.
type shadedRule struct {
	*Coverage
	Lines  []shadedLine
	Unseen []unseen
}

// unseen is something that no test has met.
type unseen struct {
	Line       int
	What, Text string
}

// unseen lists what no test has met, besides predicates.
func (c *Coverage) unseen() []unseen {
	var all []unseen
	for _, b := range c.Branches {
		if b.Taken == 0 {
			all = append(all, unseen{b.Line, "never taken:", b.Value + " of " + b.Text})
		}
	}
	for _, j := range c.Joins {
		if !j.Matched {
			all = append(all, unseen{j.Line, "never matched:", j.Text})
		}
		if !j.Unmatched {
			all = append(all, unseen{j.Line, "never unmatched:", j.Text})
		}
	}
	for _, m := range c.Mappings {
		if m.Hits == 0 {
			all = append(all, unseen{0, "no entity:", m.Text})
		}
	}
	for _, p := range c.Placeholders {
		if p.Hits == 0 {
			all = append(all, unseen{0, "never filled:", p.Text})
		}
	}
	return all
}

type shadedLine struct {
	Number int
	Shade  string // that of the worst of its parts; empty for a line without any
	Parts  []shadedPart
}

// shadedPart is a piece of a line; Shade is empty, or full, half or none.
type shadedPart struct{ Text, Shade, Title string }

// shading is a span of the query with what was seen of it.
type shading struct {
	span         kql.Span
	shade, title string
}

func (c *Coverage) shadings() []shading {
	var all []shading
	for _, p := range c.Predicates {
		s := shading{p.span, "half", fmt.Sprintf("true of %d rows, false of %d, decisive for %d", p.True, p.False, p.Decisive)}
		var missed []string
		for _, e := range p.Elements {
			if e.Hits == 0 {
				missed = append(missed, quote(e.Text))
			}
		}
		if missed != nil {
			s.title += "; never matched: " + strings.Join(missed, ", ")
		}
		switch {
		case p.BothWays() && missed == nil:
			s.shade = "full"
		case p.True+p.False == 0:
			s.shade = "none"
		}
		all = append(all, s)
	}
	for _, b := range c.Branches {
		s := shading{b.span, "full", fmt.Sprintf("taken %d times", b.Taken)}
		if b.Taken == 0 {
			s.shade, s.title = "none", "never taken"
		}
		all = append(all, s)
	}
	slices.SortStableFunc(all, func(a, b shading) int { return a.span.Start - b.span.Start })
	return all
}

// shade cuts the rule's file into lines and parts.
func (c *Coverage) shade() []shadedLine {
	lines := make([]shadedLine, 0)
	spans := map[int][]shadedSpan{}
	source := kql.NewSource(c.Rule.Query)
	for _, s := range c.shadings() {
		for start := s.span.Start; start < s.span.End; {
			line, column := c.Rule.QueryPos.At(start)
			end := s.span.End
			if i := strings.IndexByte(source.Text[start:end], '\n'); i >= 0 {
				end = start + i
			}
			spans[line] = append(spans[line], shadedSpan{column - 1, column - 1 + len([]rune(source.Text[start:end])), s})
			start = end + 1
			for start < s.span.End && source.Text[start] == ' ' {
				start++
			}
		}
	}
	number := 0
	for text := range strings.Lines(strings.ReplaceAll(string(c.Rule.Raw), "\r\n", "\n")) {
		number++
		lines = append(lines, shadeLine(number, []rune(strings.TrimSuffix(text, "\n")), spans[number]))
	}
	return lines
}

// shadedSpan is a shading within a line, by characters.
type shadedSpan struct {
	start, end int
	shading
}

func shadeLine(number int, text []rune, spans []shadedSpan) shadedLine {
	line := shadedLine{Number: number}
	worst := []string{"", "full", "half", "none"}
	at := 0
	for _, s := range spans {
		if slices.Index(worst, s.shade) > slices.Index(worst, line.Shade) {
			line.Shade = s.shade
		}
		start, end := max(s.start, at), min(s.end, len(text))
		if start >= end {
			continue
		}
		if start > at {
			line.Parts = append(line.Parts, shadedPart{Text: string(text[at:start])})
		}
		line.Parts = append(line.Parts, shadedPart{string(text[start:end]), s.shade, s.title})
		at = end
	}
	return shadedLine{line.Number, line.Shade, append(line.Parts, shadedPart{Text: string(text[at:])})}
}
