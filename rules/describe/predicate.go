package describe

import (
	"slices"

	"github.com/seed-2512943d/picket/kql"
)

// Predicate is a node of the boolean tree that a where operator holds. Terms are those of and, or and not; every other node is a leaf.
type Predicate struct {
	Op        string       `json:"op"` // and, or, not, indicator, time, other
	Terms     []*Predicate `json:"terms,omitempty"`
	Indicator *Indicator   `json:"indicator,omitempty"` // negated as the leaf itself says, whatever stands around it
	Text      string       `json:"text,omitempty"`      // of a leaf, as written
	Line      int          `json:"line"`                // in the rule's file, from 1
	Column    int          `json:"column"`              // from 1, in characters
}

// The sorts of leaf.
const (
	leafIndicator = "indicator" // a field compared with constants or with another field
	leafTime      = "time"      // bounds the time of events, as every rule does
	leafOther     = "other"
)

// Condition is a leaf that is no indicator.
type Condition struct {
	Text    string `json:"text"`
	Negated bool   `json:"negated,omitempty"` // by a not around it
}

// where reads the predicate of a where operator over a table.
func (a *analysis) where(x kql.Expr, t *table, s *scope) *Predicate {
	if x == nil {
		return nil
	}
	p := &predicate{analysis: a, table: t, scope: s}
	return p.node(x, false)
}

// predicate is the work on one predicate.
type predicate struct {
	*analysis
	table *table
	scope *scope
}

// node reads a part of the predicate; negated says that an odd number of not stands around it.
func (p *predicate) node(x kql.Expr, negated bool) *Predicate {
	switch x := unparen(x).(type) {
	case *kql.Binary:
		if x.Op == "and" || x.Op == "or" {
			return p.placed(x, Predicate{Op: x.Op, Terms: append(p.chain(x.X, x.Op, negated), p.node(x.Y, negated))})
		}
	case *kql.Call:
		if x.Func.Name == "not" && len(x.Args) == 1 {
			return p.placed(x, Predicate{Op: "not", Terms: []*Predicate{p.node(x.Args[0], !negated)}})
		}
	}
	return p.leaf(x, negated)
}

// placed gives a node its place.
func (p *predicate) placed(x kql.Expr, node Predicate) *Predicate {
	node.Line, node.Column = p.place(x)
	return &node
}

// chain gives the terms before the last of a chain a and b and c.
func (p *predicate) chain(x kql.Expr, op string, negated bool) []*Predicate {
	if b, ok := x.(*kql.Binary); ok && b.Op == op {
		return append(p.chain(b.X, op, negated), p.node(b.Y, negated))
	}
	return []*Predicate{p.node(x, negated)}
}

func (p *predicate) leaf(x kql.Expr, negated bool) *Predicate {
	leaf := p.placed(x, Predicate{Op: leafOther, Text: p.clean(x)})
	if p.boundsTime(x) {
		leaf.Op = leafTime
		return leaf
	}
	found, ok := p.indicator(x)
	if !ok {
		condition := Condition{kql.Canonical(unparen(x)), negated}
		if !slices.Contains(p.out.Others, condition) {
			p.out.Others = append(p.out.Others, condition)
		}
		return leaf
	}
	leaf.Op, leaf.Indicator = leafIndicator, &found
	effective := found
	effective.Negated = found.Negated != negated
	p.indicators.add(effective)
	p.note(effective)
	return leaf
}

// boundsTime says whether a leaf compares TimeGenerated, or anything with the time of the run.
func (p *predicate) boundsTime(x kql.Expr) bool {
	var sides []kql.Expr
	switch x := unparen(x).(type) {
	case *kql.Binary:
		sides = []kql.Expr{x.X, x.Y}
	case *kql.Between:
		sides = []kql.Expr{x.X, x.Lo, x.Hi}
	}
	return slices.ContainsFunc(sides, func(side kql.Expr) bool {
		name, ok := unparen(side).(*kql.Name)
		return ok && name.Name == timeGenerated || p.scope.readsClock(side)
	})
}

// timeGenerated is the column that says when an event took place.
const timeGenerated = "TimeGenerated"

// readsClock says whether a value depends on the time of the run, of itself or through what it names.
func (s *scope) readsClock(x kql.Expr) bool {
	clock := false
	kql.Inspect(x, func(n kql.Node) bool {
		switch n := n.(type) {
		case *kql.Call:
			clock = clock || n.Func.Name == "now" || n.Func.Name == "ago"
		case *kql.Literal:
			clock = clock || n.IsNow()
		case *kql.Name:
			d, ok := s.lookup(n.Name)
			clock = clock || ok && d.clock
		case *kql.Pipe:
			return false
		}
		return !clock
	})
	return clock
}
