package eval

import (
	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// specialForms are the calls that do not evaluate all of their arguments, or need more
// of them than their values.
var specialForms map[string]func(b *binder, x *kql.Call, in *relation) *expr

func init() {
	specialForms = map[string]func(b *binder, x *kql.Call, in *relation) *expr{
		"iff":                (*binder).iff,
		"iif":                (*binder).iff,
		"case":               (*binder).caseOf,
		"not":                (*binder).not,
		"toscalar":           (*binder).toScalar,
		"now":                (*binder).nowCall,
		"ago":                (*binder).ago,
		"column_ifexists":    (*binder).columnIfExists,
		"columnifexists":     (*binder).columnIfExists,
		"ingestion_time":     (*binder).ingestionTime,
		"pack_all":           (*binder).packAll,
		"prev":               (*binder).prev,
		"next":               (*binder).next,
		"row_number":         (*binder).rowNumber,
		"row_cumsum":         (*binder).rowCumSum,
		"row_rank":           (*binder).rowRank,
		"row_rank_dense":     (*binder).rowRankDense,
		"row_rank_min":       (*binder).rowRankMin,
		"row_window_session": (*binder).rowWindowSession,
		"bag_pack_columns":   (*binder).bagPackColumns,
		"pack_array":         (*binder).ofColumns,
		"estimate_data_size": (*binder).ofColumns,
		"iscolumnexists":     (*binder).isColumnExists,
		"column_names_of":    (*binder).columnNamesOf,
		"bin_auto":           (*binder).binAuto,

		"current_cluster_endpoint":       (*binder).currentCluster,
		"current_database":               (*binder).currentDatabase,
		"current_node_id":                (*binder).currentNode,
		"current_principal":              (*binder).currentPrincipal,
		"current_principal_details":      (*binder).currentPrincipalDetails,
		"current_principal_is_member_of": (*binder).memberOf,
		"cursor_current":                 (*binder).currentCursor,
		"current_cursor":                 (*binder).currentCursor,
		"cursor_after":                   (*binder).cursorAfter,
		"cursor_before_or_at":            (*binder).cursorBeforeOrAt,
	}
}

// arity checks the number of arguments of a special form.
func (b *binder) arity(x *kql.Call, least, most int) bool {
	if n := len(x.Args); n < least || n > most {
		b.fail(x, "KS119", x.Func.Name+"() takes "+amount(least, most)+", not "+plural(n, "argument"), "")
		return false
	}
	return true
}

// iff binds iff(condition, then, else); a null condition is not true.
func (b *binder) iff(x *kql.Call, in *relation) *expr {
	if !b.arity(x, 3, 3) {
		return unknown()
	}
	cond := b.condition(x.Args[0], in)
	then, other := b.expr(x.Args[1], in), b.expr(x.Args[2], in)
	return b.choose(x, in, []*expr{cond}, []*expr{then}, other)
}

// condition binds the condition of iff and case, a bool.
func (b *binder) condition(x kql.Expr, in *relation) *expr {
	e := b.expr(x, in)
	switch e.typ {
	case scalar.Bool, scalar.NoType:
		return e
	case scalar.Dynamic:
		if e.loose || b.lenient {
			return converted(e, scalar.Bool)
		}
	}
	return b.fail(x, "KS107", "the condition must be bool, not "+e.typ.String(), "compare it, or convert it with tobool()")
}

// caseOf binds case(condition, value, …, else).
func (b *binder) caseOf(x *kql.Call, in *relation) *expr {
	if n := len(x.Args); n < 3 || n%2 == 0 {
		return b.fail(x, "KS120", "case() takes conditions and values in pairs, and a last value for all other cases", "")
	}
	var conds, values []*expr
	for i := 0; i+1 < len(x.Args); i += 2 {
		conds = append(conds, b.condition(x.Args[i], in))
		values = append(values, b.expr(x.Args[i+1], in))
	}
	return b.choose(x, in, conds, values, b.expr(x.Args[len(x.Args)-1], in))
}

// choose binds the first value whose condition is true.
func (b *binder) choose(x *kql.Call, in *relation, conds, values []*expr, other *expr) *expr {
	all := append(append(append([]*expr{}, conds...), values...), other)
	for _, e := range all {
		if e.typ == scalar.NoType {
			return unknown()
		}
	}
	t, _ := commonType(append(append([]*expr{}, values...), other))
	tests := make([]func(*frame) bool, len(conds))
	for i := range conds {
		tests[i] = b.seen(x.Args[2*i], in, conds[i].truth())
		values[i] = converted(values[i], t)
	}
	other = converted(other, t)
	if t == scalar.String {
		picks := make([]func(*frame) string, len(values))
		for i, v := range values {
			picks[i] = chosen(b, x, i, v.str)
		}
		last := chosen(b, x, len(values), other.str)
		return ofString(func(f *frame) string {
			for i, test := range tests {
				if test(f) {
					return picks[i](f)
				}
			}
			return last(f)
		}).from(all...)
	}
	picks := make([]func(*frame) scalar.Value, len(values))
	for i, v := range values {
		picks[i] = chosen(b, x, i, v.value)
	}
	last := chosen(b, x, len(values), other.value)
	return ofValue(t, func(f *frame) scalar.Value {
		for i, test := range tests {
			if test(f) {
				return picks[i](f)
			}
		}
		return last(f)
	}).from(all...)
}

// not binds not(x); of a null it is null.
func (b *binder) not(x *kql.Call, in *relation) *expr {
	if !b.arity(x, 1, 1) {
		return unknown()
	}
	e := b.condition(x.Args[0], in)
	if e.typ == scalar.NoType {
		return e
	}
	test := e.test
	return ofTest(func(f *frame) (bool, bool) { v, ok := test(f); return !v, ok }).from(e)
}

// toScalar binds toscalar(table): the first column of its first row, read once a run.
func (b *binder) toScalar(x *kql.Call, in *relation) *expr {
	if !b.arity(x, 1, 1) {
		return unknown()
	}
	if !b.isTabular(x.Args[0], in) {
		e := b.expr(x.Args[0], nil)
		e.name = ""
		return e
	}
	b.pinning++
	rel := b.tabular(x.Args[0])
	b.pinning--
	if rel.failed() {
		return unknown()
	}
	if len(rel.cols) == 0 {
		return b.fail(x, "KS101", "the table has no column", "")
	}
	first := rel.cols[0].expr()
	key := new(scalar.Value)
	b.once(key)
	out := ofValue(first.typ, func(f *frame) scalar.Value {
		return once(f.run, key, func() scalar.Value {
			for g := range rel.rows(env{run: f.run}) {
				return first.value(g).Clone()
			}
			return scalar.Null(first.typ)
		})
	})
	out.live = true
	return out
}

// now is the instant of the run.
func (b *binder) now() *expr {
	x := ofValue(scalar.DateTime, func(f *frame) scalar.Value { return scalar.NewDateTime(f.run.fn.Now) })
	x.live = true
	return x
}

// nowCall binds now() and now(offset).
func (b *binder) nowCall(x *kql.Call, in *relation) *expr {
	if !b.arity(x, 0, 1) {
		return unknown()
	}
	if len(x.Args) == 0 {
		return b.now()
	}
	return b.shiftedNow(x, in, '+')
}

// ago binds ago(timespan): so long before now.
func (b *binder) ago(x *kql.Call, in *relation) *expr {
	if !b.arity(x, 1, 1) {
		return unknown()
	}
	return b.shiftedNow(x, in, '-')
}

func (b *binder) shiftedNow(x *kql.Call, in *relation, op byte) *expr {
	d := b.scalarOf(x.Args[0], in, scalar.TimeSpan)
	if d.typ == scalar.NoType {
		return d
	}
	span := d.value
	out := ofValue(scalar.DateTime, func(f *frame) scalar.Value {
		return scalar.Arithmetic(op, scalar.NewDateTime(f.run.fn.Now), span(f), scalar.DateTime)
	})
	out.live = true
	return out.from(d)
}

// columnIfExists binds column_ifexists(name, default): the column of that name, or the
// default where the table has none.
func (b *binder) columnIfExists(x *kql.Call, in *relation) *expr {
	if !b.arity(x, 2, 2) {
		return unknown()
	}
	name := b.expr(x.Args[0], in)
	if name.konst == nil || name.typ != scalar.String {
		return b.fail(x.Args[0], "KS140", "the name of the column must be a constant string", "")
	}
	if in != nil {
		if i := in.find(name.konst.Str()); i >= 0 {
			// The analyzer gives the column the type of the default.
			e := *converted(in.cols[i].expr(), b.expr(x.Args[1], in).typ)
			e.name = in.cols[i].name
			return &e
		}
		if in.open {
			other := b.expr(x.Args[1], in)
			e := *converted(in.openColumn(name.konst.Str()), other.typ)
			e.name = name.konst.Str()
			return &e
		}
	}
	e := *b.expr(x.Args[1], in)
	e.name = ""
	return &e
}

// ingestionTime binds ingestion_time(): what the record says of it under _TimeReceived, else the time of the event, and null
// for rows without either.
func (b *binder) ingestionTime(x *kql.Call, in *relation) *expr {
	if !b.arity(x, 0, 0) {
		return unknown()
	}
	var times []*expr
	for _, name := range []string{"_TimeReceived", "TimeGenerated"} {
		if in == nil {
			break
		}
		if i := in.find(name); i >= 0 && in.cols[i].typ == scalar.DateTime {
			times = append(times, in.cols[i].expr())
		}
	}
	out := constant(scalar.Null(scalar.DateTime))
	switch len(times) {
	case 1:
		once := *times[0]
		out = &once
	case 2:
		received, generated := times[0].value, times[1].value
		out = ofValue(scalar.DateTime, func(f *frame) scalar.Value {
			if v := received(f); !v.IsNull() {
				return v
			}
			return generated(f)
		}).from(times...)
	}
	out.name = "$IngestionTime"
	return out
}

// packAll binds pack_all([ignore null and empty]): a bag of all columns.
func (b *binder) packAll(x *kql.Call, in *relation) *expr {
	if !b.arity(x, 0, 1) {
		return unknown()
	}
	if in == nil {
		return b.fail(x, "KS101", "there are no columns to pack here", "")
	}
	skip := false
	if len(x.Args) == 1 {
		e := b.predicate(x.Args[0], in)
		if e.konst == nil {
			return b.fail(x.Args[0], "KS140", "the argument must be a constant bool", "")
		}
		skip = e.konst.IsTrue()
	}
	return packed(in.cols, skip)
}

// bagPackColumns binds bag_pack_columns(a, b, …): a bag of the columns named.
func (b *binder) bagPackColumns(x *kql.Call, in *relation) *expr {
	var cols []*column
	for _, a := range x.Args {
		if !b.isColumn(x.Func.Name, a) {
			return unknown()
		}
		e := b.expr(a, in)
		if e.typ == scalar.NoType {
			return e
		}
		cols = append(cols, &column{name: e.name, typ: e.typ, x: e})
	}
	return packed(cols, false)
}

// packed is a bag of columns, without the null and empty ones where skip says so.
func packed(cols []*column, skip bool) *expr {
	args := make([]*expr, len(cols))
	for i, c := range cols {
		args[i] = c.expr()
	}
	return ofValue(scalar.Dynamic, func(f *frame) scalar.Value {
		var keys []string
		var vals []scalar.Value
		for i, a := range args {
			v := a.value(f)
			if skip && (v.IsNull() || v.Kind() == scalar.String && v.Str() == "") {
				continue
			}
			keys, vals = append(keys, cols[i].name), append(vals, v)
		}
		return scalar.NewBag(keys, vals)
	}).from(args...)
}

// unknown stands in for an expression that has drawn an error.
func unknown() *expr { return &expr{value: nullValue} }
