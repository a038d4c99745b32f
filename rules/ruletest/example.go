package ruletest

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// example is a value for a row of a test, as YAML writes it; absent stands for none, unknown for one that people have to find.
type example string

const (
	absent  example = "null"
	unknown example = "TODO"
)

// samples gives values of a column of a type with which a leaf holds, and with which it does not.
func (a *anatomy) samples(l *leaf, t scalar.Type) (yes, no example) {
	switch x := l.expr.(type) {
	case *kql.Name, *kql.Member:
		yes, no = unknown, unknown
		if t == scalar.Bool || t == scalar.Dynamic || t == scalar.NoType {
			yes, no = "true", "false"
		}
	case *kql.Call:
		yes, no = called(x.Func.Name, t)
	case *kql.In:
		yes, no = a.listed(x, t)
	case *kql.Between:
		yes, no = a.between(x)
	case *kql.Binary:
		yes, no = a.compared(x, t)
	}
	if l.negated {
		return no, yes
	}
	return yes, no
}

// some is any value of a type; text where the type is string or not known.
func some(t scalar.Type, text example) example {
	value := map[scalar.Type]example{
		scalar.Int: "1", scalar.Long: "1", scalar.Real: "1", scalar.Decimal: "1", scalar.Bool: "true", scalar.DateTime: "-1m", scalar.TimeSpan: "1m",
		scalar.Dynamic: "[" + text + "]", scalar.Guid: "00000000-0000-0000-0000-000000000001",
	}[t]
	return cmp.Or(value, text)
}

// called are values for functions of one argument.
func called(name string, t scalar.Type) (yes, no example) {
	some := some(t, "x")
	switch name {
	case "isempty", "isnull":
		return absent, some
	case "isnotempty", "isnotnull":
		return some, absent
	case "ipv4_is_private":
		return "10.0.0.1", "203.0.113.1"
	}
	return unknown, unknown
}

func (a *anatomy) listed(x *kql.In, t scalar.Type) (yes, no example) {
	elements := a.elements(x)
	if len(elements) == 0 {
		return unknown, unknown
	}
	yes, no = example(yamlText(elements[0].value)), other(elements[0].value, t)
	if x.Op == "has_all" {
		var all []string
		for _, e := range elements {
			all = append(all, e.value)
		}
		yes = example(yamlText(strings.Join(all, " ")))
	}
	if strings.HasPrefix(x.Op, "!") {
		return no, yes
	}
	return yes, no
}

// other is a value that is none of those a rule looks for, as far as can be told.
func other(value string, t scalar.Type) example {
	if n, err := strconv.ParseInt(value, 10, 64); err == nil && t != scalar.String && t != scalar.Dynamic && t != scalar.NoType {
		return example(strconv.FormatInt(n+1_000_003, 10))
	}
	switch t {
	case scalar.String, scalar.NoType, scalar.Dynamic:
		if value == "" {
			return "x"
		}
		return "other"
	}
	return unknown
}

func (a *anatomy) compared(x *kql.Binary, t scalar.Type) (yes, no example) {
	if t == scalar.DateTime || t == scalar.NoType {
		if back, ok := a.ago(x.Y); ok {
			return sooner(x.Op, back)
		}
	}
	literal, ok := a.constant(x.Y)
	if !ok || literal.Kind == kql.DateTime || literal.Kind == kql.TimeSpan {
		return unknown, unknown
	}
	value := example(yamlText(literal.Value))
	if literal.Kind != kql.String {
		value = example(literal.Value)
	}
	switch op := strings.TrimPrefix(x.Op, "!"); {
	case literal.Kind == kql.Bool:
		no = map[example]example{"true": "false", "false": "true"}[value]
	case looser[x.Op] != "":
		return around(x.Op, literal.Value)
	case strings.HasPrefix(op, "matches"):
		return unknown, other(literal.Value, t)
	case literal.Kind == kql.String:
		no = other(literal.Value, t)
	default:
		no = shifted(literal.Value, 1)
	}
	if literal.Kind == kql.String && literal.Value == "" {
		value = absent
	}
	if strings.HasPrefix(x.Op, "!") || x.Op == "<>" {
		return no, value
	}
	return value, no
}

