package eval

import (
	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// expr binds a scalar expression over the rows of in. After an error it gives an
// expression without a type, which draws no further ones.
func (b *binder) expr(x kql.Expr, in *relation) *expr {
	switch x := x.(type) {
	case *kql.Literal:
		return b.literal(x)
	case *kql.Dynamic:
		return constant(dynamicLiteral(x))
	case *kql.Name:
		return b.name(x, x.Name, in)
	case *kql.Paren:
		return b.expr(x.X, in)
	case *kql.Member:
		return b.member(x, in)
	case *kql.Index:
		return b.index(x, in)
	case *kql.Unary:
		return b.unary(x, in)
	case *kql.Binary:
		return b.binary(x, in)
	case *kql.In:
		return b.in(x, in)
	case *kql.Between:
		return b.between(x, in)
	case *kql.Call:
		return b.call(x, in)
	case *kql.NamedExpr: // an argument that is named, which names the column of a function that takes its argument's name
		e := *b.expr(x.X, in)
		if len(x.Names) == 1 {
			e.name = x.Names[0].Name
		}
		return &e
	case *kql.TypeOf:
		return b.fail(x, "KS006", "typeof() names a type for a function or an operator, and is no value", "call gettype() for the type of a value")
	case *kql.Pipe:
		return b.fail(x, "KS101", "a tabular expression stands where a scalar one is expected", "wrap it in toscalar()")
	}
	return b.fail(x, "KS006", "this expression cannot stand here", "")
}

// scalarOf binds x and converts it to t, for operands whose type the language fixes.
func (b *binder) scalarOf(x kql.Expr, in *relation, t scalar.Type) *expr {
	e := b.expr(x, in)
	if e.typ == scalar.NoType {
		return e
	}
	if !accepts(kindOf(t), e.typ) && !e.loose {
		return b.fail(x, "KS141", "the expression must have the type "+t.String()+", not "+e.typ.String(), "convert it with to"+t.String()+"()")
	}
	return converted(e, t)
}

// predicate binds a condition.
func (b *binder) predicate(x kql.Expr, in *relation) *expr {
	e := settled(b.expr(x, in), scalar.Bool)
	switch e.typ {
	case scalar.Bool:
		return e
	case scalar.NoType:
		return constant(scalar.Null(scalar.Bool))
	}
	b.fail(x, "KS141", "the expression must have the type bool, not "+e.typ.String(), "compare it, or convert it with tobool()")
	return constant(scalar.Null(scalar.Bool))
}

// name resolves a name: a column first, then what statements and parameters
// declare, then a column of the row around a subquery.
func (b *binder) name(at kql.Node, name string, in *relation) *expr {
	if in != nil {
		if i := in.find(name); i >= 0 {
			x := *in.cols[i].expr()
			x.name = name
			return &x
		}
	}
	if x, found, reached := b.around.find(name, b.pinning); reached {
		return x
	} else if found {
		return b.outOfReach(at, name)
	}
	if d, ok := b.scope.lookup(name); ok {
		switch {
		case d.scalar != nil && d.scalar.reads && d.depth < b.pinning:
			return b.outOfReach(at, name)
		case d.scalar != nil:
			x := *d.scalar
			x.name = name
			return &x
		case d.fn != nil:
			return b.callUser(at, d.fn, nil, in)
		}
		return b.fail(at, "KS101", "'"+name+"' is "+d.what()+" where a scalar is expected", d.toScalarHint())
	}
	if in != nil && in.bad {
		return unknown()
	}
	if b.agg != nil && b.agg.in.find(name) >= 0 {
		return b.fail(at, "KS236", "the column '"+name+"' stands outside an aggregate", "put it behind by, or take one value of each group, as with take_any("+name+")")
	}
	if in != nil && in.open {
		return in.openColumn(name)
	}
	if in != nil && b.undecided() {
		x := unknown()
		x.name = name
		return x
	}
	if in != nil && b.lenient {
		b.note("a stored function reads the column '%s', which its table lacks: it reads as null", name)
		x := constant(scalar.Null(scalar.Dynamic))
		x.name, x.loose = name, true
		return x
	}
	return b.fail(at, "KS142", "The name '"+name+"' does not refer to any known column, table, variable or function.", b.suggestColumn(name, in))
}

// outOfReach refuses a name of the row around a toscalar(), which does not run anew for each row.
func (b *binder) outOfReach(at kql.Node, name string) *expr {
	return b.fail(at, "", "'toscalar': can't use '"+name+"' as it is defined outside its row-context scope.", "")
}

// literal gives the constant that a literal stands for.
func (b *binder) literal(x *kql.Literal) *expr {
	t := literalTypes[x.Kind]
	v, ok := literalValue(x, t)
	if !ok && t == scalar.DateTime {
		if time, ok := clockTime(x.Value); ok {
			return b.today(time)
		}
	}
	if !ok {
		return b.fail(x, "KS214", x.Raw+" is no valid "+t.String()+" literal", "")
	}
	if x.Kind == kql.DateTime && x.Value == "" {
		return b.now()
	}
	if text, other := b.opts.texts[v.Str()]; other {
		v = scalar.NewString(text)
	}
	return constant(v)
}

var literalTypes = [...]scalar.Type{
	kql.Bool: scalar.Bool, kql.Int: scalar.Int, kql.Long: scalar.Long, kql.Real: scalar.Real, kql.Decimal: scalar.Decimal,
	kql.DateTime: scalar.DateTime, kql.TimeSpan: scalar.TimeSpan, kql.Guid: scalar.Guid, kql.String: scalar.String,
}

// member binds a.b: the property of a dynamic value, or what a step of a scan has kept.
func (b *binder) member(x *kql.Member, in *relation) *expr {
	if out, ok := b.stepColumn(x); ok {
		return out
	}
	if out, ok := b.entityValue(x); ok {
		return out
	}
	base := b.expr(x.X, in)
	if base.variable != nil {
		return b.graphMember(x, base)
	}
	out := b.path(x, base, x.Name.Name, func(v scalar.Value) scalar.Value { return v.Field(x.Name.Name) })
	if isColumnIfExists(x.X) {
		out.name = x.Name.Name
	}
	return out
}

// isColumnIfExists reports whether x is a call of column_ifexists(). Steps of a path behind it are named by themselves,
// without the column.
func isColumnIfExists(x kql.Expr) bool {
	call, ok := unparen(x).(*kql.Call)
	return ok && (call.Func.Name == "column_ifexists" || call.Func.Name == "columnifexists")
}

// path binds one step of a path into a dynamic value. It is named after the value and the step, or the step alone where the
// value has no name: parse_url(s)["Host"] is Host.
func (b *binder) path(at kql.Node, base *expr, step string, get func(scalar.Value) scalar.Value) *expr {
	switch base.typ {
	case scalar.NoType:
		return base
	case scalar.Dynamic, scalar.String:
	default:
		return b.fail(at, "KS141", "a path needs a dynamic value, not "+base.typ.String(), "parse the text with parse_json()")
	}
	if base.typ == scalar.String && b.lenient {
		text := base.str
		parsed := ofValue(scalar.Dynamic, func(f *frame) scalar.Value { return scalar.ParseJSON(text(f)) })
		parsed.name = base.name
		base = parsed.from(base)
	}
	if base.typ == scalar.String {
		return b.fail(at, "KS141", "a path needs a dynamic value, not string", "parse the text with parse_json()")
	}
	value := base.value
	out := ofValue(scalar.Dynamic, func(f *frame) scalar.Value { return get(value(f)) })
	if out.name = step; base.name != "" {
		out.name = base.name + "_" + step
	}
	return out.from(base)
}

// index binds a[i]: an element of an array, counted from the end if negative, or
// a property of a bag.
func (b *binder) index(x *kql.Index, in *relation) *expr {
	base, i := b.expr(x.X, in), b.expr(x.Index, in)
	if base.typ == scalar.NoType || i.typ == scalar.NoType {
		return &expr{value: func(*frame) scalar.Value { return scalar.Null(scalar.Dynamic) }}
	}
	if i.konst != nil {
		k := *i.konst
		_, written := unparen(x.Index).(*kql.Literal)
		if k.Kind() == scalar.String && written {
			out := b.path(x, base, k.Str(), func(v scalar.Value) scalar.Value { return v.Field(k.Str()) })
			if isColumnIfExists(x.X) {
				out.name = k.Str()
			}
			return out
		}
		if n, ok := scalar.ToLong(k); ok {
			if cols := base.columns; len(cols) > 1 && n >= 0 && n < int64(len(cols)) {
				return base.column(int(n), cols[n])
			}
			step := ""
			if lit, isLit := x.Index.(*kql.Literal); isLit && n >= 0 {
				step = lit.Value
			}
			out := b.path(x, base, step, func(v scalar.Value) scalar.Value { return v.At(int(n)) })
			if isColumnIfExists(x.X) {
				out.name = step
			}
			return out
		}
	}
	out := b.path(x, base, "", func(v scalar.Value) scalar.Value { return v })
	if out.typ == scalar.NoType {
		return out
	}
	value, at := base.value, i.value
	y := ofValue(scalar.Dynamic, func(f *frame) scalar.Value {
		k := at(f)
		if k.Kind() == scalar.String {
			return value(f).Field(k.Str())
		}
		if n, ok := scalar.ToLong(k); ok {
			return value(f).At(int(n))
		}
		return scalar.Null(scalar.Dynamic)
	})
	y.name = out.name
	return y.from(base, i)
}

// unary binds a sign.
func (b *binder) unary(x *kql.Unary, in *relation) *expr {
	e := b.expr(x.X, in)
	switch {
	case e.typ == scalar.NoType:
		return e
	case !e.typ.Summable() && e.typ != scalar.Dynamic:
		return b.fail(x, "KS106", "the operator '"+x.Op+"' needs a number or a timespan, not "+e.typ.String(), "")
	}
	e.name = ""
	t := e.typ
	if t == scalar.Int && e.konst == nil {
		t = scalar.Long
	}
	if x.Op == "+" {
		return converted(e, t)
	}
	value, zero := e.value, scalar.Convert(scalar.NewLong(0), e.typ)
	if e.typ == scalar.Real {
		return ofValue(t, func(f *frame) scalar.Value {
			if v := value(f); !v.IsNull() {
				return scalar.NewReal(-v.Real())
			}
			return scalar.Null(scalar.Real)
		}).from(e)
	}
	return ofValue(t, func(f *frame) scalar.Value { return scalar.Arithmetic('-', zero, value(f), t) }).from(e)
}
