package eval

import (
	"maps"
	"slices"
	"strconv"

	"github.com/seed-2512943d/picket/eval/aggregate"
	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// wideAggregate binds the aggregates that make several columns: arg_max, arg_min, take_any
// and percentiles, with their old spellings.
func (b *binder) wideAggregate(item *kql.NamedExpr, call *kql.Call, agg *aggregation, names *naming, plain map[string]bool) ([]*column, bool) {
	fn, ok := aggregate.Lookup(call.Func.Name)
	if !ok || !fn.Special {
		return nil, false
	}
	parts, ok := b.wideParts(call, fn, agg)
	if !ok || b.surplusName(item, len(parts)) {
		return nil, true
	}
	var cols []*column
	for i, part := range parts {
		name := ""
		if i < len(item.Names) {
			if name, ok = b.aggregateName(item.Names[i], names, plain); !ok {
				continue
			}
		} else {
			name = names.pick(part.name)
		}
		cols = append(cols, &column{name: name, typ: part.typ, x: part})
	}
	return cols, true
}

// wideValue binds such an aggregate within an expression, where it gives its first column. Only any() names what is made of it.
func (b *binder) wideValue(x *kql.Call, fn *aggregate.Entry, agg *aggregation) *expr {
	parts, ok := b.wideParts(x, fn, agg)
	if !ok || len(parts) == 0 {
		return unknown()
	}
	if fn.Name != "any" {
		parts[0].name = ""
	}
	return parts[0]
}

// wideParts binds the call and gives its columns, each with the name that it suggests.
func (b *binder) wideParts(call *kql.Call, fn *aggregate.Entry, agg *aggregation) ([]*expr, bool) {
	saved := b.agg
	b.agg = nil
	defer func() { b.agg = saved }()
	switch fn.Name {
	case "percentiles", "percentilesw":
		b.agg = agg
		args, ok := b.aggregateArguments(call, fn, agg)
		if !ok {
			return nil, false
		}
		return b.percentiles(call, fn, agg, args)
	case "arg_max", "arg_min", "argmax", "argmin":
		return b.argExtreme(call, fn, agg)
	}
	return b.takeAny(call, fn, agg)
}

func (b *binder) percentiles(call *kql.Call, fn *aggregate.Entry, agg *aggregation, args []*expr) ([]*expr, bool) {
	weighted := fn.Name == "percentilesw"
	make, err := aggregate.NewPercentiles(known(args), weighted)
	if err != nil {
		b.fail(call, "KS140", fn.Name+"(): "+err.Error(), "")
		return nil, false
	}
	first := 1
	if weighted {
		first = 2
	}
	var types []scalar.Type
	for range args[first:] {
		types = append(types, aggregate.PercentileType(args[0].typ))
	}
	parts := agg.add(args, func() aggregate.Accumulator { return make() }, true, types...)
	for i, p := range args[first:] {
		if p.konst != nil {
			parts[i].name = aggregate.PercentileName(args[0].name, *p.konst)
		}
	}
	return parts, true
}

// argExtreme binds arg_max and arg_min: the extreme, and columns of the row that has it.
func (b *binder) argExtreme(call *kql.Call, fn *aggregate.Entry, agg *aggregation) ([]*expr, bool) {
	if len(call.Args) == 0 {
		b.fail(call, "KS119", fn.Name+"() needs an argument", "")
		return nil, false
	}
	word := "max"
	if fn.Name == "arg_min" || fn.Name == "argmin" {
		word = "min"
	}
	old := fn.Name == "argmax" || fn.Name == "argmin"
	best := b.memoized(settledText(b.expr(call.Args[0], agg.in)), agg.in.seg)
	if best.typ == scalar.NoType && !b.undecided() {
		return nil, false
	}
	if best.typ == scalar.Dynamic || best.typ == scalar.Guid {
		b.fail(call.Args[0], "KS206", "values of "+best.typ.String()+" have no order", "convert it with tolong() or tostring()")
		return nil, false
	}
	args := []*expr{best}
	names := []string{best.name}
	if best.name == "" {
		names[0] = word + "_"
	}
	if old {
		names[0] = word + "_" + best.name
	}
	first := best.name
	unnamed := word + "_" + first + "_"
	if old {
		unnamed = ""
	}
	returned, returnedNames, ok := b.returned(call.Args[1:], agg, plainColumn(call.Args[0], agg.in), func(i int) string {
		return unnamed + "arg" + strconv.Itoa(i+1)
	})
	if !ok {
		return nil, false
	}
	for i, x := range returned {
		args = append(args, x)
		name := returnedNames[i]
		if old {
			name = word + "_" + first + "_" + name
		}
		names = append(names, name)
	}
	least := word == "min"
	parts := b.addWholeRow(agg, args[:1], args[1:], func(n int) aggregate.Accumulator { return aggregate.NewArgMax(n, least) })
	for i := range parts {
		parts[i].name = names[i]
	}
	return parts, true
}

// addWholeRow files a call that keeps a row of each group: values that it looks at, and others, in place of which it may keep the record.
func (b *binder) addWholeRow(agg *aggregation, looked, rest []*expr, make func(columns int) aggregate.Accumulator) []*expr {
	records := b.keepsRecords(agg.in, rest)
	args := append(looked[:len(looked):len(looked)], rest...)
	if records {
		args = append(looked[:len(looked):len(looked)], agg.in.seg.recordText())
	}
	var types []scalar.Type
	for _, x := range args {
		types = append(types, x.typ)
	}
	at := len(agg.cols) + len(looked)
	parts := agg.add(args, func() aggregate.Accumulator { return make(len(args)) }, true, types...)
	if records {
		parts = parts[:len(looked)]
		for _, x := range rest {
			parts = append(parts, agg.in.seg.fromRecord(x, at))
		}
	}
	return parts
}

// takeAny binds take_any: columns of some row of the group.
func (b *binder) takeAny(call *kql.Call, fn *aggregate.Entry, agg *aggregation) ([]*expr, bool) {
	if len(call.Args) == 0 {
		b.fail(call, "KS120", fn.Name+"() needs the columns to give, or a *", "")
		return nil, false
	}
	before := "any_"
	if fn.Name == "any" {
		if len(call.Args) > 1 && slices.ContainsFunc(call.Args, isStar) {
			b.fail(call, "KS191", "a * stands alone in any()", "call take_any()")
			return nil, false
		}
		before = "" // it stands before all names
	}
	args, names, ok := b.returned(call.Args, agg, "", func(i int) string { return before + "arg" + strconv.Itoa(i) })
	if !ok {
		return nil, false
	}
	for i, x := range args {
		if fn.Name != "any" {
			continue
		}
		if len(args) == 1 && x.name == "" {
			names[i] = ""
		}
		names[i] = "any_" + names[i]
	}
	parts := b.addWholeRow(agg, nil, args, func(n int) aggregate.Accumulator { return aggregate.NewTakeAny(n) })
	for i := range parts {
		parts[i].name = names[i]
	}
	return parts, true
}

// returned binds the columns that a wide aggregate returns; a star is every column that is
// neither a key nor the one called except. Beside a star no column is returned twice.
func (b *binder) returned(list []kql.Expr, agg *aggregation, except string, unnamed func(i int) string) (xs []*expr, names []string, ok bool) {
	var held map[string]bool // the columns that are not returned again; nil without a star
	if slices.ContainsFunc(list, isStar) {
		held = map[string]bool{except: true}
		maps.Copy(held, agg.keyed)
	}
	for i, a := range list {
		if isStar(a) {
			for _, c := range agg.in.cols {
				if held[c.name] {
					continue
				}
				held[c.name] = true
				xs, names = append(xs, c.expr()), append(names, c.name)
			}
			continue
		}
		x := b.memoized(b.expr(a, agg.in), agg.in.seg)
		if x.typ == scalar.NoType && !b.undecided() {
			return nil, nil, false
		}
		if plain := plainColumn(a, agg.in); plain != "" && held != nil {
			if held[plain] {
				continue
			}
			held[plain] = true
		}
		name := x.name
		if n, named := a.(*kql.NamedExpr); named && len(n.Names) > 0 {
			name = n.Names[0].Name
		}
		if name == "" {
			name = unnamed(i)
		}
		xs, names = append(xs, x), append(names, name)
	}
	return xs, names, true
}
