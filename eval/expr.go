package eval

import (
	"github.com/seed-2512943d/picket/eval/scalar"
)

// expr is a bound scalar expression: its type, and closures that compute it for
// the row that a frame stands on. value is always there; str and test are the
// short ways for strings, which are never null, and for bools.
type expr struct {
	typ   scalar.Type
	value func(*frame) scalar.Value
	str   func(*frame) string
	test  func(*frame) (v, ok bool)
	// name is what an unnamed column of this expression is called; "" is no name.
	name string
	// types is the type that a typeof() argument names.
	types scalar.Type
	// konst is the value where it is the same for every row and run.
	konst *scalar.Value
	// columns are those that it makes where columns are listed, if it is a call that
	// makes several.
	columns []Column
	// variable is what it stands for in the pattern of a graph.
	variable *graphVariable
	// level is the deepest level of the frame that it reads.
	level int
	// loose says that its type is not known before the query runs, as that of a column
	// which the schema of an open table does not list; it passes for any type.
	loose bool
	// reads says that it reads the row.
	reads bool
	// cheap says that computing it again costs no more than remembering it.
	cheap bool
	// field is one more than the place in the record of a column that it reads as it is, a text or an integer.
	field int
	// equals says that it is true only where a column is one of some texts: see tableScan.key.
	equals *fieldEquals
	// needs says that it is true only where the record holds one of some texts: see tableScan.needs.
	needs []rawText
	// cost ranks expressions by the work that they are, roughly in comparisons of short texts.
	cost int
	// volatile says that it may differ when computed again for the same row.
	volatile bool
	// windowed says that it counts rows or looks at others (row_number, prev), so
	// that it must be computed for every row, in order, exactly once.
	windowed bool
	// live says that it depends on the run (now, a let read once), so that it is
	// not folded when the query is bound.
	live bool
}

// constant makes the expression of a fixed value.
func constant(v scalar.Value) *expr {
	x := &expr{typ: v.Type(), konst: &v, cheap: true, value: func(*frame) scalar.Value { return v }}
	switch v.Type() {
	case scalar.String:
		s := v.Str()
		x.str = func(*frame) string { return s }
	case scalar.Bool:
		t, ok := v.Bool(), !v.IsNull()
		x.test = func(*frame) (bool, bool) { return t, ok }
	}
	return x
}

// ofString makes an expression of a closure that gives strings.
func ofString(str func(*frame) string) *expr {
	return &expr{typ: scalar.String, str: str,
		value: func(f *frame) scalar.Value { return scalar.NewString(str(f)) }}
}

// ofTest makes an expression of a closure that gives bools.
func ofTest(test func(*frame) (bool, bool)) *expr {
	return &expr{typ: scalar.Bool, test: test,
		value: func(f *frame) scalar.Value {
			if v, ok := test(f); ok {
				return scalar.NewBool(v)
			}
			return scalar.Null(scalar.Bool)
		}}
}

// ofValue makes an expression of a closure that gives values of type t.
func ofValue(t scalar.Type, value func(*frame) scalar.Value) *expr {
	x := &expr{typ: t, value: value}
	switch t {
	case scalar.String:
		x.str = func(f *frame) string { return value(f).Str() }
	case scalar.Bool:
		x.test = func(f *frame) (bool, bool) { v := value(f); return v.Bool(), !v.IsNull() }
	}
	return x
}

// Costs of expressions beyond that of their arguments: see expr.cost.
const (
	slow = 5  // looks through a text, or converts one
	dear = 20 // calls a function, parses, or matches a pattern
)

// costing adds to x's cost.
func (x *expr) costing(more int) *expr {
	x.cost += more
	return x
}

// from notes on x what follows from its arguments: constants are folded, the
// level is the deepest of theirs.
func (x *expr) from(args ...*expr) *expr {
	fold := !x.volatile && !x.windowed && !x.live
	x.cost++
	for _, a := range args {
		x.cost += a.cost
		x.level = max(x.level, a.level)
		x.reads = x.reads || a.reads
		x.volatile = x.volatile || a.volatile
		x.windowed = x.windowed || a.windowed
		fold = fold && a.konst != nil && !a.volatile
	}
	if fold {
		name := x.name
		x = constant(x.value(nil))
		x.name = name
	}
	return x
}

// memoized is x computed at most once a row.
func (b *binder) memoized(x *expr, seg *segment) *expr {
	if x.cheap || x.konst != nil {
		return x
	}
	slot, level := seg.slot(), x.level
	out := *x
	out.cheap = true
	compute := x.value
	out.value = func(f *frame) scalar.Value {
		m := &f.memo[slot]
		if m.stamp != f.stamp[level] {
			m.v, m.stamp = compute(f), f.stamp[level]
		}
		return m.v
	}
	if x.str != nil {
		compute := x.str
		out.str = func(f *frame) string {
			m := &f.memo[slot]
			if m.stamp != f.stamp[level] {
				m.v, m.stamp = scalar.NewString(compute(f)), f.stamp[level]
			}
			return m.v.Str()
		}
	}
	if x.test != nil {
		value := out.value
		out.test = func(f *frame) (bool, bool) { v := value(f); return v.Bool(), !v.IsNull() }
	}
	return &out
}

// memoSlot is a column that an operator sets itself, such as mv-expand's.
func memoSlot(t scalar.Type, slot, level int) *expr {
	x := ofValue(t, func(f *frame) scalar.Value { return f.memo[slot].v })
	x.level, x.cheap, x.reads = level, true, true
	return x
}

// converted is x as a value of type t, by the rules of to…().
func converted(x *expr, t scalar.Type) *expr {
	if x.typ == t || t == scalar.NoType {
		return x
	}
	value := x.value
	out := ofValue(t, func(f *frame) scalar.Value { return scalar.Convert(value(f), t) })
	out.name = x.name
	return out.from(x)
}

// text is x's text, as tostring() gives it.
func (x *expr) text() func(*frame) string {
	if x.str != nil {
		return x.str
	}
	value := x.value
	return func(f *frame) string { return scalar.ToString(value(f)) }
}

// truth is x as a condition: null is not true.
func (x *expr) truth() func(*frame) bool {
	test := x.test
	return func(f *frame) bool { v, ok := test(f); return v && ok }
}
