package aggregate

import (
	"encoding/binary"
	"maps"
	"slices"

	"github.com/seed-2512943d/picket/eval/function"
	"github.com/seed-2512943d/picket/eval/scalar"
)

func countAggregates() []Aggregate {
	count := always(scalar.Long, func() Accumulator { return new(rows) })
	exact := always(scalar.Long, func() Accumulator { return new(distinct) })
	return []Aggregate{
		{
			// The engine takes a value of any type and counts its nulls too, where
			// the analyzer knows only a predicate.
			Sig: `count(): long
			      count(expr: scalar): long`,
			Doc:   "count counts the rows of the group.",
			Names: prefixed("count"),
			New:   count,
			Examples: []string{
				`toscalar(range x from 1 to 4 step 1 | summarize count()) == 4`,
				`toscalar(datatable(x:long)[1, long(null)] | summarize count(x)) == 2`,
				`toscalar(datatable(x:long)[] | summarize count()) == 0`,
			},
		},
		{
			Sig:   "cnt(): long",
			Doc:   "cnt is the obsolete spelling of count.",
			Names: prefixed("cnt"),
			Alias: "count",
			Examples: []string{
				`toscalar(range x from 1 to 4 step 1 | summarize cnt()) == 4`,
				`toscalar(datatable(x:long)[] | summarize cnt()) == 0`,
			},
		},
		{
			Sig:   "countif(predicate: bool): long",
			Doc:   "countif counts the rows for which the predicate is true.",
			Names: prefixed("countif"),
			New:   filter(0, count),
			Examples: []string{
				`toscalar(range x from 1 to 10 step 1 | summarize countif(x > 7)) == 3`,
				`toscalar(datatable(x:long)[1, long(null)] | summarize countif(x < 5)) == 1`,
			},
		},
		{
			Sig:   "count_distinct(expr: notdynamic): long",
			Doc:   "count_distinct counts the different values exactly. Nulls do not count.",
			Names: prefixed("count_distinct"),
			New:   exact,
			Examples: []string{
				`toscalar(datatable(s:string)["a", "b", "a", "A"] | summarize count_distinct(s)) == 3`,
				`toscalar(datatable(x:long)[1, long(null), 1] | summarize count_distinct(x)) == 1`,
			},
		},
		{
			Sig:   "count_distinctif(expr: notdynamic, predicate: bool): long",
			Doc:   "count_distinctif counts the different values of the rows for which the predicate is true.",
			Names: prefixed("count_distinctif"),
			New:   filter(1, exact),
			Examples: []string{
				`toscalar(range x from 1 to 10 step 1 | summarize count_distinctif(x % 3, x > 2)) == 3`,
				`toscalar(range x from 1 to 10 step 1 | summarize count_distinctif(x, x > 20)) == 0`,
			},
		},
		{
			Sig:   "dcount(expr: scalar, accuracy: notdynamic constant?): long",
			Doc:   "dcount counts the different values: exactly up to 65,536 of them, then as an estimate whose usual error is 1.6, 0.8, 0.4, 0.28 or 0.2 % for an accuracy of 0 to 4 (1 unless given). Nulls do not count.",
			Names: prefixed("dcount"),
			New:   prepareDcount,
			Examples: []string{
				`toscalar(datatable(s:string)["a", "b", "a"] | summarize dcount(s)) == 2`,
				`toscalar(range x from 1 to 1000 step 1 | summarize dcount(x % 100, 4)) == 100`,
				`toscalar(datatable(x:long)[long(null)] | summarize dcount(x)) == 0`,
			},
		},
		{
			Sig:   "dcountif(expr: scalar, predicate: bool, accuracy: notdynamic constant?): long",
			Doc:   "dcountif counts the different values of the rows for which the predicate is true, as dcount does.",
			Names: prefixed("dcountif"),
			New:   filter(1, prepareDcount),
			Examples: []string{
				`toscalar(range x from 1 to 10 step 1 | summarize dcountif(x % 3, x > 9)) == 1`,
				`toscalar(datatable(x:long)[] | summarize dcountif(x, x > 0)) == 0`,
			},
		},
	}
}

// rows counts rows.
type rows struct{ n int64 }

func (r *rows) Add([]scalar.Value)      { r.n++ }
func (r *rows) Merge(other Accumulator) { r.n += other.(*rows).n }
func (r *rows) Result() scalar.Value    { return scalar.NewLong(r.n) }
func (r *rows) Size() int               { return 8 }

func (r *rows) MarshalBinary() ([]byte, error) { return binary.AppendVarint(nil, r.n), nil }

func (r *rows) UnmarshalBinary(b []byte) error {
	in := reader{b: b}
	r.n = in.int()
	return in.close()
}

// distinct counts different values by keeping the keys of all.
type distinct struct {
	keys map[string]struct{}
	text int // bytes of all the keys
	key  []byte
}

func (d *distinct) Add(args []scalar.Value) {
	if args[0].IsNull() {
		return
	}
	d.key = scalar.AppendKey(d.key[:0], args[0])
	d.insert(d.key)
}

func (d *distinct) insert(key []byte) {
	if _, ok := d.keys[string(key)]; ok {
		return
	}
	if d.keys == nil {
		d.keys = make(map[string]struct{})
	}
	d.keys[string(key)] = struct{}{}
	d.text += len(key)
}

func (d *distinct) Merge(other Accumulator) {
	for key := range other.(*distinct).keys {
		d.insert([]byte(key))
	}
}

func (d *distinct) Result() scalar.Value { return scalar.NewLong(int64(len(d.keys))) }

func (d *distinct) Size() int { return 48 + d.text + 24*len(d.keys) }

func (d *distinct) MarshalBinary() ([]byte, error) {
	b := binary.AppendUvarint(nil, uint64(len(d.keys)))
	for _, key := range slices.Sorted(maps.Keys(d.keys)) {
		b = appendText(b, []byte(key))
	}
	return b, nil
}

func (d *distinct) UnmarshalBinary(b []byte) error {
	*d = distinct{}
	in := reader{b: b}
	for n := in.uint(); n > 0 && !in.bad; n-- {
		d.insert(in.text())
	}
	return in.close()
}

// dcount counts different values by a hyperLogLog.
type dcount struct{ sketch }

func (d *dcount) Merge(other Accumulator) { d.merge(&other.(*dcount).hyperLogLog) }
func (d *dcount) Result() scalar.Value    { return scalar.NewLong(d.estimate()) }

func prepareDcount(args []function.Arg) (func() Accumulator, scalar.Type, error) {
	precision, err := precisionOf(args)
	if err != nil {
		return nil, scalar.NoType, err
	}
	return func() Accumulator { return &dcount{sketch{hyperLogLog: hyperLogLog{precision: precision}}} }, scalar.Long, nil
}
