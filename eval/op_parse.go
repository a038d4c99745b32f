package eval

import (
	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// bindParse takes a text apart with a pattern. Where the pattern does not fit, parse leaves
// all of its columns null, and parse-where drops the row (Kusto docs, "parse operator",
// "parse-where operator").
func (b *binder) bindParse(op *kql.ParseOperator, in *relation) *relation {
	in = b.inMemory(in, op.Text)
	p, ok := b.parsePattern(op)
	text := b.expr(op.Text, in)
	if !ok {
		return &relation{seg: in.seg, bad: true, rows: noRows}
	}
	out, fits := b.takenApart(in, text, p.cols, p.match)
	if op.Word == "parse-where" {
		return out.filtered(fits)
	}
	return out
}

// takenApart is in with columns made of a text. match writes their values, all of them at
// once, the first time that one is asked for on a row; where it fails they are null. fits
// reports whether it succeeded.
func (b *binder) takenApart(in *relation, text *expr, made []Column, match func(string, []memo) bool) (out *relation, fits *expr) {
	done := in.seg.slot()
	first, n := done+1, len(made)
	for range made {
		in.seg.slot()
	}
	str, level := text.text(), in.level
	fit := func(f *frame) bool {
		m := &f.memo[done]
		if m.stamp == f.stamp[level] {
			return m.v.Bool()
		}
		values := f.memo[first : first+n]
		ok := match(str(f), values)
		if !ok {
			for i, c := range made {
				values[i].v = scalar.Null(c.Type)
			}
		}
		m.v, m.stamp = scalar.NewBool(ok), f.stamp[level]
		return ok
	}
	cols := append([]*column{}, in.cols...)
	for i, c := range made {
		x := ofValue(c.Type, func(f *frame) scalar.Value {
			fit(f)
			return f.memo[first+i].v
		})
		x.level, x.cheap, x.reads = level, true, true
		col := &column{name: c.Name, typ: c.Type, x: x}
		if j := indexOf(cols, c.Name); j >= 0 {
			cols[j] = col
		} else {
			cols = append(cols, col)
		}
	}
	fits = ofTest(func(f *frame) (bool, bool) { return fit(f), true })
	fits.level, fits.reads, fits.cost = level, true, text.cost+dear
	fits.volatile, fits.windowed = text.volatile, text.windowed
	out = in.with(cols)
	if text.windowed {
		out = out.computed([]*expr{fits})
	}
	return out, fits
}
