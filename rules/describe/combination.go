package describe

import (
	"slices"
	"strings"

	"github.com/seed-2512943d/picket/kql"
	"github.com/seed-2512943d/picket/rules"
)

// combinations are the conditions of where operators that or and not join, each once and in order: tests without their values, so that
// only how they hang together tells two of them apart. What and joins says no more than the tests themselves.
func (q *Query) combinations() []string {
	var list []string
	var add func(stages []Stage)
	add = func(stages []Stage) {
		for _, s := range stages {
			if s.Predicate != nil {
				list = append(list, s.Predicate.junction(false).alternatives()...)
			}
			for _, leg := range s.Legs {
				add(leg.Stages)
			}
		}
	}
	for _, p := range q.Pipelines {
		add(p.Stages)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// alternatives are the terms that or joins, those behind an and at the top one by one.
func (j junction) alternatives() []string {
	terms := []junction{j}
	if j.op == "and" {
		terms = j.terms
	}
	var list []string
	for _, term := range terms {
		if text := term.text(false); term.op == "or" && text != term.terms[0].text(true) {
			list = append(list, text)
		}
	}
	return list
}

// junction is a predicate with the nots around its terms put into them, and the terms of one operator within the same one joined.
type junction struct {
	op    string // and, or; empty for a leaf
	leaf  string
	terms []junction
}

func (p *Predicate) junction(negated bool) junction {
	switch p.Op {
	case "not":
		return p.Terms[0].junction(!negated)
	case leafIndicator:
		i := *p.Indicator
		i.Negated = i.Negated != negated
		return junction{leaf: i.Field + " " + i.Label()}
	case leafTime:
		return junction{leaf: "a bound of time"}
	case leafOther:
		return junction{leaf: Condition{strings.Join(strings.Fields(p.Text), " "), negated}.label()}
	}
	j := junction{op: p.Op}
	if negated { // De Morgan
		j.op = map[string]string{"and": "or", "or": "and"}[p.Op]
	}
	for _, term := range p.Terms {
		if t := term.junction(negated); t.op == j.op {
			j.terms = append(j.terms, t.terms...)
		} else {
			j.terms = append(j.terms, t)
		}
	}
	return j
}

// text writes the terms in the order of their text, those that say the same once.
func (j junction) text(within bool) string {
	if j.op == "" {
		return j.leaf
	}
	var texts []string
	for _, term := range j.terms {
		texts = append(texts, term.text(true))
	}
	slices.Sort(texts)
	texts = slices.Compact(texts)
	if len(texts) == 1 || !within {
		return strings.Join(texts, " "+j.op+" ")
	}
	return "(" + strings.Join(texts, " "+j.op+" ") + ")"
}

// written is the text of a query without comments and layout, or as it is where it has faults.
func written(rule *rules.Rule, q *Query, err error) string {
	if err != nil || q.parsed == nil {
		return rule.Query
	}
	return kql.Canonical(q.parsed)
}
