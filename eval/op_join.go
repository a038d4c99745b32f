package eval

import (
	"cmp"
	"iter"

	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// joinKinds are the kinds of join with their other spellings.
var joinKinds = map[string]string{
	"innerunique": "innerunique", "inner": "inner", "leftouter": "leftouter", "rightouter": "rightouter",
	"fullouter": "fullouter", "leftsemi": "leftsemi", "rightsemi": "rightsemi",
	"leftanti": "leftanti", "anti": "leftanti", "leftantisemi": "leftanti",
	"rightanti": "rightanti", "rightantisemi": "rightanti",
}

// joinKeys are the columns on which two tables meet, pair by pair.
type joinKeys struct{ left, right []int }

// bindJoin matches rows with those of another table. Null keys meet none. Without a kind
// the left side is first reduced to one row a key, the first (innerunique).
func (b *binder) bindJoin(op *kql.Join, in *relation) *relation {
	kind := "innerunique"
	for _, p := range op.Params {
		if p.Name == "kind" {
			kind = cmp.Or(joinKinds[parameterText(p)], kind)
		}
	}
	right := b.tabular(op.Right)
	if right.bad {
		return right
	}
	keys, ok := b.joinKeys(op, op.On, in, right)
	if !ok {
		return &relation{seg: newSegment(), bad: true, rows: noRows}
	}
	return b.join(kind, in, right, keys, nil)
}

// bindLookup extends rows with the columns of the matching rows of another table. The keys
// of that table are left out.
func (b *binder) bindLookup(op *kql.Lookup, in *relation) *relation {
	kind := "leftouter"
	for _, p := range op.Params {
		if p.Name == "kind" {
			kind = parameterText(p)
		}
	}
	right := b.tabular(op.Right)
	if right.bad {
		return right
	}
	keys, ok := b.joinKeys(op, op.On, in, right)
	if !ok {
		return &relation{seg: newSegment(), bad: true, rows: noRows}
	}
	drop := make(map[int]bool)
	for _, i := range keys.right {
		drop[i] = true
	}
	return b.join(kind, in, right, keys, drop)
}

// joinKeys binds the conditions of on: names of columns that both sides have, and
// comparisons of $left with $right.
func (b *binder) joinKeys(at kql.Node, on []kql.Expr, left, right *relation) (joinKeys, bool) {
	var keys joinKeys
	if len(on) == 0 {
		b.fail(at, "KS005", "a join needs on and the columns to join on", "")
		return keys, false
	}
	ok := true
	for _, c := range on {
		ok = b.joinCondition(c, left, right, &keys) && ok
	}
	return keys, ok
}

func (b *binder) joinCondition(c kql.Expr, left, right *relation, keys *joinKeys) bool {
	switch c := unparen(c).(type) {
	case *kql.Name:
		return b.joinPair(c, c.Name, c.Name, left, right, keys)
	case *kql.NamedExpr:
		return b.joinCondition(c.X, left, right, keys)
	case *kql.Binary:
		switch c.Op {
		case "and":
			return b.joinCondition(c.X, left, right, keys) && b.joinCondition(c.Y, left, right, keys)
		case "==":
			l, lok := sided(c.X, "$left")
			r, rok := sided(c.Y, "$right")
			if lok && rok {
				return b.joinPair(c, l, r, left, right, keys)
			}
			b.fail(c, "KS183", "a condition must compare $left.column with $right.column, in this order", "")
			return false
		}
	}
	b.fail(c, "KS183", "a condition must be a column's name or $left.a == $right.b", "")
	return false
}

// sided reads $left.name or $right.name.
func sided(x kql.Expr, side string) (string, bool) {
	switch x := unparen(x).(type) {
	case *kql.Member:
		if n, ok := x.X.(*kql.Name); ok && n.Name == side {
			return x.Name.Name, true
		}
	case *kql.Index:
		n, ok := x.X.(*kql.Name)
		lit, isLit := x.Index.(*kql.Literal)
		if ok && isLit && n.Name == side && lit.Kind == kql.String {
			return lit.Value, true
		}
	}
	return "", false
}

func (b *binder) joinPair(at kql.Node, l, r string, left, right *relation, keys *joinKeys) bool {
	i, j := b.joinColumn(at, l, left), b.joinColumn(at, r, right)
	if i < 0 || j < 0 {
		return false
	}
	lt, rt := left.cols[i].typ, right.cols[j].typ
	_, compared := at.(*kql.Binary) // the analyzer lets a dynamic column that both sides have pass
	for _, side := range []struct {
		name string
		col  *column
	}{{l, left.cols[i]}, {r, right.cols[j]}} {
		if (compared || lt != rt) && side.col.typ == scalar.Dynamic && !side.col.expr().loose {
			b.fail(at, "KS241", "the column '"+side.name+"' is dynamic, and cannot be joined on", "convert it before the join, as with tostring()")
			return false
		}
	}
	if lt != rt && !(lt.Integer() && rt.Integer()) && lt != scalar.Dynamic && rt != scalar.Dynamic && lt != scalar.NoType && rt != scalar.NoType {
		b.fail(at, "KS242", "the columns '"+l+"' ("+lt.String()+") and '"+r+"' ("+rt.String()+") cannot be joined on", "convert one of them before the join")
		return false
	}
	keys.left, keys.right = append(keys.left, i), append(keys.right, j)
	return true
}

// joinColumn finds a key; one that the schema of an open table does not list is read too.
func (b *binder) joinColumn(at kql.Node, name string, rel *relation) int {
	i := rel.find(name)
	if i < 0 && (rel.open || b.undecided()) {
		x := rel.openColumn(name)
		rel.cols = append(rel.cols[:len(rel.cols):len(rel.cols)], &column{name: name, typ: x.typ, x: x})
		return len(rel.cols) - 1
	}
	if i < 0 {
		b.fail(at, "KS142", "The name '"+name+"' does not refer to any known column.", b.suggestColumn(name, rel))
	}
	return i
}

// newJoining prepares the two sides of a join.
func (b *binder) newJoining(kind string, left, right *relation, keys joinKeys) *joining {
	j := &joining{kind: kind, left: left, right: right, rightKeys: keys.right}
	for _, i := range keys.left {
		j.leftKeys = append(j.leftKeys, left.cols[i].expr())
	}
	if !j.leftOnly() {
		j.values = right.values()
		return j
	}
	j.rightKeys = nil
	for i, k := range keys.right {
		j.values, j.rightKeys = append(j.values, right.cols[k].expr()), append(j.rightKeys, i)
	}
	return j
}

// join makes the relation of a join. The right side is held, by key; the left side streams, and its rows are copied only where the
// right side does not fit into memory.
func (b *binder) join(kind string, left, right *relation, keys joinKeys, drop map[int]bool) *relation {
	j := b.newJoining(kind, left, right, keys)
	if !j.leftOnly() && b.keepsRecords(right, j.values) {
		j.holdRecords()
	}
	var list []*column
	switch {
	case j.rightOnly():
		for i, c := range right.cols {
			list = append(list, &column{name: c.name, typ: c.typ, x: j.rightColumn(i)})
		}
	case j.leftOnly():
		for _, c := range left.cols {
			list = append(list, &column{name: c.name, typ: c.typ, make: func() *expr {
				out := j.onLeft(c.expr())
				out.loose = c.expr().loose
				return out
			}})
		}
	default:
		list = j.columns(drop)
	}
	rel := &relation{seg: newSegment(), cols: list}
	rel.rows = func(e env) iter.Seq[*frame] { return j.rows(e, rel.seg) }
	if j.rightOnly() {
		rel.open = right.open
		return rel
	}
	rel.open = left.open || right.open && !j.leftOnly()
	if want := left.want; want != nil {
		rel.want = func(name string) *expr { return j.onLeft(want(name)) }
	}
	if j.leftOnly() {
		rel.name, rel.serialized = left.name, left.serialized
	}
	if kind == "innerunique" {
		rel.below = func(predicate kql.Expr) *relation {
			if !onlyColumns(predicate, left) {
				return nil
			}
			return b.join(kind, b.where(predicate, left), right, keys, drop)
		}
	}
	return rel
}
