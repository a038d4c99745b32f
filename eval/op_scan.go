package eval

import (
	"strings"

	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// scan is a bound scan: steps that rows are matched with. A row that a step looks at is that of
// the input and the declared columns; what earlier steps have kept is read by step.column.
type scan struct {
	in       *relation
	parts    []*expr // the values that part the rows into scans of their own
	declared []scalar.Value
	steps    []*scanStep
	id       bool     // rows bear the number of their match
	seg      *segment // of the frames that conditions and assignments are computed on
}

// scanStep is a step of a scan. Its record is kept as the values of the columns that it looks at.
type scanStep struct {
	place    int // among the steps
	cols     []Column
	declared []scalar.Value // of the last of cols, where there is no record
	output   string         // all, last or none
	optional bool
	when     func(*frame) bool
	assign   []scanAssignment
}

// scanAssignment sets a column of the rows that match a step.
type scanAssignment struct {
	column int
	x      *expr
}

// bindScan binds scan (Kusto docs, "scan operator"). The engine also takes order by, which sorts the
// rows, partition by, which scans the rows of each value on their own, and steps that are optional.
func (b *binder) bindScan(op *kql.Scan, in *relation) *relation {
	if len(op.Order) > 0 {
		in = b.bindSort(&kql.Sort{By: op.Order}, in)
	}
	s := &scan{in: in}
	for _, by := range op.PartitionBy {
		s.parts = append(s.parts, b.memoized(b.expr(by, in), in.seg))
	}
	cols := in.schema()
	for _, d := range op.Declare {
		if c, ok := b.scanDeclaration(d, cols, s); ok {
			cols = append(cols, c)
		}
	}
	looked := b.held(cols, nil).like(in)
	s.seg = looked.seg
	b.scope = b.scope.child()
	for i, step := range op.Steps {
		if _, taken := b.scope.names[step.Name.Name]; taken {
			b.fail(step.Name, "KS201", "there is a step '"+step.Name.Name+"' already", "give it another name")
		}
		s.steps = append(s.steps, &scanStep{place: i, cols: cols, declared: s.declared, output: "all", optional: step.Optional})
		b.scope.names[step.Name.Name] = binding{step: s.steps[i]}
	}
	for i, step := range op.Steps {
		b.scanStep(s.steps[i], step, looked)
	}
	b.scope = b.scope.parent
	names := newNaming(nil)
	for _, c := range cols {
		names.pick(c.Name)
	}
	for _, p := range op.Params {
		if p.Name == "with_match_id" {
			s.id = true
			cols = append(cols[:len(cols):len(cols)], Column{names.pick(parameterText(p)), scalar.Long})
		}
	}
	out := b.held(cols, s.rows)
	out.serialized, out.open, out.bad = true, in.open, in.bad
	return out
}

// scanDeclaration binds a column that a scan adds, with the value that it has where no step sets it.
func (b *binder) scanDeclaration(d *kql.FuncParam, cols []Column, s *scan) (Column, bool) {
	name := d.Name.Name
	if d.Type == nil {
		b.fail(d, "KS006", "a column has a scalar type", "")
		return Column{}, false
	}
	t, ok := b.typeName(d.Type)
	if !ok {
		return Column{}, false
	}
	for _, c := range cols {
		if c.Name == name {
			b.fail(d.Name, "KS171", "there is a column '"+name+"' already", "give it another name")
			return Column{}, false
		}
	}
	value := scalar.Null(t)
	if d.Default != nil {
		x := b.expr(d.Default, nil)
		switch {
		case x.typ == scalar.NoType:
		case x.konst == nil:
			b.fail(d.Default, "KS140", "the value must be a constant", "")
		default:
			value = scalar.Convert(*x.konst, t)
		}
	}
	s.declared = append(s.declared, value)
	return Column{name, t}, true
}

// scanStep binds the condition and the assignments of a step.
func (b *binder) scanStep(s *scanStep, step *kql.ScanStep, looked *relation) {
	for _, p := range step.Params {
		name, _ := p.Value.(*kql.Name)
		if p.Name.Name != "output" || name == nil || !strings.Contains(" all last none ", " "+name.Name+" ") {
			b.fail(p, "KS005", "a step has output=all, output=last or output=none", "")
			return
		}
		s.output = name.Name
	}
	s.when = converted(b.expr(step.When, looked), scalar.Bool).truth()
	for _, a := range step.Assign {
		x := b.expr(a.X, looked)
		if len(a.Names) != 1 {
			b.fail(a, "KS006", "a step sets one column at a time: name = value", "")
			continue
		}
		i := looked.find(a.Names[0].Name)
		if i < 0 && b.undecided() {
			continue
		}
		if i < 0 {
			b.fail(a.Names[0], "KS142", "there is no column '"+a.Names[0].Name+"' to set", "declare it: scan declare ("+a.Names[0].Name+": long) with (…)")
			continue
		}
		s.assign = append(s.assign, scanAssignment{i, converted(x, looked.cols[i].typ)})
	}
}

// stepColumn binds step.column, the value that the record kept by a step has; null or the declared
// value where the step has kept none.
func (b *binder) stepColumn(x *kql.Member) (*expr, bool) {
	name, ok := unparen(x.X).(*kql.Name)
	if !ok {
		return nil, false
	}
	d, _ := b.scope.lookup(name.Name)
	if d.step == nil {
		return nil, false
	}
	s := d.step
	for i, c := range s.cols {
		if c.Name != x.Name.Name {
			continue
		}
		none := scalar.Null(c.Type)
		if n := i - (len(s.cols) - len(s.declared)); n >= 0 {
			none = s.declared[n]
		}
		out := ofValue(c.Type, func(f *frame) scalar.Value {
			if kept := f.all[s.place]; kept != nil {
				return kept[i]
			}
			return none
		})
		out.cheap, out.reads = true, true
		return out, true
	}
	if b.undecided() {
		return unknown(), true
	}
	return b.fail(x.Name, "KS142", "the step '"+name.Name+"' has no column '"+x.Name.Name+"'", ""), true
}
