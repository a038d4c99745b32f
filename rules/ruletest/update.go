package ruletest

import (
	"cmp"
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

// Change is what Update rewrote: a value in a test file, a row of a list, or a snapshot. Before is empty for a row that is new, and After for one that is gone.
type Change struct {
	Path          string
	Line          int
	Test          string
	Key           string // alerts; rowsExact row 2 Accounts; snapshot
	Before, After string
}

// String is the change on one line.
func (c Change) String() string {
	before, after := cmp.Or(c.Before, "nothing"), cmp.Or(c.After, "nothing")
	return fmt.Sprintf("%s:%d  %s  %s: %s -> %s", c.Path, c.Line, c.Test, c.Key, oneLine(before), oneLine(after))
}

func oneLine(text string) string { return shorten(strings.Join(strings.Fields(text), " "), maxShown) }

// Update rewrites what tests expect in numbers and in full to what the rules give: alerts, rows!, rowsExact, rowsOrdered and snapshot files. All else, comments
// among it, stays as it is: of a row that differs only the values that do are written anew, each row by the nearest one that the rule gives. Read the
// changes: a rule that is wrong makes them wrong too. The error is that of writing, or of ctx.
func Update(ctx context.Context, suites []*Suite, options Options) ([]Change, error) {
	var changes []Change
	for _, s := range suites {
		u := &updater{suite: s, lines: strings.SplitAfter(string(s.file.text), "\n")}
		for _, j := range options.jobs([]*Suite{s}) {
			if j.test.Skip != "" || j.rule != s.Rules[0] {
				continue // where a file tests several rules, the first decides
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
			u.rows(p, o, change)
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
	slices.SortStableFunc(u.edits, func(a, b textEdit) int { return b.start - a.start })
	text := strings.Join(u.lines, "")
	for _, e := range u.edits {
		text = text[:e.start] + e.text + text[e.end:]
	}
	if _, err := parseFile(u.suite.Path, []byte(text)); err != nil {
		return fmt.Errorf("%s: the file cannot be rewritten in place: %w", u.suite.Path, err)
	}
	return os.WriteFile(u.suite.Path, []byte(text), 0o644)
}
