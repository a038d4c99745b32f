package describe

import (
	"github.com/seed-2512943d/picket/kql"
)

// operation is what an infix operator or function means as an indicator.
type operation struct {
	kind    string
	negated bool
	cased   bool // tells the cases of letters apart
}

// Kinds of indicators that need a name in code.
const (
	kindEqual     = "eq"
	kindIn        = "in"
	kindIsNull    = "is_null"
	kindIPPrivate = "ip_private"
	kindRange     = "range"
)

// operations are the infix operators, lists and ranges apart.
var operations = map[string]operation{
	"==": {kindEqual, false, true}, "!=": {kindEqual, true, true}, "=~": {kindEqual, false, false}, "!~": {kindEqual, true, false},
	"has": {"match", false, false}, "!has": {"match", true, false}, "has_cs": {"match", false, true}, "!has_cs": {"match", true, true},
	":":        {"match", false, false},
	"contains": {"contains", false, false}, "!contains": {"contains", true, false},
	"contains_cs": {"contains", false, true}, "!contains_cs": {"contains", true, true},
	"containscs": {"contains", false, true}, "notcontains": {"contains", true, false}, "notcontainscs": {"contains", true, true},
	"startswith": {"starts_with", false, false}, "!startswith": {"starts_with", true, false},
	"startswith_cs": {"starts_with", false, true}, "!startswith_cs": {"starts_with", true, true},
	"endswith": {"ends_with", false, false}, "!endswith": {"ends_with", true, false},
	"endswith_cs": {"ends_with", false, true}, "!endswith_cs": {"ends_with", true, true},
	"hasprefix": {"term_prefix", false, false}, "!hasprefix": {"term_prefix", true, false},
	"hasprefix_cs": {"term_prefix", false, true}, "!hasprefix_cs": {"term_prefix", true, true},
	"hassuffix": {"term_suffix", false, false}, "!hassuffix": {"term_suffix", true, false},
	"hassuffix_cs": {"term_suffix", false, true}, "!hassuffix_cs": {"term_suffix", true, true},
	"matches regex": {"regex", false, true},
	"like":          {"wildcard", false, false}, "notlike": {"wildcard", true, false},
	"likecs": {"wildcard", false, true}, "notlikecs": {"wildcard", true, true},
	">": {"gt", false, false}, ">=": {"ge", false, false}, "<": {"lt", false, false}, "<=": {"le", false, false},
}

// mirrored are the operators that mean the same with their sides swapped, each with the one to write then.
var mirrored = map[string]string{"==": "==", "!=": "!=", "=~": "=~", "!~": "!~", ">": "<", ">=": "<=", "<": ">", "<=": ">="}

// listOperations are the operators over lists.
var listOperations = map[string]operation{
	"in": {kindIn, false, true}, "!in": {kindIn, true, true}, "in~": {kindIn, false, false}, "!in~": {kindIn, true, false},
	"has_any": {"match", false, false}, "has_all": {"match_all", false, false},
}

// tests are the functions that test their first argument, against the others if there are any.
var tests = map[string]operation{
	"isempty": {kindIsNull, false, false}, "isnull": {kindIsNull, false, false},
	"isnotempty": {kindIsNull, true, false}, "isnotnull": {kindIsNull, true, false},
	"notempty": {kindIsNull, true, false}, "notnull": {kindIsNull, true, false},
	"ipv4_is_private":  {kindIPPrivate, false, false},
	"ipv4_is_in_range": {"ip_range", false, false}, "ipv4_is_in_any_range": {"ip_range", false, false},
	"ipv6_is_in_range": {"ip_range", false, false}, "ipv6_is_in_any_range": {"ip_range", false, false},
	"ipv4_is_match": {"ip_range", false, false}, "ipv6_is_match": {"ip_range", false, false},
	"has_ipv4": {"match", false, false}, "has_any_ipv4": {"match", false, false},
	"has_ipv4_prefix": {"ip_prefix", false, false}, "has_any_ipv4_prefix": {"ip_prefix", false, false},
}

// matches are the tests whose two sides may change places. The length of a prefix may stand behind these.
var matches = map[string]bool{"ipv4_is_match": true, "ipv6_is_match": true}

// match reads a test of two addresses; its value is an address with the length of its prefix, if that is given.
func (p *predicate) match(op operation, args []kql.Expr) (Indicator, bool) {
	field, address := args[0], args[1]
	if p.isConstant(field) {
		field, address = address, field
	}
	found, ok := p.against(op, field, address)
	if len(args) == 2 || !ok {
		return found, ok
	}
	length := p.constants(args[2], p.scope)
	for i := range found.Values {
		found.Values[i].Text += "/" + length.join()
		found.Values[i].Reference = found.Values[i].Reference || !length.known()
	}
	return found, p.isConstant(args[2])
}

