package ruletest

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"
	"go.yaml.in/yaml/v4"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// A matcher stands where a scalar is expected:
//
//	alice             the value itself: texts literally, times by instant, numbers within 1e-9 of each other, dynamic values as JSON
//	~^ali.*           a text that the regular expression is found in
//	~= ali            a text that contains another
//	!alice            any other value; ! negates the other matchers too: !~^ali.*, !empty
//	*                 any value that is not null
//	null              null
//	empty             null, or the empty text
//	approx(0.5,0.01)  a number at most so far away
//	=*                the text behind =, where that looks like a matcher
//	!kql 1h + 5m      the value of a KQL expression
type matcher struct {
	node  *yaml.Node
	kind  matcherKind
	text  string
	re    *regexp.Regexp
	num   float64
	tol   float64
	kql   string   // JSON of the value of a KQL expression
	inner *matcher // of not
}

type matcherKind int

const (
	literal matcherKind = iota
	regex
	contains
	not
	anything
	null
	empty
	approx
	constant
)

// newMatcher reads a matcher; the error says what is wrong with it.
func newMatcher(n *yaml.Node) (matcher, error) {
	n = resolve(n)
	m := matcher{node: n, text: n.Value}
	switch {
	case n.Tag == "!kql":
		text, err := constantJSON(n.Value, noon)
		m.kind, m.kql = constant, text
		return m, err
	case strings.HasPrefix(n.Tag, "!") && !strings.HasPrefix(n.Tag, "!!"): // an unquoted !value, which YAML reads as a tag
		m.text = strings.TrimSpace(n.Tag + " " + n.Value)
	case isNull(n):
		m.kind = null
		return m, nil
	}
	text := m.text
	switch {
	case n.Kind != yaml.ScalarNode:
	case strings.HasPrefix(text, "~="):
		m.kind, m.text = contains, strings.TrimSpace(text[2:])
	case strings.HasPrefix(text, "~"):
		re, err := regexp.Compile(text[1:])
		if err != nil {
			return m, fmt.Errorf("the regular expression %s cannot be used: %v", strconv.Quote(text[1:]), err)
		}
		m.kind, m.re = regex, re
	case strings.HasPrefix(text, "!"):
		inner := *n
		inner.Kind, inner.Tag, inner.Value, m.kind = yaml.ScalarNode, "!!str", text[1:], not
		negated, err := newMatcher(&inner)
		m.inner = &negated
		return m, err
	case strings.HasPrefix(text, "="):
		m.text = text[1:]
	case text == "*":
		m.kind = anything
	case text == "null":
		m.kind = null
	case text == "empty":
		m.kind = empty
	case strings.HasPrefix(text, "approx("):
		return m.approximate(text)
	}
	return m, nil
}

func (m matcher) approximate(text string) (matcher, error) {
	m.kind = approx
	number, tolerance, ok := strings.Cut(strings.TrimSuffix(strings.TrimPrefix(text, "approx("), ")"), ",")
	var err, err2 error
	m.num, err = strconv.ParseFloat(strings.TrimSpace(number), 64)
	m.tol, err2 = strconv.ParseFloat(strings.TrimSpace(tolerance), 64)
	if !strings.Contains(text, ")") {
		return m, fmt.Errorf("%s is no matcher; in brackets and braces write \"approx(number, tolerance)\" in quotes, since a comma ends a text there", text)
	}
	if !ok || err != nil || err2 != nil || !strings.HasSuffix(text, ")") {
		return m, fmt.Errorf("%s is no matcher; write approx(number, tolerance)", text)
	}
	return m, nil
}