// around are the numbers next to a bound, on its two sides.
func around(op, bound string) (yes, no example) {
	switch op {
	case ">":
		return shifted(bound, 1), example(bound)
	case ">=":
		return example(bound), shifted(bound, -1)
	case "<":
		return shifted(bound, -1), example(bound)
	}
	return example(bound), shifted(bound, 1)
}

// shifted is a number that is by so much more.
func shifted(text string, by int64) example {
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return example(strconv.FormatInt(n+by, 10))
	}
	if f, err := strconv.ParseFloat(text, 64); err == nil {
		return example(strconv.FormatFloat(f+float64(by), 'f', -1, 64))
	}
	return unknown
}

// constant is a literal, with a minus before it perhaps, or the one that a let holds.
func (a *anatomy) constant(x kql.Expr) (*kql.Literal, bool) {
	x = unparen(x)
	if name, ok := x.(*kql.Name); ok && a.lets[name.Name] != nil {
		x = unparen(a.lets[name.Name])
	}
	if minus, ok := x.(*kql.Unary); ok && minus.Op == "-" {
		if l, ok := minus.X.(*kql.Literal); ok {
			negative := *l
			negative.Value = "-" + l.Value
			return &negative, true
		}
	}
	l, ok := x.(*kql.Literal)
	return l, ok
}

// ago is how far back a point of time is that ago() or now() gives.
func (a *anatomy) ago(x kql.Expr) (time.Duration, bool) {
	x = unparen(x)
	if name, ok := x.(*kql.Name); ok && a.lets[name.Name] != nil {
		x = unparen(a.lets[name.Name])
	}
	call, ok := x.(*kql.Call)
	switch {
	case !ok:
		return 0, false
	case call.Func.Name == "now" && len(call.Args) == 0:
		return 0, true
	case call.Func.Name != "ago" || len(call.Args) != 1:
		return 0, false
	}
	literal, ok := a.constant(call.Args[0])
	if !ok || literal.Kind != kql.TimeSpan {
		return 0, false
	}
	span, ok := scalar.ParseTimeSpan(literal.Value)
	return 100 * time.Duration(span), ok
}

// step is how far rows of skeletons are from now, and from bounds of time.
const step = 5 * time.Minute

// sooner are times before and after a bound.
func sooner(op string, back time.Duration) (yes, no example) {
	later, earlier := before(min(step, back/2)), before(back+step)
	switch op {
	case ">", ">=":
		return later, earlier
	case "<", "<=":
		return earlier, later
	}
	return unknown, unknown
}

func (a *anatomy) between(x *kql.Between) (yes, no example) {
	from, ok := a.ago(x.Lo)
	to, ok2 := a.ago(x.Hi)
	low, number := a.constant(x.Lo)
	switch {
	case ok && ok2 && from > to:
		yes, no = before(to+min(step, (from-to)/2)), before(from+step)
	case number && (low.Kind == kql.Int || low.Kind == kql.Long || low.Kind == kql.Real):
		yes, no = example(low.Value), shifted(low.Value, -1)
	default:
		return unknown, unknown
	}
	if strings.HasPrefix(x.Op, "!") {
		return no, yes
	}
	return yes, no
}

// before writes a time as test files do: -1d5m.
func before(back time.Duration) example {
	text := ""
	if days := back / (24 * time.Hour); days > 0 && back%(24*time.Hour) == 0 {
		return example(fmt.Sprintf("-%dd", days))
	}
	text = back.Truncate(time.Second).String()
	for long, short := range map[string]string{"h0m0s": "h", "m0s": "m"} {
		if rest, ok := strings.CutSuffix(text, long); ok {
			return example("-" + rest + short)
		}
	}
	return example("-" + text)
}
