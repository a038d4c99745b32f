package eval

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"maps"
	"slices"
	"sync/atomic"
	"time"

	"github.com/seed-2512943d/picket/eval/function"
	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// Program is a query that has been bound and can be run, any number of times and by
// several goroutines at once.
type Program struct {
	primary *resultPart   // the last statement's table, or the first of its tables
	parts   []*resultPart // all tables of the result
	several bool          // the last statement gives several
	opts    options
	reads   map[string]bool
	scans   []*tableScan
	sees    func(record string) bool
	notes   []string
	empty   kql.Errors
	text    string
	query   *kql.Query
	late    []late
	decided []decided
}

// Compile parses and binds a query. The error is of type kql.Errors and holds all that was
// found wrong, each with its place in the text.
func Compile(text string, opts ...Option) (*Program, error) {
	q, err := kql.Parse(text)
	if err != nil {
		return nil, err
	}
	return CompileQuery(text, q, opts...)
}

// CompileQuery binds a query that has been parsed from text.
func CompileQuery(text string, q *kql.Query, opts ...Option) (*Program, error) {
	o := options{limits: defaultLimits}
	for _, opt := range opts {
		opt(&o)
	}
	return bindProgram(text, q, o, nil)
}

// With binds the program's query anew, with further options.
func (p *Program) With(opts ...Option) (*Program, error) {
	o := p.opts
	for _, opt := range opts {
		opt(&o)
	}
	bound, err := bindProgram(p.text, p.query, o, nil)
	if err != nil {
		return nil, err
	}
	bound.sees = p.sees
	return bound, nil
}

// bindProgram binds a query, given what is known of its late plugins.
func bindProgram(text string, q *kql.Query, o options, known []decided) (*Program, error) {
	b := &binder{opts: &o, columns: cmp.Or(o.shared, new(SharedColumns)), reads: make(map[string]bool), set: make(map[string]kql.Expr), decided: known}
	b.text = kql.NewSource(text)
	b.src, b.scope = b.text, (*scope)(nil).child()
	results := b.statements(q.Statements)
	if results == nil {
		results = []*relation{{seg: newSegment(), rows: noRows}}
	}
	p := &Program{opts: o, reads: b.reads, text: text, query: q, decided: known}
	for _, rel := range results {
		p.several = len(rel.tables) > 1
		for i, table := range rel.each() {
			if table = b.limited(table); len(b.errs) > 0 {
				continue
			}
			p.parts = append(p.parts, newResultPart(table))
			if i == 0 {
				p.primary = p.parts[len(p.parts)-1]
			}
		}
	}
	if len(b.errs) > 0 {
		return nil, inOrder(b.errs)
	}
	if len(results) > 1 {
		b.note("the query gives several tables: the last one is its result")
	}
	p.scans, p.late, p.notes, p.empty = b.scans, b.late, b.notes, inOrder(b.empty)
	return p, nil
}

// inOrder puts errors in the order of their places. A let is bound at each reference, so that what is wrong in it is found
// several times and told once.
func inOrder(errs kql.Errors) kql.Errors {
	slices.SortStableFunc(errs, func(a, b *kql.Error) int { return a.Span.Start - b.Span.Start })
	return slices.CompactFunc(errs, func(a, b *kql.Error) bool {
		return a.Span == b.Span && a.Code == b.Code && a.Message == b.Message
	})
}

// Columns gives the names and types of the result's columns. Those that a plugin such as
// bag_unpack decides by the rows are among them once the program is resolved.
func (p *Program) Columns() []Column { return p.primary.cols }

// Notes tell what the program relies on without being wrong, such as a watchlist that is not
// there and reads as empty.
func (p *Program) Notes() []string { return p.notes }

// Empty tells of the watchlists that the query names and that are not there, so that they read as empty, each with its place in
// the text.
func (p *Program) Empty() kql.Errors { return p.empty }

// Open reports whether the result may have further columns that are known at run time only:
// see Resolve.
func (p *Program) Open() bool { return p.primary.rel.open }

// Tables lists the tables of the workspace that the program reads, in order.
func (p *Program) Tables() []string { return slices.Sorted(maps.Keys(p.reads)) }

// Reads reports whether the program reads a table of this name.
func (p *Program) Reads(table string) bool { return p.reads[table] }

// Run yields the rows of the result, each in the order of the resolved program's columns. An error ends it, save one that concerns a single bad
// record of the input (its Skip method says true), which is yielded between rows. The run
// stops when ctx ends. A statement that gives several tables, as fork does, is an error: see RunAll.
func (p *Program) Run(ctx context.Context, tables Tables) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		p, err := p.Resolve(ctx, tables)
		switch {
		case err != nil:
		case p.several:
			err = errors.New("the query gives several tables where one is wanted: run all of them (eval.Program.RunAll), or end it with one")
		}
		if err != nil {
			yield(nil, err)
			return
		}
		r := p.newRun(ctx, tables)
		defer r.ends.run()
		r.observer = p.opts.observer
		r.readOnce(p)
		p.primary.run(ctx, r)(yield)
	}
}

// Collect runs the program and gives all rows. Bad records are left out.
func (p *Program) Collect(ctx context.Context, tables Tables) ([]Row, error) {
	var rows []Row
	for row, err := range p.Run(ctx, tables) {
		switch {
		case err == nil:
			rows = append(rows, row)
		case !skips(err):
			return rows, err
		}
	}
	return rows, nil
}

// At gives the program with another instant as now(), unless the query itself sets query_now.
func (p *Program) At(now time.Time) *Program {
	out := *p
	out.opts.now = now
	return &out
}

// Over gives the program with another window: see WithWindow.
func (p *Program) Over(w Window) *Program {
	out := *p
	out.opts.window = w
	return &out
}

// Seeing gives the program with a test of which records of tables with a TimeGenerated its run sees. A record is tested only
// when it has passed the filters behind its table.
func (p *Program) Seeing(sees func(record string) bool) *Program {
	out := *p
	out.sees = sees
	return &out
}

func (p *Program) newRun(ctx context.Context, tables Tables) *run {
	now := cmp.Or(p.opts.queryNow, p.opts.now)
	if now.IsZero() {
		now = time.Now()
	}
	if tables == nil {
		tables = TableMap(nil)
	}
	r := &run{
		ctx:     ctx,
		fn:      function.Context{Now: scalar.FromTime(now), Rand: newRandom(p.opts.seed)},
		limits:  p.opts.limits,
		spill:   p.opts.spill,
		ends:    new(ends),
		window:  p.opts.window,
		sees:    p.sees,
		tables:  tables,
		held:    new(atomic.Int64),
		workers: p.opts.workersOrAll(), prefilter: p.opts.prefilter,
		results: &results{cells: make(map[any]*cell)},
		known:   make(map[any]any),
	}
	if shared, ok := tables.(*Shared); ok {
		shared.lend(p, r)
	}
	return r
}
