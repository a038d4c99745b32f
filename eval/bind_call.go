package eval

import (
	"errors"
	"fmt"
	"slices"

	"github.com/seed-2512943d/picket/eval/aggregate"
	"github.com/seed-2512943d/picket/eval/function"
	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// call binds a function call: a special form, a function of the query, a built-in
// one, or a stored one, in this order. Within summarize an aggregate is one too.
func (b *binder) call(x *kql.Call, in *relation) *expr {
	name := x.Func.Name
	if b.agg != nil {
		if a, ok := aggregate.Lookup(name); ok {
			return b.aggregateCall(x, a)
		}
	}
	if fn, ok := graphFunction(name, in); ok {
		return fn(b, x, in)
	}
	if special, ok := specialForms[name]; ok {
		return special(b, x, in)
	}
	if d, ok := b.scope.lookup(name); ok && d.fn != nil {
		return b.callUser(x, d.fn, x.Args, in)
	}
	if fn, ok := builtin(name); ok {
		return b.callBuiltin(x, fn, in)
	}
	if fn := b.stored(name); fn != nil {
		return b.callUser(x, fn, x.Args, in)
	}
	if _, ok := aggregate.Lookup(name); ok {
		return b.fail(x.Func, "KS144", "the aggregate '"+name+"' cannot be used here", "use it within summarize")
	}
	return b.miss(x.Func, kql.MissingFunction, name, b.suggestFunction(name))
}

// builtin finds a built-in scalar function.
func builtin(name string) (*function.Entry, bool) {
	if fn, ok := function.Lookup(name); ok {
		return fn, true
	}
	fn, ok := aggregate.Functions()[name]
	return fn, ok
}

// callBuiltin binds a call of a built-in scalar function.
func (b *binder) callBuiltin(x *kql.Call, fn *function.Entry, in *relation) *expr {
	if fn.Refused != "" {
		return b.fail(x.Func, "", fn.Name+"() cannot run here: "+fn.Refused, "")
	}
	args := make([]*expr, 0, len(x.Args))
	for _, a := range x.Args {
		e := b.argument(a, in)
		if e.typ == scalar.NoType {
			return e
		}
		args = append(args, e)
	}
	sig, ok := b.overload(x, fn.Name, fn.Signatures(), x.Args, args)
	if !ok {
		return &expr{value: nullValue}
	}
	impl := fn.Impl
	if fn.Bind != nil {
		var err error
		var unanswered *function.Unanswered
		switch impl, err = fn.Bind(known(args)); {
		case err == nil:
		case b.lenient:
			b.note("a stored function calls %s(), which gives null here: %v", fn.Name, err)
			impl = null(resultType(sig, args))
		case errors.As(err, &unanswered):
			line, column := b.src.Position(x.Span().Start)
			b.note("line %d, column %d of the query: %s() gives null for every row: %v", line, column, fn.Name, err)
			impl = null(resultType(sig, args))
		default:
			return b.fail(x, "KS140", fn.Name+"(): "+err.Error(), "")
		}
	}
	if impl.Special {
		return b.fail(x.Func, "", fn.Name+"() is not supported here", "")
	}
	result := resultType(sig, args)
	passed := make([]*expr, len(args))
	for i, a := range args {
		t := parameterType(sig.Param(i, len(args)), impl, i)
		if t == scalar.NoType && sig.Result == "common" && a.typ != scalar.Bool {
			t = result
		}
		passed[i] = converted(a, t)
	}
	out := invoke(impl, passed, result).costing(dear)
	out.volatile = fn.Volatile
	b.volatile = b.volatile || fn.Volatile
	out.live = impl.Context != nil
	out.name = resultName(fn.Names, fn.Name, args)
	out = out.from(passed...)
	out.columns = multiColumn(fn.Name, sig, args)
	out.loose = loose(result, args)
	return out
}

// null is the code of a function that always gives null.
func null(t scalar.Type) function.Impl {
	return function.Raw(func([]scalar.Value) scalar.Value { return scalar.Null(t) })
}

// loose reports whether a result of dynamic type is of one not known yet: that of arguments
// which are all so.
func loose(result scalar.Type, args []*expr) bool {
	for _, a := range args {
		if !a.loose {
			return false
		}
	}
	return result == scalar.Dynamic && len(args) > 0
}

func nullValue(*frame) scalar.Value { return scalar.Value{} }

// argument binds one argument of a built-in function.
func (b *binder) argument(x kql.Expr, in *relation) *expr {
	if t, ok := x.(*kql.TypeOf); ok {
		if t.Type == nil {
			return b.fail(x, "KS006", "a type is expected here", "")
		}
		typ, ok := b.typeofName(t.Type)
		if !ok {
			return unknown()
		}
		e := constant(scalar.NewString(typ.String()))
		e.types = typ
		return e
	}
	return b.expr(x, in)
}

// known tells a function's Bind what is known of the arguments.
func known(args []*expr) []function.Arg {
	out := make([]function.Arg, len(args))
	for i, a := range args {
		out[i] = function.Arg{Type: a.typ, Const: a.konst != nil}
		if a.konst != nil {
			out[i].Value = *a.konst
		}
	}
	return out
}

// overload finds the first signature that takes the arguments, one that takes them
// without a conversion before the others.
func (b *binder) overload(at kql.Node, name string, sigs []function.Signature, nodes []kql.Expr, args []*expr) (function.Signature, bool) {
	best, found, score := function.Signature{}, false, -1
	least, most := 1<<30, 0
	wrong, group := -1, 1
	for _, s := range sigs {
		lo, hi := s.Arity()
		least, most = min(least, lo), max(most, hi)
		group = s.Group()
		if !s.Takes(len(args)) {
			continue
		}
		points := 0
		ok := true
		for i, a := range args {
			p := s.Param(i, len(args))
			if !takes(p, nodes[i], a) {
				if wrong < i {
					wrong = i
				}
				ok = false
				break
			}
			if p.Kind == a.typ.String() || len(p.Kind) > 0 && isClass(p.Kind) {
				points++
			}
		}
		if ok && points > score {
			best, found, score = s, true, points
		}
	}
	switch {
	case found:
		return best, b.suits(name, best, nodes, args)
	case wrong >= 0:
		want := ""
		for _, s := range sigs {
			if want == "" && s.Takes(len(args)) {
				want = s.Param(wrong, len(args)).Kind
			}
		}
		b.fail(nodes[wrong], "KS141", fmt.Sprintf("argument %d of %s() must be %s, not %s", wrong+1, name, kindText(want), valueText(args[wrong])), convertHint(want, args[wrong].typ))
	case len(args) >= least && len(args) <= most && group > 1:
		b.fail(at, "KS121", fmt.Sprintf("%s() takes its arguments by groups of %d, and not %d", name, group, len(args)), "")
	default:
		b.fail(at, "KS119", fmt.Sprintf("%s() takes %s, not %d", name, amount(least, most), len(args)), "")
	}
	return best, false
}

// invoke makes the expression of a call out of a function's code. Common shapes are
// called directly.
func invoke(impl function.Impl, args []*expr, result scalar.Type) *expr {
	switch fn := impl.Fn.(type) {
	case func(string) string:
		if s := args[0].str; s != nil {
			return ofString(func(f *frame) string { return fn(s(f)) })
		}
	case func(string, string) string:
		if s, t := args[0].str, args[1].str; s != nil && t != nil {
			return ofString(func(f *frame) string { return fn(s(f), t(f)) })
		}
	case func(string) bool:
		if s := args[0].str; s != nil {
			return ofTest(func(f *frame) (bool, bool) { return fn(s(f)), true })
		}
	case func(scalar.Value) string:
		v := args[0].value
		return ofString(func(f *frame) string { return fn(v(f)) })
	case func(scalar.Value) bool:
		v := args[0].value
		return ofTest(func(f *frame) (bool, bool) { return fn(v(f)), true })
	case func(scalar.Value) scalar.Value:
		v := args[0].value
		return ofValue(result, func(f *frame) scalar.Value { return fn(v(f)) })
	case func(string) scalar.Value:
		if s := args[0].str; s != nil {
			return ofValue(result, func(f *frame) scalar.Value { return fn(s(f)) })
		}
	}
	values := make([]func(*frame) scalar.Value, len(args))
	for i, a := range args {
		values[i] = a.value
	}
	call := impl.Call
	if inContext := impl.Context; inContext != nil {
		return ofValue(result, func(f *frame) scalar.Value {
			var buf [4]scalar.Value
			return inContext(&f.run.fn, gather(buf[:0], values, f))
		})
	}
	return ofValue(result, func(f *frame) scalar.Value {
		var buf [4]scalar.Value
		return call(gather(buf[:0], values, f))
	})
}

// gather evaluates arguments into buf. The slice escapes into the callee, which is
// the price of the general form; the shapes that invoke knows do without.
func gather(buf []scalar.Value, values []func(*frame) scalar.Value, f *frame) []scalar.Value {
	for _, v := range values {
		buf = append(buf, v(f))
	}
	return buf
}

// resultName applies a naming rule.
func resultName(rule function.NameRule, fn string, args []*expr) string {
	first := ""
	if len(args) > 0 {
		first = args[0].name
	}
	switch rule.Kind {
	case function.FirstArgument:
		return first
	case function.OnlyArgument:
		if len(args) == 1 {
			return first
		}
	case function.Prefixed:
		return rule.Prefix + "_" + first
	case function.Fixed:
		return rule.Prefix
	}
	return ""
}

// suggestFunction finds a function whose name is close to name.
func (b *binder) suggestFunction(name string) string {
	names := make([]string, 0, 512)
	for n := range function.All() {
		names = append(names, n)
	}
	for n := range aggregate.Functions() {
		names = append(names, n)
	}
	for n := range aggregate.All() {
		names = append(names, n)
	}
	names = append(names, b.functionNames()...)
	slices.Sort(names)
	return didYouMean(name, names)
}
