package ruletest

import (
	"maps"
	"slices"
	"strconv"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/kql"
)

// tracer follows the columns of a query back to those of the tables that it reads, to find rows that pass it. What it cannot follow (functions,
// columns cut out of texts) has no origin.
type tracer struct {
	*anatomy
	schema   func(table string) (columns []eval.Column, open, known bool)
	readings []*reading
	visiting []string // the lets that are being followed
	groups   int
}

// reading is a place of the query that reads a table.
type reading struct {
	table   string
	fixture string
}

// origin is where the values of a column come from: a path within the rows of a table, its column first.
type origin struct {
	from   *reading
	path   []string
	counts bool // the column tells how many rows there are in a group, or how many values of the path
	set    bool // the column is a list of the values of the path
}

// want is what the query asks of a row of a table.
type want struct {
	alternative
	*origin // nil where the tracer could not follow
	leaf    *leaf
	equalTo *origin // of a key of a join: what it must be the same as
}

// way is one way by which rows come through the query: unions make several.
type way struct {
	columns map[string]*origin // that the query makes; nil for those without an origin
	reads   []*reading         // of which it takes rows, and further columns
	closed  bool               // there are no further columns
	wants   []want
	absent  []*reading // of which there must be no row that has the keys
	absence []want     // what that row is like
}

// maxWays is how many ways are followed.
const maxWays = 8

// follow lists the ways through a tabular expression, none where it is not understood.
func (t *tracer) follow(e kql.Expr) []*way {
	switch e := unparen(e).(type) {
	case *kql.Name:
		return t.named(e.Name)
	case *kql.Pipe:
		return t.pipe(e)
	case *kql.Union:
		return t.union(nil, e.Tables)
	case *kql.Call:
		if e.Func.Name == "materialize" && len(e.Args) == 1 {
			return t.follow(e.Args[0])
		}
	}
	return nil
}

// named follows a let, or begins with a table.
func (t *tracer) named(name string) []*way {
	if let := t.lets[name]; let != nil {
		if slices.Contains(t.visiting, name) {
			return nil
		}
		t.visiting = append(t.visiting, name)
		defer func() { t.visiting = t.visiting[:len(t.visiting)-1] }()
		return t.follow(let)
	}
	r := &reading{table: name}
	t.readings = append(t.readings, r)
	return []*way{{columns: map[string]*origin{}, reads: []*reading{r}}}
}

func (t *tracer) union(ways []*way, tables []kql.Selector) []*way {
	for _, table := range tables {
		ways = append(ways, t.follow(table)...)
	}
	return ways[:min(len(ways), maxWays)]
}

func (t *tracer) pipe(p *kql.Pipe) []*way {
	if p.Source == nil {
		return nil
	}
	ways := t.follow(p.Source)
	for _, op := range p.Operators {
		switch op := op.(type) {
		case *kql.Union:
			ways = t.union(ways, op.Tables)
		case *kql.Join:
			t.join(ways, op.Params, op.Right, op.On)
		case *kql.Lookup:
			t.join(ways, append(op.Params, &kql.Parameter{Name: "kind", Value: &kql.Name{Name: "leftouter"}}), op.Right, op.On)
		default:
			for _, w := range ways {
				t.apply(w, op)
			}
		}
	}
	return ways
}

// apply follows an operator of one input.
func (t *tracer) apply(w *way, op kql.Operator) {
	switch op := op.(type) {
	case *kql.Where:
		t.wants(w, op.Predicate, false, alternative{})
	case *kql.Extend:
		t.define(w, op.Columns)
	case *kql.Serialize:
		t.define(w, op.Columns)
	case *kql.ProjectRename:
		t.define(w, op.Columns)
	case *kql.Project:
		columns := t.defined(w, op.Columns)
		w.columns, w.closed = columns, true
	case *kql.MvExpand:
		for _, item := range op.Items {
			if name := columnName(item.Value); name != "" {
				w.columns[name] = t.origin(w, item.Value.X).step("0")
			}
		}
	case *kql.Summarize:
		t.summarize(w, op)
	case *kql.ParseOperator:
		for _, part := range op.Pattern {
			if part.Name != nil {
				w.columns[part.Name.Name] = nil
			}
		}
	case *kql.Sort, *kql.Take, *kql.Top, *kql.Distinct, *kql.ProjectAway, *kql.ProjectKeep, *kql.ProjectReorder, *kql.As, *kql.Render:
	default: // it makes columns that are not followed
		w.columns, w.closed = map[string]*origin{}, true
	}
}

// columnName is the name of the column that an expression makes, if it says it.
func columnName(x *kql.NamedExpr) string {
	if len(x.Names) == 1 {
		return x.Names[0].Name
	}
	switch x := unparen(x.X).(type) {
	case *kql.Name:
		return x.Name
	case *kql.Call:
		if len(x.Args) == 0 {
			return x.Func.Name + "_"
		}
		if arg, ok := unparen(x.Args[0]).(*kql.Name); ok {
			return x.Func.Name + "_" + arg.Name
		}
	}
	return ""
}

