package eval

import (
	"context"
	"fmt"
	"iter"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"unsafe"
)

// SharedColumns collects which columns of each table several programs read, so that Share decodes them once for all. It
// serves the programs that are compiled with it; these run when all of them have been compiled.
type SharedColumns struct {
	mu    sync.Mutex
	plans map[string]*recordPlan
}

// WithSharedColumns compiles a program to be read for together with others: see Share.
func WithSharedColumns(c *SharedColumns) Option { return func(o *options) { o.shared = c } }

// plan gives what is read of a table.
func (c *SharedColumns) plan(table string) *recordPlan {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.plans == nil {
		c.plans = make(map[string]*recordPlan)
	}
	p := c.plans[table]
	if p == nil {
		p = new(recordPlan)
		c.plans[table] = p
	}
	return p
}

// Shared is tables of which the records that several programs want have been read. It is the Tables of their runs.
type Shared struct {
	Tables
	taken   map[*resultPart]map[*tableScan]*taken
	results map[*resultPart]*results
}

// Share reads tables once for several programs, with as many workers as the first of them has: for each place of a program that
// reads a table, the records that pass the filters right behind it are found and their columns kept, for the program's next runs with the
// result as their tables. A filter that compares a column with constants is looked up by the column's text, so that a record
// costs little for programs that do not want it.
//
// What is kept for all programs together is no more than memory bytes. Places that would keep more than their share read their
// table themselves when their program runs, and so does everything that Share cannot read. The error is that of ctx.
func Share(ctx context.Context, tables Tables, memory int, programs ...*Program) (*Shared, error) {
	shared := &Shared{Tables: tables, taken: make(map[*resultPart]map[*tableScan]*taken), results: make(map[*resultPart]*results)}
	var readers []*reader
	for _, p := range programs {
		readers = append(readers, &reader{p, p.newRun(ctx, tables)})
	}
	if err := readTogether(ctx, memory, readers, func(*sharedReading) bool { return true }); err != nil {
		return nil, err
	}
	for _, r := range readers {
		shared.taken[r.program.primary], shared.results[r.program.primary] = r.run.shared, r.run.results
	}
	return shared, nil
}

// onceMemory is the most that is kept of tables that a program reads in several places.
const onceMemory = 64 << 20

// readOnce reads the tables that p reads in several places, as a join of a table with itself does, once for all of these, where each of them wants only
// the records with some texts in a column, which are likely to be few. The run's error is that of its context.
func (r *run) readOnce(p *Program) {
	if len(p.scans) < 2 || r.shared != nil || r.observer != nil {
		return
	}
	memory := onceMemory
	if limit := r.limits.Memory; limit > 0 {
		memory = min(memory, limit/4)
	}
	err := readTogether(r.ctx, memory, []*reader{{p, r}}, func(s *sharedReading) bool {
		return len(s.places) > 1 && !slices.ContainsFunc(s.places, func(at runScan) bool { return at.scan.key() == nil })
	})
	if err != nil {
		r.fail(err)
	}
}

// reader is a run of a program for which tables are read.
type reader struct {
	program *Program
	run     *run
}

// runScan is a place where a run reads a table.
type runScan struct {
	run  *run
	scan *tableScan
}

// readTogether reads the tables of runs, if worth it, once for all places, and gives each run what was read for it.
func readTogether(ctx context.Context, memory int, readers []*reader, worth func(*sharedReading) bool) error {
	byTable := make(map[*Table]*sharedReading)
	var order []*sharedReading
	for _, r := range readers {
		for _, s := range r.program.scans {
			t, ok := s.table(r.run)
			if !ok {
				continue
			}
			if byTable[t] == nil {
				byTable[t] = &sharedReading{table: t, workers: readers[0].run.workers}
				order = append(order, byTable[t])
			}
			byTable[t].places = append(byTable[t].places, runScan{r.run, s})
		}
	}
	order = slices.DeleteFunc(order, func(r *sharedReading) bool { return !worth(r) })
	places := 0
	for _, reading := range order {
		places += len(reading.places)
	}
	for _, reading := range order {
		reading.budget = memory / places
		reading.read(ctx)
		if err := context.Cause(ctx); err != nil {
			return err
		}
	}
	for _, r := range readers {
		r.run.shared = make(map[*tableScan]*taken)
	}
	for _, reading := range order {
		for i, at := range reading.places {
			if !reading.left[i].Load() {
				at.run.shared[at.scan] = &taken{batches: reading.batches[i], errs: slices.Concat(reading.aside[i], reading.errs)}
			}
		}
	}
	return nil
}

// lend gives a run what was read for its program.
func (s *Shared) lend(p *Program, r *run) {
	r.shared, r.tables = s.taken[p.primary], s.Tables
	if known := s.results[p.primary]; known != nil {
		r.results, r.ends = known, nil
	}
}

// taken is what was read for one place of a program.
type taken struct {
	batches []*batch
	errs    []error // of records that could not be read
}

// replay yields what was taken.
func (t *taken) replay(e env, s *tableScan, yield func(*frame) bool) {
	for _, err := range t.errs {
		if !e.run.bad(err) {
			return
		}
	}
	f := s.seg.frame(e)
	for _, b := range t.batches {
		if !b.replay(e.run, f, s.seg.pieces(), yield) {
			return
		}
	}
}

// maxSharedErrors is how many bad records of a table are kept for its readers.
const maxSharedErrors = 10_000

// sharedReading is the reading of one table for several places of programs.
type sharedReading struct {
	table   *Table
	workers int
	places  []runScan
	left    []atomic.Bool // places that read the table themselves after all
	batches [][]*batch
	kept    []int // bytes
	budget  int   // of each
	errs    []error

	mu    sync.Mutex
	aside [][]error // by place: of records that its filters read elsewhere
}

