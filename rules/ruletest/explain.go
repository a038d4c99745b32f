package ruletest

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/seed-2512943d/picket/kql"
	"github.com/seed-2512943d/picket/rules"
)

// explain runs the test once more, observed, and writes how many rows left each stage of the query, which conjuncts rejected rows, and some of
// the values that they rejected.
func (j job) explain(ctx context.Context, o *outcome) string {
	compiled, err := j.suite.subjects[j.rule].observed()
	if err != nil {
		return err.Error() + "\n"
	}
	seen := newRecorder()
	j.outcome(ctx, j.suite.subjects[j.rule].observed, seen)
	x := &explanation{job: j, outcome: o, anatomy: dissect(j.rule.Query, compiled.Query()), seen: seen}
	x.heading()
	for _, s := range compiled.Query().Statements {
		if s, ok := s.(*kql.ExprStatement); ok {
			x.tabular(s.Expr, "", "")
		}
	}
	x.write()
	x.trigger()
	return x.text.String()
}

// explanation is an account of what a query did.
type explanation struct {
	job     job
	outcome *outcome
	anatomy *anatomy
	seen    *recorder
	text    strings.Builder
	lines   []stageLine
	hints   []string
	told    []string // the lets whose stages have been listed
}

// stageLine is a stage of a query: a source, or operators.
type stageLine struct {
	label, note string
	rows        int
	silent      bool // it changes nothing about the rows, so that it need not be told of
}

func (x *explanation) heading() {
	fmt.Fprintf(&x.text, "rule %s", filepath.Base(x.job.rule.Path))
	runs := x.outcome.runs
	if len(runs) == 1 {
		fmt.Fprintf(&x.text, "   run %s", runs[0].at.Format(time.RFC3339))
		if w := runs[0].window; w != (rules.Window{}) {
			fmt.Fprintf(&x.text, "   window %s … %s", w.Start.Format("2006-01-02T15:04Z07:00"), w.End.Format("2006-01-02T15:04Z07:00"))
		}
	} else {
		fmt.Fprintf(&x.text, "   %s, rows of all together", count(len(runs), "run"))
	}
	x.text.WriteByte('\n')
}

// tabular lists the stages of a tabular expression; number stands before theirs.
func (x *explanation) tabular(e kql.Expr, number, title string) {
	e = unparen(e)
	pipe, ok := e.(*kql.Pipe)
	if !ok {
		pipe = &kql.Pipe{Source: e}
	}
	stage := 1
	if pipe.Source != nil {
		x.source(unparen(pipe.Source), number, title)
	}
	before := x.seen.rows[unparen(pipe.Source)]
	for i := 0; i < len(pipe.Operators); i++ {
		first := i
		for isExtend(pipe.Operators[i]) && i+1 < len(pipe.Operators) && isExtend(pipe.Operators[i+1]) {
			i++
		}
		stage++
		op := pipe.Operators[i]
		rows := x.seen.rows[op]
		label := x.anatomy.source(pipe.Operators[first])
		if i > first {
			label = fmt.Sprintf("extend (%d consecutive steps)", i-first+1)
		}
		line := stageLine{label: fmt.Sprintf("%s%d %s", number, stage, label), rows: rows}
		line.silent = rows == before && (rows == 0 || i+1 < len(pipe.Operators))
		switch op := op.(type) {
		case *kql.Where:
			line.note = x.rejections(op.Predicate, rows == 0)
			line.silent = line.silent && line.note == ""
		case *kql.Join:
			line.silent = false
			line.note = fmt.Sprintf("left side %d, right side %d", before, x.last(op.Right))
			x.tabular(op.Right, fmt.Sprintf("%s%d.", number, stage), "right side: ")
		case *kql.Union:
			for k, table := range op.Tables {
				x.tabular(table, fmt.Sprintf("%s%d.%d.", number, stage, k+1), "")
			}
			line.silent = false
		}
		x.lines = append(x.lines, line)
		before = rows
	}
}

func isExtend(op kql.Operator) bool {
	_, ok := op.(*kql.Extend)
	return ok
}

// last is how many rows a tabular expression gave.
func (x *explanation) last(e kql.Expr) int {
	e = unparen(e)
	if pipe, ok := e.(*kql.Pipe); ok {
		if n := len(pipe.Operators); n > 0 {
			return x.seen.rows[pipe.Operators[n-1]]
		}
		return x.last(pipe.Source)
	}
	return x.seen.rows[e]
}

