package eval

import (
	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// around is the row that a subquery stands in: its columns are constants there.
type around struct {
	rel     *relation
	parent  *around
	pinning int  // how many toscalar() stand around the subquery
	used    bool // its columns, or those further out, are read
}

// find reads a column of a row around the subquery, the nearest first. reached is false where a
// toscalar(), which is computed once a run, stands between.
func (a *around) find(name string, pinning int) (x *expr, found, reached bool) {
	for hops, o := 1, a; o != nil; hops, o = hops+1, o.parent {
		i := o.rel.find(name)
		if i < 0 {
			continue
		}
		for ; a != o.parent; a = a.parent {
			a.used = true
		}
		x := outward(o.rel.cols[i].expr(), hops)
		x.name = name
		return x, true, o.pinning == pinning
	}
	return nil, false, false
}

// outward is x read from the row so many subqueries further out.
func outward(x *expr, hops int) *expr {
	out := ofValue(x.typ, func(f *frame) scalar.Value {
		for range hops {
			f = f.outer
		}
		return x.value(f)
	})
	out.cheap, out.reads, out.name = x.cheap, true, x.name
	out.variable = x.variable.outward(hops)
	return out
}

// repeated binds what runs more than once within a run, and gives the keys of what it computes
// once: to be forgotten each time.
func (b *binder) repeated(bind func()) []any {
	saved := b.keys
	b.keys = new([]any)
	bind()
	keys := *b.keys
	b.keys = saved
	return keys
}

// once files the key of what is computed once a run, or once a run of the subquery around it.
func (b *binder) once(key any) {
	if b.keys != nil {
		*b.keys = append(*b.keys, key)
	}
}

// subquery binds operators whose input is implied.
func (b *binder) subquery(p *kql.Pipe, input *relation) *relation {
	if p.Source != nil && input.graph != nil {
		return b.aTable(p.Source, input)
	}
	if p.Source != nil {
		b.parameters(p.Source, input)
	}
	switch first := p.Source.(type) {
	case nil:
	case *kql.Union:
		input = b.bindUnion(first, input)
	case *kql.Search:
		input = b.bindSearch(first, input)
	case *kql.Evaluate:
		input = b.bindEvaluate(first, input)
	default:
		return b.nothing(first, "KS176", "an operator is expected here: the input of the subquery is implied", "")
	}
	return b.aTable(p, b.operators(p.Operators, input))
}
