package ruletest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/eval/scalar"
)

// Change is what Update rewrote: an expectation in a test file, or a snapshot.
type Change struct {
	Path          string
	Line          int
	Test          string
	Key           string // alerts, rowsExact, snapshot …
	Before, After string
}

// Update rewrites what tests expect in numbers and in full to what the rules give: alerts, rows!, rowsExact, rowsOrdered and snapshot files. All else, comments
// among it, stays as it is. A row that still matches keeps its text. Read the changes: a rule that is wrong makes them wrong too.
func Update(ctx context.Context, suites []*Suite, options Options) ([]Change, error) {
	var changes []Change
	for _, s := range suites {
		u := &updater{suite: s, lines: strings.SplitAfter(string(s.file.text), "\n")}
		for _, j := range options.jobs([]*Suite{s}) {
			if j.test.Skip != "" {
				continue
			}
			o := j.outcome(ctx, j.suite.subjects[j.rule].plain, nil)
			if o.err != nil {
				continue
			}
			if err := u.test(j, o); err != nil {
				return nil, err
			}
		}
		if err := u.write(); err != nil {
			return nil, err
		}
		changes = append(changes, u.changes...)
	}
	return changes, context.Cause(ctx)
}

// updater rewrites one test file.
type updater struct {
	suite   *Suite
	lines   []string
	edits   []textEdit
	changes []Change
}

// textEdit puts a text in place of bytes of the file.
type textEdit struct {
	start, end int
	text       string
}

func (u *updater) test(j job, o *outcome) error {
	e := j.test.expect
	change := func(n *yaml.Node, key, before, after string) {
		u.changes = append(u.changes, Change{u.suite.Path, n.Line, j.test.Name, key, before, after})
	}
	if a := e.alerts; a != nil && a.node.Kind == yaml.ScalarNode && !a.holds(len(o.alerts)) {
		after := strconv.Itoa(len(o.alerts))
		start := u.offset(a.node)
		u.edits = append(u.edits, textEdit{start, start + len(a.node.Value), after})
		change(a.node, "alerts", a.node.Value, after)
	}
	for _, p := range e.rows {
		c := &comparison{outcome: o}
		if p.exact {
			c.rows(p)
		}
		if len(c.mismatches) > 0 {
			u.rows(p, o)
			change(p.node, p.key, count(len(p.rows), "row"), count(len(o.rows), "row"))
		}
	}
	if e.snapshot.node == nil || len(j.compareSnapshot(o)) == 0 {
		return nil
	}
	path := j.snapshotPath()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	change(e.snapshot.node, "snapshot", "", path)
	return os.WriteFile(path, []byte(o.snapshot()), 0o644)
}

// offset is the place of a node in the text, in bytes.
func (u *updater) offset(n *yaml.Node) int {
	at := 0
	for _, line := range u.lines[:n.Line-1] {
		at += len(line)
	}
	runes := []rune(u.lines[n.Line-1])
	return at + len(string(runes[:min(n.Column-1, len(runes))]))
}

// rows rewrites a list of rows.
func (u *updater) rows(p *rowsPattern, o *outcome) {
	start := u.offset(p.node)
	text := strings.Join(u.lines, "")
	flow := start < len(text) && text[start] == '['
	end := flowEnd(text, start)
	if !flow {
		end = u.blockEnd(p.node)
	}
	var starts []int
	for _, row := range p.rows {
		starts = append(starts, u.offset(row.node))
	}
	kept := make([]string, len(o.rows))
	for i, k := range assign(len(p.rows), len(o.rows), func(i, k int) bool { return p.rows[i].distance(o.columns, o.rows[k]) == 0 }) {
		if k >= 0 && text[starts[i]] == '{' {
			kept[k] = text[starts[i]:flowEnd(text, starts[i])]
		} else if k >= 0 {
			kept[k] = flowRow(columnsOf(p, o), o.columns, o.rows[k])
		}
	}
	for k, row := range o.rows {
		if kept[k] == "" {
			kept[k] = flowRow(columnsOf(p, o), o.columns, row)
		}
	}
	indent := strings.Repeat(" ", p.node.Column-1)
	switch {
	case flow && len(kept) == 0:
		u.edits = append(u.edits, textEdit{start, end, "[]"})
	case flow:
		u.edits = append(u.edits, textEdit{start, end, "[" + strings.Join(kept, ", ") + "]"})
	case len(kept) == 0:
		u.edits = append(u.edits, textEdit{start, end, "[]\n"})
	default:
		u.edits = append(u.edits, textEdit{start, end, "- " + strings.Join(kept, "\n"+indent+"- ") + "\n"})
	}
}

