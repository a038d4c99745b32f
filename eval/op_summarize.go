package eval

import (
	"github.com/seed-2512943d/picket/eval/aggregate"
	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// aggregation is a summarize while it is bound: the rows that are reduced, and the
// calls that reduce them. A reduced row holds the keys and then the results of the calls.
type aggregation struct {
	in    *relation
	keys  []*expr
	calls []*aggregateCall
	cols  []Column        // of a reduced row
	item  kql.Expr        // the item of the list that is being bound
	keyed map[string]bool // the columns that are keys as they are: a star leaves them out
}

// aggregateCall is one call of an aggregate.
type aggregateCall struct {
	args  []*expr
	make  func() aggregate.Accumulator
	first int // where its results begin in a reduced row
	count int // how many results it has
	wide  bool
	grows bool // its accumulators hold the more the more rows they are given
	exact bool // accumulators of some of the rows each can be merged into what one of all the rows is,
	mixed bool // and that in any order
}

// add files a call and gives the expression of its first result.
func (a *aggregation) add(args []*expr, make func() aggregate.Accumulator, wide bool, results ...scalar.Type) []*expr {
	one := make()
	call := &aggregateCall{
		args: args, make: make, first: len(a.cols), count: len(results), wide: wide,
		grows: !aggregate.Fixed(one), exact: aggregate.MergesExactly(one), mixed: aggregate.AnyOrder(one),
	}
	var xs []*expr
	for _, t := range results {
		xs = append(xs, rowColumn(t, len(a.cols)))
		a.cols = append(a.cols, Column{Type: t})
	}
	a.calls = append(a.calls, call)
	return xs
}

// bindSummarize groups rows by keys and reduces each group.
func (b *binder) bindSummarize(op *kql.Summarize, in *relation) *relation {
	agg := &aggregation{in: in, keyed: make(map[string]bool)}
	names := newNaming(in)
	var out []*column
	plain := make(map[string]bool) // keys whose names were written or are a column's
	for _, item := range op.By {
		x := b.memoized(settledText(b.expr(item.X, in)), in.seg)
		if x.typ == scalar.Dynamic {
			b.fail(item, "KS116", "rows cannot be grouped by a dynamic value", "convert it with tostring() or tolong()")
		}
		name, ok := b.columnName(item, x, names)
		if !ok {
			continue
		}
		key := plainColumn(item.X, in)
		if n, isName := unparen(item.X).(*kql.Name); isName {
			key = n.Name
		}
		if key != "" {
			agg.keyed[key] = true
		}
		plain[name] = key != "" || len(item.Names) > 0
		agg.keys = append(agg.keys, x)
		out = append(out, &column{name: name, typ: x.typ, x: rowColumn(x.typ, len(agg.cols))})
		agg.cols = append(agg.cols, Column{name, x.typ})
	}
	for _, item := range op.Aggregates {
		out = append(out, b.aggregateItem(item, agg, names, plain)...)
	}
	base := b.held(agg.cols, agg.rows(len(op.By) > 0))
	result := base.with(out)
	result.bad = len(b.errs) > 0 && len(out) == 0 && len(op.Aggregates) > 0
	return result
}

// aggregateItem binds one item of the list: an aggregate of several columns, or an
// expression over aggregates, which may have several columns as well. Outside aggregates no column can be read, not even a key.
func (b *binder) aggregateItem(item *kql.NamedExpr, agg *aggregation, names *naming, plain map[string]bool) []*column {
	if call, ok := unparen(item.X).(*kql.Call); ok {
		if cols, wide := b.wideAggregate(item, call, agg, names, plain); wide {
			return cols
		}
	}
	saved := b.agg
	b.agg = agg
	agg.item = unparen(item.X)
	x := b.expr(item.X, &relation{seg: newSegment()})
	b.agg = saved
	var cols []*column
	for _, p := range b.parts(item, x) {
		name, ok := p.x.name, true
		if len(p.item.Names) > 0 {
			name, ok = b.aggregateName(p.item.Names[0], names, plain)
		} else {
			name = names.pick(name)
		}
		if ok {
			cols = append(cols, &column{name: name, typ: p.x.typ, x: p.x})
		}
	}
	return cols
}

// aggregateName takes a written name. It must be new, but for that of a key which got its
// own from an expression: bin(t, 1h) stays t, and the other becomes t1.
func (b *binder) aggregateName(id *kql.Ident, names *naming, plain map[string]bool) (string, bool) {
	if isPlain, isKey := plain[id.Name]; isKey && !isPlain {
		return names.pick(id.Name), true
	}
	name, ok := names.take(id.Name)
	if !ok {
		b.fail(id, "KS171", "the column '"+id.Name+"' is made twice", "")
	}
	return name, ok
}

// aggregateCall binds a call of an aggregate within an expression.
func (b *binder) aggregateCall(x *kql.Call, fn *aggregate.Entry) *expr {
	agg := b.agg
	if fn.Refused != "" {
		return b.fail(x.Func, "", fn.Name+"() cannot run here: "+fn.Refused, "")
	}
	if fn.New == nil {
		return b.wideValue(x, fn, agg)
	}
	args, ok := b.aggregateArguments(x, fn, agg)
	if !ok {
		return unknown()
	}
	make, result, err := fn.New(known(args))
	if err != nil {
		return b.fail(x, "KS140", fn.Name+"(): "+err.Error(), "")
	}
	out := agg.add(args, make, false, result)[0]
	out.name = aggregateResultName(fn, x, args)
	if agg.item != x && (fn.Name == "percentile" || fn.Name == "percentilew") {
		out.name = "" // only where it stands alone
	}
	return out
}

// aggregateResultName gives the name of an unnamed aggregate.
func aggregateResultName(fn *aggregate.Entry, x *kql.Call, args []*expr) string {
	switch fn.Name {
	case "percentile", "percentilew":
		if last := args[len(args)-1]; last.konst != nil {
			return aggregate.PercentileName(args[0].name, *last.konst)
		}
	case "covariance", "covarianceif", "covariancep", "covariancepif":
		// The engine adds the second column's name; the analyzer, which is all there is
		// for arguments that are no plain columns, does not.
		if onlyNames(x.Args[:2]) {
			return resultName(fn.Names, fn.Name, args) + "_" + args[1].name
		}
	}
	return resultName(fn.Names, fn.Name, args)
}

// onlyNames reports whether all expressions are plain names.
func onlyNames(xs []kql.Expr) bool {
	for _, x := range xs {
		if _, ok := unparen(x).(*kql.Name); !ok {
			return false
		}
	}
	return true
}

// aggregateArguments binds the arguments of an aggregate over the rows that are reduced.
func (b *binder) aggregateArguments(x *kql.Call, fn *aggregate.Entry, agg *aggregation) ([]*expr, bool) {
	b.agg = nil
	defer func() { b.agg = agg }()
	var args []*expr
	for _, a := range x.Args {
		e := b.expr(a, agg.in)
		if e.typ == scalar.NoType {
			return nil, false
		}
		args = append(args, b.memoized(e, agg.in.seg))
	}
	sig, ok := b.overload(x, fn.Name, fn.Signatures(), x.Args, args)
	if !ok {
		return nil, false
	}
	for i, a := range args {
		p := sig.Param(i, len(args))
		if a.loose && (p.Kind == "summable" || p.Kind == "number") {
			args[i] = settled(a, scalar.Real)
			continue
		}
		if isClass(p.Kind) || p.Kind == "dynamic" {
			continue
		}
		t, _ := scalar.ParseType(p.Kind)
		args[i] = converted(a, t)
		args[i].name = a.name
	}
	return args, true
}

// results writes an accumulator's results into a reduced row.
func (c *aggregateCall) results(acc aggregate.Accumulator, row []scalar.Value, cols []Column) {
	if !c.wide {
		row[c.first] = acc.Result()
		return
	}
	for i, v := range acc.(aggregate.RowAccumulator).Row() {
		if v.Type() == scalar.NoType {
			v = scalar.Null(cols[c.first+i].Type)
		}
		row[c.first+i] = v
	}
}
