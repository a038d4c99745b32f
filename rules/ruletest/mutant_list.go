package ruletest

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// maxElements is how many elements of one list are removed, each in turn.
const maxElements = 20

func (m *mutator) removeElements() {
	m.each(func(l *leaf, text string) {
		for _, i := range m.pick(maxElements, len(l.elements)) {
			e := l.elements[i]
			if e.alone || l.subsumed(i) {
				continue
			}
			m.query(edit{m.withComma(e.span), ""}, leafReached(l), m.matching(l, e.value, true), "list without %s in %s", quote(e.value), text)
		}
	})
}

// subsumed says whether an element makes no difference beside another one of the list.
func (l *leaf) subsumed(i int) bool {
	for j, other := range l.elements {
		if i == j {
			continue
		}
		a, b := l.elements[i].value, other.value
		switch op := strings.TrimPrefix(operatorOf(l.expr), "!"); {
		case a == b && j < i,
			op == "in~" && strings.EqualFold(a, b) && j < i,
			op == "has_any" && scalar.Has(a, b) && !strings.EqualFold(a, b),
			op == "has_all" && scalar.Has(b, a) && !strings.EqualFold(a, b):
			return true
		}
	}
	return false
}

// withComma widens the span of an element of a list to the comma before it, or behind the first.
func (m *mutator) withComma(span kql.Span) kql.Span {
	before := strings.TrimRight(m.text[:span.Start], " \t\r\n")
	if strings.HasSuffix(before, ",") {
		return kql.Span{Start: len(before) - 1, End: span.End}
	}
	rest := m.text[span.End:]
	after := strings.TrimLeft(rest, " \t\r\n")
	if strings.HasPrefix(after, ",") {
		span.End += len(rest) - len(after) + 1
	}
	return span
}

// terms are operators on terms with those that look at any part of a text, and the other way round.
var terms = map[string]string{
	"has": "contains", "!has": "!contains", "has_cs": "contains_cs", "!has_cs": "!contains_cs",
	"contains": "has", "!contains": "!has", "contains_cs": "has_cs", "!contains_cs": "!has_cs",
	"startswith": "contains", "!startswith": "!contains", "startswith_cs": "contains_cs", "!startswith_cs": "!contains_cs",
}

func (m *mutator) changeTerms() {
	m.each(func(l *leaf, text string) {
		op := operatorOf(l.expr)
		constants := m.constantsOf(l)
		suggest := ""
		if len(constants) > 0 {
			value := constants[0] + "X"
			if strings.Contains(op, "startswith") {
				value = "x" + constants[0]
			}
			suggest = m.matching(l, value, strings.Contains(op, "contains"))
		}
		if op == "has_any" && len(l.elements) > 0 {
			in := l.expr.(*kql.In)
			subject := m.text[in.X.Span().Start:in.X.Span().End]
			parts := make([]string, len(l.elements))
			for i, e := range l.elements {
				parts[i] = subject + " contains " + kqlText(e.value)
			}
			m.query(edit{l.expr.Span(), "(" + strings.Join(parts, " or ") + ")"}, leafReached(l), suggest, "contains instead of has_any in %s", text)
			return
		}
		other := terms[op]
		if span, ok := m.operatorSpan(l.expr); ok && other != "" {
			m.query(edit{span, other}, leafReached(l), suggest, "%s instead of %s in %s", other, op, text)
		}
	})
}

// kqlText writes a text as a KQL literal.
func kqlText(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`, "\t", `\t`).Replace(text) + `"`
}

// looser are comparisons with those that also hold at the bound, or not.
var looser = map[string]string{">": ">=", ">=": ">", "<": "<=", "<=": "<"}

func (m *mutator) changeNumbers() {
	m.each(func(l *leaf, text string) {
		b, ok := l.expr.(*kql.Binary)
		if !ok || looser[b.Op] == "" {
			return
		}
		literal, ok := m.literal(b.Y)
		if !ok || literal.Kind == kql.TimeSpan || literal.Kind == kql.DateTime || literal.Kind == kql.String {
			return
		}
		name := m.source(b.X)
		if span, ok := m.operatorSpan(b); ok {
			m.query(edit{span, looser[b.Op]}, leafReached(l), fmt.Sprintf("add a test with %s exactly %s", name, literal.Value), "%s instead of %s in %s", looser[b.Op], b.Op, text)
		}
		n, err := strconv.ParseInt(literal.Value, 10, 64)
		if err != nil {
			return
		}
		for _, step := range []int64{-1, 1} {
			// Among whole numbers > n-1 is >= n, which is a mutant already.
			if (step < 0) == (b.Op == ">" || b.Op == "<=") {
				continue
			}
			m.query(edit{literal.Span(), strings.Replace(m.text[literal.Span().Start:literal.Span().End], literal.Value, strconv.FormatInt(n+step, 10), 1)},
				leafReached(l), fmt.Sprintf("add a test with %s exactly %d", name, n+max(step, 0)), "%d instead of %d in %s", n+step, n, text)
		}
	})
	kql.Inspect(m.anatomy.query, func(node kql.Node) bool {
		literal, ok := node.(*kql.Literal)
		if !ok || literal.Kind != kql.TimeSpan || literal.Typed != "" {
			return true
		}
		for _, factor := range []string{"0.5", "2"} {
			m.query(edit{literal.Span(), "(" + literal.Raw + "*" + factor + ")"}, func(*recorder) bool { return true },
				"add rows just inside and just outside of "+literal.Raw, "%s times %s", literal.Raw, factor)
		}
		return true
	})
}

// literal is a constant, or the one that a let holds.
func (m *mutator) literal(x kql.Expr) (*kql.Literal, bool) {
	x = unparen(x)
	if name, ok := x.(*kql.Name); ok && m.lets[name.Name] != nil {
		x = unparen(m.lets[name.Name])
	}
	l, ok := x.(*kql.Literal)
	return l, ok
}
