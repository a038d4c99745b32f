package eval

import "github.com/seed-2512943d/picket/eval/scalar"

// putAway parts the right rows by their keys and writes them; those that follow go the same way.
func (r *joinRun) putAway() bool {
	e := r.account.env
	switch {
	case e.run.spill == nil:
		return r.account.fits("")
	case r.level == maxLevel, r.level > 1 && len(r.table.byKey) == 1:
		return r.account.fits("the rows that the right side has of one key must be in memory as a whole")
	}
	r.parts = newParts(e, r.level)
	values := make([]scalar.Value, len(r.rightKeys))
	for i, row := range r.table.rows {
		for n, k := range r.rightKeys {
			values[n] = row[k]
		}
		r.keyOf(values)
		if !r.parts.add(r.key, r.table.places[i], row) || !e.run.tick() {
			return false
		}
	}
	r.table = nil
	r.account.release()
	return true
}

// rowsOfParts parts the left side as the right one is, joins part by part, and brings the rows back into their order.
func (r *joinRun) rowsOfParts(emit func(left *frame, right []scalar.Value) bool) {
	e := r.account.env
	left := newParts(e, 0)
	defer left.close()
	keys, kept := make([]scalar.Value, len(r.leftKeys)), make([]scalar.Value, len(r.asked))
	place := uint64(0)
	for f := range r.left.rows(e) {
		if r.leftKey(f, keys) || r.keepsLeft() {
			for i, x := range r.asked {
				kept[i] = x.value(f)
			}
			if !left.add(r.key, place, keys, kept) {
				return
			}
		}
		place++
	}
	out := &joinedRuns{file: e.spillFile()}
	defer out.file.close()
	if e.run.err != nil || !r.joinParts(left, out) {
		return
	}
	left.close()
	r.close()
	n, more := len(r.asked), true
	leg := &frame{run: e.run}
	merged(e, out.pairs, byTag, func(row *rowReader) bool {
		leg.kept = row.row[:n]
		right := row.row[n:]
		if len(right) == 0 {
			right = nil
		}
		more = emit(leg, right)
		return more
	})
	if more && e.run.err == nil {
		merged(e, out.right, byTag, func(row *rowReader) bool { return emit(nil, row.row) })
	}
}

// joinedRuns is the result of joined parts: runs of left rows, each with a right one behind it unless there is none, by the place of the
// left row, and runs of right rows alone, by their place.
type joinedRuns struct {
	file         *spillFile
	pairs, right []*rowRun
}

// joinParts joins the parts of both sides pair by pair.
func (r *joinRun) joinParts(left *parts, out *joinedRuns) bool {
	if !r.parts.done() || !left.done() {
		return false
	}
	for i, right := range r.parts.runs {
		if (right.rows > 0 || left.runs[i].rows > 0) && !r.joinPart(left.runs[i], right, out) {
			return false
		}
	}
	return true
}

// joinPart joins a part of the left side with that of the right one which has the same keys.
func (r *joinRun) joinPart(left, right *rowRun, out *joinedRuns) bool {
	e := r.account.env
	sub := r.newRun(e, r.level+1)
	defer sub.close()
	for rows := right.reader(); rows.read(); {
		if !e.run.tick() || !sub.add(rows.tag, rows.row) {
			return false
		}
	}
	n := len(r.leftKeys)
	if sub.parts != nil {
		again := newParts(e, sub.level)
		defer again.close()
		for rows := left.reader(); rows.read(); {
			sub.keyOf(rows.row[:n])
			if !e.run.tick() || !again.add(sub.key, rows.tag, rows.row) {
				return false
			}
		}
		return e.run.err == nil && sub.joinParts(again, out)
	}
	sub.marks()
	pairs, alone := out.file.newRun(), out.file.newRun()
	for rows := left.reader(); rows.read(); {
		ok := e.run.tick() && sub.match(sub.keyOf(rows.row[:n]), func(right []scalar.Value) bool {
			return pairs.add(rows.tag, rows.row[n:], right) && e.run.tick()
		})
		if !ok {
			return false
		}
	}
	out.pairs, out.right = append(out.pairs, pairs), append(out.right, alone)
	return e.run.err == nil && sub.rightRows(alone.addRow) && pairs.done() && alone.done()
}

// addRow is add for one row.
func (r *rowRun) addRow(tag uint64, row []scalar.Value) bool { return r.add(tag, row) }