func (t *tracer) define(w *way, columns []*kql.NamedExpr) {
	maps.Copy(w.columns, t.defined(w, columns))
}

func (t *tracer) defined(w *way, columns []*kql.NamedExpr) map[string]*origin {
	all := map[string]*origin{}
	for _, c := range columns {
		for _, name := range c.Names {
			all[name.Name] = nil
		}
		if name := columnName(c); name != "" {
			all[name] = t.origin(w, c.X)
		}
	}
	return all
}

// summarize makes groups of rows. A minimum, maximum or any other value of one row is the row's own.
func (t *tracer) summarize(w *way, op *kql.Summarize) {
	columns := t.defined(w, op.By)
	whole := false
	for _, a := range op.Aggregates {
		call, ok := unparen(a.X).(*kql.Call)
		if !ok {
			continue
		}
		var o *origin
		switch name := call.Func.Name; {
		case (name == "count" || name == "countif") && len(w.reads) > 0:
			o = &origin{from: w.reads[0], counts: true}
			if len(call.Args) == 1 {
				t.wants(w, call.Args[0], false, alternative{})
			}
		case (name == "dcount" || name == "dcountif" || name == "count_distinct") && len(call.Args) > 0:
			if o = t.origin(w, call.Args[0]); o != nil {
				o = &origin{from: o.from, path: o.path, counts: true}
			}
			if name == "dcountif" && len(call.Args) > 1 {
				t.wants(w, call.Args[1], false, alternative{})
			}
		case (name == "make_set" || name == "makeset") && len(call.Args) > 0:
			if o = t.origin(w, call.Args[0]); o != nil {
				o = &origin{from: o.from, path: o.path, set: true}
			}
		case slices.Contains([]string{"min", "max", "any", "take_any", "anyif", "take_anyif"}, name) && len(call.Args) > 0:
			o = t.origin(w, call.Args[0])
		case name == "arg_max" || name == "arg_min":
			for _, arg := range call.Args[1:] {
				_, star := arg.(*kql.Star)
				whole = whole || star
				if column, ok := unparen(arg).(*kql.Name); ok {
					columns[column.Name] = t.origin(w, arg)
				}
			}
			o = t.origin(w, call.Args[0])
			if column, ok := unparen(call.Args[0]).(*kql.Name); ok && len(a.Names) == 0 {
				columns[column.Name] = o
			}
		}
		if name := columnName(a); name != "" {
			columns[name] = o
		}
	}
	if whole {
		maps.Copy(w.columns, columns)
		return
	}
	w.columns, w.closed = columns, true
}

// join puts the rows of another expression beside those of each way, by the first way to them.
func (t *tracer) join(ways []*way, params []*kql.Parameter, right kql.Expr, on []kql.Expr) {
	kind := "innerunique"
	for _, p := range params {
		if p.Name == "kind" {
			kind = t.source(p.Value)
			if name, ok := p.Value.(*kql.Name); ok {
				kind = name.Name
			}
		}
	}
	for _, w := range ways {
		others := t.follow(right)
		if len(others) == 0 {
			continue
		}
		other := others[0]
		var keys []want
		for _, key := range on {
			l, r := t.key(w, other, key)
			if l != nil && r != nil && !l.counts && !r.counts {
				keys = append(keys, want{origin: r, equalTo: l})
			}
		}
		switch kind {
		case "leftanti", "anti", "leftantisemi":
			w.absent = append(w.absent, other.reads...)
			w.absence = append(append(w.absence, other.wants...), keys...)
			continue
		case "leftouter":
			if len(other.wants) > 0 {
				continue // it asks for nothing
			}
		}
		w.reads = append(w.reads, other.reads...)
		w.wants = append(append(w.wants, other.wants...), keys...)
		w.absent, w.absence = append(w.absent, other.absent...), append(w.absence, other.absence...)
		for name, o := range other.columns {
			if _, has := w.columns[name]; !has {
				w.columns[name] = o
			}
		}
	}
}

// key gives the origins of the two sides of a join's key.
func (t *tracer) key(left, right *way, key kql.Expr) (l, r *origin) {
	switch key := unparen(key).(type) {
	case *kql.Name:
		return t.origin(left, key), t.origin(right, key)
	case *kql.Binary:
		for _, x := range []kql.Expr{key.X, key.Y} {
			member, ok := unparen(x).(*kql.Member)
			if !ok {
				return nil, nil
			}
			switch side, _ := member.X.(*kql.Name); {
			case side != nil && side.Name == "$left":
				l = t.origin(left, &kql.Name{Name: member.Name.Name})
			case side != nil && side.Name == "$right":
				r = t.origin(right, &kql.Name{Name: member.Name.Name})
			}
		}
	}
	return l, r
}

// transparent are functions whose value stands for that of their first argument.
var transparent = []string{"tostring", "todynamic", "parse_json", "tolower", "toupper", "toint", "tolong", "toreal", "todouble", "todatetime", "tobool"}

