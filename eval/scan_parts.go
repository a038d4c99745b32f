package eval

import (
	"context"
	"fmt"
	"iter"
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
	ends   []int // of each piece: a record has as many as its plan has keys
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

// add copies the wanted columns of a record.
func (b *batch) add(rec *record) {
	for i := range rec.plan.keys {
		b.text = append(b.text, rec.raw(i)...)
		b.ends = append(b.ends, len(b.text))
	}
	b.rows++
}

// rowsOfParts reads the table's parts side by side. Workers find the records that pass the filters; what is done with
// these happens here, in the order of the records, so that a run's result does not depend on the number of workers.
func (s *tableScan) rowsOfParts(e env, t *Table, yield func(*frame) bool) {
	ctx, cancel := context.WithCancel(e.run.ctx)
	var workers sync.WaitGroup
	defer workers.Wait()
	defer cancel()

	type job struct {
		part iter.Seq2[[]byte, error]
		out  chan *batch
	}
	// The parts that are read or have been read and wait; its bound is that of the memory taken.
	parts := make(chan chan *batch, 2*e.run.workers)
	jobs := make(chan job)
	workers.Go(func() {
		defer close(parts)
		defer close(jobs)
		for part := range t.Parts(ctx) {
			j := job{part, make(chan *batch, partAhead)}
			select {
			case parts <- j.out:
			case <-ctx.Done():
				return
			}
			select {
			case jobs <- j:
			case <-ctx.Done():
				close(j.out)
				return
			}
		}
	})
	spare := &sync.Pool{New: func() any { return new(batch) }}
	for range e.run.workers {
		run := e.run.beside(ctx)
		workers.Go(func() {
			w := &partWorker{run: run, frame: s.seg.frame(env{run, e.outer}), passes: s.passes(run), spare: spare}
			for j := range jobs {
				w.read(j.part, j.out)
				close(j.out)
			}
		})
	}
	f := s.seg.frame(e)
	for part := range parts {
		for b := range part {
			if !b.replay(e.run, f, yield) {
				return
			}
			spare.Put(b)
		}
	}
}

// replay yields the records of a batch.
func (b *batch) replay(r *run, f *frame, yield func(*frame) bool) bool {
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
		n := len(f.rec.plan.keys)
		start = f.rec.recall(b.text, start, ends[:n])
		ends = ends[n:]
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

// recall turns to a record whose wanted columns are known: pieces of text that lie one behind the other, an empty one
// where the record lacks the column. It gives the end of the last.
func (r *record) recall(text []byte, start int, ends []int) int {
	r.text, r.pos, r.last = "", 0, 0
	r.gen++
	for i, end := range ends {
		piece := text[start:end]
		r.seen[i] = seenField{unsafe.String(unsafe.SliceData(piece), len(piece)), r.gen}
		start = end
	}
	return start
}

// partWorker reads parts, one after another.
type partWorker struct {
	run    *run
	frame  *frame
	passes func(*frame) bool
	spare  *sync.Pool
}

// read sends the batches of a part.
func (w *partWorker) read(part iter.Seq2[[]byte, error], out chan<- *batch) {
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
		w.send(b, out)
	}()
	for rec, err := range part {
		if err != nil {
			w.run.warning(err)
		} else {
			if !w.run.tick() {
				return
			}
			w.frame.rec.reset(unsafe.String(unsafe.SliceData(rec), len(rec)))
			w.frame.next(0)
			if !w.passes(w.frame) {
				continue
			}
			b.add(w.frame.rec)
		}
		if b.full() {
			full := b
			b = w.fresh()
			if !w.send(full, out) {
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

// send hands a batch on, unless the reading has ended.
func (w *partWorker) send(b *batch, out chan<- *batch) bool {
	select {
	case out <- b:
		return true
	case <-w.run.ctx.Done():
		return false
	}
}
