package eval

import (
	"strconv"
	"strings"

	"github.com/seed-2512943d/picket/eval/function"
	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// parsePattern is the pattern of parse. Simple and relaxed patterns are a list of steps; a
// pattern of kind regex is a regular expression in which each column is a group.
type parsePattern struct {
	cols    []Column
	steps   []parseStep
	relaxed bool // a column that is not of its type is null and does not fail the others
	re      *function.Regex
	groups  []int // of re, by column
}

// parseStep is a stretch of a pattern: perhaps a column, perhaps a star, and the text that ends
// them. The last step may have no text and then takes the rest.
type parseStep struct {
	col  int // -1 for none
	star bool
	text string
	rest bool
}

// parsePattern checks and prepares a pattern.
func (b *binder) parsePattern(op *kql.ParseOperator) (*parsePattern, bool) {
	kind, flags := "simple", ""
	for _, p := range op.Params {
		switch p.Name {
		case "kind":
			kind = parameterText(p)
		case "flags":
			flags = parameterText(p)
		}
	}
	p := &parsePattern{relaxed: kind == "relaxed"}
	names := newNaming(nil)
	ok := true
	wrong := func(at kql.Node, code, message, hint string) {
		b.fail(at, code, message, hint)
		ok = false
	}
	step := parseStep{col: -1}
	for i, part := range op.Pattern {
		switch {
		case part.Text != nil:
			step.text = part.Text.Value
			p.steps = append(p.steps, step)
			step = parseStep{col: -1}
		case part.Star:
			switch {
			case step.star, i+1 < len(op.Pattern) && op.Pattern[i+1].Name != nil:
				wrong(part, "KS102", "a text must follow a * in a pattern", "")
			case step.col >= 0 && p.cols[step.col].Type == scalar.String:
				wrong(part, "KS103", "a * after a column of strings is ambiguous", "leave the * out: the column goes up to the next text")
			}
			step.star = true
		default:
			if step.col >= 0 {
				wrong(part, "KS101", "a text must stand before the column '"+part.Name.Name+"'", "")
			}
			c := Column{part.Name.Name, scalar.String}
			if part.Type != nil {
				typ, known := b.typeName(part.Type)
				c.Type, ok = typ, ok && known
			}
			if _, fresh := names.take(c.Name); !fresh {
				wrong(part.Name, "KS171", "the column '"+c.Name+"' is made twice", "")
			}
			step.col = len(p.cols)
			p.cols = append(p.cols, c)
		}
	}
	if step.col >= 0 || step.star {
		step.rest = true
		p.steps = append(p.steps, step)
	}
	if ok && kind == "regex" {
		ok = b.regexPattern(op, p, flags)
	}
	return p, ok
}

// regexPattern makes the regular expression of a pattern of kind regex: its texts as they
// stand, a star as the shortest stretch that fits, a column as the longest.
func (b *binder) regexPattern(op *kql.ParseOperator, p *parsePattern, flags string) bool {
	var re strings.Builder
	if flags != "" {
		re.WriteString("(?" + flags + ")")
	}
	re.WriteString(`\A(?:`)
	for _, s := range p.steps {
		if s.col >= 0 {
			re.WriteString("(?P<" + groupName(s.col) + ">" + columnRegex(p.cols[s.col].Type) + ")")
		}
		if s.star {
			re.WriteString(".*?")
		}
		re.WriteString(s.text)
	}
	re.WriteString(")")
	if last := p.steps[len(p.steps)-1]; last.rest && last.col >= 0 {
		re.WriteString("$")
	}
	var err error
	if p.re, err = function.CompileRegex(re.String()); err != nil {
		b.fail(op.Pattern[0], "KS140", "the regular expression of the pattern cannot be used: "+err.Error(), "")
		return false
	}
	for i := range p.cols {
		p.groups = append(p.groups, p.re.SubexpIndex(groupName(i)))
	}
	return true
}

func groupName(col int) string { return "column_" + strconv.Itoa(col) }

// columnRegex is what a column matches in a pattern of kind regex.
func columnRegex(t scalar.Type) string {
	switch t {
	case scalar.Int, scalar.Long:
		return `[-+]?\d+`
	case scalar.Real, scalar.Decimal:
		return `[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?`
	}
	return ".*"
}

// match takes a text apart into the columns; false says that the pattern does not fit. A text
// must fit from its start, and to its end where the pattern ends with a column or a star.
func (p *parsePattern) match(text string, out []memo) bool {
	if p.re != nil {
		return p.matchRegex(text, out)
	}
	for _, s := range p.steps {
		end := len(text)
		switch {
		case s.rest:
		case s.col < 0 && !s.star:
			if !strings.HasPrefix(text, s.text) {
				return false
			}
			end = 0
		default:
			if end = strings.Index(text, s.text); end < 0 {
				return false
			}
		}
		if s.col >= 0 && !p.set(s.col, text[:end], s.star, out) {
			return false
		}
		text = text[end+len(s.text):]
	}
	return true
}

func (p *parsePattern) matchRegex(text string, out []memo) bool {
	m := p.re.FindStringSubmatchIndex(text)
	if m == nil {
		return false
	}
	for i, g := range p.groups {
		from, to := m[2*g], m[2*g+1]
		if from < 0 {
			from, to = 0, 0
		}
		if !p.set(i, text[from:to], false, out) {
			return false
		}
	}
	return true
}

// set gives a column its piece of the text; before a star it is the longest beginning of it
// that is of the column's type.
func (p *parsePattern) set(col int, piece string, star bool, out []memo) bool {
	t := p.cols[col].Type
	v := fromText(piece, t)
	if star {
		for n := min(len(piece), longestScalar); v.IsNull() && n > 0; n-- {
			v = fromText(piece[:n], t)
		}
	}
	out[col].v = v
	return p.relaxed || !v.IsNull() || t == scalar.Dynamic
}

// longestScalar is as long as the text of a number, a time or a guid can be.
const longestScalar = 48

// fromText reads a text as a value of type t; a dynamic value is read as JSON.
func fromText(s string, t scalar.Type) scalar.Value {
	switch t {
	case scalar.String:
		return scalar.NewString(s)
	case scalar.Dynamic:
		return scalar.ParseJSON(s)
	}
	return scalar.Convert(scalar.NewString(s), t)
}
