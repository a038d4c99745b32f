package describe

import (
	"strconv"

	"github.com/seed-2512943d/picket/eval/aggregate"
	"github.com/seed-2512943d/picket/eval/function"
	"github.com/seed-2512943d/picket/kql"
)

// namesOf are the columns that a listed item makes: one, but for functions of several results.
func (a *analysis) namesOf(item *kql.NamedExpr, t *table) []string {
	var names []string
	for _, id := range item.Names {
		names = append(names, id.Name)
	}
	if call, ok := unparen(item.X).(*kql.Call); ok && len(call.Args) > 0 {
		for i, c := range function.ResultColumns(call.Func.Name) {
			if i >= len(names) {
				names = append(names, call.Func.Name+"_"+a.nameOf(call.Args[0])+"_"+c.Name)
			}
		}
	}
	if names == nil {
		names = []string{a.nameOrColumn(item, t)}
	}
	return names
}

// extend adds the columns that items make.
func (a *analysis) extend(items []*kql.NamedExpr, t *table, made string) {
	for _, item := range items {
		for _, name := range a.namesOf(item, t) {
			t.put(name, made)
		}
	}
}

// list makes a column of each item; a name that an expression suggests gets a number where it is taken.
func (a *analysis) list(items []*kql.NamedExpr, t *table, made string) {
	for _, item := range items {
		for _, name := range a.namesOf(item, t) {
			t.columns = append(t.columns, column{t.free(name), made})
		}
	}
}

func namedItems(list []kql.Argument) []*kql.NamedExpr {
	items := make([]*kql.NamedExpr, len(list))
	for i, x := range list {
		item, ok := x.(*kql.NamedExpr)
		if !ok {
			item = &kql.NamedExpr{X: x}
		}
		items[i] = item
	}
	return items
}

// summarize is the table of a summarize: its aggregates and keys, in the order of the text. Names are settled keys first, as the engine does.
func (a *analysis) summarize(made string, op *kql.Summarize, in *table) *table {
	keys := in.emptied()
	plain := plainColumns(op.By)
	a.list(op.By, keys, made)
	for _, key := range keys.columns {
		a.groupBy[key.name] = true
	}
	all := keys.copy()
	for _, item := range op.Aggregates {
		a.aggregate(item, all, in, plain, made)
	}
	all.columns = append(all.columns[len(keys.columns):], keys.columns...)
	return all
}

// plainColumns are the items that are a column as it is.
func plainColumns(items []*kql.NamedExpr) map[string]bool {
	plain := map[string]bool{}
	for _, item := range items {
		if name, ok := unparen(item.X).(*kql.Name); ok {
			plain[name.Name] = true
		}
	}
	return plain
}

// aggregate adds the columns of one aggregate to out. A star hands the columns of the input on as they are, without
// those that are keys.
func (a *analysis) aggregate(item *kql.NamedExpr, out, in *table, keys map[string]bool, made string) {
	add := func(name, made string) { out.columns = append(out.columns, column{out.free(name), made}) }
	call, ok := unparen(item.X).(*kql.Call)
	if !ok || !special(call.Func.Name) {
		add(a.nameOrColumn(item, out), made)
		return
	}
	written := item.Names
	for i, name := range a.wideNames(call) {
		if name == "*" {
			except := a.nameOf(call.Args[0])
			out.open, out.opener = out.open || in.open, in.opener
			for _, c := range in.columns {
				if c.name == except || keys[c.name] {
					continue
				}
				if out.find(c.name) >= 0 { // gets another name
					c.made = made
				}
				add(c.name, c.made)
			}
			continue
		}
		if i < len(written) {
			name = written[i].Name
		}
		add(name, made)
	}
}

func special(name string) bool {
	entry, ok := aggregate.Lookup(name)
	return ok && entry.Special
}

// wideNames are the names of the columns of an aggregate of several, a star for all columns of the input.
func (a *analysis) wideNames(call *kql.Call) []string {
	var names []string
	name := call.Func.Name
	first := ""
	if len(call.Args) > 0 {
		first = a.nameOf(call.Args[0])
	}
	percentiles := name == "percentiles" || name == "percentilesw"
	for i, arg := range call.Args {
		if _, star := arg.(*kql.Star); star {
			names = append(names, "*")
			continue
		}
		of := a.nameOf(arg)
		switch {
		case percentiles && i == 0:
			continue
		case percentiles:
			of = "percentile_" + first + "_" + kql.Canonical(arg)
		case name == "any":
			of = "any_" + of
		case of == "" && i == 0:
			of = name[len(name)-3:] + "_"
		case of == "":
			of = name[len(name)-3:] + "_" + first + "_arg" + strconv.Itoa(i)
		}
		names = append(names, of)
	}
	return names
}

// makeSeries is the table of a make-series.
func (a *analysis) makeSeries(made string, op *kql.MakeSeries, in *table) *table {
	keys := in.emptied()
	a.list(op.By, keys, made)
	all := keys.copy()
	for _, series := range op.Aggregates {
		a.aggregate(series.Aggregate, all, in, plainColumns(op.By), made)
	}
	a.list([]*kql.NamedExpr{op.On}, all, made)
	all.columns = append(all.columns[len(keys.columns):], keys.columns...)
	return all
}
