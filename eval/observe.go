package eval

import (
	"iter"
	"strings"

	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// Observer is told what happens while a program runs that was compiled as Observable: see Program.Observe. What stands in
// stored functions is not told of. The methods are called by the goroutine of the run.
type Observer interface {
	// Row is told of each row that leaves a source or an operator of a pipe.
	Row(at kql.Node)

	// Sight is told what the predicate of a where, or a condition of iff or case, is of a row. A condition is told of when it is computed,
	// which may be never, or more than once a row.
	Sight(s Sight)

	// Choice is told which of its values iff or case gives: that of the first condition is 0, and the last is that for all other cases.
	Choice(call *kql.Call, value int)
}

// Observable prepares a program to be observed. One that is not runs faster.
func Observable() Option { return func(o *options) { o.observable = true } }

// Observe gives the program with an observer of its runs. It must have been compiled as Observable.
func (p *Program) Observe(o Observer) *Program {
	out := *p
	out.opts.observer = o
	return &out
}

// Predicate is the condition of a where, or one of iff or case, with its leaves: what and, or and not() combine.
type Predicate struct {
	Expr   kql.Expr
	Leaves []Leaf
}

// Leaf is a part of a predicate that holds no and, or or not().
type Leaf struct {
	Expr     kql.Expr
	Subject  kql.Expr       // what is tested: the left side of a comparison, the argument of isempty(); nil for other forms
	Elements []scalar.Value // the list of in, has_any or has_all, where it is the same for all rows

	test    func(*frame) (v, ok bool) // nil where computing it apart would disturb the run, as that of row_number() does
	subject func(*frame) scalar.Value
	member  []func(*frame) bool
}

// Sight is a predicate before a row. It is good until the observer returns.
type Sight struct {
	*Predicate
	Passed bool

	frame *frame
}

// Truth is what a leaf is of a row.
type Truth int

// What a leaf is of a row.
const (
	Untold Truth = iota // that cannot be told without disturbing the run
	False
	True
	Unknown // null
)

// Truth is what a leaf is of the row, whatever the other leaves are.
func (s Sight) Truth(leaf int) Truth {
	test := s.Leaves[leaf].test
	if test == nil {
		return Untold
	}
	switch v, known := test(s.frame); {
	case !known:
		return Unknown
	case v:
		return True
	}
	return False
}

// Value is that of a leaf's Subject in the row, or null where the leaf has none.
func (s Sight) Value(leaf int) scalar.Value {
	if s.Leaves[leaf].subject == nil {
		return scalar.Value{}
	}
	return s.Leaves[leaf].subject(s.frame).Clone()
}

// Matches says whether the row's value matches an element of a leaf's list.
func (s Sight) Matches(leaf, element int) bool { return s.Leaves[leaf].member[element](s.frame) }

// Leaves lists the leaves of a predicate, in order.
func Leaves(predicate kql.Expr) []kql.Expr {
	switch x := unparen(predicate).(type) {
	case *kql.Binary:
		if x.Op == "and" || x.Op == "or" {
			return append(Leaves(x.X), Leaves(x.Y)...)
		}
	case *kql.Call:
		if x.Func.Name == "not" && len(x.Args) == 1 {
			return Leaves(x.Args[0])
		}
	}
	return []kql.Expr{unparen(predicate)}
}

// Subject is what a leaf tests.
func Subject(leaf kql.Expr) kql.Expr {
	switch x := leaf.(type) {
	case *kql.Binary:
		if !isStar(x.X) {
			return x.X
		}
	case *kql.In:
		return x.X
	case *kql.Between:
		return x.X
	case *kql.Call:
		if len(x.Args) == 1 {
			return x.Args[0]
		}
	}
	return nil
}

// counted tells the observer of the rows of rel, which is what at gives.
func (b *binder) counted(at kql.Node, rel *relation) *relation {
	switch at.(type) {
	case *kql.Pipe, *kql.Paren: // what they hold is counted
		return rel
	}
	if !b.observes() || rel.bad || rel.graph != nil || rel.tables != nil {
		return rel
	}
	out := rel.through(func(e env, rows iter.Seq[*frame]) iter.Seq[*frame] {
		if e.run.observer == nil {
			return rows
		}
		return func(yield func(*frame) bool) {
			for f := range rows {
				e.run.observer.Row(at)
				if !yield(f) {
					return
				}
			}
		}
	})
	out.below = rel.below
	return out
}

// observes says whether an observer may look at what is being bound: it stands in the query itself.
func (b *binder) observes() bool { return b.opts.observable && b.src == b.text }

// seen is test, the truth of predicate over the rows of in, with the observer told of each row.
func (b *binder) seen(predicate kql.Expr, in *relation, test func(*frame) bool) func(*frame) bool {
	if !b.observes() || len(b.errs) > 0 {
		return test
	}
	p := &Predicate{Expr: predicate}
	for _, leaf := range Leaves(predicate) {
		p.Leaves = append(p.Leaves, b.leaf(leaf, in))
	}
	return func(f *frame) bool {
		passed := test(f)
		if f != nil && f.run.observer != nil {
			f.run.observer.Sight(Sight{p, passed, f})
		}
		return passed
	}
}

// observed is the predicate of a where that tells the observer of each row.
func (b *binder) observed(predicate kql.Expr, in *relation) *expr {
	x := *b.predicate(predicate, in)
	x.needs = nil // every row is to be seen
	truth := b.seen(predicate, in, x.truth())
	x.test = func(f *frame) (bool, bool) { return truth(f), true }
	return &x
}

// leaf binds a leaf of a predicate apart from it.
func (b *binder) leaf(x kql.Expr, in *relation) Leaf {
	leaf := Leaf{Expr: x, Subject: Subject(x)}
	e := b.expr(x, in)
	if e.windowed && b.counts(x) || e.test == nil {
		return leaf
	}
	leaf.test = e.test
	if leaf.Subject != nil && !b.isTabular(leaf.Subject, in) {
		leaf.subject = b.expr(leaf.Subject, in).value
	}
	if list, ok := x.(*kql.In); ok {
		leaf.Elements, leaf.member = b.elements(list, in)
	}
	return leaf
}

// counts says whether an expression calls a function that counts rows or looks at others, rather than reading a column made by one, which holds its
// value for the row.
func (b *binder) counts(x kql.Expr) bool {
	found := false
	kql.Inspect(x, func(n kql.Node) bool {
		if call, ok := n.(*kql.Call); ok {
			d, _ := b.scope.lookup(call.Func.Name)
			found = found || d.fn != nil || strings.HasPrefix(call.Func.Name, "row_") || call.Func.Name == "prev" || call.Func.Name == "next"
		}
		return !found
	})
	return found
}

// elements binds each element of a fixed list apart.
func (b *binder) elements(x *kql.In, in *relation) (values []scalar.Value, member []func(*frame) bool) {
	if len(x.List) == 1 && b.isTabular(x.List[0], in) {
		return nil, nil
	}
	list, _ := b.list(x.List, in)
	if list == nil || !list.fixed {
		return nil, nil
	}
	l := b.expr(x.X, in)
	for _, v := range list.values(nil) {
		values, member = append(values, v), append(member, elementTest(x.Op, l, v))
	}
	return values, member
}

// elementTest is the test whether x matches one element of the list of an operator.
func elementTest(op string, x *expr, element scalar.Value) func(*frame) bool {
	switch op {
	case "has_any", "has_all":
		text, term := x.text(), scalar.ToString(element)
		return func(f *frame) bool { return scalar.Has(text(f), term) }
	}
	return newValueSet([]scalar.Value{element}, x.typ, strings.HasSuffix(op, "~")).member(x)
}

// chosen is a value of iff or case, with the observer told that it is taken.
func chosen[T any](b *binder, call *kql.Call, value int, take func(*frame) T) func(*frame) T {
	if !b.observes() {
		return take
	}
	return func(f *frame) T {
		if f != nil && f.run.observer != nil {
			f.run.observer.Choice(call, value)
		}
		return take(f)
	}
}
