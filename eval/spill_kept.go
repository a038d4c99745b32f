package eval

import (
	"errors"
	"iter"
	"sort"
	"sync"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// keptRows are all rows of a relation, of which any can be looked at: in memory, or in a file where the budget has no room for them.
type keptRows struct {
	account *account
	lasting bool // they are there until the run ends
	rows    [][]scalar.Value
	run     *rowRun
	file    *spillFile
}

// keep reads all rows, with the values of xs.
func (rel *relation) keep(e env, xs []*expr, lasting bool) *keptRows {
	k := &keptRows{account: e.account(), lasting: lasting}
	row := make([]scalar.Value, len(xs))
	for f := range rel.rows(e) {
		if k.run == nil {
			row := valuesOf(f, xs)
			k.rows = append(k.rows, row)
			k.account.grow(sizeOf(row))
			if k.account.full() && !k.putAway() {
				break
			}
			continue
		}
		for i, x := range xs {
			row[i] = x.value(f)
		}
		if !k.run.add(0, row) {
			break
		}
	}
	if k.run != nil {
		k.run.done()
	}
	return k
}

// putAway writes the rows in memory; those that follow are written as they come.
func (k *keptRows) putAway() bool {
	e := k.account.env
	if e.run.spill == nil || k.lasting && e.run.ends == nil {
		return k.account.fits("")
	}
	k.file = e.spillFile()
	k.run = k.file.newRun()
	for _, row := range k.rows {
		if !k.run.add(0, row) || !e.run.tick() {
			return false
		}
	}
	k.rows = nil
	k.account.release()
	return true
}

// close gives back what the rows take.
func (k *keptRows) close() {
	k.account.release()
	k.file.close()
}

// rowCursor looks at kept rows, for one goroutine.
type rowCursor struct {
	*keptRows
	file    *spillFile
	blocks  [4]openBlock // those looked at last
	next    int          // the one to give up
	scratch []byte
}

// openBlock is a block with its rows taken apart. Its texts are never written over, so that values outlive it.
type openBlock struct {
	of   *spillBlock
	rows [][]scalar.Value
}

// errIncomplete is of rows that were not written, because the run failed, or are not what was written.
var errIncomplete = errors.New("a row is not there as a whole")

// cursor looks at the rows for a run, which need not be the one that they were kept by.
func (k *keptRows) cursor(e env) *rowCursor {
	c := &rowCursor{keptRows: k}
	if k.file != nil {
		own := *k.file
		own.env = e
		c.file = &own
	}
	return c
}

func (c *rowCursor) len() int {
	switch {
	case c == nil:
		return 0
	case c.run == nil:
		return len(c.rows)
	}
	return c.run.rows
}

// at gives the i-th row, or nil where the run has failed.
func (c *rowCursor) at(i int) []scalar.Value {
	if c.run == nil {
		return c.rows[i]
	}
	all := c.run.blocks
	n := sort.Search(len(all), func(n int) bool { return all[n].first > i }) - 1
	if n < 0 {
		c.file.fail(errIncomplete)
		return nil
	}
	of := &all[n]
	for n := range c.blocks {
		if c.blocks[n].of == of {
			return c.blocks[n].rows[i-of.first]
		}
	}
	rows := c.open(of)
	if i-of.first >= len(rows) {
		c.file.fail(errIncomplete)
		return nil
	}
	c.blocks[c.next] = openBlock{of, rows}
	c.next = (c.next + 1) % len(c.blocks)
	return rows[i-of.first]
}

// open reads a block and takes its rows apart.
func (c *rowCursor) open(of *spillBlock) (rows [][]scalar.Value) {
	block, scratch, ok := c.file.read(*of, make([]byte, of.length), c.scratch)
	c.scratch = scratch
	if !ok {
		return nil
	}
	for len(block) > 0 {
		var row []scalar.Value
		if _, row, block, ok = unpackRow(block, nil); !ok {
			c.file.fail(errIncomplete)
			return nil
		}
		rows = append(rows, row)
	}
	return rows
}

// each yields the rows in order.
func (c *rowCursor) each() iter.Seq[[]scalar.Value] {
	return func(yield func([]scalar.Value) bool) {
		for i := range c.len() {
			if row := c.at(i); row == nil || !yield(row) {
				return
			}
		}
	}
}

// ends is what is to be done when a run has ended.
type ends struct {
	mu   sync.Mutex
	list []func()
}

func (e *ends) add(f func()) {
	if e != nil {
		e.mu.Lock()
		defer e.mu.Unlock()
		e.list = append(e.list, f)
	}
}

func (e *ends) run() {
	if e != nil {
		for _, f := range e.list {
			f()
		}
	}
}
