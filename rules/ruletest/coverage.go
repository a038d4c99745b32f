package ruletest

import (
	"context"
	"fmt"
	"slices"

	"github.com/seed-2512943d/picket/kql"
	"github.com/seed-2512943d/picket/rules"
)

// Coverage is what tests have seen of the parts of a rule. The unit is the leaf predicate: a part of a condition without and, or and not(), be it of
// a where, also in joins, unions and lets, or of the iff or case that chooses what a where looks at. Leaves are tested apart from one another, so
// that an earlier one that fails does not hide a later one. What stands in saved functions is not part of the rule.
type Coverage struct {
	Rule         *rules.Rule         `json:"-"`
	Path         string              `json:"path"`
	Name         string              `json:"name"`
	Tests        int                 `json:"tests"`
	Predicates   []PredicateCoverage `json:"predicates"`
	Branches     []BranchCoverage    `json:"branches"`
	Joins        []JoinCoverage      `json:"joins,omitempty"`
	Mappings     []PartCoverage      `json:"entityMappings"`
	Placeholders []PartCoverage      `json:"placeholders"`
}

// PredicateCoverage is what was seen of a leaf predicate.
type PredicateCoverage struct {
	Text     string         `json:"text"`
	Line     int            `json:"line"` // in the rule's file
	Column   int            `json:"column"`
	True     int            `json:"true"`     // rows of which it holds
	False    int            `json:"false"`    // rows of which it does not
	Decisive int            `json:"decisive"` // rows that it alone kept out; of alternatives, rows that it alone let pass
	Elements []PartCoverage `json:"elements,omitempty"`

	span kql.Span
}

// BothWays says whether the predicate was seen to hold and not to hold.
func (p PredicateCoverage) BothWays() bool { return p.True > 0 && p.False > 0 }

