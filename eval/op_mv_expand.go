package eval

import (
	"iter"

	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// expansion is one column that mv-expand makes rows of.
type expansion struct {
	name  string
	named bool // in the query: mv-apply x = d leaves the d of the row alone
	from  *expr
	typ   scalar.Type
	slot  int
}

// bindMvExpand makes a row of each element of arrays and bags. Several columns go in
// lockstep, the shorter ones filled up with null. An empty array drops the row, a null keeps
// it, and a scalar stands for itself. The old spelling mvexpand makes at most 128 rows of one
// (Kusto docs, "mv-expand operator").
func (b *binder) bindMvExpand(op *kql.MvExpand, in *relation) *relation {
	pairs, index := expansionParameters(op.Params)
	limit := -1
	if op.Word == "mvexpand" {
		limit = 128
	}
	count := func(env) int { return limit }
	if op.Limit != nil {
		count = b.rowCount(op.Limit)
	}
	items := b.expansions(op.Items, in)
	level := in.seg.level()
	cols := append([]*column{}, in.cols...)
	for i := range items {
		items[i].slot = in.seg.slot()
		c := &column{name: items[i].name, typ: items[i].typ, x: memoSlot(items[i].typ, items[i].slot, level)}
		if j := indexOf(cols, c.name); j >= 0 {
			cols[j] = c
		} else {
			cols = append(cols, c)
		}
	}
	indexSlot := in.seg.slot()
	if index != "" {
		names := newNaming(nil)
		for _, c := range cols {
			names.take(c.name)
		}
		cols = append(cols, &column{name: names.pick(index), typ: scalar.Long, x: memoSlot(scalar.Long, indexSlot, level)})
	}
	out := in.with(cols).through(func(e env, rows iter.Seq[*frame]) iter.Seq[*frame] {
		return func(yield func(*frame) bool) {
			most := count(e)
			var lists [][]scalar.Value
			for f := range rows {
				lists = lists[:0]
				for _, it := range items {
					lists = append(lists, elements(it.from.value(f), pairs))
				}
				n := longest(lists)
				if most >= 0 {
					n = min(n, most)
				}
				for i := range n {
					if !e.run.tick() {
						return
					}
					f.next(level)
					for j, it := range items {
						f.memo[it.slot].v = element(lists[j], i, it.typ)
					}
					f.memo[indexSlot].v = scalar.NewLong(int64(i))
					if !yield(f) {
						return
					}
				}
			}
		}
	})
	out.level = level
	return out
}

// expansionParameters reads the parameters of mv-expand and mv-apply: whether bags expand to
// pairs of key and value, and the name of the column that numbers the elements.
func expansionParameters(params []*kql.Parameter) (pairs bool, index string) {
	for _, p := range params {
		switch p.Name {
		case "bagexpansion", "kind":
			pairs = parameterText(p) == "array"
		case "with_itemindex":
			index = parameterText(p)
		}
	}
	return pairs, index
}

// expansions binds what mv-expand and mv-apply expand.
func (b *binder) expansions(list []*kql.Expansion, in *relation) []expansion {
	var items []expansion
	made := newNaming(in)
	for _, item := range list {
		x := b.memoized(b.expr(item.Value.X, in), in.seg)
		if x.typ != scalar.Dynamic && x.typ != scalar.NoType {
			b.fail(item, "KS141", "only dynamic values can be expanded, not "+x.typ.String(), "parse the text with parse_json() or split()")
		}
		it := expansion{from: x, typ: scalar.Dynamic, name: x.name}
		if len(item.Value.Names) > 0 {
			it.name, it.named = item.Value.Names[0].Name, true
		}
		if it.name == "" {
			it.name = made.column()
		}
		if _, ok := made.take(it.name); !ok {
			b.fail(item, "KS171", "the column '"+it.name+"' is made twice", "")
		}
		if item.Type != nil {
			it.typ, _ = b.typeofName(item.Type)
		}
		items = append(items, it)
	}
	return items
}

// elements gives what a value expands to.
func elements(v scalar.Value, pairs bool) []scalar.Value {
	var list []scalar.Value
	switch v.Kind() {
	case scalar.Array:
		for e := range v.Elements() {
			list = append(list, e)
		}
	case scalar.Bag:
		for k, e := range v.Entries() {
			if pairs {
				list = append(list, scalar.NewArray([]scalar.Value{scalar.NewString(k), e}))
			} else {
				list = append(list, scalar.NewBag([]string{k}, []scalar.Value{e}))
			}
		}
	default:
		list = append(list, v)
	}
	return list
}

func longest(lists [][]scalar.Value) int {
	n := 0
	for _, l := range lists {
		n = max(n, len(l))
	}
	return n
}

// element gives the i-th element as a value of type t. An element is cast, not parsed: a text
// is no array.
func element(list []scalar.Value, i int, t scalar.Type) scalar.Value {
	if i >= len(list) {
		return scalar.Null(t)
	}
	if t == scalar.Dynamic {
		return list[i]
	}
	return scalar.Convert(list[i], t)
}

// parameterText gives the value of an operator's parameter as a word.
func parameterText(p *kql.Parameter) string {
	switch v := p.Value.(type) {
	case *kql.Name:
		return v.Name
	case *kql.Literal:
		return v.Value
	}
	return ""
}
