package eval

import (
	"context"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"unsafe"

	"github.com/seed-2512943d/picket/eval/function"
	"github.com/seed-2512943d/picket/eval/scalar"
)

// frame is the row that a streaming stretch of a pipe works on. One frame
// serves every row of its stretch: the source moves it on, where lets it pass or
// not, and expressions read from it what they need, when they need it. Whoever
// keeps a row beyond that copies its values.
type frame struct {
	run      *run
	outer    *frame         // the row around a subquery (mv-apply), or nil
	row      []scalar.Value // the current row, where the source holds values
	rec      *record        // the current record, where the source reads JSON
	memo     []memo         // computed columns of the current row
	stamp    []uint64       // per level: which row of that level this is
	clock    uint64
	leg      *frame           // the current row of the union leg that is being read
	kept     []scalar.Value   // in place of a left row of a join that has been put away: see joining.onLeft
	legs     int              // which leg that is
	window   map[any]any      // what window functions keep from row to row
	all      [][]scalar.Value // the rows that the steps of a scan have matched
	around   *rowCursor       // all rows of a stretch, where prev and next look around
	nth      int              // which of them the frame stands on
	expanded [][]scalar.Value // what mv-apply's subquery runs over for the current row
	aside    *frame           // a second frame for looking at other rows
	match    *match           // the place of a graph that is looked at
	records  []*recordFrame   // over the records that the row holds
}

// look evaluates x on the i-th row of a held stretch.
func (f *frame) look(i int, x *expr) scalar.Value {
	if f.aside == nil {
		f.aside = &frame{run: f.run, outer: f.outer, memo: make([]memo, len(f.memo)), stamp: make([]uint64, len(f.stamp)), around: f.around}
	}
	g := f.aside
	row := f.around.at(i)
	if row == nil {
		return scalar.Null(x.typ) // the run has failed
	}
	g.row, g.nth = row, i
	g.next(0)
	return x.value(g)
}

// memo holds a computed value and the row it was computed for.
type memo struct {
	v     scalar.Value
	stamp uint64
}

// next says that the frame now stands on another row of the given level, so
// that what was computed from that level and from those above is void.
func (f *frame) next(level int) {
	f.clock++
	f.stamp[level] = f.clock
}

// turnTo says that the frame now stands on a record of its JSON source, which it reads where it lies.
func (f *frame) turnTo(record []byte) {
	f.rec.reset(unsafe.String(unsafe.SliceData(record), len(record)))
	f.next(0)
}

// segment counts, while a query is bound, what the frames of one stretch hold.
type segment struct {
	memos  int
	levels int
	record *recordPlan // of a JSON source
	fields []int       // the places in it of the columns that this stretch reads
	whole  bool        // whether it reads records as they are written
}

// want gives the place of a column of the JSON source.
func (s *segment) want(key string) int {
	i := s.record.want(key)
	if !slices.Contains(s.fields, i) {
		s.fields = append(s.fields, i)
	}
	return i
}

// wholeRecord stands for the record itself among its fields.
const wholeRecord = -1

// pieces are the fields that must be copied of a record, so that the stretch can do without it.
func (s *segment) pieces() []int {
	if s.whole {
		return []int{wholeRecord}
	}
	return s.fields
}

func newSegment() *segment { return &segment{levels: 1} }

// slot reserves a memo.
func (s *segment) slot() int {
	s.memos++
	return s.memos - 1
}

// level opens a level: rows that an operator such as mv-expand makes out of one
// row of the level before.
func (s *segment) level() int {
	s.levels++
	return s.levels - 1
}

// frame makes a frame for a run.
func (s *segment) frame(e env) *frame {
	f := &frame{run: e.run, outer: e.outer, memo: make([]memo, s.memos), stamp: make([]uint64, s.levels)}
	if s.record != nil {
		f.rec = s.record.newRecord()
	}
	return f
}