// source lists the first stage: a table with what the input has of it, or a let with its own stages.
func (x *explanation) source(e kql.Expr, number, title string) {
	line := stageLine{label: number + "1 " + title + x.anatomy.source(e), rows: x.seen.rows[e]}
	if name, ok := e.(*kql.Name); ok {
		if let := x.anatomy.lets[name.Name]; let != nil {
			if !slices.Contains(x.told, name.Name) {
				x.told = append(x.told, name.Name)
				x.tabular(materialized(let), name.Name+".", "")
			}
		} else if events, given := x.job.suite.prepared[x.job.test].events[name.Name]; given {
			line.note = fmt.Sprintf("%d in data", len(events))
			if len(x.outcome.runs) == 1 && line.rows <= len(events) {
				line.note += fmt.Sprintf(", %d outside the window", len(events)-line.rows)
			}
		} else if _, _, known := x.job.suite.builder.workspace.TableSchema(name.Name); known {
			line.note = "the input has no rows of it"
		}
	}
	if union, ok := e.(*kql.Union); ok {
		for k, table := range union.Tables {
			x.tabular(table, fmt.Sprintf("%s1.%d.", number, k+1), "")
		}
	}
	x.lines = append(x.lines, line)
}

// materialized is what materialize() holds, or the expression itself.
func materialized(e kql.Expr) kql.Expr {
	if call, ok := unparen(e).(*kql.Call); ok && call.Func.Name == "materialize" && len(call.Args) == 1 {
		return call.Args[0]
	}
	return e
}

// rejections tells which leaves of a predicate rejected rows; with values, also some of the values.
func (x *explanation) rejections(predicate kql.Expr, values bool) string {
	var parts []string
	for _, l := range leavesOf(predicate) {
		c := x.seen.leaves[l.expr]
		if c == nil || c.rejections == 0 {
			continue
		}
		text := x.anatomy.source(l.expr)
		if subject := subjectOf(l.expr); subject != nil && !values {
			text = x.anatomy.source(subject)
		}
		part := fmt.Sprintf("%s rejected %d", shorten(text, 50), c.rejections)
		if hint := nullHint(l, x.anatomy, c); values && hint != "" && !slices.Contains(x.hints, hint) {
			x.hints = append(x.hints, hint)
		}
		if values && len(c.rejected) > 0 {
			var shownValues []string
			for _, v := range c.rejected {
				shownValues = append(shownValues, shorten(v, 60))
			}
			part += ": " + strings.Join(shownValues, ", ")
			if hint := hintFor(l, x.anatomy, c.rejected); hint != "" && !slices.Contains(x.hints, hint) {
				x.hints = append(x.hints, hint)
			}
		}
		parts = append(parts, part)
	}
	if values && len(parts) > 0 {
		return "<- " + strings.Join(parts, "; ")
	}
	return strings.Join(parts, ", ")
}

// Widths of the list of stages.
const (
	minStageWidth = 20
	maxStageWidth = 44
)

// write writes the lines that tell something.
func (x *explanation) write() {
	width := minStageWidth
	for _, line := range x.lines {
		if !line.silent {
			width = max(width, min(maxStageWidth, utf8.RuneCountInString(line.label)))
		}
	}
	fmt.Fprintf(&x.text, "%-*s  rows\n", width, "stage")
	for _, line := range x.lines {
		if line.silent {
			continue
		}
		note := ""
		if line.note != "" {
			note = "   " + line.note
			if !strings.HasPrefix(line.note, "<-") {
				note = "   (" + line.note + ")"
			}
		}
		label := shorten(line.label, width)
		fmt.Fprintf(&x.text, "%s%s  %4d%s\n", label, strings.Repeat(" ", width-utf8.RuneCountInString(label)), line.rows, note)
	}
	for _, hint := range x.hints {
		fmt.Fprintf(&x.text, "hint: %s\n", hint)
	}
}

// trigger tells of a trigger that does not fire though there are rows.
func (x *explanation) trigger() {
	rule, o := x.job.rule, x.outcome
	if len(o.runs) == 1 && len(o.rows) > 0 && len(o.alerts) == 0 && rule.Kind == rules.Scheduled {
		fmt.Fprintf(&x.text, "hint: %s, and the trigger of the rule is %s\n", plural(len(o.rows), "row", "rows"), rule.Trigger)
	}
}

// shorten cuts a text to a number of characters.
func shorten(text string, limit int) string {
	if utf8.RuneCountInString(text) <= limit {
		return text
	}
	return string([]rune(text)[:limit-1]) + "…"
}
