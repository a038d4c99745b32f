package eval

import (
	"iter"

	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// bindMakeSeries reduces the rows of each group to arrays of aggregates over the bins of an
// axis. It is a summarize by group and bin, laid out in arrays with the missing points filled
// in (Kusto docs, "make-series operator").
func (b *binder) bindMakeSeries(op *kql.MakeSeries, in *relation) *relation {
	axis, ok := b.bindAxis(op, in)
	if !ok {
		return &relation{seg: in.seg, bad: true, rows: noRows}
	}
	nonempty := false
	for _, p := range op.Params {
		nonempty = nonempty || p.Name == "kind" && parameterText(p) == "nonempty"
	}
	bin := in.seg.slot()
	agg := &aggregation{in: binned(in, axis, bin)}
	names := newNaming(in)
	var cols []Column
	plain := make(map[string]bool)
	for _, item := range op.By {
		x := b.memoized(settledText(b.expr(item.X, in)), in.seg)
		name, ok := b.columnName(item, x, names)
		if !ok {
			continue
		}
		_, isName := unparen(item.X).(*kql.Name)
		plain[name] = isName || len(item.Names) > 0
		agg.keys = append(agg.keys, x)
		agg.cols = append(agg.cols, Column{name, x.typ})
		cols = append(cols, Column{name, x.typ})
	}
	agg.keys = append(agg.keys, memoSlot(scalar.Long, bin, in.level))
	agg.cols = append(agg.cols, Column{"", scalar.Long})
	s := &seriesMaker{axis: axis, keys: len(cols), nonempty: nonempty}
	for _, item := range op.Aggregates {
		for _, c := range b.aggregateItem(item.Aggregate, agg, names, plain) {
			s.points = append(s.points, c.expr())
			s.defaults = append(s.defaults, b.seriesDefault(item, c.typ))
			cols = append(cols, Column{c.name, scalar.Dynamic})
		}
	}
	if name, ok := b.columnName(op.On, axis.x, names); ok {
		cols = append(cols, Column{name, scalar.Dynamic})
	}
	s.base = b.held(agg.cols, agg.rows(true))
	return b.held(cols, s.rows)
}

// binned notes for each row the number of its bin, and leaves out the rows beyond the bounds.
func binned(in *relation, axis *seriesAxis, slot int) *relation {
	at := converted(axis.x, axis.typ).value
	return in.through(func(e env, rows iter.Seq[*frame]) iter.Seq[*frame] {
		return func(yield func(*frame) bool) {
			bins, err := axis.in(e.run)
			if err != nil {
				e.run.fail(err)
				return
			}
			for f := range rows {
				v := at(f)
				if !bins.has(v) {
					continue
				}
				f.memo[slot].v = scalar.NewLong(bins.bin(v))
				if !yield(f) {
					return
				}
			}
		}
	})
}

// seriesDefault gives the value of a point without rows: the one written, else 0 for what is
// counted or measured, else null.
func (b *binder) seriesDefault(item *kql.Series, t scalar.Type) *expr {
	if item.Default != nil {
		return converted(b.expr(item.Default, nil), t)
	}
	if t.Summable() {
		return constant(scalar.Convert(scalar.NewLong(0), t))
	}
	return constant(scalar.Null(t))
}

// seriesMaker lays the reduced rows out in arrays. A reduced row is the keys, the number of
// the bin, and the results of the aggregates.
type seriesMaker struct {
	base     *relation
	axis     *seriesAxis
	keys     int
	points   []*expr
	defaults []*expr
	nonempty bool
}

// series is the points of one group, by the number of their bin.
type series struct {
	keys        []scalar.Value
	points      map[int64][]scalar.Value
	first, last int64
}

func (s *seriesMaker) rows(e env) iter.Seq[[]scalar.Value] {
	return func(yield func([]scalar.Value) bool) {
		bins, err := s.axis.in(e.run)
		if err != nil {
			e.run.fail(err)
			return
		}
		groups := s.groups(e)
		if len(groups) == 0 && s.nonempty && s.keys == 0 {
			groups = append(groups, &series{first: 0, last: -1})
		}
		f := e.frame()
		defaults := make([]scalar.Value, len(s.defaults))
		for i, x := range s.defaults {
			defaults[i] = x.value(f)
		}
		for _, g := range groups {
			if bins.bounded.first {
				g.first = bins.first
			}
			if bins.bounded.last {
				g.last = bins.last
			}
			if tooLong(g.first, g.last) {
				e.run.fail(&LimitError{What: "points of a series", Limit: maxPoints})
				return
			}
			if row, ok := s.layOut(e, g, bins, defaults); !ok || !yield(row) {
				return
			}
		}
	}
}

// groups reads the reduced rows into series, in the order in which their groups come.
func (s *seriesMaker) groups(e env) []*series {
	var groups []*series
	index := make(map[string]*series)
	var key []byte
	for f := range s.base.rows(e) {
		key = key[:0]
		for _, v := range f.row[:s.keys] {
			key = scalar.AppendKey(key, v)
		}
		bin := f.row[s.keys].Long()
		g := index[string(key)]
		if g == nil {
			g = &series{points: make(map[int64][]scalar.Value), first: bin, last: bin}
			for _, v := range f.row[:s.keys] {
				g.keys = append(g.keys, v.Clone())
			}
			index[string(key)] = g
			groups = append(groups, g)
		}
		g.first, g.last = min(g.first, bin), max(g.last, bin)
		point := make([]scalar.Value, len(s.points))
		size := 0
		for i, x := range s.points {
			point[i] = x.value(f).Clone()
			size += point[i].Size()
		}
		g.points[bin] = point
		if !e.hold(size) {
			return nil
		}
	}
	return groups
}

// layOut makes the row of a series.
func (s *seriesMaker) layOut(e env, g *series, bins *bins, defaults []scalar.Value) ([]scalar.Value, bool) {
	arrays := make([][]scalar.Value, len(s.points)+1)
	for bin := g.first; bin <= g.last; bin++ {
		if !e.run.tick() {
			return nil, false
		}
		point, ok := g.points[bin]
		if !ok {
			point = defaults
		}
		for i, v := range point {
			arrays[i] = append(arrays[i], v.AsDynamic())
		}
		arrays[len(s.points)] = append(arrays[len(s.points)], bins.value(bin).AsDynamic())
	}
	row := append([]scalar.Value{}, g.keys...)
	for _, a := range arrays {
		row = append(row, scalar.NewArray(a))
	}
	return row, true
}
