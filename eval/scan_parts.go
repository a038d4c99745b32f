package eval

import (
	"context"
	"fmt"
	"iter"
	"runtime"
	"runtime/debug"
	"sync"
	"unsafe"
)

const (
	batchBytes = 256 << 10 // a batch is handed on when it holds so many bytes,
	batchRows  = 1024      // or so many records
	partAhead  = 4         // so many batches of a part wait until they are asked for
)

// batch is what a worker hands on: the wanted columns of records that passed the filters, as pieces of one text.
// What stands in the way of a record is handed on in its place, so that errors come in the order of the records.
type batch struct {
	text   []byte
	ends   []int // of each piece: a record has one for each field that its reading wants
	rows   int
	errs   []batchError
	failed error // ends the run
	panic  any
}

type batchError struct {
	row int // the record that it comes before
	err error
}

func (b *batch) full() bool { return len(b.text) >= batchBytes || b.rows+len(b.errs) >= batchRows }

// add copies columns of a record.
func (b *batch) add(rec *record, fields []int) {
	for _, i := range fields {
		if i == wholeRecord {
			b.text = append(b.text, rec.text...)
		} else {
			b.text = append(b.text, rec.raw(i)...)
		}
		b.ends = append(b.ends, len(b.text))
	}
	b.rows++
}

// sideBySide reads parts with several workers and takes what they send for each part, in the order of the parts.
// Each worker is made by one call of worker, and told of each part which one it is. It ends when take returns false, or ctx ends.
func sideBySide[T any](ctx context.Context, n int, parts iter.Seq[iter.Seq2[[]byte, error]],
	worker func(context.Context) func(nth int, part iter.Seq2[[]byte, error], send func(T) bool), take func(T) bool) {
	next, stop := iter.Pull(parts)
	defer stop()
	ctx, cancel := context.WithCancel(ctx)
	var workers sync.WaitGroup
	defer workers.Wait()
	defer cancel()

	// The parts that are read or have been read and wait; its bound is that of the memory taken.
	order := make(chan chan T, 2*n)
	var mu sync.Mutex
	fetched, ended := 0, false
	// Workers fetch their parts themselves, so that none waits until a goroutine that hands them out has been run.
	fetch := func() (int, iter.Seq2[[]byte, error], chan T) {
		mu.Lock()
		defer mu.Unlock()
		if ended {
			return 0, nil, nil
		}
		if part, ok := next(); ok {
			out := make(chan T, partAhead)
			select {
			case order <- out:
				fetched++
				return fetched - 1, part, out
			case <-ctx.Done():
			}
		}
		ended = true
		close(order)
		return 0, nil, nil
	}
	for range n {
		read := worker(ctx)
		workers.Go(func() {
			for nth, part, out := fetch(); part != nil; nth, part, out = fetch() {
				read(nth, part, func(v T) bool {
					select {
					case out <- v:
						return true
					case <-ctx.Done():
						return false
					}
				})
				close(out)
				// What was sent is taken at once. Otherwise the taker waits behind this worker until another, who has to
				// wait for it, has it moved to its own processor, before which the scheduler sleeps as long as a sixth of a part takes.
				runtime.Gosched()
			}
		})
	}
	for part := range order {
		for v := range part {
			if !take(v) {
				return
			}
		}
	}
}

// rowsOfParts reads the table's parts side by side. Workers find the records that pass the filters; what is done with
// these happens here, in the order of the records, so that a run's result does not depend on the number of workers.
func (s *tableScan) rowsOfParts(e env, t *Table, yield func(*frame) bool) {
	spare := &sync.Pool{New: func() any { return new(batch) }}
	f := s.seg.frame(e)
	sideBySide(e.run.ctx, e.run.workers, t.Parts(e.run.ctx), func(ctx context.Context) func(int, iter.Seq2[[]byte, error], func(*batch) bool) {
		run := e.run.beside(ctx)
		w := &partWorker{run: run, frame: s.seg.frame(env{run: run}), fields: s.seg.pieces(), passes: s.passes(run), spare: spare}
		return w.read
	}, func(b *batch) bool {
		more := b.replay(e.run, f, s.seg.pieces(), yield)
		spare.Put(b)
		return more
	})
	e.run.ended()
}

// replay yields the records of a batch.
func (b *batch) replay(r *run, f *frame, fields []int, yield func(*frame) bool) bool {
	errs, ends, start := b.errs, b.ends, 0
	for row := 0; ; row++ {
		for len(errs) > 0 && errs[0].row == row {
			if !r.bad(errs[0].err) {
				return false
			}
			errs = errs[1:]
		}
		if row == b.rows {
			break
		}
		if !r.tick() {
			return false
		}
		start = f.rec.recall(b.text, start, ends, fields)
		ends = ends[len(fields):]
		f.next(0)
		if !yield(f) {
			return false
		}
	}
	if b.panic != nil {
		panic(b.panic)
	}
	if b.failed != nil {
		r.fail(b.failed)
	}
	return r.err == nil
}

// recall turns to a record of which some fields are known, pieces of text that lie one behind the other: an empty one
// where the record lacks the column; or all of it. It gives the end of the last.
func (r *record) recall(text []byte, start int, ends, fields []int) int {
	r.text, r.pos, r.last = "", 0, 0
	r.gen++
	for n, i := range fields {
		piece := unsafe.String(unsafe.SliceData(text[start:ends[n]]), ends[n]-start)
		if i == wholeRecord {
			r.reset(piece)
		} else {
			r.seen[i] = seenField{piece, r.gen}
		}
		start = ends[n]
	}
	return start
}

// partWorker reads parts, one after another.
type partWorker struct {
	run    *run
	frame  *frame
	fields []int
	passes func(*frame) bool
	spare  *sync.Pool
}

// read sends the batches of a part.
func (w *partWorker) read(_ int, part iter.Seq2[[]byte, error], send func(*batch) bool) {
	b := w.fresh()
	w.run.warning = func(err error) bool {
		b.errs = append(b.errs, batchError{b.rows, err})
		return true
	}
	defer func() {
		if v := recover(); v != nil {
			b.panic = fmt.Sprintf("%v\n%s", v, debug.Stack())
		}
		b.failed = w.run.err
		send(b)
	}()
	for rec, err := range part {
		if err != nil {
			w.run.warning(err)
		} else {
			if !w.run.tick() {
				return
			}
			w.frame.turnTo(rec)
			if !w.passes(w.frame) {
				continue
			}
			b.add(w.frame.rec, w.fields)
		}
		if b.full() {
			full := b
			b = w.fresh()
			if !send(full) {
				return
			}
		}
	}
}

func (w *partWorker) fresh() *batch {
	b := w.spare.Get().(*batch)
	*b = batch{text: b.text[:0], ends: b.ends[:0], errs: b.errs[:0]}
	return b
}
