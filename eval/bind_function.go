package eval

import (
	"fmt"

	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// stored finds a function of the workspace, once a query.
func (b *binder) stored(name string) *userFunction {
	if b.opts.functions == nil {
		return nil
	}
	if fn, ok := b.saved[name]; ok {
		return fn
	}
	if b.saved == nil {
		b.saved = make(map[string]*userFunction)
	}
	b.saved[name] = nil
	f, ok := b.opts.functions.StoredFunction(name)
	if !ok {
		return nil
	}
	f.Name = name
	text := f.parsed()
	fn := &userFunction{name: name, scope: (*scope)(nil).child(), source: text.source, def: text.def, broken: text.broken}
	b.saved[name] = fn
	return fn
}

func quoteName(name string) string {
	return string(scalar.AppendJSON([]byte("["), scalar.NewString(name).AsDynamic())) + "]"
}

// returnsTable reports whether a function's body is tabular.
func (b *binder) returnsTable(fn *userFunction) bool {
	if fn.def == nil {
		return true
	}
	if fn.active || fn.def.Body.Expr == nil {
		return false
	}
	if fn.tabular != nil {
		return *fn.tabular
	}
	saved := b.scope
	b.scope = fn.scope.child()
	for _, p := range fn.def.Params {
		if p.Type == nil {
			b.scope.names[p.Name.Name] = binding{table: &relation{}}
		} else {
			b.scope.names[p.Name.Name] = binding{scalar: unknown()}
		}
	}
	for _, s := range fn.def.Body.Statements {
		if p, ok := s.(*kql.Pattern); ok {
			b.scope.names[p.Name.Name] = binding{pattern: &userPattern{}}
		}
		let, ok := s.(*kql.Let)
		if !ok {
			continue
		}
		if f, ok := unparen(let.Value).(*kql.Function); ok {
			b.scope.names[let.Name.Name] = binding{fn: &userFunction{name: let.Name.Name, def: f, scope: b.scope, source: fn.source}}
		} else if b.isTabular(let.Value, nil) {
			b.scope.names[let.Name.Name] = binding{table: &relation{}}
		} else {
			b.scope.names[let.Name.Name] = binding{scalar: unknown()}
		}
	}
	fn.active = true
	is := b.isTabular(fn.def.Body.Expr, nil)
	fn.active = false
	b.scope = saved
	fn.tabular = &is
	return is
}

// parametersInOrder checks that the tables among the parameters of a function come first.
func (b *binder) parametersInOrder(params []*kql.FuncParam) {
	for i, p := range params {
		if i > 0 && p.Type == nil && params[i-1].Type != nil {
			b.fail(p, "KS226", "the parameters that are tables must come first", "")
		}
	}
}

// callUser binds a call of a function whose body is scalar.
func (b *binder) callUser(at kql.Node, fn *userFunction, args []kql.Expr, in *relation) *expr {
	if b.returnsTable(fn) {
		return b.fail(at, "KS101", "'"+fn.name+"' gives a table where a scalar is expected", "wrap it in toscalar()")
	}
	out := unknown()
	b.enter(at, fn, args, nil, in, func(body *kql.Block) {
		b.statements(body.Statements)
		if body.Expr != nil {
			x := *b.expr(body.Expr, nil)
			x.name = ""
			out = &x
		}
	})
	return out
}

// callTable binds a call of a function whose body is tabular. first, where there is one, is
// the table that invoke hands in.
func (b *binder) callTable(at kql.Node, fn *userFunction, args []kql.Expr, first *relation) *relation {
	if fn.def != nil && !b.returnsTable(fn) && !fn.active {
		return b.nothing(at, "KS204", "'"+fn.name+"' gives a scalar where a table is expected", "")
	}
	out := &relation{seg: newSegment(), bad: true, rows: noRows}
	b.enter(at, fn, args, first, nil, func(body *kql.Block) {
		b.statements(body.Statements)
		if body.Expr != nil {
			out = b.source(body.Expr)
		}
	})
	return out
}

// enter binds the arguments of a call and then, in the function's own scope, its body. What is
// wrong within a stored function is reported at the call, with the chain of names that led there.
// But for one thing: a parser names columns that its table has only where some records have
// brought them along, so a column that the table lacks is null there, and noted, as Microsoft's
// analyzer lets it pass.
func (b *binder) enter(at kql.Node, fn *userFunction, args []kql.Expr, first *relation, in *relation, body func(*kql.Block)) {
	if fn.broken != nil {
		b.fail(at, "", "the function '"+fn.name+"' cannot be read: "+fn.broken.Error(), "")
		return
	}
	if fn.active {
		b.fail(at, "KS198", "'"+fn.name+"' calls itself, which KQL does not allow", "")
		return
	}
	if b.depth++; b.depth > maxCalls {
		b.fail(at, "", "functions call one another too deeply", "")
		b.depth--
		return
	}
	defer func() { b.depth-- }()
	inner := fn.scope.child()
	if !b.arguments(at, fn, args, first, in, inner) {
		return
	}
	saved := *b
	b.scope, b.agg, b.src = inner.child(), nil, fn.source
	foreign := fn.source != saved.src
	if foreign {
		b.errs, b.lenient = nil, true
	}
	fn.active = true
	body(fn.def.Body)
	fn.active = false
	errs := b.errs
	b.scope, b.agg, b.src = saved.scope, saved.agg, saved.src
	if foreign {
		b.errs, b.lenient = saved.errs, saved.lenient
		if len(errs) > 0 {
			b.failWithin(at, fn, errs[0])
		}
	}
}

// failWithin reports an error in the body of a stored function where the function is called. What is missing is
// told by the chain of functions that leads to it.
func (b *binder) failWithin(at kql.Node, fn *userFunction, err *kql.Error) {
	if err.Missing == nil {
		line, col := fn.source.Position(err.Span.Start)
		b.fail(at, err.Code, fmt.Sprintf("%s > line %d:%d: %s", fn.name, max(line-2, 1), col, err.Message), err.Hint)
		return
	}
	missing := *err.Missing
	missing.Chain = append([]string{fn.name}, missing.Chain...)
	what := "table or function"
	if missing.Kind == kql.MissingFunction {
		what = "function"
	}
	b.fail(at, err.Code, missing.String()+" is missing: no "+what+" has the name '"+missing.Name+"'.", err.Hint)
	b.errs[len(b.errs)-1].Missing = &missing
}

// arguments binds a call's arguments into the scope of the function: by name, by place, else
// by default.
func (b *binder) arguments(at kql.Node, fn *userFunction, args []kql.Expr, first *relation, in *relation, inner *scope) bool {
	params := fn.def.Params
	given := make([]kql.Expr, len(params))
	next := 0
	if first != nil {
		if len(params) == 0 || params[0].Type != nil {
			b.fail(at, "KS119", "'"+fn.name+"' takes no table", "")
			return false
		}
		next = 1
	}
	for _, a := range args {
		if named, ok := a.(*kql.NamedExpr); ok && len(named.Names) == 1 {
			i := parameter(params, named.Names[0].Name)
			if i < 0 {
				b.fail(named.Names[0], "KS142", "'"+fn.name+"' has no parameter '"+named.Names[0].Name+"'", "")
				return false
			}
			given[i] = named.X
			continue
		}
		for next < len(params) && given[next] != nil {
			next++
		}
		if next >= len(params) {
			b.fail(at, "KS119", fmt.Sprintf("'%s' takes %s, not %d", fn.name, plural(len(params), "argument"), len(args)), "")
			return false
		}
		given[next] = a
		next++
	}
	for i, p := range params {
		name := p.Name.Name
		switch {
		case i == 0 && first != nil:
			inner.names[name] = binding{table: b.tabularArgument(at, p, first)}
		case given[i] == nil && p.Default == nil:
			b.fail(at, "KS119", "'"+fn.name+"' needs an argument for '"+name+"'", "")
			return false
		case p.Type == nil:
			if given[i] == nil {
				b.fail(at, "KS119", "'"+fn.name+"' needs a table for '"+name+"'", "")
				return false
			}
			inner.names[name] = binding{table: b.tabularArgument(given[i], p, b.tabular(given[i]))}
		default:
			t, ok := b.typeName(p.Type)
			if !ok {
				return false
			}
			value, from := given[i], in
			if value == nil {
				value, from = p.Default, nil
			}
			x := b.expr(value, from)
			if x.typ != scalar.NoType {
				y := *converted(x, t)
				x = &y
			}
			inner.names[name] = binding{scalar: x, depth: b.pinning}
		}
	}
	return true
}

// tabularArgument checks a table against the columns that a parameter asks for.
func (b *binder) tabularArgument(at kql.Node, p *kql.FuncParam, rel *relation) *relation {
	if rel.bad || p.Schema == nil {
		return rel
	}
	for _, c := range p.Schema.Columns {
		i := rel.find(c.Name.Name)
		if i < 0 && !rel.open {
			return b.nothing(at, "KS142", "the table for '"+p.Name.Name+"' has no column '"+c.Name.Name+"'", "")
		}
		if i < 0 || b.lenient || c.Type == nil {
			continue
		}
		col := rel.cols[i]
		if want, ok := scalar.ParseType(c.Type.Name); ok && col.typ != want && col.typ != scalar.NoType && !col.expr().loose {
			return b.nothing(at, "KS249", "the column '"+c.Name.Name+"' of the table for '"+p.Name.Name+"' must be "+want.String()+", not "+col.typ.String(), "convert it before the call")
		}
	}
	return rel
}

func parameter(params []*kql.FuncParam, name string) int {
	for i, p := range params {
		if p.Name.Name == name {
			return i
		}
	}
	return -1
}

// typeName resolves the name of a type.
func (b *binder) typeName(t *kql.TypeName) (scalar.Type, bool) {
	if _, ok := typeofOnly[t.Name]; ok {
		typ, _ := b.typeofName(t)
		b.fail(t, "KS160", "'"+t.Name+"' cannot be declared as a type", "declare it as "+typ.String())
		return typ, false
	}
	return b.typeofName(t)
}

// typeofOnly are the spellings of types that typeof() knows and declarations of columns and parameters do not.
var typeofOnly = map[string]scalar.Type{"float": scalar.Real, "int32": scalar.Int, "uint": scalar.Int, "ulong": scalar.Long}

// typeofName resolves the type within typeof(…).
func (b *binder) typeofName(t *kql.TypeName) (scalar.Type, bool) {
	if typ, ok := typeofOnly[t.Name]; ok {
		return typ, true
	}
	typ, ok := scalar.ParseType(t.Name)
	switch {
	case t.Name == "uuid" || t.Name == "object": // words of other places, such as the schema of a table
		b.fail(t, "KS160", "'"+t.Name+"' is no name of a type here", "write "+typ.String())
		return typ, false
	case !ok:
		b.fail(t, "KS023", "'"+t.Name+"' is no scalar type", "")
	}
	return typ, ok
}
