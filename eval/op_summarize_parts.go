package eval

import (
	"context"
	"fmt"
	"iter"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"
)

// parted gives the parts of the table that the rows come from, where several workers may group them, each into a table of its own: where
// nothing but filters stands before the summarize, no expression counts rows, and results are the same in whatever order the rows come.
func (t *groupTable) parted() iter.Seq[iter.Seq2[[]byte, error]] {
	e, s := t.account.env, t.in.scan
	if s == nil || e.run.workers < 2 || e.outer != nil {
		return nil
	}
	if _, read := e.run.shared[s]; read {
		return nil
	}
	inOrder := func(x *expr) bool { return x.volatile || x.windowed }
	if slices.ContainsFunc(t.keys, inOrder) || slices.ContainsFunc(t.calls, func(c *aggregateCall) bool {
		return !c.mixed || slices.ContainsFunc(c.args, inOrder)
	}) {
		return nil
	}
	table, ok := s.table(e.run)
	if !ok || table.Parts == nil {
		return nil
	}
	return table.Parts(e.run.ctx)
}

// partReport is what a worker says of a part, or of rows of it.
type partReport struct {
	errs   []error     // of records that could not be read
	groups *groupTable // those that the worker has no room for, of this part and of earlier ones
	rows   *batch      // rows that the worker leaves to be grouped,
	first  uint64      // the first of which has this number
	failed error       // ends the run
	panic  any
}

// readParts has workers group the rows of parts, and merges their groups. The number of a row by which groups are ordered is that of its part
// and its own in it.
func (t *groupTable) readParts(parts iter.Seq[iter.Seq2[[]byte, error]]) {
	run, values, spare := t.account.env.run, t.newValues(), &sync.Pool{New: func() any { return new(batch) }}
	f, fields := t.in.seg.frame(t.account.env), t.in.seg.pieces()
	var workers []*groupWorker
	var apart atomic.Bool
	sideBySide(run.ctx, run.workers, parts, func(ctx context.Context) func(int, iter.Seq2[[]byte, error], func(partReport) bool) {
		w := newGroupWorker(t, run.beside(ctx), &apart, spare)
		workers = append(workers, w)
		return w.read
	}, func(p partReport) bool {
		for _, err := range p.errs {
			if !run.bad(err) {
				return false
			}
		}
		switch {
		case p.panic != nil:
			panic(p.panic)
		case p.failed != nil:
			run.fail(p.failed)
			return false
		case p.groups != nil:
			return t.merge(p.groups)
		case p.rows == nil:
			return true
		}
		more := p.rows.replay(run, f, fields, func(f *frame) bool {
			t.evaluate(f, values)
			p.first++
			return t.row(p.first-1, values.keys, values.args)
		})
		spare.Put(p.rows)
		return more
	})
	for _, w := range workers {
		if run.err != nil || run.ended() || !t.merge(w.groups) {
			break
		}
	}
}

// merge adds the groups of other rows, which it takes from their table.
func (t *groupTable) merge(other *groupTable) bool {
	other.account.release()
	t.since += other.since
	for _, g := range other.groups {
		t.key = g.appendKey(t.key[:0])
		if known := t.index[string(t.key)]; known == nil {
			t.adopt(g)
		} else {
			if g.first < known.first {
				known.first, known.keys = g.first, g.keys
			}
			for i, call := range t.calls {
				if call.grows {
					t.pending += g.accs[i].Size()
				}
				known.accs[i].Merge(g.accs[i])
			}
		}
		if t.pending >= t.patience && !t.settle() {
			return false
		}
	}
	return true
}

// adopt makes a group of another table, of which t.key is the key, one of this.
func (t *groupTable) adopt(g *group) {
	t.groups = append(t.groups, g)
	t.index[string(t.key)] = g
	size := groupOverhead + len(t.key) + sizeOf(g.keys) - 24
	for i, call := range t.calls {
		size += 16
		if call.grows {
			t.pending += g.accs[i].Size()
		} else {
			size += g.accs[i].Size()
		}
	}
	t.charge(size)
}

// groupWorker groups the rows of parts, one after another.
type groupWorker struct {
	partWorker
	values *rowValues
	whole  *groupTable // that of all workers
	groups *groupTable
	apart  *atomic.Bool // whether rows are so seldom of the same group that workers leave them to be grouped
}

func newGroupWorker(t *groupTable, r *run, apart *atomic.Bool, spare *sync.Pool) *groupWorker {
	part := partWorker{run: r, frame: t.in.seg.frame(env{run: r}), fields: t.in.seg.pieces(), passes: t.in.scan.passes(r), spare: spare}
	w := &groupWorker{partWorker: part, values: t.newValues(), whole: t, apart: apart}
	w.groups = w.freshTable()
	return w
}

// read takes a part.
func (w *groupWorker) read(nth int, part iter.Seq2[[]byte, error], send func(partReport) bool) {
	if !w.apart.Load() {
		w.group(nth, part, send)
		if n := len(w.groups.groups); n >= manyGroups && w.groups.since < worthReducing*n {
			w.apart.Store(true)
		}
		return
	}
	row := uint64(nth) << 32
	w.partWorker.read(nth, part, func(b *batch) bool {
		first := row
		row += uint64(b.rows)
		return send(partReport{rows: b, first: first})
	})
}

// manyGroups is how many groups a worker makes before it doubts that this is worth it: each that it has in common with others is merged in the end.
const manyGroups = 2048

// group groups the rows of a part.
func (w *groupWorker) group(nth int, part iter.Seq2[[]byte, error], send func(partReport) bool) {
	var report partReport
	w.run.warning = func(err error) bool {
		report.errs = append(report.errs, err)
		return true
	}
	defer func() {
		if v := recover(); v != nil {
			report.panic = fmt.Sprintf("%v\n%s", v, debug.Stack())
		}
		report.failed = w.run.err
		if report.errs != nil || report.failed != nil || report.panic != nil {
			send(report)
		}
	}()
	row := uint64(nth) << 32
	for rec, err := range part {
		if err != nil {
			if !w.run.bad(err) {
				return
			}
			continue
		}
		if !w.run.tick() {
			return
		}
		w.frame.turnTo(rec)
		if !w.passes(w.frame) {
			continue
		}
		w.groups.evaluate(w.frame, w.values)
		w.groups.put(row, w.values.keys, w.values.args)
		row++
		if w.groups.pending < w.groups.patience {
			continue
		}
		if w.groups.measure(); w.full() {
			full := w.groups
			w.groups = w.freshTable()
			if !send(partReport{groups: full}) {
				return
			}
		}
	}
}

// full says whether the worker is to hand over its table. All workers together keep no more than a quarter of the budget, as a group that is
// in the tables of all of them must still fit in one.
func (w *groupWorker) full() bool {
	limit, n := w.run.limits.Memory, w.whole.account.env.run.workers
	return limit > 0 && w.groups.account.held > limit/(4*n) || w.groups.account.full()
}

// freshTable makes an empty table.
func (w *groupWorker) freshTable() *groupTable {
	t := newGroupTable(w.whole.aggregation, env{run: w.run}.account(), w.whole.grouped)
	t.patience = max(t.patience/w.whole.account.env.run.workers, 1)
	if !t.grouped {
		t.add(nil, 0)
	}
	return t
}
