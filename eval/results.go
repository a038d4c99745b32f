package eval

import (
	"context"
	"iter"
	"slices"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// ResultTable is one of the tables that a query gives.
type ResultTable struct {
	Name    string // that of a branch of fork, a column of facet, or a table; empty for the others
	Columns []Column
}

// resultPart is a table of a program's result, bound.
type resultPart struct {
	rel    *relation
	values []*expr
	cols   []Column
}

// newResultPart asks for all columns of rel.
func newResultPart(rel *relation) *resultPart {
	part := &resultPart{rel: rel, values: rel.values(), cols: rel.schema()}
	for i, c := range part.cols {
		if c.Type == scalar.NoType {
			part.cols[i].Type = scalar.Dynamic // of a column that the rows decide
		}
	}
	return part
}

func (part *resultPart) table() ResultTable { return ResultTable{part.rel.name, part.cols} }

// Results are the tables that the query gives: one, but for a query of several tabular statements, which gives the tables of each,
// and for fork, facet and graph-to-table of nodes and edges. The program's Columns, Run and their kin are about the last statement's table.
func (p *Program) Results() []ResultTable {
	var list []ResultTable
	for _, part := range p.parts {
		list = append(list, part.table())
	}
	return list
}

// PrimaryResult is the place in Results of the table that Columns and Run are about: the last statement's, or the first of its tables.
func (p *Program) PrimaryResult() int { return slices.Index(p.parts, p.primary) }

// RunAll yields every table of the result, one after another in the order of Results, with its rows. The rows of a
// table are to be read before the next one is asked for; they come as those of Run do. All of them are of one run: of one instant, with one
// value of each materialize() and toscalar(), within one budget of memory.
func (p *Program) RunAll(ctx context.Context, tables Tables) iter.Seq2[ResultTable, iter.Seq2[Row, error]] {
	return func(yield func(ResultTable, iter.Seq2[Row, error]) bool) {
		p, err := p.Resolve(ctx, tables)
		if err != nil {
			yield(ResultTable{}, func(yield func(Row, error) bool) { yield(nil, err) })
			return
		}
		r := p.newRun(ctx, tables)
		defer r.ends.run()
		r.observer = p.opts.observer
		r.readOnce(p)
		for _, part := range p.parts {
			if !yield(part.table(), part.run(ctx, r)) || r.err != nil {
				return
			}
		}
	}
}

// Dataset runs the program and gives all tables of its result. Bad records are left out.
func (p *Program) Dataset(ctx context.Context, tables Tables) ([]*Result, error) {
	var list []*Result
	for table, rows := range p.RunAll(ctx, tables) {
		result := &Result{Name: table.Name, Columns: table.Columns}
		list = append(list, result)
		for row, err := range rows {
			switch {
			case err == nil:
				result.Rows = append(result.Rows, row)
			case !skips(err):
				return nil, err
			}
		}
	}
	return list, nil
}

// run yields the rows of a table, and bad records as errors between them.
func (part *resultPart) run(ctx context.Context, r *run) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		stopped := false
		r.warning = func(err error) bool {
			stopped = !yield(nil, err)
			return !stopped
		}
		n := 0
		for f := range part.rel.rows(env{run: r}) {
			if stopped || r.err != nil {
				break
			}
			row := make(Row, len(part.values))
			for i, x := range part.values {
				row[i] = x.value(f).Clone()
			}
			if n++; r.limits.Rows > 0 && n > r.limits.Rows {
				r.fail(&LimitError{What: "rows", Limit: r.limits.Rows})
				break
			}
			if !yield(row, nil) {
				return
			}
		}
		if r.err == nil && !stopped {
			if err := context.Cause(ctx); err != nil {
				r.fail(err)
			}
		}
		if r.err != nil && !stopped {
			yield(nil, r.err)
		}
	}
}