// leave gives up the reading for all places.
func (r *sharedReading) leave() {
	for i := range r.left {
		r.left[i].Store(true)
	}
}

// found is what a worker found in one part or a piece of it, by place.
type found struct {
	batches map[int]*batch
	size    int // bytes
	errs    []error
	failed  bool // the part could not be read to its end
}

// read reads the table.
func (r *sharedReading) read(ctx context.Context) {
	n, workers := len(r.places), r.workers
	r.left, r.batches, r.kept, r.aside = make([]atomic.Bool, n), make([][]*batch, n), make([]int, n), make([][]error, n)
	var parts iter.Seq[iter.Seq2[[]byte, error]]
	if r.table.Parts != nil {
		parts = r.table.Parts(ctx)
	} else {
		parts = func(yield func(iter.Seq2[[]byte, error]) bool) { yield(r.table.Records(ctx)) }
		workers = 1
	}
	indexes, rest := indexed(r.places)
	sideBySide(ctx, workers, parts, func(ctx context.Context) func(int, iter.Seq2[[]byte, error], func(found) bool) {
		return r.worker(ctx, indexes, rest).read
	}, func(f found) bool {
		r.errs = append(r.errs, f.errs...)
		if f.failed || len(r.errs) > maxSharedErrors {
			r.leave()
			return false
		}
		for i, b := range f.batches {
			if r.left[i].Load() {
				continue
			}
			r.batches[i] = append(r.batches[i], b)
			if r.kept[i] += len(b.text) + 8*len(b.ends); r.kept[i] > r.budget {
				r.left[i].Store(true)
				r.batches[i] = nil
			}
		}
		return true
	})
}

// sharedWorker finds in parts the records that places want.
type sharedWorker struct {
	reading *sharedReading
	indexes []*fieldIndex
	rest    []int
	frames  []*frame
	passes  []func(*frame) bool
	records []*record          // of those compiled with one SharedColumns there is one
	keys    []*record          // of each index
	known   []map[string][]int // by index: the places that a text of its column has led to
	found   []int
}

func (r *sharedReading) worker(ctx context.Context, indexes []*fieldIndex, rest []int) *sharedWorker {
	w := &sharedWorker{reading: r, indexes: indexes, rest: rest}
	records := make(map[*recordPlan]*record)
	for i, at := range r.places {
		run, s := at.run.beside(ctx), at.scan
		run.prefilter = PrefilterNever // a search for each place costs more than the one reading
		run.warning = func(err error) bool {
			r.mu.Lock()
			defer r.mu.Unlock()
			r.aside[i] = append(r.aside[i], err)
			return true
		}
		f := s.seg.frame(env{run: run})
		if rec, ok := records[s.seg.record]; ok {
			f.rec = rec
		} else {
			records[s.seg.record] = f.rec
			w.records = append(w.records, f.rec)
		}
		w.frames, w.passes = append(w.frames, f), append(w.passes, s.passes(run))
	}
	for _, ix := range indexes {
		w.keys = append(w.keys, w.frames[ix.all[0]].rec)
		w.known = append(w.known, make(map[string][]int))
	}
	return w
}

// read finds the records of a part.
func (w *sharedWorker) read(_ int, part iter.Seq2[[]byte, error], send func(found) bool) {
	out := found{batches: make(map[int]*batch)}
	defer func() {
		if v := recover(); v != nil {
			out.errs = append(out.errs, fmt.Errorf("%v\n%s", v, debug.Stack()))
			out.failed = true
		}
		send(out)
	}()
	for rec, err := range part {
		switch {
		case err == nil:
			w.record(unsafe.String(unsafe.SliceData(rec), len(rec)), &out)
		case skips(err):
			out.errs = append(out.errs, err)
		default:
			out.failed = true
			return
		}
		if out.size > batchBytes {
			if !send(out) {
				return
			}
			out = found{batches: make(map[int]*batch)}
		}
	}
}

// maxKnownTexts bounds what is remembered of a column whose texts seldom come twice.
const maxKnownTexts = 4096

// candidates appends to what was found the places to which the n-th index leads from a column's JSON text.
func (w *sharedWorker) candidates(n int, raw string) []int {
	if places, ok := w.known[n][raw]; ok {
		return append(w.found, places...)
	}
	before := len(w.found)
	found := w.indexes[n].candidates(raw, w.found)
	if len(w.known[n]) < maxKnownTexts {
		w.known[n][strings.Clone(raw)] = slices.Clone(found[before:])
	}
	return found
}

// record finds which places want a record.
func (w *sharedWorker) record(text string, out *found) {
	for _, rec := range w.records {
		rec.reset(text)
	}
	w.found = append(w.found[:0], w.rest...)
	for n, ix := range w.indexes {
		w.found = w.candidates(n, w.keys[n].raw(ix.field))
	}
	for _, i := range w.found {
		f := w.frames[i]
		if w.reading.left[i].Load() {
			continue
		}
		f.next(0)
		passes := w.passes[i](f)
		if f.run.err != nil {
			w.reading.left[i].Store(true)
			continue
		}
		if !passes {
			continue
		}
		b := out.batches[i]
		if b == nil {
			b = &batch{text: make([]byte, 0, 2<<10), ends: make([]int, 0, 64)}
			out.batches[i] = b
		}
		before := len(b.text)
		b.add(f.rec, w.reading.places[i].scan.seg.pieces())
		out.size += len(b.text) - before
	}
}
