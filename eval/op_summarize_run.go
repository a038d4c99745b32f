package eval

import (
	"cmp"
	"iter"
	"slices"

	"github.com/seed-2512943d/picket/eval/aggregate"
	"github.com/seed-2512943d/picket/eval/scalar"
)

// group is the accumulators of one combination of keys.
type group struct {
	keys  []scalar.Value
	accs  []aggregate.Accumulator
	first uint64 // the row that it was first met in
}

// rows reduces the rows of the input. Groups come in the order in which they are first met;
// without keys there is one, even of no rows.
func (a *aggregation) rows(grouped bool) func(env) iter.Seq[[]scalar.Value] {
	return func(e env) iter.Seq[[]scalar.Value] {
		return func(yield func([]scalar.Value) bool) {
			t := newGroupTable(a, e.account(), grouped)
			defer t.close()
			t.read()
			if e.run.err == nil {
				t.reduced(yield)
			}
		}
	}
}

// results writes a group into a reduced row.
func (a *aggregation) results(g *group, row []scalar.Value) {
	copy(row, g.keys)
	for i, call := range a.calls {
		call.results(g.accs[i], row, a.cols)
	}
}

// groupTable is the groups of a summarize. Where the budget has no room for them, they are put away: see groupTable.putAway.
type groupTable struct {
	*aggregation
	account *account
	grouped bool
	partial bool // groups that are put away go on with new accumulators: see groupTable.putAway
	since   int  // rows since that was done
	groups  []*group
	index   map[string]*group
	key     []byte

	// Bytes: fixed is exact, of what does not grow; pending is the most that may have come to it and to the accumulators that grow
	// since these were last looked at, which they are again when it reaches patience.
	fixed, pending, patience int

	level int // how many times the groups have been parted by their keys
	parts *parts
}

func newGroupTable(a *aggregation, account *account, grouped bool) *groupTable {
	t := &groupTable{aggregation: a, account: account, grouped: grouped, partial: true, index: make(map[string]*group), patience: account.env.run.patience()}
	for _, call := range a.calls {
		t.partial = t.partial && call.exact
	}
	return t
}

// groupOverhead is what a group takes beside its keys and accumulators: itself, its place in the list and in the index.
const groupOverhead = 160

// add makes a group, whose keys are still to be filled in.
func (t *groupTable) add(key []byte, first uint64) *group {
	g := &group{accs: make([]aggregate.Accumulator, len(t.calls)), first: first}
	size := groupOverhead + len(key)
	for i, call := range t.calls {
		g.accs[i] = call.make()
		size += 16 + g.accs[i].Size()
	}
	t.groups = append(t.groups, g)
	t.index[string(key)] = g
	t.charge(size)
	return g
}

// appendKey appends the key of a group.
func (g *group) appendKey(key []byte) []byte {
	for _, v := range g.keys {
		key = scalar.AppendKey(key, v)
	}
	return key
}

// charge notes bytes that stay as they are.
func (t *groupTable) charge(size int) {
	t.fixed += size
	t.pending += size
}

// elementSize is the most that one more value makes an accumulator grow by, beside the value; those of dynamic values may take
// elements of it apart.
const elementSize = 64

// feed adds a row's arguments, which begin at args, to a group. They are those of all calls, one after another.
func (t *groupTable) feed(g *group, args []scalar.Value) {
	for i, call := range t.calls {
		own := args[:len(call.args)]
		args = args[len(call.args):]
		g.accs[i].Add(own)
		if call.grows {
			for _, v := range own {
				t.pending += elementSize + v.Size()
			}
		}
	}
}

// read reads the input into groups.
func (t *groupTable) read() {
	if !t.grouped {
		t.add(nil, 0)
	}
	if parts := t.parted(); parts != nil {
		t.readParts(parts)
		return
	}
	values := t.newValues()
	nth := uint64(0)
	for f := range t.in.rows(t.account.env) {
		t.evaluate(f, values)
		if !t.row(nth, values.keys, values.args) {
			return
		}
		nth++
	}
}

// rowValues are the keys of a row, and the arguments of all calls, one after another.
type rowValues struct{ keys, args []scalar.Value }

func (a *aggregation) newValues() *rowValues {
	n := 0
	for _, call := range a.calls {
		n += len(call.args)
	}
	return &rowValues{make([]scalar.Value, len(a.keys)), make([]scalar.Value, n)}
}

// evaluate computes the values of a row, and its key.
func (t *groupTable) evaluate(f *frame, v *rowValues) {
	t.key = t.key[:0]
	for i, k := range t.keys {
		v.keys[i] = k.value(f)
		t.key = scalar.AppendKey(t.key, v.keys[i])
	}
	n := 0
	for _, call := range t.calls {
		for _, x := range call.args {
			v.args[n] = x.value(f)
			n++
		}
	}
}

// row puts a row, the nth of the input, into its group, of which t.key is the key.
func (t *groupTable) row(nth uint64, keys, args []scalar.Value) bool {
	if t.parts != nil && !t.partial && t.index[string(t.key)] == nil {
		return t.parts.add(t.key, nth<<1, keys, args)
	}
	t.put(nth, keys, args)
	return t.pending < t.patience || t.settle()
}

// put adds a row to its group in memory.
func (t *groupTable) put(nth uint64, keys, args []scalar.Value) {
	g := t.index[string(t.key)]
	if g == nil {
		g = t.add(t.key, nth)
		t.own(g, keys)
	}
	t.feed(g, args)
	t.since++
}

// own gives a group its keys.
func (t *groupTable) own(g *group, keys []scalar.Value) {
	g.keys = append(make([]scalar.Value, 0, len(keys)), keys...)
	scalar.CloneAll(g.keys)
	t.charge(sizeOf(g.keys) - 24)
}

// measure takes the size of what the groups hold.
func (t *groupTable) measure() {
	size := t.fixed
	for i, call := range t.calls {
		if !call.grows {
			continue
		}
		for _, g := range t.groups {
			size += g.accs[i].Size()
		}
	}
	t.pending = 0
	t.account.set(size)
}

// settle takes the size of what the groups hold, and puts them away where that is too much.
func (t *groupTable) settle() bool {
	t.measure()
	switch {
	case !t.account.full():
		return true
	case t.account.env.run.spill == nil:
		return t.account.fits("")
	case len(t.groups) == 1:
		return t.account.fits("one group is larger, and a group must be in memory as a whole")
	case t.level == maxLevel:
		return t.account.fits("its groups cannot be parted any further")
	}
	return t.putAway()
}

// sort puts the groups into the order in which they were first met, which several workers change.
func (t *groupTable) sort() {
	slices.SortFunc(t.groups, func(g, h *group) int { return cmp.Compare(g.first, h.first) })
}

// reduced yields the reduced rows in the order in which their groups were first met.
func (t *groupTable) reduced(yield func([]scalar.Value) bool) {
	if t.parts == nil {
		t.sort()
		row := make([]scalar.Value, len(t.cols))
		for _, g := range t.groups {
			t.results(g, row)
			if !yield(row) {
				return
			}
		}
		return
	}
	e := t.account.env
	out := e.spillFile()
	defer out.close()
	var runs []*rowRun
	if t.putAwayRest() && t.reduceParts(out, &runs) {
		t.close()
		merged(e, runs, byTag, func(r *rowReader) bool { return yield(r.row) })
	}
}

// close gives back what the table holds.
func (t *groupTable) close() {
	t.account.release()
	t.parts.close()
}
