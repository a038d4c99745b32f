package eval

import (
	"iter"
	"slices"
	"strings"

	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// pivoting is a call of pivot: rows are reduced by the columns that stay and by the text of
// the pivot column, and each such text is a column of the result.
type pivoting struct {
	agg  *aggregation
	keep []*column // the columns that stay, by which the rows of the result differ
	cell *expr     // over reduced rows
}

// bindPivot turns the values of a column into columns, each with an aggregate of the rows
// that have the value; without one they are counted. The other columns stay, or those named
// (Kusto docs, "pivot plugin"). The new columns stand in the order of their names. A cell
// without rows holds what the aggregate gives of none.
func bindPivot(c *pluginCall) *relation {
	if !c.arguments(1, "pivotColumn", "aggregationFunction", "columnName…") {
		return c.refused()
	}
	on := c.column(c.args[0])
	if on == nil {
		return c.refused()
	}
	if on.typ == scalar.Dynamic && !on.loose {
		return c.nothing(c.args[0], "KS116", "pivot makes columns of scalar values, not of dynamic ones", "convert the column with tostring() before")
	}
	call := &kql.Call{Func: &kql.Ident{Name: "count"}}
	if c.args[1] != nil {
		var ok bool
		if call, ok = unparen(c.args[1]).(*kql.Call); !ok {
			return c.nothing(c.args[1], "KS144", "pivot needs an aggregate here", "such as count() or take_any(…)")
		}
	}
	stay, ok := c.staying(on, call)
	if !ok {
		return c.refused()
	}
	p := &pivoting{agg: &aggregation{in: c.in}}
	for _, x := range stay {
		p.keep = append(p.keep, &column{name: x.name, typ: x.typ, x: rowColumn(x.typ, len(p.agg.cols))})
		p.agg.keys, p.agg.cols = append(p.agg.keys, x), append(p.agg.cols, Column{x.name, x.typ})
	}
	p.agg.keys = append(p.agg.keys, ofString(on.text()).from(on))
	p.agg.cols = append(p.agg.cols, Column{on.name, scalar.String})
	saved := c.agg
	c.agg = p.agg
	p.cell = c.expr(call, nil)
	c.agg = saved
	if p.cell.typ == scalar.NoType && !c.in.open {
		return c.refused()
	}
	if schema := c.takeSchema(); schema != nil {
		return p.relation(c.binder, c.writtenColumns(schema, p.keep))
	}
	found, known := c.decide(c.call, p.decide)
	if !known || found.empty {
		return awaiting(c.in, p.keep)
	}
	cols := make([]Column, 0, len(p.keep)+len(found.columns))
	for _, k := range p.keep {
		cols = append(cols, Column{k.name, k.typ})
	}
	for _, col := range found.columns {
		if indexOf(p.keep, col.Name) >= 0 {
			return c.nothing(c.call, "KS171", "pivot makes a column '"+col.Name+"', and there is one already", "rename it before")
		}
	}
	return p.relation(c.binder, append(cols, found.columns...))
}

// staying gives the columns that stay: those named, or all but the pivot column and the ones
// that the aggregate reads.
func (c *pluginCall) staying(on *expr, call *kql.Call) ([]*expr, bool) {
	if len(c.rest) > 0 {
		return c.columns(c.rest)
	}
	gone := map[string]bool{on.name: true}
	kql.Inspect(call, func(n kql.Node) bool {
		if name, ok := n.(*kql.Name); ok {
			gone[name.Name] = true
		}
		return true
	})
	var xs []*expr
	for _, col := range c.in.cols {
		if !gone[col.name] {
			x := *c.memoized(col.expr(), c.in.seg)
			x.name = col.name
			xs = append(xs, &x)
		}
	}
	return xs, true
}

// decide reads the pivot column and gives a column for each of its values.
func (p *pivoting) decide(e env) decided {
	text := p.agg.keys[len(p.keep)].str
	names := make(map[string]bool)
	empty := true
	for f := range p.agg.in.rows(e) {
		empty = false
		if name := text(f); !names[name] {
			if !e.hold(len(name) + 16) {
				return decided{}
			}
			names[strings.Clone(name)] = true
		}
	}
	found := decided{empty: empty}
	for name := range names {
		found.columns = append(found.columns, Column{name, p.cell.typ})
	}
	slices.SortFunc(found.columns, func(a, b Column) int { return strings.Compare(a.Name, b.Name) })
	return found
}

// relation makes the relation with the columns given, of which those that do not stay are
// values of the pivot column.
func (p *pivoting) relation(b *binder, cols []Column) *relation {
	stays := make([]int, len(cols)) // which column stays there, or -1
	places := make(map[string]int)  // where the others stand
	for i, col := range cols {
		if stays[i] = indexOf(p.keep, col.Name); stays[i] < 0 {
			places[col.Name] = i
		}
	}
	reduced := b.held(p.agg.cols, p.agg.rows(true))
	n := len(p.keep)
	return b.held(cols, func(e env) iter.Seq[[]scalar.Value] {
		none := p.none(e, reduced.seg)
		index := make(map[string]int)
		var rows [][]scalar.Value
		var key []byte
		for f := range reduced.rows(e) {
			key = key[:0]
			for _, v := range f.row[:n] {
				key = scalar.AppendKey(key, v)
			}
			i, known := index[string(key)]
			if !known {
				i = len(rows)
				index[string(key)] = i
				row := make([]scalar.Value, len(cols))
				for j, col := range cols {
					if k := stays[j]; k >= 0 {
						row[j] = scalar.Convert(f.row[k], col.Type)
					} else {
						row[j] = scalar.Convert(none, col.Type)
					}
				}
				rows = append(rows, row)
				if !e.hold(len(key) + 32*len(cols)) {
					return each(nil)
				}
			}
			if j, ok := places[f.row[n].Str()]; ok {
				rows[i][j] = scalar.Convert(p.cell.value(f), cols[j].Type)
			}
		}
		return each(rows)
	})
}

// none is what a cell without rows holds.
func (p *pivoting) none(e env, seg *segment) scalar.Value {
	f := seg.frame(e)
	f.row = make([]scalar.Value, len(p.agg.cols))
	for _, call := range p.agg.calls {
		call.results(call.make(), f.row, p.agg.cols)
	}
	return p.cell.value(f)
}
