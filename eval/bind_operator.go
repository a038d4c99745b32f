package eval

import (
	"strings"

	"github.com/seed-2512943d/picket/eval/function"
	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// binary binds an infix operation.
func (b *binder) binary(x *kql.Binary, in *relation) *expr {
	if isStar(x.X) {
		return b.anyColumn(x, in)
	}
	switch x.Op {
	case "and", "or":
		return b.logical(x, in)
	}
	l, r := b.expr(x.X, in), b.expr(x.Y, in)
	if l.typ == scalar.NoType || r.typ == scalar.NoType {
		return &expr{value: func(*frame) scalar.Value { return scalar.Value{} }}
	}
	switch x.Op {
	case "+", "-", "*", "/", "%":
		return b.arithmetic(x, l, r)
	case "==", "!=":
		return b.equality(x, l, r)
	case "<", "<=", ">", ">=":
		return b.ordering(x, l, r)
	}
	return b.textual(x, l, r)
}

// logical binds and, or in three-valued logic: null and false is false, null or
// true is true.
func (b *binder) logical(x *kql.Binary, in *relation) *expr {
	l, r := b.operand(x.X, in), b.operand(x.Y, in)
	lt, rt := l.test, r.test
	if x.Op == "and" {
		return ofTest(func(f *frame) (bool, bool) {
			v, ok := lt(f)
			if ok && !v {
				return false, true
			}
			w, ok2 := rt(f)
			if ok2 && !w {
				return false, true
			}
			return true, ok && ok2
		}).from(l, r)
	}
	return ofTest(func(f *frame) (bool, bool) {
		v, ok := lt(f)
		if ok && v {
			return true, true
		}
		w, ok2 := rt(f)
		if ok2 && w {
			return true, true
		}
		return false, ok && ok2
	}).from(l, r).onlyForEither(l, r)
}

// operand binds a side of and, or: a bool, or a dynamic that holds one.
func (b *binder) operand(x kql.Expr, in *relation) *expr {
	e := b.expr(x, in)
	switch e.typ {
	case scalar.Bool:
		return e
	case scalar.Dynamic:
		return converted(e, scalar.Bool)
	case scalar.NoType:
		return constant(scalar.Null(scalar.Bool))
	}
	b.fail(x, "KS141", "the expression must have the type bool, not "+e.typ.String(), "compare it, or convert it with tobool()")
	return constant(scalar.Null(scalar.Bool))
}

// arithmetic binds + - * / %.
func (b *binder) arithmetic(x *kql.Binary, l, r *expr) *expr {
	t, ok := arithmeticType(x.Op[0], l.typ, r.typ)
	if !ok {
		return b.fail(x, "KS106", "the operator '"+x.Op+"' cannot be used on "+l.typ.String()+" and "+r.typ.String(), arithmeticHint(x.Op, l.typ, r.typ))
	}
	op, lv, rv := x.Op[0], l.value, r.value
	return ofValue(t, func(f *frame) scalar.Value { return scalar.Arithmetic(op, lv(f), rv(f), t) }).from(l, r)
}

func arithmeticHint(op string, l, r scalar.Type) string {
	if op == "+" && (l == scalar.String || r == scalar.String) {
		return "join texts with strcat()"
	}
	if l == scalar.Dynamic || r == scalar.Dynamic {
		return "convert the dynamic value, as with tolong()"
	}
	return ""
}

// arithmeticType gives the type of l op r, as Kusto's analyzer does.
func arithmeticType(op byte, l, r scalar.Type) (scalar.Type, bool) {
	dateTime, timeSpan := scalar.DateTime, scalar.TimeSpan
	switch {
	case l.Numeric() && r.Numeric():
		return widest(widest(l, r), scalar.Long), true
	case l == scalar.Dynamic && r == scalar.Dynamic:
		return scalar.Dynamic, true
	case l == scalar.Dynamic && r.Numeric():
		return widest(r, scalar.Long), true
	case r == scalar.Dynamic && l.Numeric():
		return widest(l, scalar.Long), true
	case l == scalar.Dynamic && (op == '+' || op == '-'):
		l = r
	case r == scalar.Dynamic && (op == '+' || op == '-'):
		r = l
	}
	switch [2]scalar.Type{l, r} {
	case [2]scalar.Type{timeSpan, timeSpan}:
		switch op {
		case '+', '-', '%':
			return timeSpan, true
		case '/':
			return scalar.Real, true
		}
	case [2]scalar.Type{dateTime, dateTime}, [2]scalar.Type{dateTime, timeSpan}:
		switch {
		case op == '+', op == '-' && r == timeSpan:
			return dateTime, true
		case op == '-', op == '%':
			return timeSpan, true
		case op == '/':
			return scalar.Real, true
		}
	case [2]scalar.Type{timeSpan, dateTime}:
		if op == '+' || op == '-' {
			return dateTime, true
		}
	}
	switch {
	case (l == timeSpan || l == dateTime) && r.Numeric() && op != '+' && op != '-':
		return l, true
	case l.Numeric() && (r == timeSpan || r == dateTime) && op == '*':
		return r, true
	}
	return scalar.NoType, false
}

// widest gives the wider of two numeric types: int, long, real, decimal.
func widest(l, r scalar.Type) scalar.Type { return max(l, r) }

// comparands converts two operands to a type in which they can be compared: the
// wider number, or, where one is a text, the type of the other.
func comparands(l, r *expr) (*expr, *expr) {
	switch {
	case l.typ == r.typ, l.typ.Numeric() && r.typ.Numeric():
	case l.typ == scalar.Dynamic && r.konst == nil, r.typ == scalar.Dynamic && l.konst == nil:
	case l.typ == scalar.Dynamic:
		l = converted(l, r.typ)
	case r.typ == scalar.Dynamic:
		r = converted(r, l.typ)
	case l.typ == scalar.String:
		l = converted(l, r.typ)
	case r.typ == scalar.String:
		r = converted(r, l.typ)
	case l.typ == scalar.Bool:
		r = converted(r, scalar.Bool)
	case r.typ == scalar.Bool:
		l = converted(l, scalar.Bool)
	}
	return l, r
}

// equality binds == and !=. Against one null == is false and != is true; of two
// nulls the answer is null.
func (b *binder) equality(x *kql.Binary, l, r *expr) *expr {
	l, r = comparands(l, r)
	want := x.Op == "=="
	if l.typ == scalar.String && r.typ == scalar.String {
		ls, rs := l.str, r.str
		if r.konst != nil {
			lit := r.konst.Str()
			return ofTest(func(f *frame) (bool, bool) { return (ls(f) == lit) == want, true }).from(l, r).onlyFor(l, want, false, *r.konst)
		}
		return ofTest(func(f *frame) (bool, bool) { return (ls(f) == rs(f)) == want, true }).from(l, r)
	}
	lv, rv := l.value, r.value
	return ofTest(func(f *frame) (bool, bool) {
		v, w := lv(f), rv(f)
		switch vn, wn := v.IsNull(), w.IsNull(); {
		case vn && wn:
			return false, false
		case vn || wn:
			return !want, true
		}
		return scalar.Equal(v, w) == want, true
	}).from(l, r).onlyFor(l, want && r.konst != nil, false, r.constants()...)
}

// ordering binds < <= > >=; against a null the answer is null.
func (b *binder) ordering(x *kql.Binary, l, r *expr) *expr {
	l, r = settled(l, r.typ), settled(r, l.typ)
	if !ordered(l.typ, r.typ) {
		return b.fail(x, "KS106", "the operator '"+x.Op+"' cannot be used on "+l.typ.String()+" and "+r.typ.String(), orderingHint(l.typ, r.typ))
	}
	l, r = comparands(l, r)
	lv, rv := l.value, r.value
	compare := func(test func(int) bool) *expr {
		return ofTest(func(f *frame) (bool, bool) {
			v, w := lv(f), rv(f)
			if v.IsNull() || w.IsNull() {
				return false, false
			}
			if v.Kind() == scalar.Real && v.Real() != v.Real() || w.Kind() == scalar.Real && w.Real() != w.Real() {
				return false, true
			}
			return test(scalar.Compare(v, w)), true
		}).from(l, r)
	}
	switch x.Op {
	case "<":
		return compare(func(c int) bool { return c < 0 })
	case "<=":
		return compare(func(c int) bool { return c <= 0 })
	case ">":
		return compare(func(c int) bool { return c > 0 })
	}
	return compare(func(c int) bool { return c >= 0 })
}

// settled gives an expression of a type that is not known yet the type of what it meets.
func settled(x *expr, t scalar.Type) *expr {
	if x.loose && t != scalar.Dynamic {
		return converted(x, t)
	}
	return x
}

// settledText gives an expression whose type is not known yet the type string, for where
// a dynamic value cannot stand.
func settledText(x *expr) *expr { return settled(x, scalar.String) }

// ordered reports whether values of the two types can be compared by < and >.
func ordered(l, r scalar.Type) bool {
	number := func(t scalar.Type) bool { return t.Numeric() || t == scalar.Bool }
	switch {
	case number(l) && number(r):
		return true
	case l == scalar.Dynamic:
		return r.Numeric() || r == scalar.Dynamic
	case r == scalar.Dynamic:
		return l.Numeric()
	}
	return l == r && (l == scalar.DateTime || l == scalar.TimeSpan)
}

func orderingHint(l, r scalar.Type) string {
	switch {
	case l == scalar.String && r == scalar.String:
		return "compare texts with strcmp()"
	case l == scalar.DateTime || r == scalar.DateTime:
		return "convert the other side with todatetime()"
	case l == scalar.String || r == scalar.String:
		return "convert the text with tolong() or toreal()"
	}
	return ""
}

// textPredicates are the string operators in their positive form.
var textPredicates = map[string]func(s, needle string) bool{
	"=~":            scalar.EqualFold,
	"has":           scalar.Has,
	"has_cs":        scalar.HasCS,
	"hasprefix":     scalar.HasPrefix,
	"hasprefix_cs":  scalar.HasPrefixCS,
	"hassuffix":     scalar.HasSuffix,
	"hassuffix_cs":  scalar.HasSuffixCS,
	"contains":      scalar.ContainsFold,
	"contains_cs":   strings.Contains,
	"startswith":    scalar.StartsWithFold,
	"startswith_cs": strings.HasPrefix,
	"endswith":      scalar.EndsWithFold,
	"endswith_cs":   strings.HasSuffix,
	":":             scalar.Has,
}

// textOperator parts a string operator into its positive form and its sense.
func textOperator(op string) (positive string, want bool) {
	switch op {
	case "!~":
		return "=~", false
	case "notcontains":
		return "contains", false
	case "containscs":
		return "contains_cs", true
	case "notcontainscs":
		return "contains_cs", false
	case "notlike":
		return "like", false
	}
	if rest, ok := strings.CutPrefix(op, "!"); ok {
		return rest, false
	}
	return op, true
}

// textual binds a string operator. Both sides are text or dynamic; a null dynamic
// is the text that tostring gives it, the empty one.
func (b *binder) textual(x *kql.Binary, l, r *expr) *expr {
	for i, side := range []*expr{l, r} {
		if side.typ != scalar.String && side.typ != scalar.Dynamic {
			at := x.X
			if i == 1 {
				at = x.Y
			}
			return b.fail(at, "KS106", "the operator '"+x.Op+"' needs a string, not "+side.typ.String(), "convert it with tostring()")
		}
	}
	positive, want := textOperator(x.Op)
	switch positive {
	case "matches regex":
		return b.matchesRegex(x, l, r)
	case "like":
		return b.like(x, l, r, want)
	}
	match, ok := textPredicates[positive]
	if !ok {
		return b.fail(x, "KS106", "the operator '"+x.Op+"' is not known", "")
	}
	if r.konst == nil {
		return textTest(match, want, l, r)
	}
	return fixedTextTest(match, want, !strings.HasSuffix(positive, "_cs"), l, r).onlyFor(l, positive == "=~" && want, true, *r.konst)
}

func textTest(match func(s, needle string) bool, want bool, l, r *expr) *expr {
	ls, rs := l.text(), r.text()
	if r.konst != nil {
		lit := rs(nil)
		return ofTest(func(f *frame) (bool, bool) { return match(ls(f), lit) == want, true }).costing(slow).from(l, r)
	}
	return ofTest(func(f *frame) (bool, bool) { return match(ls(f), rs(f)) == want, true }).costing(slow).from(l, r)
}

// fixedTextTest is textTest against a constant, which every text that match accepts holds: with fold in some case, else as it is.
func fixedTextTest(match func(s, needle string) bool, want, fold bool, l, r *expr) *expr {
	text := r.text()(nil)
	raw, ok := rawTextOf(text, fold)
	if !ok || l.field == 0 || l.typ != scalar.String {
		return textTest(match, want, l, r)
	}
	x := ofTest(fieldTest(match, want, l, text, raw)).costing(slow).from(l, r)
	if want {
		x.needing(l, fold, text)
	}
	return x
}

// matchesRegex binds matches regex. A constant pattern is compiled once; one that
// differs from row to row matches nothing where it is no valid pattern.
func (b *binder) matchesRegex(x *kql.Binary, l, r *expr) *expr {
	ls := l.text()
	if r.konst != nil {
		re, err := function.CompileRegex(scalar.ToString(*r.konst))
		if err != nil {
			return b.fail(x.Y, "KS140", "the regular expression cannot be used: "+err.Error(), "")
		}
		return ofTest(func(f *frame) (bool, bool) { return re.MatchString(ls(f)), true }).costing(dear).from(l, r)
	}
	rs, cache := r.text(), new(function.RegexCache)
	return ofTest(func(f *frame) (bool, bool) {
		re := cache.Get(rs(f))
		return re != nil && re.MatchString(ls(f)), true
	}).costing(dear).from(l, r)
}

// like binds the obsolete like, whose % stands for any text.
func (b *binder) like(x *kql.Binary, l, r *expr, want bool) *expr {
	return textTest(matchLike, want, l, r)
}

// matchLike matches s, without regard to case, against a pattern whose % stands
// for any text.
func matchLike(s, pattern string) bool {
	parts := strings.Split(strings.ToLower(pattern), "%")
	s = strings.ToLower(s)
	if len(parts) == 1 {
		return s == parts[0]
	}
	rest, ok := strings.CutPrefix(s, parts[0])
	if !ok {
		return false
	}
	for _, part := range parts[1 : len(parts)-1] {
		_, after, found := strings.Cut(rest, part)
		if !found {
			return false
		}
		rest = after
	}
	return strings.HasSuffix(rest, parts[len(parts)-1])
}

// anyColumn binds * has "x": the predicate holds for the text of some column.
func (b *binder) anyColumn(x *kql.Binary, in *relation) *expr {
	r := b.expr(x.Y, in)
	if in == nil || r.typ == scalar.NoType {
		return b.fail(x.X, "KS006", "* stands for columns, and there are none here", "")
	}
	positive, want := textOperator(x.Op)
	match := textPredicates[positive]
	switch x.Op {
	case "==":
		match, want = func(s, t string) bool { return s == t }, true
	case "!=":
		match, want = func(s, t string) bool { return s == t }, false
	}
	if match == nil {
		return b.fail(x, "KS106", "the operator '"+x.Op+"' cannot be used on *", "")
	}
	var tests []func(*frame) (bool, bool)
	args := []*expr{r}
	for _, c := range in.cols {
		e := c.expr()
		tests = append(tests, textTest(match, true, e, r).test)
		args = append(args, e)
	}
	return ofTest(func(f *frame) (bool, bool) {
		for _, test := range tests {
			if v, _ := test(f); v {
				return want, true
			}
		}
		return !want, true
	}).from(args...)
}
