package eval

import (
	"iter"
	"slices"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// tableScan reads the records of a table for one place of a query. The filters that stand right behind the table are
// part of it: they are tested where the record is read, so that a row which fails them costs nothing else.
//
// A record lies in a buffer that the next one may overwrite; those who keep something of it copy it.
type tableScan struct {
	binder  *binder // that has it among its scans
	name    string
	seg     *segment
	table   func(*run) (*Table, bool)
	columns int     // of the table, as far as they are known when the query is bound
	at      *expr   // when a record took place, which the window of a run bounds; nil where nothing says so
	tests   []*expr // the filters; none counts rows or differs when tested again
}

// scanning is rel with its rows read by s.
func (rel *relation) scanning(s *tableScan) *relation {
	out := *rel
	out.scan, out.rows, out.below = s, s.rows, nil
	return &out
}

// filtered is s with further filters.
func (s *tableScan) filtered(tests []*expr) *tableScan {
	out := *s
	out.tests = slices.Concat(s.tests, tests)
	if s.binder != nil {
		if i := slices.Index(s.binder.scans, s); i >= 0 {
			s.binder.scans[i] = &out
		}
	}
	return &out
}

// key is a filter that is true only where a column is one of some texts, if there is one: the one of fewest.
func (s *tableScan) key() *fieldEquals {
	var key *fieldEquals
	for _, x := range s.tests {
		if x.equals != nil && (key == nil || len(x.equals.texts) < len(key.texts)) {
			key = x.equals
		}
	}
	return key
}

// passes is the test whether a record is one that the run sees, and passes the filters.
func (s *tableScan) passes(r *run) func(*frame) bool {
	tests := s.tests
	if s.at != nil && r.window != (Window{}) {
		at, start, end := s.at.value, scalar.FromTime(r.window.Start), scalar.FromTime(r.window.End)
		tests = append([]*expr{ofTest(func(f *frame) (bool, bool) {
			v := at(f)
			return !v.IsNull() && v.DateTime() >= start && v.DateTime() < end, true
		}).from(s.at)}, tests...)
	}
	passes := s.prefiltered(r.prefilter, conjunction(tests))
	if s.at == nil || r.sees == nil {
		return passes
	}
	return func(f *frame) bool { return passes(f) && r.sees(f.rec.text) }
}

// rows yields the frame for each record that passes the filters.
func (s *tableScan) rows(e env) iter.Seq[*frame] {
	return func(yield func(*frame) bool) {
		if t, ok := e.run.shared[s]; ok {
			t.replay(e, s, yield)
			return
		}
		t, ok := s.table(e.run)
		switch {
		case !ok:
		case t.Parts != nil && e.run.workers > 1 && e.outer == nil: // a frame of the row around belongs to one goroutine
			s.rowsOfParts(e, t, yield)
		default:
			s.rowsOfRecords(e, t.Records(e.run.ctx), yield)
		}
	}
}

// rowsOfRecords tests one record after another.
func (s *tableScan) rowsOfRecords(e env, records iter.Seq2[[]byte, error], yield func(*frame) bool) {
	f := s.seg.frame(e)
	passes := s.passes(e.run)
	for rec, err := range records {
		if err != nil {
			if !e.run.bad(err) {
				return
			}
			continue
		}
		if !e.run.tick() {
			return
		}
		f.turnTo(rec)
		if passes(f) && !yield(f) {
			return
		}
	}
}