// BranchCoverage is how often a value of iff or case was taken.
type BranchCoverage struct {
	Text   string `json:"text"` // the call
	Value  string `json:"value"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
	Taken  int    `json:"taken"`

	span kql.Span
}

// JoinCoverage says whether rows found a partner, and whether some found none, as far as the numbers of rows tell.
type JoinCoverage struct {
	Text      string `json:"text"`
	Line      int    `json:"line"`
	Matched   bool   `json:"matched"`
	Unmatched bool   `json:"unmatched"`
}

// PartCoverage is how often something was met: the element of a list, an entity of a mapping, the value of a placeholder.
type PartCoverage struct {
	Text string `json:"text"`
	Hits int    `json:"hits"`
}

// Ratio is how many of so many things were seen.
type Ratio struct{ Seen, Of int }

// String writes 5/7.
func (r Ratio) String() string { return fmt.Sprintf("%d/%d", r.Seen, r.Of) }

func (r *Ratio) count(seen bool) {
	r.Of++
	if seen {
		r.Seen++
	}
}

// Totals sums up the coverage of a rule.
type Totals struct {
	BothWays, Decisive, Elements, Branches, Joins, Mappings, Placeholders Ratio
	sides                                                                 Ratio // of predicates: each is to be seen to hold, and not to
}

// Totals sums up the coverage.
func (c *Coverage) Totals() Totals {
	var t Totals
	for _, p := range c.Predicates {
		t.BothWays.count(p.BothWays())
		t.Decisive.count(p.Decisive > 0)
		t.sides.count(p.True > 0)
		t.sides.count(p.False > 0)
		for _, e := range p.Elements {
			t.Elements.count(e.Hits > 0)
		}
	}
	for _, b := range c.Branches {
		t.Branches.count(b.Taken > 0)
	}
	for _, j := range c.Joins {
		t.Joins.count(j.Matched)
		t.Joins.count(j.Unmatched)
	}
	for _, m := range c.Mappings {
		t.Mappings.count(m.Hits > 0)
	}
	for _, p := range c.Placeholders {
		t.Placeholders.count(p.Hits > 0)
	}
	return t
}

// Percent is the share of all that was seen: predicates both ways, elements, branches, joins, mappings and placeholders. Of nothing to see it is 100.
func (c *Coverage) Percent() float64 {
	t := c.Totals()
	var all Ratio
	for _, r := range []Ratio{t.sides, t.Elements, t.Branches, t.Joins, t.Mappings, t.Placeholders} {
		all.Seen, all.Of = all.Seen+r.Seen, all.Of+r.Of
	}
	if all.Of == 0 {
		return 100
	}
	return 100 * float64(all.Seen) / float64(all.Of)
}

// Cover runs the tests of suites once more, observed, and tells what they see of each rule, in the order of the rules. Tests of one rule in several
// files count together. The error is that of ctx, or of a rule that cannot be compiled.
func Cover(ctx context.Context, suites []*Suite, options Options) ([]*Coverage, error) {
	jobs := options.jobs(suites)
	observations := make([]*observation, len(jobs))
	parallel(options.Jobs, len(jobs), func(i int) {
		if jobs[i].test.Skip == "" && ctx.Err() == nil {
			observations[i] = jobs[i].observe(ctx)
		}
	})
	var all []*Coverage
	byRule := map[string]*Coverage{}
	for i, j := range jobs {
		if observations[i] == nil {
			continue
		}
		compiled, err := j.suite.subjects[j.rule].observed()
		if err != nil {
			if j.test.expect.failure != nil {
				continue
			}
			return nil, err
		}
		c := newCoverage(j.rule, dissect(j.rule.Query, compiled.Query()), observations[i])
		if known := byRule[j.rule.Path]; known != nil {
			known.add(c)
			continue
		}
		byRule[j.rule.Path] = c
		all = append(all, c)
	}
	return all, context.Cause(ctx)
}

// observation is a test as it ran, observed.
type observation struct {
	outcome  *outcome
	recorder *recorder
}

func (j job) observe(ctx context.Context) *observation {
	o := &observation{recorder: newRecorder()}
	o.outcome = j.outcome(ctx, j.suite.subjects[j.rule].observed, o.recorder)
	return o
}

// newCoverage is the coverage of a rule by one test.
func newCoverage(rule *rules.Rule, a *anatomy, o *observation) *Coverage {
	c := &Coverage{
		Rule: rule, Path: rule.Path, Name: ruleName(rule), Tests: 1,
		Predicates: []PredicateCoverage{}, Branches: []BranchCoverage{}, Mappings: []PartCoverage{}, Placeholders: []PartCoverage{},
	}
	place := func(n kql.Node) (line, column int) { return rule.QueryPos.At(n.Span().Start) }
	for _, l := range a.leaves {
		seen := o.recorder.leaf(l.expr)
		p := PredicateCoverage{Text: a.source(l.expr), True: seen.yes, False: seen.no, Decisive: seen.decided, span: l.expr.Span()}
		p.Line, p.Column = place(l.expr)
		for i, e := range l.elements {
			part := PartCoverage{Text: e.value}
			if i < len(seen.hits) {
				part.Hits = seen.hits[i]
			}
			p.Elements = append(p.Elements, part)
		}
		c.Predicates = append(c.Predicates, p)
	}
	for _, choice := range a.choices {
		taken := o.recorder.choices[choice.call]
		for i, value := range choice.values() {
			b := BranchCoverage{Text: a.source(choice.call), Value: a.source(value), span: value.Span()}
			b.Line, b.Column = place(value)
			if i < len(taken) {
				b.Taken = taken[i]
			}
			c.Branches = append(c.Branches, b)
		}
	}
	for _, join := range a.joins {
		if j, ok := joinCoverage(a, join, o.recorder); ok {
			j.Line, _ = place(join)
			c.Joins = append(c.Joins, j)
		}
	}
	c.mapped(o.outcome)
	return c
}

// mapped finds which entity mappings gave an entity, and which placeholders a value.
func (c *Coverage) mapped(o *outcome) {
	for _, m := range c.Rule.Entities {
		part := PartCoverage{Text: m.Type}
		for _, f := range m.Fields {
			part.Text += " " + f.Identifier + "=" + f.Column
		}
		required := m.Fields
		for _, row := range o.rows {
			if slices.ContainsFunc(required, func(f rules.FieldMapping) bool { return hasText(o, row, f.Column) }) {
				part.Hits++
			}
		}
		c.Mappings = append(c.Mappings, part)
	}
	columns := slices.Concat(c.Rule.Override.Name.Columns(), c.Rule.Override.Description.Columns())
	slices.Sort(columns)
	for _, column := range slices.Compact(columns) {
		part := PartCoverage{Text: "{{" + column + "}}"}
		for _, row := range o.rows {
			if hasText(o, row, column) {
				part.Hits++
			}
		}
		c.Placeholders = append(c.Placeholders, part)
	}
}

// joinCoverage tells of a join by the numbers of rows on its sides and behind it. Of an outer join they tell nothing.
func joinCoverage(a *anatomy, join *kql.Join, seen *recorder) (JoinCoverage, bool) {
	j := JoinCoverage{Text: a.source(join)}
	kind := "innerunique"
	for _, p := range join.Params {
		if p.Name == "kind" {
			kind = a.source(p.Value)
		}
	}
	left, out := seen.rows[a.before(join)], seen.rows[join]
	switch kind {
	case "inner", "innerunique", "leftsemi":
		j.Matched, j.Unmatched = out > 0, out < left
	case "leftanti", "anti", "leftantisemi":
		j.Matched, j.Unmatched = out < left, out > 0
	default:
		return j, false
	}
	return j, true
}

// before is what stands before an operator in its pipe.
func (a *anatomy) before(op kql.Operator) kql.Node {
	var found kql.Node
	kql.Inspect(a.query, func(n kql.Node) bool {
		if pipe, ok := n.(*kql.Pipe); ok {
			for i, o := range pipe.Operators {
				switch {
				case o == op && i > 0:
					found = pipe.Operators[i-1]
				case o == op && pipe.Source != nil:
					found = unparen(pipe.Source)
				}
			}
		}
		return found == nil
	})
	return found
}

// add adds what other tests see of the same rule.
func (c *Coverage) add(other *Coverage) {
	c.Tests += other.Tests
	for i := range c.Predicates {
		p, q := &c.Predicates[i], other.Predicates[i]
		p.True, p.False, p.Decisive = p.True+q.True, p.False+q.False, p.Decisive+q.Decisive
		addParts(p.Elements, q.Elements)
	}
	for i := range c.Branches {
		c.Branches[i].Taken += other.Branches[i].Taken
	}
	for i := range c.Joins {
		c.Joins[i].Matched = c.Joins[i].Matched || other.Joins[i].Matched
		c.Joins[i].Unmatched = c.Joins[i].Unmatched || other.Joins[i].Unmatched
	}
	addParts(c.Mappings, other.Mappings)
	addParts(c.Placeholders, other.Placeholders)
}

func addParts(to, from []PartCoverage) {
	for i := range to {
		to[i].Hits += from[i].Hits
	}
}
