package eval

import (
	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// option binds set name = value. The options that bear on what a query gives are query_now,
// query_take_max_records, query_datetimescope_… and those of bin_auto(); the others are about how the
// service works (Kusto docs, "Request properties").
func (b *binder) option(s *kql.Set) {
	b.set[s.Name.Name] = s.Value
	if s.Name.Name != "query_now" || s.Value == nil {
		return
	}
	if x := b.scalarOf(s.Value, nil, scalar.DateTime); x.konst != nil && !x.konst.IsNull() {
		b.opts.queryNow = x.konst.DateTime().Time()
	}
}

// limited bounds the rows of the result where the query asks for it.
func (b *binder) limited(rel *relation) *relation {
	if most := b.set["query_take_max_records"]; most != nil && rel != nil && !rel.bad {
		return b.bindTake(most, rel)
	}
	return rel
}

// scoped bounds the rows of a table by the column and the times that the query's options give, both
// times included.
func (b *binder) scoped(rel *relation) *relation {
	option := b.set["query_datetimescope_column"]
	if option == nil {
		return rel
	}
	name, ok := b.constantText(option)
	i := rel.find(name)
	if !ok || i < 0 || rel.cols[i].typ != scalar.DateTime {
		return rel
	}
	at := rel.cols[i].expr()
	for _, end := range []struct {
		option string
		out    int // the sign of what lies beyond it
	}{{"query_datetimescope_from", -1}, {"query_datetimescope_to", 1}} {
		if b.set[end.option] == nil {
			continue
		}
		bound := b.scalarOf(b.set[end.option], nil, scalar.DateTime)
		rel = rel.filtered(ofTest(func(f *frame) (bool, bool) {
			v, t := at.value(f), bound.value(f)
			return !v.IsNull() && !t.IsNull() && scalar.Compare(v, t) != end.out, true
		}).from(at, bound))
	}
	return rel
}
