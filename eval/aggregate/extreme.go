package aggregate

import (
	"github.com/seed-2512943d/picket/eval/scalar"
)

func extremeAggregates() []Aggregate {
	least := ofFirst(func(t scalar.Type) Accumulator { return &extreme{value: scalar.Null(t), min: true} })
	most := ofFirst(func(t scalar.Type) Accumulator { return &extreme{value: scalar.Null(t)} })
	return []Aggregate{
		{
			Sig:   "min(expr: orderable): arg0",
			Doc:   "min gives the least value. Nulls are left out; of nothing it is null. Strings go by their code points.",
			Names: prefixed("min"),
			New:   least,
			Examples: []string{
				`toscalar(datatable(x:long)[3, long(null), 2] | summarize min(x)) == 2`,
				`toscalar(datatable(s:string)["b", "a", "B"] | summarize min(s)) == "B"`,
				`isnull(toscalar(datatable(x:long)[] | summarize min(x)))`,
			},
		},
		{
			Sig:   "minif(expr: orderable, predicate: bool): arg0",
			Doc:   "minif gives the least value of the rows for which the predicate is true.",
			Names: prefixed("minif"),
			New:   filter(1, least),
			Examples: []string{
				`toscalar(range x from 1 to 10 step 1 | summarize minif(x, x > 7)) == 8`,
				`isnull(toscalar(range x from 1 to 10 step 1 | summarize minif(x, x > 70)))`,
			},
		},
		{
			Sig:   "max(expr: orderable): arg0",
			Doc:   "max gives the greatest value. Nulls are left out; of nothing it is null. Strings go by their code points.",
			Names: prefixed("max"),
			New:   most,
			Examples: []string{
				`toscalar(datatable(x:long)[3, long(null), 2] | summarize max(x)) == 3`,
				`toscalar(datatable(b:bool)[true, false] | summarize max(b))`,
				`isnull(toscalar(datatable(x:datetime)[] | summarize max(x)))`,
			},
		},
		{
			Sig:   "maxif(expr: orderable, predicate: bool): arg0",
			Doc:   "maxif gives the greatest value of the rows for which the predicate is true.",
			Names: prefixed("maxif"),
			New:   filter(1, most),
			Examples: []string{
				`toscalar(range x from 1 to 10 step 1 | summarize maxif(x, x < 7)) == 6`,
				`isnull(toscalar(range x from 1 to 10 step 1 | summarize maxif(x, x > 70)))`,
			},
		},
		{
			Sig: "arg_max(maximized: orderable, returned: scalar{0,*}): columns",
			Doc: "arg_max gives the row with the greatest value, the first of several. A null counts only if all are null.",
			Examples: []string{
				`toscalar(datatable(x:long, s:string)[1, "a", 3, "b", 3, "c"] | summarize arg_max(x, s) | project s) == "b"`,
				`toscalar(datatable(x:long, s:string)[long(null), "a", 1, "b"] | summarize arg_max(x, *) | project s) == "b"`,
				`toscalar(datatable(x:long, s:string)[long(null), "a", long(null), "b"] | summarize arg_max(x, s) | project s) == "a"`,
			},
			Special: true,
		},
		{
			Sig: "arg_min(minimized: orderable, returned: scalar{0,*}): columns",
			Doc: "arg_min gives the row with the least value, the first of several. A null counts only if all are null.",
			Examples: []string{
				`toscalar(datatable(x:long, s:string)[2, "a", 1, "b", 1, "c"] | summarize arg_min(x, s) | project s) == "b"`,
				`toscalar(datatable(x:long, s:string)[long(null), "a", 1, "b"] | summarize arg_min(x, *) | project s) == "b"`,
			},
			Special: true,
		},
		{
			Sig:   "argmax(maximized: orderable, returned: scalar{0,*}): columns",
			Doc:   "argmax is the obsolete spelling of arg_max; its columns are named max_x, max_x_y.",
			Alias: "arg_max",
			Examples: []string{
				`toscalar(datatable(x:long, s:string)[1, "a", 3, "b"] | summarize argmax(x, s) | project max_x_s) == "b"`,
				`toscalar(datatable(x:long, s:string)[1, "a", long(null), "b"] | summarize argmax(x, s) | project max_x) == 1`,
			},
			Special: true,
		},
		{
			Sig:   "argmin(minimized: orderable, returned: scalar{0,*}): columns",
			Doc:   "argmin is the obsolete spelling of arg_min; its columns are named min_x, min_x_y.",
			Alias: "arg_min",
			Examples: []string{
				`toscalar(datatable(x:long, s:string)[1, "a", 3, "b"] | summarize argmin(x, s) | project min_x_s) == "a"`,
				`toscalar(datatable(x:long, s:string)[1, "a", long(null), "b"] | summarize argmin(x, s) | project min_x) == 1`,
			},
			Special: true,
		},
	}
}

// extreme keeps the least or the greatest value.
type extreme struct {
	value scalar.Value // null of the result's type until seen
	seen  bool
	min   bool
}

func (e *extreme) Add(args []scalar.Value) {
	v := args[0]
	if v.IsNull() {
		return
	}
	if e.seen {
		if order := scalar.Compare(v, e.value); order == 0 || (order < 0) != e.min {
			return
		}
	}
	e.value, e.seen = v.Clone(), true
}

func (e *extreme) Merge(other Accumulator) {
	if o := other.(*extreme); o.seen {
		e.Add([]scalar.Value{o.value})
	}
}

func (e *extreme) Result() scalar.Value { return e.value }
func (e *extreme) Size() int            { return 16 + e.value.Size() }

func (e *extreme) MarshalBinary() ([]byte, error) {
	if !e.seen {
		return nil, nil
	}
	return e.value.AppendBinary(nil), nil
}

func (e *extreme) UnmarshalBinary(b []byte) error {
	if len(b) == 0 {
		e.seen = false
		return nil
	}
	in := reader{b: b}
	e.value, e.seen = in.value(), true
	return in.close()
}