// value says whether a value of a result matches.
func (m matcher) value(v scalar.Value) bool {
	text := scalar.ToString(v)
	switch m.kind {
	case null:
		return v.IsNull()
	case empty:
		return text == ""
	case anything:
		return !v.IsNull()
	case regex:
		return !v.IsNull() && m.re.MatchString(text)
	case contains:
		return strings.Contains(text, m.text)
	case not:
		return !m.inner.value(v)
	case approx:
		f, ok := scalar.ToReal(v)
		return ok && math.Abs(f-m.num) <= m.tol
	case constant:
		return sameJSON(gjson.Parse(m.kql), gjson.ParseBytes(scalar.AppendJSON(nil, v.AsDynamic())))
	}
	if m.node.Kind != yaml.ScalarNode {
		return m.structure(v)
	}
	return sameScalar(m.text, v)
}

// textValue says whether a text matches.
func (m matcher) textValue(text string) bool { return m.value(scalar.NewString(text)) }

// structure compares a list or mapping with a dynamic value, or with the JSON text of one.
func (m matcher) structure(v scalar.Value) bool {
	if v.Kind() == scalar.String {
		v = scalar.ParseJSON(v.Str())
	}
	if m.node.Kind == yaml.SequenceNode {
		n, ok := v.Len()
		if !ok || v.Kind() != scalar.Array || n != len(m.node.Content) {
			return false
		}
		i := 0
		for element := range v.Elements() {
			if !matchNode(m.node.Content[i], element) {
				return false
			}
			i++
		}
		return true
	}
	if v.Kind() != scalar.Bag {
		return false
	}
	members := 0
	for range v.Entries() {
		members++
	}
	for i := 0; i+1 < len(m.node.Content); i += 2 {
		if !matchNode(m.node.Content[i+1], v.Field(m.node.Content[i].Value)) {
			return false
		}
	}
	return members == len(m.node.Content)/2
}

// matchNode is newMatcher and its value; a matcher that cannot be read, which is refused when the file is read, matches nothing.
func matchNode(n *yaml.Node, v scalar.Value) bool {
	m, err := newMatcher(n)
	return err == nil && m.value(v)
}

// sameScalar compares an expected text with a value by the value's type.
func sameScalar(text string, v scalar.Value) bool {
	switch v.Kind() {
	case scalar.NoType:
		return false
	case scalar.String:
		return v.Str() == text
	case scalar.DateTime:
		at, ok := parseInstant(text)
		return ok && scalar.FromTime(at) == v.DateTime()
	case scalar.TimeSpan:
		if d, ok := parseDuration(text); ok {
			return int64(v.TimeSpan()) == int64(d/100)
		}
		d, ok := scalar.ParseTimeSpan(text)
		return ok && d == v.TimeSpan()
	case scalar.Bool:
		b, err := strconv.ParseBool(text)
		return err == nil && b == v.Bool()
	case scalar.Array, scalar.Bag:
		return gjson.Valid(text) && sameJSON(gjson.Parse(text), gjson.Parse(scalar.ToString(v)))
	}
	if f, ok := scalar.ToReal(v); ok {
		want, err := strconv.ParseFloat(text, 64)
		return err == nil && closeTo(want, f)
	}
	return scalar.ToString(v) == text
}

// closeTo says whether two numbers are within a billionth of each other.
func closeTo(a, b float64) bool {
	return a == b || math.Abs(a-b) <= 1e-9*math.Max(math.Abs(a), math.Abs(b)) || math.IsNaN(a) && math.IsNaN(b)
}

// sameJSON compares JSON values; members of objects may be in any order.
func sameJSON(a, b gjson.Result) bool {
	switch {
	case a.IsArray() && b.IsArray():
		x, y := a.Array(), b.Array()
		for i := range min(len(x), len(y)) {
			if !sameJSON(x[i], y[i]) {
				return false
			}
		}
		return len(x) == len(y)
	case a.IsObject() && b.IsObject():
		x, y := a.Map(), b.Map()
		for key, value := range x {
			if other, ok := y[key]; !ok || !sameJSON(value, other) {
				return false
			}
		}
		return len(x) == len(y)
	case a.Type == gjson.Number && b.Type == gjson.Number:
		return closeTo(a.Num, b.Num)
	}
	return a.Type == b.Type && a.String() == b.String() && !a.IsArray() && !a.IsObject() && !b.IsArray() && !b.IsObject()
}
