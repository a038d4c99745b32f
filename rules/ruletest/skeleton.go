package ruletest

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/seed-2512943d/picket/kql"
	"github.com/seed-2512943d/picket/rules"
)

// Skeleton writes a test file to begin with: one test whose row has what the predicates of the rule ask for, and one for each predicate whose row
// lacks just that. What cannot be known is marked TODO. now is the instant of the runs.
func Skeleton(rule *rules.Rule, now time.Time) (string, error) {
	query, err := kql.Parse(rule.Query)
	if err != nil {
		return "", err
	}
	s := &skeleton{anatomy: dissect(rule.Query, query), rule: rule}
	s.table = s.firstTable()
	var text strings.Builder
	fmt.Fprintf(&text, "# Tests of %s\n", filepath.Base(rule.Path))
	fmt.Fprintf(&text, "rule: %s\ndefaults:\n  now: %s\ntests:\n", filepath.Base(rule.Path), now.UTC().Format(time.RFC3339))
	s.test(&text, "fires on a row that has all that the rule asks for", nil, "alerts: 1")
	for _, l := range s.leaves {
		if !l.condition && !l.either {
			s.test(&text, "silent: "+s.unlike(l), l, "none: true")
		}
	}
	return text.String(), nil
}

type skeleton struct {
	*anatomy
	rule  *rules.Rule
	table string
}

// firstTable is the table that the query reads first.
func (s *skeleton) firstTable() string {
	name := ""
	kql.Inspect(s.query, func(n kql.Node) bool {
		if pipe, ok := n.(*kql.Pipe); ok && name == "" {
			if source, ok := unparen(pipe.Source).(*kql.Name); ok && s.lets[source.Name] == nil {
				name = source.Name
			}
		}
		return name == ""
	})
	if name == "" {
		return "TODO_the_table"
	}
	return name
}

// test writes a test whose row fits all predicates but one.
func (s *skeleton) test(text *strings.Builder, name string, but *leaf, expect string) {
	fmt.Fprintf(text, "  - name: %s\n    input:\n      %s:\n        - TimeGenerated: -5m\n", quote(name), s.table)
	written := map[string]bool{"TimeGenerated": true}
	for _, l := range s.leaves {
		if l.condition {
			continue
		}
		subject := subjectOf(l.expr)
		column, direct := subject.(*kql.Name)
		switch {
		case subject == nil:
			fmt.Fprintf(text, "          # TODO: %s\n", s.source(l.expr))
		case direct && s.computed(column.Name):
			fmt.Fprintf(text, "          # TODO: columns that make %s %s\n", column.Name, s.example(l, l == but))
		case direct && !written[column.Name]:
			written[column.Name] = true
			if value := s.example(l, l == but); value != `""` {
				fmt.Fprintf(text, "          %s: %s\n", column.Name, value)
			}
		case !direct:
			fmt.Fprintf(text, "          # TODO: %s of %s\n", s.example(l, l == but), s.source(subject))
		}
	}
	fmt.Fprintf(text, "    expect: {%s}\n", expect)
}

// computed says whether the query makes a column of that name.
func (s *skeleton) computed(name string) bool {
	found := false
	kql.Inspect(s.query, func(n kql.Node) bool {
		if named, ok := n.(*kql.NamedExpr); ok {
			for _, id := range named.Names {
				found = found || id.Name == name
			}
		}
		return !found
	})
	return found
}

// example is a value that passes a leaf, or one that does not.
func (s *skeleton) example(l *leaf, fails bool) string {
	holds := l.wanted() != fails
	constants := s.constantsOf(l)
	op := operatorOf(l.expr)
	if call, ok := l.expr.(*kql.Call); ok {
		empty := call.Func.Name == "isempty" || call.Func.Name == "isnull"
		if empty == holds {
			return `""`
		}
		return "TODO"
	}
	if len(constants) == 0 {
		return "TODO"
	}
	switch numeric := op == ">" || op == "<" || op == ">=" || op == "<="; {
	case numeric && holds == strings.HasPrefix(op, ">"):
		return s.beyond(constants[0], 1)
	case numeric:
		return s.beyond(constants[0], -1)
	case positive(op) == holds:
		return yamlText(constants[0])
	}
	return "other"
}

// beyond is a number so far from another; TODO where that is none.
func (s *skeleton) beyond(text string, by int) string {
	var n int
	if _, err := fmt.Sscan(text, &n); err != nil {
		return "TODO"
	}
	return fmt.Sprint(n + by)
}

// unlike says what the row of a silent test is like.
func (s *skeleton) unlike(l *leaf) string {
	m := &mutator{anatomy: s.anatomy}
	return m.describe(l, !l.wanted())
}
