package eval

import (
	"fmt"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// A record of a part is a group or a row. Its number is twice that of the row that the group was first met in, plus one, or twice that of the
// row. Its values are the keys, and then the states of the accumulators or the arguments of the calls.

// worthReducing is how many rows a group must stand for, so that writing it costs less than writing them.
const worthReducing = 4

// putAway parts the groups by their keys and writes what their accumulators hold.
//
// Where accumulators merge exactly, and were given several rows each, the table goes on with new ones, which are put away in their turn.
// Else the rows that follow are written as they are, so that the accumulator of a group is given the same rows in the same order as if it
// had stayed in memory: results are the same to the last bit.
func (t *groupTable) putAway() bool {
	e := t.account.env
	if t.parts == nil {
		t.parts = newParts(e, t.level)
	}
	states := make([]scalar.Value, len(t.calls))
	for _, g := range t.groups {
		if !e.run.tick() {
			return false
		}
		t.key = g.appendKey(t.key[:0])
		for i, acc := range g.accs {
			state, err := acc.MarshalBinary()
			if err != nil {
				e.run.fail(fmt.Errorf("a group cannot be put away: %w", err))
				return false
			}
			states[i] = scalar.NewString(string(state))
		}
		if !t.parts.add(t.key, g.first<<1|1, g.keys, states) {
			return false
		}
	}
	t.partial = t.partial && t.since >= worthReducing*len(t.groups)
	t.since = 0
	clear(t.groups)
	clear(t.index)
	t.groups, t.fixed = t.groups[:0], 0
	t.account.release()
	return true
}

// putAwayRest puts away the groups that are left at the end.
func (t *groupTable) putAwayRest() bool {
	return (len(t.groups) == 0 || t.putAway()) && t.parts.done()
}

// reduceParts reduces the parts one after another. Each leaves a run of reduced rows in out, in the order of the rows that their groups were
// first met in, or several, where it is itself parted.
func (t *groupTable) reduceParts(out *spillFile, runs *[]*rowRun) bool {
	for _, part := range t.parts.runs {
		if part.rows > 0 && !t.reducePart(part, out, runs) {
			return false
		}
	}
	return true
}

func (t *groupTable) reducePart(part *rowRun, out *spillFile, runs *[]*rowRun) bool {
	e := t.account.env
	sub := newGroupTable(t.aggregation, e.account(), t.grouped)
	sub.level = t.level + 1
	defer sub.close()
	for r := part.reader(); r.read(); {
		if !e.run.tick() || !sub.record(r.tag, r.row) {
			return false
		}
	}
	if e.run.err != nil {
		return false
	}
	if sub.parts != nil {
		return sub.putAwayRest() && sub.reduceParts(out, runs)
	}
	sub.sort()
	run := out.newRun()
	row := make([]scalar.Value, len(t.cols))
	for _, g := range sub.groups {
		t.results(g, row)
		if !run.add(g.first, row) || !e.run.tick() {
			return false
		}
	}
	*runs = append(*runs, run)
	return run.done()
}

// record takes a record of a part.
func (t *groupTable) record(tag uint64, values []scalar.Value) bool {
	keys, rest := values[:len(t.keys)], values[len(t.keys):]
	t.key = t.key[:0]
	for _, v := range keys {
		t.key = scalar.AppendKey(t.key, v)
	}
	if tag&1 == 0 {
		return t.row(tag>>1, keys, rest)
	}
	g := t.index[string(t.key)]
	known := g != nil
	switch {
	case !known:
		g = t.add(t.key, tag>>1)
		t.own(g, keys)
	case tag>>1 < g.first:
		g.first = tag >> 1
		t.own(g, keys)
	}
	for i, call := range t.calls {
		acc := g.accs[i]
		if known {
			acc = call.make()
		}
		if err := acc.UnmarshalBinary([]byte(rest[i].Str())); err != nil {
			t.account.env.run.fail(fmt.Errorf("a group that was put away cannot be read: %w", err))
			return false
		}
		if call.grows {
			t.pending += acc.Size()
		}
		if known {
			g.accs[i].Merge(acc)
		}
	}
	return t.pending < t.patience || t.settle()
}
