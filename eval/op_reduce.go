package eval

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// bindReduce groups similar texts under patterns in which a star stands for what differs
// (Kusto docs, "reduce operator"). The engine's grouping is not documented to the letter; this
// one parts texts into terms, takes every term with a digit for one that differs, and puts a
// text to the first group that has enough terms in common with it.
func (b *binder) bindReduce(op *kql.Reduce, in *relation) *relation {
	text := b.expr(op.By, in)
	if text.typ != scalar.String && text.typ != scalar.NoType {
		b.fail(op.By, "KS141", "reduce groups strings, not "+text.typ.String(), "convert it with tostring()")
	}
	for _, p := range op.Params {
		if p.Name == "kind" {
			b.fail(op, "", "reduce kind="+parameterText(p)+" is not supported", "")
		}
	}
	r := &reducer{threshold: 0.1}
	for _, p := range op.With {
		switch name := p.Name.Name; name {
		case "threshold":
			r.threshold, _ = scalar.ToReal(b.optionValue(p, scalar.Real))
		case "characters":
			r.characters = b.optionValue(p, scalar.String).Str()
		default:
			b.fail(p.Name, "KS198", "reduce has no option '"+name+"'", didYouMean(name, []string{"threshold", "characters"}))
		}
	}
	cols := []Column{{"Pattern", scalar.String}, {"Count", scalar.Long}, {"Representative", scalar.String}}
	str := text.text()
	return b.heldWhole(cols, func(e env) [][]scalar.Value {
		groups := &reduction{reducer: r, known: make(map[string]*similar)}
		for f := range in.rows(e) {
			if !groups.add(e, str(f)) {
				return nil
			}
		}
		return groups.rows()
	})
}

// reducer are the options of a reduce.
type reducer struct {
	threshold  float64
	characters string // that part terms; all but letters and digits if there are none
}

// similar is a group of similar texts.
type similar struct {
	first   string
	terms   []string // of the first text
	differs []bool   // by term
	count   int64
}

// reduction is a run of a reduce.
type reduction struct {
	*reducer
	groups []*similar
	known  map[string]*similar // where a text went that was met before
}

// add puts a text into its group.
func (r *reduction) add(e env, text string) bool {
	g := r.known[text]
	if g == nil {
		text = strings.Clone(text)
		g = r.place(e.run, text)
		r.known[text] = g
		if !e.hold(2*len(text) + 64) {
			return false
		}
	}
	g.count++
	return true
}

// place finds the group for a text that is met for the first time.
func (r *reduction) place(run *run, text string) *similar {
	terms := strings.FieldsFunc(text, r.parts)
	for _, g := range r.groups {
		if !run.tick() {
			break
		}
		if len(g.terms) != len(terms) {
			continue
		}
		common := 0
		for i, t := range terms {
			if t == g.terms[i] {
				common++
			}
		}
		if float64(common) >= r.threshold*float64(len(terms)) && common > 0 {
			for i, t := range terms {
				g.differs[i] = g.differs[i] || t != g.terms[i]
			}
			return g
		}
	}
	g := &similar{first: text, terms: terms, differs: make([]bool, len(terms))}
	for i, t := range terms {
		g.differs[i] = strings.ContainsFunc(t, unicode.IsDigit)
	}
	r.groups = append(r.groups, g)
	return g
}

// parts reports whether a character stands between terms.
func (r *reducer) parts(c rune) bool {
	if r.characters != "" {
		return strings.ContainsRune(r.characters, c)
	}
	return !unicode.IsLetter(c) && !unicode.IsDigit(c)
}

// pattern writes the terms that do not differ as they stand in the first text; a star takes
// the place of the others and of what parts them. It is empty if all differ.
func (g *similar) pattern() string {
	var out strings.Builder
	at, star := 0, false
	for i, t := range g.terms {
		from := at + strings.Index(g.first[at:], t)
		switch {
		case g.differs[i]:
			if !star {
				out.WriteByte('*')
			}
			star = true
		case star:
			out.WriteString(t)
			star = false
		default:
			out.WriteString(g.first[at:from] + t)
		}
		at = from + len(t)
	}
	if !star {
		out.WriteString(g.first[at:])
	}
	if out.String() == "*" {
		return ""
	}
	return out.String()
}

// rows gives the groups, the largest first. Those without a pattern are the others.
func (r *reduction) rows() [][]scalar.Value {
	slices.SortStableFunc(r.groups, func(a, b *similar) int { return cmp.Compare(b.count, a.count) })
	var rows [][]scalar.Value
	others := int64(0)
	for _, g := range r.groups {
		if p := g.pattern(); p != "" {
			rows = append(rows, []scalar.Value{scalar.NewString(p), scalar.NewLong(g.count), scalar.NewString(g.first)})
		} else {
			others += g.count
		}
	}
	if others > 0 {
		rows = append(rows, []scalar.Value{scalar.NewString("others"), scalar.NewLong(others), scalar.NewString("")})
	}
	return rows
}