// columnsOf are the columns that a list of rows tells of, in order; those of the result that are not empty where it tells of none.
func columnsOf(p *rowsPattern, o *outcome) []string {
	var names []string
	for _, row := range p.rows {
		for _, c := range row.cells {
			if !slices.Contains(names, c.name) {
				names = append(names, c.name)
			}
		}
	}
	if names != nil {
		return names
	}
	for _, c := range o.columns {
		if slices.ContainsFunc(o.rows, func(row eval.Row) bool { return hasText(o, row, c.Name) }) {
			names = append(names, c.Name)
		}
	}
	return names
}

// flowEnd is where the list or mapping ends that begins at start.
func flowEnd(text string, start int) int {
	depth, quoted := 0, byte(0)
	for i := start; i < len(text); i++ {
		switch c := text[i]; {
		case quoted == '"' && c == '\\':
			i++
		case quoted != 0:
			if c == quoted {
				quoted = 0
			}
		case (c == '"' || c == '\'') && strings.ContainsRune(" [{,:\n", rune(text[i-1])):
			quoted = c
		case c == '[' || c == '{':
			depth++
		case c == ']' || c == '}':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(text)
}

// blockEnd is where a block list ends: at the first line that stands further left, or that is no item of it.
func (u *updater) blockEnd(n *yaml.Node) int {
	end := 0
	for i, line := range u.lines {
		trimmed := strings.TrimLeft(line, " ")
		indent := len(line) - len(trimmed)
		blank := strings.TrimSpace(line) == ""
		if i+1 > n.Line && !blank && (indent < n.Column-1 || indent == n.Column-1 && !strings.HasPrefix(trimmed, "-")) {
			break
		}
		end += len(line)
	}
	for end > 1 && strings.HasSuffix(strings.Join(u.lines, "")[:end], "\n\n") {
		end--
	}
	return end
}

// flowRow writes a row as a mapping on one line.
func flowRow(names []string, columns []eval.Column, row eval.Row) string {
	cells := make([]string, len(names))
	for i, name := range names {
		v, _ := cell(columns, row, name)
		cells[i] = yamlText(name) + ": " + yamlValue(v)
	}
	return "{" + strings.Join(cells, ", ") + "}"
}

var (
	plainYAML    = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_./@-]*$`)
	reservedYAML = regexp.MustCompile(`(?i)^(true|false|null|yes|no|on|off|empty|y|n)$`)
	likeMatcher  = regexp.MustCompile(`^(~|!|=|\*$|null$|empty$|approx\()`)
)

// yamlText writes a text as a scalar.
func yamlText(text string) string {
	if plainYAML.MatchString(text) && !reservedYAML.MatchString(text) {
		return text
	}
	return quote(text)
}

// yamlValue writes a value so that it matches as an expectation.
func yamlValue(v scalar.Value) string {
	switch v.Kind() {
	case scalar.NoType:
		return "null"
	case scalar.String:
		if text := v.Str(); likeMatcher.MatchString(text) {
			return quote("=" + text)
		}
		return yamlText(v.Str())
	case scalar.Array, scalar.Bag, scalar.DateTime:
		return fmt.Sprint(plainValue(v))
	}
	return scalar.ToString(v)
}

// write applies the edits, the last first.
func (u *updater) write() error {
	if len(u.edits) == 0 {
		return nil
	}
	slices.SortFunc(u.edits, func(a, b textEdit) int { return b.start - a.start })
	text := strings.Join(u.lines, "")
	for _, e := range u.edits {
		text = text[:e.start] + e.text + text[e.end:]
	}
	if _, err := parseFile(u.suite.Path, []byte(text)); err != nil {
		return fmt.Errorf("%s: the file cannot be rewritten in place: %w", u.suite.Path, err)
	}
	return os.WriteFile(u.suite.Path, []byte(text), 0o644)
}
