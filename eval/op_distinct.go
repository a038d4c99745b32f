package eval

import "github.com/seed-2512943d/picket/eval/scalar"

// distinct yields the first row of each combination of the values of xs, in the order of the rows.
func distinct(e env, in *relation, xs []*expr, yield func([]scalar.Value) bool) {
	s := newSeenRows(e, 0)
	defer s.close()
	row := make([]scalar.Value, len(xs))
	nth := uint64(0)
	for f := range in.rows(e) {
		for i, x := range xs {
			row[i] = x.value(f)
		}
		if !s.row(nth, row, yield) {
			return
		}
		nth++
	}
	if s.parts == nil || e.run.err != nil {
		return
	}
	out := e.spillFile()
	defer out.close()
	var runs []*rowRun
	if s.rest(out, &runs) {
		s.close()
		merged(e, runs, byTag, func(r *rowReader) bool { return yield(r.row) })
	}
}

// seenRows knows the rows that have been met. From when the budget has no room for more, rows that it does not know are put away, to be
// looked at when the others are through: all of them come later in the input than those that it knows.
type seenRows struct {
	account *account
	seen    map[string]struct{}
	key     []byte
	level   int
	parts   *parts
}

func newSeenRows(e env, level int) *seenRows {
	return &seenRows{account: e.account(), seen: make(map[string]struct{}), level: level}
}

// seenOverhead is what a key takes beside its text.
const seenOverhead = 40

// row yields a row if it is met for the first time. It is false where no more rows are wanted.
func (s *seenRows) row(nth uint64, row []scalar.Value, yield func([]scalar.Value) bool) bool {
	s.key = s.key[:0]
	for _, v := range row {
		s.key = scalar.AppendKey(s.key, v)
	}
	if _, known := s.seen[string(s.key)]; known {
		return true
	}
	if s.parts != nil {
		return s.parts.add(s.key, nth, row)
	}
	s.seen[string(s.key)] = struct{}{}
	s.account.grow(len(s.key) + seenOverhead)
	if s.account.full() {
		switch {
		case s.account.env.run.spill == nil:
			return s.account.fits("") && yield(row)
		case s.level == maxLevel:
			return s.account.fits("its rows cannot be parted any further") && yield(row)
		}
		s.parts = newParts(s.account.env, s.level)
	}
	return yield(row)
}

// rest looks at the rows that were put away. Those that are new go to runs in out, by their place in the input.
func (s *seenRows) rest(out *spillFile, runs *[]*rowRun) bool {
	if !s.parts.done() {
		return false
	}
	s.seen = nil // none of what it knows is among them
	s.account.release()
	for _, part := range s.parts.runs {
		if part.rows > 0 && !s.part(part, out, runs) {
			return false
		}
	}
	return true
}

func (s *seenRows) part(part *rowRun, out *spillFile, runs *[]*rowRun) bool {
	e := s.account.env
	sub := newSeenRows(e, s.level+1)
	defer sub.close()
	run := out.newRun()
	for r := part.reader(); r.read(); {
		ok := e.run.tick() && sub.row(r.tag, r.row, func(row []scalar.Value) bool { return run.add(r.tag, row) })
		if !ok {
			return false
		}
	}
	if e.run.err != nil || !run.done() {
		return false
	}
	*runs = append(*runs, run)
	return sub.parts == nil || sub.rest(out, runs)
}

// close gives back what is held.
func (s *seenRows) close() {
	s.account.release()
	s.parts.close()
}
