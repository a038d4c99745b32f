package eval

import (
	"context"
	"fmt"
	"iter"
	"runtime/debug"
	"slices"
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
	failed error       // ends the run
	panic  any
}

// readParts has workers group the rows of parts, and merges their groups. The number of a row by which groups are ordered is that of its part
// and its own in it.
func (t *groupTable) readParts(parts iter.Seq[iter.Seq2[[]byte, error]]) {
	run := t.account.env.run
	var workers []*groupWorker
	sideBySide(run.ctx, run.workers, parts, func(ctx context.Context) func(int, iter.Seq2[[]byte, error], func(partReport) bool) {
		w := newGroupWorker(t, run.beside(ctx))
		workers = append(workers, w)
		return w.read
	}, func(p partReport) bool {
		for _, err := range p.errs {
			if !run.bad(err) {
				return false
			}
		}
		if p.panic != nil {
			panic(p.panic)
		}
		if p.failed != nil {
			run.fail(p.failed)
			return false
		}
		return p.groups == nil || t.merge(p.groups)
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
	run    *run
	frame  *frame
	passes func(*frame) bool
	values *rowValues
	whole  *groupTable // that of all workers
	groups *groupTable
}

func newGroupWorker(t *groupTable, r *run) *groupWorker {
	w := &groupWorker{run: r, frame: t.in.seg.frame(env{run: r}), passes: t.in.scan.passes(r), values: t.newValues(), whole: t}
	w.groups = w.fresh()
	return w
}

// read groups the rows of a part.
func (w *groupWorker) read(nth int, part iter.Seq2[[]byte, error], send func(partReport) bool) {
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
			w.groups = w.fresh()
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

// fresh makes an empty table.
func (w *groupWorker) fresh() *groupTable {
	t := newGroupTable(w.whole.aggregation, env{run: w.run}.account(), w.whole.grouped)
	t.patience = max(t.patience/w.whole.account.env.run.workers, 1)
	if !t.grouped {
		t.add(nil, 0)
	}
	return t
}
