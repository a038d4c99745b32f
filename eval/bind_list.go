package eval

import (
	"strings"

	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// in binds in, in~, !in, !in~, has_any and has_all. The list is made of values, of
// dynamic arrays whose elements count, and of tables whose first column counts.
func (b *binder) in(x *kql.In, in *relation) *expr {
	l := b.expr(x.X, in)
	if l.typ == scalar.NoType {
		return l
	}
	op, want := x.Op, true
	if rest, ok := strings.CutPrefix(op, "!"); ok {
		op, want = rest, false
	}
	if op != "in" && l.typ != scalar.String && l.typ != scalar.Dynamic {
		return b.fail(x.X, "KS106", "the operator '"+x.Op+"' needs a string, not "+l.typ.String(), "convert it with tostring()")
	}
	list, args := b.list(x.List, in)
	if list == nil {
		return constant(scalar.Null(scalar.Bool))
	}
	args = append(args, l)
	switch op {
	case "has_any", "has_all":
		return textList(op, l, list).from(args...)
	}
	fold := op == "in~"
	prepare := func(vals []scalar.Value) any { return newValueSet(vals, l.typ, fold) }
	if list.fixed {
		values := list.values(nil)
		has := newValueSet(values, l.typ, fold).member(l)
		return ofTest(func(f *frame) (bool, bool) { return has(f) == want, true }).from(args...).onlyFor(l, want, fold, values...)
	}
	set := list.prepared(prepare)
	return ofTest(func(f *frame) (bool, bool) { return set(f).(*valueSet).member(l)(f) == want, true }).from(args...)
}

// valueList is the right side of in and its kin. Its values are known when the query
// is bound (fixed), or once a run, or differ from row to row (reads).
type valueList struct {
	values func(*frame) []scalar.Value
	fixed  bool
	reads  bool
}

// prepared gives what make makes of the list, which is made as seldom as can be.
func (l *valueList) prepared(make func([]scalar.Value) any) func(*frame) any {
	switch {
	case l.fixed:
		v := make(l.values(nil))
		return func(*frame) any { return v }
	case l.reads:
		return func(f *frame) any { return make(l.values(f)) }
	}
	return func(f *frame) any { return once(f.run, l, func() any { return make(l.values(f)) }) }
}

// list binds the right side of in and its kin; args are the expressions it is made of.
func (b *binder) list(items []kql.Expr, in *relation) (*valueList, []*expr) {
	if len(items) == 1 && b.isTabular(items[0], in) {
		rel := b.tabular(items[0])
		if len(rel.cols) == 0 {
			return nil, nil
		}
		first := rel.cols[0].expr()
		l := &valueList{values: func(f *frame) []scalar.Value {
			var vals []scalar.Value
			for g := range rel.rows(env{run: f.run, outer: f.outer}) {
				vals = append(vals, first.value(g).Clone())
			}
			return vals
		}}
		b.once(l)
		return l, []*expr{{live: true}}
	}
	l := &valueList{fixed: true}
	b.once(l)
	var args []*expr
	for _, item := range items {
		e := b.expr(item, in)
		if e.typ == scalar.NoType {
			return nil, nil
		}
		l.fixed = l.fixed && e.konst != nil
		l.reads = l.reads || e.reads
		args = append(args, e)
	}
	l.values = func(f *frame) []scalar.Value {
		var vals []scalar.Value
		for _, e := range args {
			v := e.value(f)
			if v.Kind() != scalar.Array {
				vals = append(vals, v)
				continue
			}
			for el := range v.Elements() {
				vals = append(vals, el)
			}
		}
		return vals
	}
	return l, args
}

// valueSet is the list of an in, prepared for look-ups by the left side's type.
type valueSet struct {
	fold   bool
	texts  map[string]struct{}
	few    []string // the texts, where they are few enough to be compared one by one
	values map[string]struct{}
}

func newValueSet(vals []scalar.Value, t scalar.Type, fold bool) *valueSet {
	s := &valueSet{fold: fold}
	if t == scalar.String || fold {
		for _, v := range vals {
			if v.IsNull() {
				continue
			}
			s.few = append(s.few, scalar.ToString(v))
		}
		if len(s.few) > 8 {
			s.texts = make(map[string]struct{}, len(s.few))
			for _, text := range s.few {
				if fold {
					text = strings.ToLower(text)
				}
				s.texts[text] = struct{}{}
			}
		}
		return s
	}
	s.values = make(map[string]struct{}, len(vals))
	for _, v := range vals {
		if t != scalar.Dynamic && !(t.Numeric() && v.Type().Numeric()) {
			v = scalar.Convert(v, t)
		}
		if !v.IsNull() {
			s.values[string(scalar.AppendKey(nil, v))] = struct{}{}
		}
	}
	return s
}

// member gives the test whether the value of x on a row is in the set; a null is in none.
func (s *valueSet) member(x *expr) func(*frame) bool {
	if s.values != nil {
		value := x.value
		return func(f *frame) bool {
			v := value(f)
			if v.IsNull() {
				return false
			}
			var buf [64]byte
			_, ok := s.values[string(scalar.AppendKey(buf[:0], v))]
			return ok
		}
	}
	text := x.text()
	switch {
	case s.texts != nil && s.fold:
		return func(f *frame) bool {
			_, ok := s.texts[strings.ToLower(text(f))]
			return ok
		}
	case s.texts != nil:
		return func(f *frame) bool {
			_, ok := s.texts[text(f)]
			return ok
		}
	case s.fold:
		return func(f *frame) bool {
			v := text(f)
			for _, t := range s.few {
				if scalar.EqualFold(t, v) {
					return true
				}
			}
			return false
		}
	}
	return func(f *frame) bool {
		v := text(f)
		for _, t := range s.few {
			if t == v {
				return true
			}
		}
		return false
	}
}

// textList binds has_any and has_all.
func textList(op string, l *expr, list *valueList) *expr {
	match := (*scalar.Needles).HasAny
	if op == "has_all" {
		match = (*scalar.Needles).HasAll
	}
	text := l.text()
	needles := list.prepared(func(vals []scalar.Value) any {
		var texts []string
		for _, v := range vals {
			texts = append(texts, scalar.ToString(v))
		}
		return scalar.NewNeedles(texts)
	})
	return ofTest(func(f *frame) (bool, bool) { return match(needles(f).(*scalar.Needles), text(f)), true })
}

// between binds x between (lo .. hi), both ends included. On a datetime the upper
// bound may be a timespan, counted from the lower one.
func (b *binder) between(x *kql.Between, in *relation) *expr {
	v, lo, hi := b.expr(x.X, in), b.expr(x.Lo, in), b.expr(x.Hi, in)
	if v.typ == scalar.NoType || lo.typ == scalar.NoType || hi.typ == scalar.NoType {
		return constant(scalar.Null(scalar.Bool))
	}
	if !b.lenient && !spans(v, lo, hi) {
		return b.fail(x, "KS106", "the operator '"+x.Op+"' is not defined for "+v.typ.String()+" and bounds of "+lo.typ.String()+" and "+hi.typ.String(), "convert them to one type")
	}
	if lo.typ == scalar.DateTime && hi.typ == scalar.TimeSpan {
		from, length := lo.value, hi.value
		hi = ofValue(scalar.DateTime, func(f *frame) scalar.Value {
			return scalar.Arithmetic('+', from(f), length(f), scalar.DateTime)
		}).from(lo, hi)
	}
	low := b.ordering(&kql.Binary{Op: ">=", X: x.X, Y: x.Lo}, v, lo)
	high := b.ordering(&kql.Binary{Op: "<=", X: x.X, Y: x.Hi}, v, hi)
	if low.typ == scalar.NoType || high.typ == scalar.NoType {
		return low
	}
	above, below := low.test, high.test
	want := x.Op == "between"
	return ofTest(func(f *frame) (bool, bool) {
		a, ok := above(f)
		c, ok2 := below(f)
		if !ok || !ok2 {
			return false, false
		}
		return (a && c) == want, true
	}).from(low, high)
}

// spans reports whether the two bounds of a between suit its value, as Kusto's analyzer has it: numbers go with numbers, a
// datetime may have a timespan as its upper bound, and a dynamic value stands only between two numbers of one type, or a number
// between two dynamic values.
func spans(v, lo, hi *expr) bool {
	if v.loose || lo.loose || hi.loose {
		return true
	}
	switch {
	case lo.typ.Numeric() && hi.typ.Numeric():
		return v.typ.Numeric() || v.typ == scalar.Dynamic && lo.typ == hi.typ
	case lo.typ == scalar.Dynamic && hi.typ == scalar.Dynamic:
		return v.typ.Numeric()
	case v.typ == scalar.DateTime:
		return lo.typ == scalar.DateTime && (hi.typ == scalar.DateTime || hi.typ == scalar.TimeSpan)
	}
	return v.typ == scalar.TimeSpan && lo.typ == scalar.TimeSpan && hi.typ == scalar.TimeSpan
}

// unparen strips parentheses.
func unparen(x kql.Expr) kql.Expr {
	for {
		p, ok := x.(*kql.Paren)
		if !ok {
			return x
		}
		x = p.X
	}
}

// isStar reports whether x is *, all columns.
func isStar(x kql.Expr) bool {
	_, star := x.(*kql.Star)
	return star
}