// indicator reads a leaf; ok is false for one that compares no field with constants.
func (p *predicate) indicator(x kql.Expr) (found Indicator, ok bool) {
	switch x := unparen(x).(type) {
	case *kql.Binary:
		return p.infix(x)
	case *kql.In:
		if name, ok := p.onlyTable(x.List); ok {
			return p.among(listOperations[x.Op], x.X, constants{{text: name, reference: true}})
		}
		return p.against(listOperations[x.Op], x.X, x.List...)
	case *kql.Between:
		return p.between(x)
	case *kql.Call:
		op, known := tests[x.Func.Name]
		switch {
		case matches[x.Func.Name] && len(x.Args) > 1:
			return p.match(op, x.Args)
		case known && len(x.Args) > 0:
			return p.against(op, x.Args[0], x.Args[1:]...)
		}
		if f := p.field(x); f.plain { // tobool(X)
			return Indicator{Field: f.path, Kind: kindEqual, Values: []Value{{Text: "true", Transforms: f.transforms}}}, true
		}
	case *kql.Literal: // a lone term of search
		if x.Kind == kql.String {
			return Indicator{Field: "*", Kind: "match", Values: []Value{{Text: x.Value}}}, true
		}
	case *kql.Name, *kql.Member, *kql.Index:
		if f := p.field(x); f.plain {
			return Indicator{Field: f.path, Kind: kindEqual, Values: []Value{{Text: "true"}}}, true
		}
	}
	return Indicator{}, false
}

// infix reads a comparison of two sides.
func (p *predicate) infix(x *kql.Binary) (Indicator, bool) {
	op, known := operations[x.Op]
	if !known {
		return Indicator{}, false
	}
	if truth, ok := unparen(x.Y).(*kql.Literal); ok && truth.Kind == kql.Bool && op.kind == kindEqual {
		if found, ok := p.tested(x.X); ok {
			value, err := truth.Bool()
			found.Negated = found.Negated != (op.negated == value)
			return found, err == nil
		}
	}
	left, right := x.X, x.Y
	if p.isConstant(left) && !p.isConstant(right) {
		other, ok := mirrored[x.Op]
		if !ok {
			return Indicator{}, false
		}
		left, right, op = right, left, operations[other]
	}
	if p.isConstant(right) {
		return p.against(op, left, right)
	}
	a, b := p.field(left), p.field(right)
	if !a.plain || !b.plain {
		return Indicator{}, false
	}
	return Indicator{Field: a.path, Kind: op.kind + "_field", Negated: op.negated, Values: []Value{{Text: b.path}}}, true
}

// tested reads a test or comparison that is itself compared with true or false.
func (p *predicate) tested(x kql.Expr) (Indicator, bool) {
	switch unparen(x).(type) {
	case *kql.Binary, *kql.In, *kql.Between, *kql.Call:
		return p.indicator(x)
	}
	return Indicator{}, false
}

// onlyTable says whether a list is the rows of a table of the workspace.
func (p *predicate) onlyTable(list []kql.Expr) (name string, ok bool) {
	if len(list) != 1 {
		return "", false
	}
	only, ok := unparen(list[0]).(*kql.Name)
	if !ok || p.table.find(only.Name) >= 0 {
		return "", false
	}
	_, declared := p.scope.lookup(only.Name)
	_, _, known := p.schemas.TableSchema(only.Name)
	return only.Name, known && !declared
}

// against is the indicator of a field and constants.
func (p *predicate) against(op operation, x kql.Expr, list ...kql.Expr) (Indicator, bool) {
	values := constants{}
	for _, item := range list {
		if !p.isConstant(item) {
			return Indicator{}, false
		}
		values = append(values, p.constants(item, p.scope)...)
	}
	return p.among(op, x, values)
}

// among is the indicator of a field and values; ok is false where x reads no column.
func (p *predicate) among(op operation, x kql.Expr, values constants) (found Indicator, ok bool) {
	f := p.field(x)
	found = Indicator{Field: f.path, Kind: op.kind, Negated: op.negated}
	for _, c := range values {
		v := Value{Text: c.text, Reference: c.reference}
		if op.cased && (c.isText || c.reference) {
			v.Transforms = []string{"cased"}
		}
		v.Transforms = append(v.Transforms, f.transforms...)
		found.Values = append(found.Values, v)
	}
	if op.kind == kindEqual && len(found.Values) == 1 && found.Values[0].Text == "" && !found.Values[0].Reference {
		found.Kind, found.Values = kindIsNull, nil
	}
	return found, f.path != ""
}

// between is the indicator of a range; its value is written as KQL writes it.
func (p *predicate) between(x *kql.Between) (Indicator, bool) {
	f := p.field(x.X)
	if f.path == "" || !p.isConstant(x.Lo) || !p.isConstant(x.Hi) {
		return Indicator{}, false
	}
	low, high := p.constants(x.Lo, p.scope), p.constants(x.Hi, p.scope)
	value := Value{Text: low.join() + " .. " + high.join(), Transforms: f.transforms, Reference: !low.known() || !high.known()}
	return Indicator{Field: f.path, Kind: kindRange, Negated: x.Op == "!between", Values: []Value{value}}, true
}
