package describe

import (
	"strconv"
	"strings"

	"github.com/seed-2512943d/picket/kql"
)

// Origin says what a pipeline is in its query.
type Origin string

// The places of pipelines.
const (
	FromStatement Origin = "query"     // the query proper
	FromLet       Origin = "let"       // a let of a table
	FromFunction  Origin = "function"  // the body of a function that gives a table, or a subquery of one that gives a scalar
	FromParameter Origin = "parameter" // a subquery of a scalar let, such as toscalar(…)
)

// Pipeline is a tabular expression: its source and the operators that the rows go through.
type Pipeline struct {
	Name   string  `json:"name"` // of the let; that of a let within a function has the function's before it. Empty for the query proper
	From   Origin  `json:"from"`
	Stages []Stage `json:"stages"`
}

// Stage is the source of a pipeline or an operator of it; extend operators that follow each other are one.
type Stage struct {
	Number       string         `json:"number"` // 1, 7.1 for the first of a sub-pipeline of stage 7, 1.2.1 where stage 1 has several
	Kind         string         `json:"kind"`   // source, or the operator's name in its present spelling
	Steps        int            `json:"steps"`  // operators that the stage stands for
	Text         string         `json:"text"`   // as written, without comments
	Conditionals []*Conditional `json:"conditionals,omitempty"`
	Predicate    *Predicate     `json:"predicate,omitempty"` // of where
	Legs         []Leg          `json:"legs,omitempty"`
	Span         kql.Span       `json:"-"` // in the query
	Line         int            `json:"line,omitempty"`
	Column       int            `json:"column,omitempty"`
}

// Leg is a sub-pipeline of a stage: what is joined, a part of a union, a subquery.
type Leg struct {
	Label  string  `json:"label"`
	Stages []Stage `json:"stages"`
}

// pipeline reads a tabular expression and adds it to the query's pipelines.
func (a *analysis) pipeline(name string, from Origin, x kql.Expr, s *scope) *table {
	prefix := ""
	if name != "" {
		prefix = name + "."
	}
	stages, result := a.stages(prefix, x, s)
	a.out.Pipelines = append(a.out.Pipelines, Pipeline{name, from, stages})
	return result
}

// flatten gives the source of a tabular expression and all operators that its rows go through: those of (T | a) | b are a and b, and those
// of materialize(T | a) are a.
func flatten(x kql.Expr) (source kql.Expr, operators []kql.Operator) {
	if call, ok := unparen(x).(*kql.Call); ok && call.Func.Name == "materialize" && len(call.Args) == 1 {
		return flatten(call.Args[0])
	}
	pipe, ok := unparen(x).(*kql.Pipe)
	if !ok {
		return x, nil
	}
	if pipe.Source == nil {
		return nil, pipe.Operators
	}
	source, operators = flatten(pipe.Source)
	if len(operators) == 0 {
		source = pipe.Source
	}
	return source, append(operators[:len(operators):len(operators)], pipe.Operators...)
}

// stages reads a tabular expression; the numbers of its stages begin with prefix.
func (a *analysis) stages(prefix string, x kql.Expr, s *scope) ([]Stage, *table) {
	source, operators := flatten(x)
	stage := Stage{Number: prefix + "1", Kind: "source", Steps: 1, Text: a.clean(source)}
	stage.Line, stage.Column = a.place(source)
	t, kind := a.source(&stage, source, s)
	if kind != "" {
		stage.Kind = kind
	}
	return a.operators(prefix, []Stage{stage}, operators, t, s)
}

// operators reads operators behind the stages before them.
func (a *analysis) operators(prefix string, stages []Stage, operators []kql.Operator, t *table, s *scope) ([]Stage, *table) {
	for _, op := range operators {
		stage := Stage{
			Number: prefix + strconv.Itoa(len(stages)+1),
			Kind:   operatorName(a.rule.Query, op),
			Steps:  1,
			Text:   "| " + a.clean(op),
		}
		stage.Line, stage.Column = a.place(op)
		if extend, ok := op.(*kql.Extend); ok {
			if n := len(stages); n > 0 && stages[n-1].Kind == stage.Kind {
				stage.Number = stages[n-1].Number
			}
			for _, item := range extend.Columns {
				if c := a.conditional(a.nameOfItem(item), item.X); c != nil {
					stage.Conditionals = append(stage.Conditionals, c)
				}
			}
		}
		t = a.operator(&stage, op, t, s)
		if n := len(stages); n > 0 && stages[n-1].Number == stage.Number {
			stages[n-1].extendBy(stage)
			continue
		}
		stages = append(stages, stage)
	}
	return stages, t
}

// extendBy adds the operator that follows to a stage.
func (s *Stage) extendBy(next Stage) {
	s.Steps++
	s.Text += "\n" + next.Text
	s.Conditionals = append(s.Conditionals, next.Conditionals...)
	s.Legs = append(s.Legs, next.Legs...)
}

// operatorName is the word that an operator starts with, in its present spelling.
func operatorName(text string, op kql.Operator) string {
	rest := text[op.Span().Start:]
	end := strings.IndexFunc(rest, func(r rune) bool { return !(r >= 'a' && r <= 'z' || r == '-' || r == '_') })
	if end < 0 {
		end = len(rest)
	}
	word := rest[:end]
	if name, old := presentNames[word]; old {
		return name
	}
	return word
}

// presentNames are the names of operators that have others by now, or two.
var presentNames = map[string]string{"filter": "where", "mvexpand": "mv-expand", "mvapply": "mv-apply", "order": "sort", "limit": "take"}

// leg reads a sub-pipeline of a stage. One that is a mere name is not listed, since the stage's text says all of it. The number i from 1
// tells several apart; 0 stands for the only one.
func (a *analysis) leg(stage *Stage, i int, label string, x kql.Expr, s *scope) *table {
	stages, t := a.stages(legPrefix(stage, i), x, s)
	if len(stages) > 1 || len(stages[0].Legs) > 0 {
		stage.Legs = append(stage.Legs, Leg{label, stages})
	}
	return t
}

// inner reads operators that a stage applies to rows of its own, such as those of mv-apply.
func (a *analysis) inner(stage *Stage, i int, label string, pipe *kql.Pipe, t *table, s *scope) *table {
	if pipe == nil {
		return t
	}
	if pipe.Source != nil {
		return a.leg(stage, i, label, pipe, s)
	}
	stages, out := a.operators(legPrefix(stage, i), nil, pipe.Operators, t, s)
	stage.Legs = append(stage.Legs, Leg{label, stages})
	return out
}

func legPrefix(stage *Stage, i int) string {
	if i == 0 {
		return stage.Number + "."
	}
	return stage.Number + "." + strconv.Itoa(i) + "."
}

// subqueries reads the tabular expressions within a node's scalar ones.
func (a *analysis) subqueries(stage *Stage, n kql.Node, s *scope) {
	found := subqueries(n)
	for i, sub := range found {
		number := i + 1
		if len(found) == 1 {
			number = 0
		}
		a.leg(stage, number, "subquery", sub, s)
	}
}
