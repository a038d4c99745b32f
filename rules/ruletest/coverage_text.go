package ruletest

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// WriteCoverage writes coverage for people: for each rule a line of totals, and what has not been seen.
func WriteCoverage(w io.Writer, coverage []*Coverage) error {
	var text strings.Builder
	for _, c := range coverage {
		c.write(&text)
	}
	_, err := io.WriteString(w, text.String())
	return err
}

// Summary is the totals on one line, without those of things that the rule does not have.
func (c *Coverage) Summary() string {
	t := c.Totals()
	parts := []string{fmt.Sprintf("predicates %s both ways, %s decisive", t.BothWays, t.Decisive)}
	for _, part := range []struct {
		name string
		Ratio
	}{
		{"list elements", t.Elements}, {"branches", t.Branches}, {"joins", t.Joins}, {"entity mappings", t.Mappings}, {"placeholders", t.Placeholders},
	} {
		if part.Of > 0 {
			parts = append(parts, part.name+" "+part.String())
		}
	}
	return strings.Join(parts, "; ")
}

func (c *Coverage) write(text *strings.Builder) {
	fmt.Fprintf(text, "coverage %s  %.0f %%, %s\n", c.Path, c.Percent(), count(c.Tests, "test"))
	fmt.Fprintf(text, "  %s\n", c.Summary())
	width := len("predicate")
	for _, p := range c.Predicates {
		width = max(width, min(maxStageWidth, utf8.RuneCountInString(p.Text)))
	}
	if len(c.Predicates) > 0 {
		fmt.Fprintf(text, "  %5s  %-*s  %6s  %6s  %8s\n", "line", width, "predicate", "true", "false", "decisive")
	}
	for _, p := range c.Predicates {
		label := shorten(p.Text, width)
		fmt.Fprintf(text, "  %5d  %s%s  %6d  %6d  %8d\n", p.Line, label, strings.Repeat(" ", width-utf8.RuneCountInString(label)), p.True, p.False, p.Decisive)
		for _, e := range p.Elements {
			if e.Hits == 0 {
				fmt.Fprintf(text, "         never matched: %s\n", quote(e.Text))
			}
		}
	}
	for _, u := range c.unseen() {
		line := ""
		if u.Line > 0 {
			line = strconv.Itoa(u.Line)
		}
		fmt.Fprintf(text, "  %5s  %s %s\n", line, u.What, shorten(u.Text, 100))
	}
}
