package eval

import (
	"iter"
	"slices"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// sequence is rows that have matched steps one after the other.
type sequence struct {
	id      int64
	kept    [][]scalar.Value // by step: the row that matched it last, or nil
	pending []scalar.Value   // such a row of the last step, which is given when no other follows (output=last)
}

// scanning is a run of a scan over the rows of one part: for each step the sequence that it has
// come to, or nil.
type scanning struct {
	*scan
	f      *frame
	active []*sequence
	none   [][]scalar.Value // what is kept before a sequence begins: nothing
	ids    *int64           // the next number of a match
	give   func(row []scalar.Value, id int64) bool
}

// rows scans the rows of the input in their order.
func (s *scan) rows(e env) iter.Seq[[]scalar.Value] {
	return func(yield func([]scalar.Value) bool) {
		cells := s.in.values()
		f, ids := s.seg.frame(e), int64(0)
		var out []scalar.Value
		give := func(row []scalar.Value, id int64) bool {
			if out = append(out[:0], row...); s.id {
				out = append(out, scalar.NewLong(id))
			}
			return yield(out)
		}
		known := make(map[string]*scanning)
		var parts []*scanning
		var key []byte
		for g := range s.in.rows(e) {
			key = key[:0]
			for _, x := range s.parts {
				key = scalar.AppendKey(key, x.value(g))
			}
			part, ok := known[string(key)]
			if !ok {
				n := len(s.steps)
				part = &scanning{scan: s, f: f, active: make([]*sequence, n), none: make([][]scalar.Value, n), ids: &ids, give: give}
				known[string(key)], parts = part, append(parts, part)
				if !e.hold(len(key) + n*n*len(cells)) {
					return
				}
			}
			row := make([]scalar.Value, 0, len(cells)+len(s.declared))
			for _, x := range cells {
				row = append(row, x.value(g).Clone())
			}
			if !part.row(append(row, s.declared...)) {
				return
			}
		}
		for _, part := range parts {
			for _, q := range slices.Backward(part.active) {
				if !part.settle(q) {
					return
				}
			}
		}
	}
}

// row matches a row with the steps, the last one first. It is false where no more rows are wanted.
func (s *scanning) row(row []scalar.Value) bool {
	for k := len(s.steps) - 1; k >= 0; k-- {
		if !s.step(k, row) {
			return false
		}
	}
	return true
}

// step matches a row with one step. A sequence that has come to the step before goes on to this
// one; else one that has come to this step stays there, and at the first step another begins. The
// number of the match rises when one begins: so the examples of the docs page, whose text has it
// rise with every row of the first step.
func (s *scanning) step(k int, row []scalar.Value) bool {
	first := true
	for j := k - 1; j >= 0; j-- {
		if q := s.active[j]; q != nil {
			if matched, ok := s.match(k, row, q.kept); ok {
				if !s.settle(s.active[k]) || !s.settle(q) {
					return false
				}
				s.active[k], s.active[j] = q, nil
				return s.keep(k, matched, q)
			}
		}
		if !s.steps[j].optional {
			first = false
			break
		}
	}
	q := s.active[k]
	if q == nil && !first {
		return true
	}
	kept := s.none
	if q != nil {
		kept = q.kept
	}
	matched, ok := s.match(k, row, kept)
	if !ok {
		return true
	}
	if q == nil {
		q = &sequence{id: *s.ids, kept: make([][]scalar.Value, len(s.steps))}
		*s.ids++
		s.active[k] = q
	}
	return s.keep(k, matched, q)
}

// match computes the condition of a step on a row, and the row as the step extends it.
func (s *scanning) match(k int, row []scalar.Value, kept [][]scalar.Value) ([]scalar.Value, bool) {
	s.f.row, s.f.all = row, kept
	s.f.next(0)
	if !s.steps[k].when(s.f) {
		return nil, false
	}
	matched := slices.Clone(row)
	for _, a := range s.steps[k].assign {
		matched[a.column] = a.x.value(s.f).Clone()
	}
	return matched, true
}

// keep takes a row that matches a step into its sequence, and gives it if the step says so.
func (s *scanning) keep(k int, row []scalar.Value, q *sequence) bool {
	q.kept[k] = row
	switch s.steps[k].output {
	case "all":
		return s.give(row, q.id)
	case "last":
		q.pending = row
	}
	return true
}

// settle gives the row that a sequence has held back, since its step repeats no more.
func (s *scanning) settle(q *sequence) bool {
	if q == nil || q.pending == nil {
		return true
	}
	row := q.pending
	q.pending = nil
	return s.give(row, q.id)
}
