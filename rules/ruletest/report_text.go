package ruletest

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/fatih/color"
)

// TextOptions alter a report in text.
type TextOptions struct {
	Color   bool // of a terminal
	Verbose bool // a line for each test, also those that pass
}

// WriteText writes results for people: a line for each test file, each failure with what differs and why, and the totals.
func WriteText(w io.Writer, results []Result, options TextOptions) error {
	p := &textReport{w: w, paint: painter(options.Color)}
	for _, group := range bySuite(results) {
		p.suite(group, options.Verbose)
	}
	p.totals(results)
	return p.err
}

// bySuite parts results by their test files.
func bySuite(results []Result) [][]Result {
	var groups [][]Result
	for _, r := range results {
		if n := len(groups); n > 0 && groups[n-1][0].Suite == r.Suite {
			groups[n-1] = append(groups[n-1], r)
		} else {
			groups = append(groups, []Result{r})
		}
	}
	return groups
}

// painter colours texts, or leaves them.
type painter bool

func (on painter) paint(text string, attributes ...color.Attribute) string {
	c := color.New(attributes...)
	if on {
		c.EnableColor()
	} else {
		c.DisableColor()
	}
	return c.Sprint(text)
}

type textReport struct {
	w     io.Writer
	paint painter
	err   error
}

func (p *textReport) print(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format, args...)
	}
}

func (p *textReport) suite(results []Result, verbose bool) {
	for _, r := range results {
		switch {
		case r.Status == Failed:
			p.failure(r)
		case r.Status != Passed:
			p.print("%s %s:%d  %s: %s\n", p.paint.paint("--- "+strings.ToUpper(string(r.Status))+":", color.FgYellow), r.Suite.Path, r.Test.Line, r.title(), r.Reason)
		case verbose:
			p.print("%s %s:%d  %s  (%s)\n", p.paint.paint("--- PASS:", color.FgGreen), r.Suite.Path, r.Test.Line, r.title(), milliseconds(r.Duration))
		}
	}
	t := tally(results)
	if t.failed > 0 {
		p.print("%s  %s  %s\n", p.paint.paint("FAIL", color.FgRed, color.Bold), results[0].Suite.Path, t)
	} else {
		p.print("%s    %s  %s\n", p.paint.paint("ok", color.FgGreen), results[0].Suite.Path, t)
	}
}

// title is the name of the test, and that of the rule where the file tests several.
func (r Result) title() string {
	if len(r.Suite.Rules) > 1 {
		return r.Test.Name + " [" + ruleName(r.Rule) + "]"
	}
	return r.Test.Name
}

func milliseconds(d time.Duration) string {
	ms := float64(d) / float64(time.Millisecond)
	if ms < 9.95 {
		return fmt.Sprintf("%.1f ms", ms)
	}
	return fmt.Sprintf("%.0f ms", ms)
}

func (p *textReport) failure(r Result) {
	p.print("%s %s:%d  %s  (%s)\n", p.paint.paint("--- FAIL:", color.FgRed, color.Bold), r.Suite.Path, r.Test.Line, r.title(), milliseconds(r.Duration))
	p.print("%s", p.colored(r.Body(), "    "))
}

// Body is what is to be said of a failure: each mismatch with its line in the test file, and why the rule gave what it gave.
func (r Result) Body() string {
	var text strings.Builder
	for _, m := range r.Mismatches {
		if m.Line > 0 && m.Line != r.Test.Line {
			fmt.Fprintf(&text, "line %d: ", m.Line)
		}
		text.WriteString(m.Message + "\n" + m.Diff)
	}
	text.WriteString(r.Why)
	return text.String()
}

// colored indents lines, and colours those of a listing of differences.
func (p *textReport) colored(text, indent string) string {
	var out strings.Builder
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case strings.HasPrefix(line, "  - "):
			line = p.paint.paint(line, color.FgRed)
		case strings.HasPrefix(line, "  + "):
			line = p.paint.paint(line, color.FgGreen)
		case strings.HasPrefix(line, "hint: "):
			line = p.paint.paint(line, color.FgCyan)
		}
		out.WriteString(strings.TrimRight(indent+line, " ") + "\n")
	}
	return out.String()
}

func (p *textReport) totals(results []Result) {
	files := len(bySuite(results))
	p.print("%s in %s: %s\n", count(len(results), "test"), count(files, "file"), tally(results))
}

// tallies counts results by how they ended.
type tallies struct{ passed, failed, skipped, todo int }

func tally(results []Result) tallies {
	var t tallies
	for _, r := range results {
		switch r.Status {
		case Passed:
			t.passed++
		case Failed:
			t.failed++
		case Skipped:
			t.skipped++
		case Todo:
			t.todo++
		}
	}
	return t
}

// String lists the counts; those of nothing but passed and failed only where there are any.
func (t tallies) String() string {
	text := fmt.Sprintf("%d passed, %d failed", t.passed, t.failed)
	if t.skipped > 0 {
		text += fmt.Sprintf(", %d skipped", t.skipped)
	}
	if t.todo > 0 {
		text += fmt.Sprintf(", %d todo", t.todo)
	}
	return text
}

// Fails says whether any test failed.
func Fails(results []Result) bool { return tally(results).failed > 0 }