// origin follows an expression; it is nil where that is not possible.
func (t *tracer) origin(w *way, x kql.Expr) *origin {
	switch x := unparen(x).(type) {
	case *kql.Name:
		return t.column(w, x.Name)
	case *kql.Member:
		return t.origin(w, x.X).step(x.Name.Name)
	case *kql.Index:
		if split, ok := unparen(x.X).(*kql.Call); ok && split.Func.Name == "split" && len(split.Args) > 1 {
			return t.split(w, split, x.Index)
		}
		literal, ok := unparen(x.Index).(*kql.Literal)
		if !ok {
			return nil
		}
		return t.origin(w, x.X).step(literal.Value)
	case *kql.Call:
		return t.call(w, x)
	}
	return nil
}

// split follows the first and the last part of a text, which are the whole of one that has a single part.
func (t *tracer) split(w *way, call *kql.Call, index kql.Expr) *origin {
	if n, ok := t.constant(index); ok && (n.Value == "0" || n.Value == "-1") {
		return t.origin(w, call.Args[0])
	}
	return nil
}

func (t *tracer) call(w *way, call *kql.Call) *origin {
	switch name := call.Func.Name; {
	case (name == "trim" || name == "trim_start" || name == "trim_end") && len(call.Args) == 2:
		return t.origin(w, call.Args[1])
	case slices.Contains(transparent, name) && len(call.Args) == 1, (name == "coalesce" || name == "column_ifexists") && len(call.Args) > 0:
		return t.origin(w, call.Args[0])
	case name == "array_length" && len(call.Args) == 1:
		if o := t.origin(w, call.Args[0]); o != nil && o.set {
			return &origin{from: o.from, path: o.path, counts: true}
		}
	case (name == "iff" || name == "iif") && len(call.Args) == 3:
		// iff(isnotempty(x), x, y) is x wherever that is given.
		condition, ok := unparen(call.Args[0]).(*kql.Call)
		if !ok || len(condition.Args) != 1 {
			return nil
		}
		chosen := call.Args[1]
		if condition.Func.Name == "isempty" || condition.Func.Name == "isnull" {
			chosen = call.Args[2]
		}
		if o := t.origin(w, chosen); o.same(t.origin(w, condition.Args[0])) {
			return o
		}
	}
	return nil
}

// column finds a column that the query makes, or else one of the tables that the way reads.
func (t *tracer) column(w *way, name string) *origin {
	if o, made := w.columns[name]; made || w.closed {
		return o
	}
	var open *reading
	for _, r := range w.reads {
		columns, more, known := t.schema(r.table)
		switch {
		case columnIndex(columns, name) >= 0:
			return &origin{from: r, path: []string{name}}
		case (more || !known) && open == nil:
			open = r
		}
	}
	if open == nil {
		return nil
	}
	return &origin{from: open, path: []string{name}}
}

// step goes to a member, or to a place in a list.
func (o *origin) step(name string) *origin {
	if o == nil || o.counts || o.set {
		return nil
	}
	if n, err := strconv.Atoi(name); err == nil && n < 0 {
		return nil
	}
	return &origin{from: o.from, path: append(slices.Clone(o.path), name)}
}

func (o *origin) same(other *origin) bool {
	return o != nil && other != nil && o.from == other.from && slices.Equal(o.path, other.path)
}

// choice of alternatives: a row needs those of number 0, or else all of another.counts.
type alternative struct{ group, number int }

// wants notes what a predicate asks for. Within an alternative that is not the first, it asks for the first of further ones.
func (t *tracer) wants(w *way, x kql.Expr, negated bool, a alternative) {
	x = unparen(x)
	if call, ok := x.(*kql.Call); ok && call.Func.Name == "not" && len(call.Args) == 1 {
		t.wants(w, call.Args[0], !negated, a)
		return
	}
	b, ok := x.(*kql.Binary)
	switch {
	case ok && (b.Op == "and" || b.Op == "or") && (b.Op == "or") != negated:
		all := alternatives(x, negated)
		if a.number > 0 {
			t.wants(w, all[0], negated, a)
			return
		}
		t.groups++
		group := t.groups
		for i, one := range all {
			t.wants(w, one, negated, alternative{group, i})
		}
		return
	case ok && (b.Op == "and" || b.Op == "or"):
		t.wants(w, b.X, negated, a)
		t.wants(w, b.Y, negated, a)
		return
	}
	subject := subjectOf(x)
	if subject == nil {
		subject = x
	}
	w.wants = append(w.wants, want{origin: t.origin(w, subject), leaf: &leaf{expr: x, negated: negated}, alternative: a})
}

// alternatives lists those of which one must hold.
func alternatives(x kql.Expr, negated bool) []kql.Expr {
	b, ok := unparen(x).(*kql.Binary)
	if !ok || b.Op != "and" && b.Op != "or" || (b.Op == "or") == negated {
		return []kql.Expr{x}
	}
	return append(alternatives(b.X, negated), alternatives(b.Y, negated)...)
}
