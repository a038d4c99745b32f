package eval

import (
	"slices"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// valuesOf copies the values of expressions over a row.
func valuesOf(f *frame, xs []*expr) []scalar.Value {
	row := make([]scalar.Value, len(xs))
	for i, x := range xs {
		row[i] = x.value(f)
	}
	scalar.CloneAll(row)
	return row
}

// sizeOf is how many bytes a row takes in memory.
func sizeOf(row []scalar.Value) int {
	size := 24
	for _, v := range row {
		size += v.Size()
	}
	return size
}

// sorter puts rows in order: in memory, or, where the budget has no room for them, in runs that are each in order and then merged.
type sorter struct {
	account *account
	keys    []sortKey
	columns int // of a row; the values of its keys follow them
	rows    []orderedRow
	file    *spillFile
	runs    []*rowRun
}

func newSorter(e env, keys []sortKey, columns int) *sorter {
	return &sorter{account: e.account(), keys: keys, columns: columns}
}

// away says whether rows have been put away.
func (s *sorter) away() bool { return len(s.runs) > 0 }

// add takes a row, which it keeps. It is false where the run has failed.
func (s *sorter) add(row []scalar.Value) bool {
	s.take(row)
	s.account.grow(orderedOverhead + sizeOf(row))
	return !s.account.full() || s.putAway()
}

// orderedOverhead is what a row takes beside its values while it is sorted.
const orderedOverhead = 16

func (s *sorter) take(row []scalar.Value) {
	s.rows = append(s.rows, orderedRow{s.keys[0].prefix(row[s.columns]), len(s.rows), row})
}

// takeOver takes the rows of a heap, whose bytes are in the account already.
func (s *sorter) takeOver(h *topHeap) bool {
	slices.SortFunc(h.rows, h.compare)
	for _, r := range h.rows {
		s.take(r.row)
	}
	h.rows = nil
	return !s.account.full() || s.putAway()
}

// putAway writes the rows in memory as a run.
func (s *sorter) putAway() bool {
	e := s.account.env
	if e.run.spill == nil {
		return s.account.fits("")
	}
	if s.file == nil {
		s.file = e.spillFile()
	}
	s.order()
	run := s.file.newRun()
	for _, row := range s.rows {
		if !run.add(0, row.row) || !e.run.tick() {
			return false
		}
	}
	if !run.done() {
		return false
	}
	s.runs = append(s.runs, run)
	clear(s.rows)
	s.rows = s.rows[:0]
	s.account.release()
	return true
}

// order sorts the rows in memory; equals keep their order.
func (s *sorter) order() {
	slices.SortFunc(s.rows, func(x, y orderedRow) int { return order(s.keys, s.columns, &x, &y) })
}

// rowsInOrder yields the rows, each good until the next.
func (s *sorter) rowsInOrder(yield func([]scalar.Value) bool) {
	e, n := s.account.env, s.columns
	if e.run.err != nil {
		return
	}
	if !s.away() {
		s.order()
		for _, row := range s.rows {
			if !yield(row.row[:n:n]) {
				return
			}
		}
		return
	}
	if len(s.rows) > 0 && !s.putAway() {
		return
	}
	merged(e, s.runs, func(a, b *rowReader) int { return compareKeys(s.keys, a.row[n:], b.row[n:]) }, func(r *rowReader) bool {
		return yield(r.row[:n:n])
	})
}

// close gives back what the sorter holds.
func (s *sorter) close() {
	s.account.release()
	s.file.close()
}
