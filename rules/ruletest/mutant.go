package ruletest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/seed-2512943d/picket/kql"
	"github.com/seed-2512943d/picket/rules"
)

// Mutant is a rule with one edit that its tests should notice.
type Mutant struct {
	Code    string // the kind of edit: see Operators
	What    string // the edit in words: drop EventName in ("a", "b")
	Line    int    // in the rule's file; 0 for an edit of what stands outside of the query
	Before  string // the line, or the value, as it is
	After   string // as the edit makes it
	Suggest string // a row that would tell the difference, and what to expect of it

	rule    *rules.Rule
	reached func(*recorder) bool // whether tests have come to what is edited
}

// ID names the mutant in a baseline, as long as the rule keeps what is edited.
func (m Mutant) ID() string { return m.Code + " " + m.What }

// Operators are the kinds of edits, in the order in which mutants are made.
var operators = []struct {
	code string
	make func(*mutator)
}{
	{"NEG", (*mutator).negate}, {"DROP", (*mutator).drop}, {"CASE", (*mutator).changeCase}, {"ELEM", (*mutator).removeElements},
	{"TERM", (*mutator).changeTerms}, {"NUM", (*mutator).changeNumbers}, {"BR", (*mutator).fixBranches}, {"JOIN", (*mutator).changeJoins},
	{"AGG", (*mutator).changeAggregates}, {"TRIG", (*mutator).changeTrigger},
}

// Operators lists the codes of the kinds of edits:
//
//	NEG   negate a leaf predicate                          NUM   threshold ±1, > and >=, timespans halved and doubled
//	DROP  leave a leaf predicate out                       BR    fix a condition of iff or case
//	CASE  with and without regard to case                  JOIN  another kind of join, a key less
//	ELEM  remove an element of a list                      AGG   count and dcount, min and max, a group-by key less
//	TERM  has and contains, startswith as contains         TRIG  threshold ±1, alerts per row or for all, entity mappings
func Operators() []string {
	codes := make([]string, len(operators))
	for i, o := range operators {
		codes[i] = o.code
	}
	return codes
}

// mutator makes the mutants of a rule.
type mutator struct {
	*anatomy
	rule    *rules.Rule
	code    string
	mutants []Mutant
	seen    map[string]bool // the queries made
	pick    func(n, of int) []int
}

// mutantsOf makes all mutants of a rule. Edits that change nothing are left out; pick chooses n of so many elements of a long list.
func mutantsOf(rule *rules.Rule, a *anatomy, pick func(n, of int) []int) []Mutant {
	m := &mutator{anatomy: a, rule: rule, seen: map[string]bool{rule.Query: true}, pick: pick}
	for _, o := range operators {
		m.code = o.code
		o.make(m)
	}
	return m.mutants
}

// edit puts a text in place of a span of the query.
type edit struct {
	span kql.Span
	text string
}

// query adds the mutant that an edit of the query makes.
func (m *mutator) query(e edit, reached func(*recorder) bool, suggest, what string, args ...any) {
	text := m.text[:e.span.Start] + e.text + m.text[e.span.End:]
	if m.seen[text] {
		return
	}
	m.seen[text] = true
	rule := *m.rule
	rule.Query = text
	line, _ := m.rule.QueryPos.At(e.span.Start)
	m.mutants = append(m.mutants, Mutant{
		Code: m.code, What: fmt.Sprintf(what, args...), Line: line, Before: lineAround(m.text, e.span.Start, e.span.End),
		After: lineAround(text, e.span.Start, e.span.Start+len(e.text)), Suggest: suggest, rule: &rule, reached: reached,
	})
}

// outside adds the mutant that an edit outside of the query makes.
func (m *mutator) outside(rule rules.Rule, before, after, suggest, what string, args ...any) {
	m.mutants = append(m.mutants, Mutant{
		Code: m.code, What: fmt.Sprintf(what, args...), Before: before, After: after, Suggest: suggest, rule: &rule,
		reached: func(*recorder) bool { return true },
	})
}

// lineAround is the line that a span begins in, from there to its end.
func lineAround(text string, start, end int) string {
	start = strings.LastIndexByte(text[:start], '\n') + 1
	if after := strings.IndexByte(text[max(end, start):], '\n'); after >= 0 {
		text = text[:max(end, start)+after]
	}
	return strings.Join(strings.Fields(text[start:]), " ")
}

// leafReached says whether tests have come to a leaf.
func leafReached(l *leaf) func(*recorder) bool {
	return func(r *recorder) bool {
		c := r.leaves[l.expr]
		return c != nil && c.yes+c.no > 0
	}
}

// each visits the leaves of wheres.
func (m *mutator) each(visit func(l *leaf, text string)) {
	for _, l := range m.leaves {
		if !l.condition {
			visit(l, m.source(l.expr))
		}
	}
}

func (m *mutator) negate() {
	m.each(func(l *leaf, text string) {
		span := l.expr.Span()
		m.query(edit{span, "not(" + m.text[span.Start:span.End] + ")"}, leafReached(l), m.otherwise(l), "negate %s", text)
	})
}

func (m *mutator) drop() {
	m.each(func(l *leaf, text string) {
		neutral := "true"
		if l.wanted() == l.either {
			neutral = "false"
		}
		m.query(edit{l.expr.Span(), neutral}, leafReached(l), m.otherwise(l), "drop %s", text)
	})
}

// otherwise suggests a row that the leaf alone decides of.
func (m *mutator) otherwise(l *leaf) string {
	holds := l.either != l.negated
	condition := m.describe(l, holds)
	if l.either {
		return "add a row that matches by " + condition + " alone, and expect an alert"
	}
	return "add a row with " + condition + " that otherwise matches, and expect none"
}