// run is one execution of a program: its clock, its limits, its tables, and the
// first error, which ends it.
type run struct {
	ctx       context.Context
	fn        function.Context
	limits    Limits
	spill     *spilling // nil where nothing may be put into temporary files
	ends      *ends     // nil where what the run computes once is there for other runs too
	observer  Observer  // nil where nobody looks on
	window    Window
	sees      func(record string) bool // whether a record is seen at all; nil for all
	shared    map[*tableScan]*taken    // what has been read for several programs
	tables    Tables
	rows      int           // rows read, to look at the context now and then
	steps     int           // edges gone along in graphs
	held      *atomic.Int64 // bytes held by operators that collect
	err       error
	warning   func(error) bool // told of a bad record; false ends the run
	workers   int              // how many goroutines may read one table
	prefilter Prefilter
	results   *results    // what materialize(), toscalar() and their kin computed once
	known     map[any]any // those of them that this goroutine has asked for, and what holds for the part of a partition
}

// results are values that are computed once a run, whichever goroutine asks first.
type results struct {
	mu    sync.Mutex
	cells map[any]*cell
}

// cell is a value that is being computed, or has been.
type cell struct {
	done   chan struct{}
	value  any
	failed bool // the run of whoever computed it failed: the value is none
}

// once gives what make makes for r, which is called once a run for each key. What a goroutine made whose run failed counts for that one only:
// the others make it themselves, and so meet the same failure in their runs.
func once[T any](r *run, key any, make func() T) T {
	if v, ok := r.known[key]; ok {
		return v.(T)
	}
	for {
		c, first := r.results.cell(key)
		if first {
			return compute(r, key, c, make)
		}
		<-c.done
		if !c.failed {
			r.known[key] = c.value
			return c.value.(T)
		}
	}
}

// compute fills a cell, which it takes away again where that fails.
func compute[T any](r *run, key any, c *cell, make func() T) (v T) {
	c.failed = true
	defer func() {
		if c.failed {
			r.results.mu.Lock()
			if r.results.cells[key] == c {
				delete(r.results.cells, key)
			}
			r.results.mu.Unlock()
		}
		close(c.done)
	}()
	v = make()
	if r.err == nil {
		r.known[key], c.value, c.failed = v, v, false
	}
	return v
}

// cell gives the cell of a key; first says that whoever asks is to fill it.
func (s *results) cell(key any) (c *cell, first bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c, ok := s.cells[key]; ok {
		return c, false
	}
	c = &cell{done: make(chan struct{})}
	s.cells[key] = c
	return c, true
}

// forget drops what has been computed under the keys.
func (r *run) forget(keys []any) {
	if len(keys) == 0 {
		return
	}
	r.results.mu.Lock()
	defer r.results.mu.Unlock()
	for _, key := range keys {
		delete(r.known, key)
		delete(r.results.cells, key)
	}
}

// beside gives a run for another goroutine: what it computes once and what it holds counts for both, its errors
// are its own.
func (r *run) beside(ctx context.Context) *run {
	out := *r
	out.ctx, out.workers, out.known = ctx, 1, maps.Clone(r.known)
	return &out
}

// env is where a relation's rows are asked for: the run, the row around it, and for whom.
type env struct {
	run   *run
	outer *frame
	at    *place // the operator whose rows are asked for; nil where that is not known
}

// frame is where an expression that reads no row of its own is computed.
func (e env) frame() *frame { return &frame{run: e.run, outer: e.outer} }

// fail records the first error; every loop stops at its next row.
func (r *run) fail(err error) {
	if r.err == nil {
		r.err = err
	}
}

// bad takes an error that a table gave and reports whether reading may go on.
func (r *run) bad(err error) bool {
	if skips(err) {
		return r.warning(err)
	}
	r.fail(err)
	return false
}

// tick counts a row and reports whether the run may go on. It looks at the
// context every 1,024 rows.
func (r *run) tick() bool {
	if r.err != nil {
		return false
	}
	r.rows++
	return r.rows&1023 != 0 || !r.ended()
}

// ended reports whether the context has ended, which ends the run.
func (r *run) ended() bool {
	err := context.Cause(r.ctx)
	if err != nil {
		r.fail(err)
	}
	return err != nil
}

// step counts an edge that a search in a graph goes along.
func (r *run) step() bool {
	if r.steps++; r.limits.Steps > 0 && r.steps > r.limits.Steps {
		r.fail(&LimitError{What: "steps in graphs", Limit: r.limits.Steps})
	}
	return r.tick()
}

func newRandom(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, seed^0x9e3779b97f4a7c15)) }
