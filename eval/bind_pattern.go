package eval

import (
	"strings"

	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// userPattern is a pattern that the query declares: tabular expressions chosen by constant
// arguments, and by a path behind the call.
type userPattern struct {
	def    *kql.Pattern
	params []Column
	path   *Column // nil where there is none
	cases  []patternCase
	scope  *scope
	active bool // a body is being bound: a second entry is recursion
}

// patternCase is a body with the arguments that it is for.
type patternCase struct {
	args []scalar.Value
	path string
	body *kql.Block
}

// pattern binds declare pattern (Kusto docs, "pattern statement").
func (b *binder) pattern(s *kql.Pattern) {
	p := &userPattern{def: s, scope: b.scope}
	declared := func(param *kql.FuncParam) Column {
		if param.Type == nil {
			b.fail(param, "KS006", "a parameter of a pattern must have a scalar type", "")
			return Column{param.Name.Name, scalar.String}
		}
		t, _ := b.typeName(param.Type)
		return Column{param.Name.Name, t}
	}
	for _, param := range s.Params {
		p.params = append(p.params, declared(param))
	}
	if s.Path != nil {
		path := declared(s.Path)
		p.path = &path
	}
	for _, c := range s.Cases {
		b.patternCase(p, c)
	}
	b.scope.names[s.Name.Name] = binding{pattern: p}
}

func (b *binder) patternCase(p *userPattern, c *kql.PatternCase) {
	if len(c.Args) != len(p.params) {
		b.fail(c, "KS119", "the pattern has "+plural(len(p.params), "parameter")+", this case "+plural(len(c.Args), "argument"), "")
		return
	}
	args, ok := b.patternArguments(p, c.Args)
	if !ok {
		return
	}
	path := ""
	if (c.Path == nil) != (p.path == nil) {
		b.fail(c, "KS006", "a case has a path where the pattern has one", "write (arguments).[path] = { … }")
		return
	}
	if c.Path != nil {
		if path, ok = b.constantText(c.Path); !ok {
			return
		}
	}
	p.cases = append(p.cases, patternCase{args, path, c.Body})
}

// patternArguments binds arguments, which are constants.
func (b *binder) patternArguments(p *userPattern, args []kql.Expr) ([]scalar.Value, bool) {
	var values []scalar.Value
	for i, arg := range args {
		x := b.scalarOf(arg, nil, p.params[i].Type)
		if x.typ == scalar.NoType {
			return nil, false
		}
		if x.konst == nil {
			b.fail(arg, "KS140", "the arguments of a pattern must be constants", "")
			return nil, false
		}
		values = append(values, *x.konst)
	}
	return values, true
}

// patternTable binds name(arguments).path. A path with a star stands for all that it fits.
func (b *binder) patternTable(call *kql.Call, p *userPattern, path *kql.Ident) *relation {
	name := call.Func.Name
	if p.params == nil {
		return b.nothing(call.Func, "KS188", "the pattern '"+name+"' is declared without its cases, which the service would ask the caller for", "declare them")
	}
	if len(call.Args) != len(p.params) {
		return b.nothing(call, "KS119", "the pattern '"+name+"' takes "+plural(len(p.params), "argument"), "")
	}
	switch {
	case path == nil && p.path != nil:
		return b.nothing(call, "KS188", "the pattern '"+name+"' needs a path", "write "+name+"(…).path")
	case path != nil && p.path == nil:
		return b.nothing(path, "KS142", "the pattern '"+name+"' has no path", "")
	case p.active:
		return b.nothing(call, "KS198", "'"+name+"' calls itself, which KQL does not allow", "")
	}
	args, ok := b.patternArguments(p, call.Args)
	if !ok {
		return &relation{seg: newSegment(), bad: true, rows: noRows}
	}
	var legs []*relation
	var paths []string
	for _, c := range p.cases {
		if !equalValues(c.args, args) {
			continue
		}
		paths = append(paths, c.path)
		if path == nil || c.path == path.Name || strings.Contains(path.Name, "*") && matchWildcard(c.path, path.Name) {
			legs = append(legs, b.patternBody(p, c))
		}
	}
	switch {
	case len(paths) == 0:
		return b.nothing(call.Func, "KS188", "No pattern matches the specified arguments.", "")
	case len(legs) == 0:
		return b.nothing(path, "KS142", "the pattern '"+name+"' has no path '"+path.Name+"' for these arguments", didYouMean(path.Name, paths))
	case len(legs) == 1:
		return legs[0]
	}
	return b.union(legs, "outer", "")
}

// patternBody binds the body of a case, in which the parameters are constants.
func (b *binder) patternBody(p *userPattern, c patternCase) *relation {
	saved, agg := b.scope, b.agg
	b.scope, b.agg = p.scope.child(), nil
	for i, param := range p.params {
		b.scope.names[param.Name] = binding{scalar: constant(c.args[i])}
	}
	if p.path != nil {
		b.scope.names[p.path.Name] = binding{scalar: constant(scalar.NewString(c.path))}
	}
	p.active = true
	b.statements(c.body.Statements)
	var rel *relation
	if c.body.Expr == nil {
		rel = b.nothing(c.body, "KS111", "a table is expected here", "")
	} else {
		rel = b.tabular(c.body.Expr)
	}
	p.active = false
	b.scope, b.agg = saved, agg
	return rel
}

func equalValues(a, b []scalar.Value) bool {
	for i := range a {
		if !scalar.Equal(a[i], b[i]) {
			return false
		}
	}
	return true
}