// describe says what a row is like of which a leaf holds, or does not.
func (m *mutator) describe(l *leaf, holds bool) string {
	subject := subjectOf(l.expr)
	constants := m.constantsOf(l)
	if subject == nil {
		if holds {
			return m.source(l.expr)
		}
		return "not(" + m.source(l.expr) + ")"
	}
	name := m.source(subject)
	if call, ok := l.expr.(*kql.Call); ok {
		switch empty := call.Func.Name == "isempty" || call.Func.Name == "isnull"; {
		case empty == holds && (empty || call.Func.Name == "isnotempty" || call.Func.Name == "isnotnull"):
			return name + " empty"
		case empty || call.Func.Name == "isnotempty" || call.Func.Name == "isnotnull":
			return name + `: "x"`
		}
	}
	switch op := operatorOf(l.expr); {
	case opposite[op] != "":
		if !holds {
			op = opposite[op]
		}
		return name + " " + op + " " + m.source(l.expr.(*kql.Binary).Y)
	case len(constants) > 0 && positive(op) == holds && exampleOf[strings.TrimPrefix(op, "!")]:
		return name + ": " + quote(constants[0])
	case len(constants) == 1:
		return name + " other than " + quote(constants[0])
	case len(constants) > 1:
		return name + " other than the " + count(len(constants), "value") + " of the list"
	}
	if holds {
		return m.source(l.expr)
	}
	return "not(" + m.source(l.expr) + ")"
}

// opposite are comparisons of order with those that hold where they do not.
var opposite = map[string]string{"<": ">=", ">=": "<", ">": "<=", "<=": ">"}

// exampleOf are operators, without a negation, that hold of a constant they compare with.
var exampleOf = map[string]bool{"==": true, "=": true, "=~": true, "~": true, "in": true, "in~": true, "has": true, "contains": true, "has_any": true, "startswith": true, "endswith": true}

func operatorOf(x kql.Expr) string {
	switch x := x.(type) {
	case *kql.Binary:
		return x.Op
	case *kql.In:
		return x.Op
	}
	return ""
}

func positive(op string) bool { return op != "" && !strings.HasPrefix(op, "!") }

// cased are operators with those that do the same with regard to case, or without.
var cased = map[string]string{
	"==": "=~", "!=": "!~", "in": "in~", "!in": "!in~", "has": "has_cs", "!has": "!has_cs", "contains": "contains_cs", "!contains": "!contains_cs",
	"startswith": "startswith_cs", "!startswith": "!startswith_cs", "endswith": "endswith_cs", "!endswith": "!endswith_cs",
	"hasprefix": "hasprefix_cs", "!hasprefix": "!hasprefix_cs", "hassuffix": "hassuffix_cs", "!hassuffix": "!hassuffix_cs",
}

// caseOf is the operator that treats case the other way.
func caseOf(op string) string {
	if other := cased[op]; other != "" {
		return other
	}
	for a, b := range cased {
		if b == op {
			return a
		}
	}
	return ""
}

func (m *mutator) changeCase() {
	m.each(func(l *leaf, text string) {
		op := operatorOf(l.expr)
		other, span, ok := caseOf(op), kql.Span{}, false
		if other == "" || !m.comparesText(l) {
			return
		}
		if span, ok = m.operatorSpan(l.expr); !ok {
			return
		}
		suggest := ""
		if constants := m.constantsOf(l); len(constants) > 0 {
			matches := strings.HasSuffix(other, "_cs") || other == "==" || other == "!=" || other == "in" || other == "!in"
			suggest = m.matching(l, swapCase(constants[0]), matches)
		}
		m.query(edit{span, other}, leafReached(l), suggest, "%s instead of %s in %s", other, op, text)
	})
}

// matching suggests a row with a value that the operator of a leaf, taken without its negation, matches or does not.
func (m *mutator) matching(l *leaf, value string, matches bool) string {
	expect := "none"
	if matches == (positive(operatorOf(l.expr)) != l.negated) {
		expect = "an alert"
	}
	return fmt.Sprintf("add a row with %s: %s that otherwise matches, and expect %s", m.source(subjectOf(l.expr)), quote(value), expect)
}

// comparesText says whether case can matter: a constant is a text with letters, or the leaf compares with no constant.
func (m *mutator) comparesText(l *leaf) bool {
	constants := m.constantsOf(l)
	if b, ok := l.expr.(*kql.Binary); ok {
		if literal, ok := unparen(b.Y).(*kql.Literal); ok && literal.Kind != kql.String {
			return false
		}
	}
	return constants == nil || slices.ContainsFunc(constants, func(text string) bool { return swapCase(text) != text })
}

// swapCase changes the case of a text: all small, or all capitals where it is small already.
func swapCase(text string) string {
	if lower := strings.ToLower(text); lower != text {
		return lower
	}
	return strings.ToUpper(text)
}

// operatorSpan finds the operator between the sides of a comparison.
func (m *mutator) operatorSpan(x kql.Expr) (kql.Span, bool) {
	var from, to int
	switch x := x.(type) {
	case *kql.Binary:
		from, to = x.X.Span().End, x.Y.Span().Start
	case *kql.In:
		from, to = x.X.Span().End, x.List[0].Span().Start
	}
	i := strings.Index(m.text[from:max(from, to)], operatorOf(x))
	if i < 0 {
		return kql.Span{}, false
	}
	return kql.Span{Start: from + i, End: from + i + len(operatorOf(x))}, true
}

// nearest orders mutants by their place.
func byPlace(a, b Mutant) int { return cmp.Compare(a.Line, b.Line) }
