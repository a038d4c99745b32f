package ruletest

import (
	"fmt"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/kql"
)

func subjectOf(x kql.Expr) kql.Expr { return eval.Subject(x) }

// constantsOf are the texts that a leaf compares its subject with.
func (a *anatomy) constantsOf(l *leaf) []string {
	switch x := l.expr.(type) {
	case *kql.Binary:
		y := unparen(x.Y)
		if name, ok := y.(*kql.Name); ok && a.lets[name.Name] != nil {
			y = unparen(a.lets[name.Name])
		}
		if literal, ok := y.(*kql.Literal); ok {
			return []string{literal.Value}
		}
	case *kql.In:
		var texts []string
		for _, e := range a.elements(x) {
			texts = append(texts, e.value)
		}
		return texts
	}
	return nil
}

// hintFor tells what may be amiss where a leaf rejects values that are nearly what it compares with.
func hintFor(l *leaf, a *anatomy, rejected []string) string {
	subject := subjectOf(l.expr)
	if subject == nil || l.negated {
		return ""
	}
	name := a.source(subject)
	for _, value := range rejected {
		value = unquote(value)
		for _, constant := range a.constantsOf(l) {
			switch {
			case constant == "" || value == constant:
			case strings.EqualFold(value, constant):
				return fmt.Sprintf("%s is %s; the rule compares with %s, and case counts", name, quote(value), quote(constant))
			case strings.TrimSpace(value) == constant:
				return fmt.Sprintf("%s has blanks around it: %s", name, quote(value))
			case isJSON(value) && strings.Contains(value, quote(constant)):
				return fmt.Sprintf("%s is JSON text %s; the rule compares with %s", name, value, quote(constant))
			case strings.Contains(strings.ToLower(value), strings.ToLower(constant)) && isEquality(l.expr):
				return fmt.Sprintf("%s contains %s; the rule wants it to be just that", name, quote(constant))
			}
		}
	}
	return ""
}

// nullHint tells of a leaf under not() that is null, which not() leaves null.
func nullHint(l *leaf, a *anatomy, c *leafCount) string {
	if !l.negated || c.unknown == 0 {
		return ""
	}
	text := a.source(l.expr)
	return fmt.Sprintf("%s is null, and so is not(%s): write %s != true", text, text, text)
}

func isEquality(x kql.Expr) bool {
	switch x := x.(type) {
	case *kql.Binary:
		return x.Op == "==" || x.Op == "=~"
	case *kql.In:
		return x.Op == "in" || x.Op == "in~"
	}
	return false
}

func isJSON(text string) bool {
	return gjson.Valid(text) && (strings.HasPrefix(text, "[") || strings.HasPrefix(text, "{"))
}

// unquote reads a text that quote wrote.
func unquote(text string) string {
	if strings.HasPrefix(text, `"`) {
		return gjson.Parse(text).String()
	}
	return text
}
