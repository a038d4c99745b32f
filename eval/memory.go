package eval

import (
	"fmt"
	"iter"
	"math"
	"strings"

	"github.com/seed-2512943d/picket/kql"
)

// place is an operator of a query, for what goes wrong when it runs.
type place struct {
	operator string
	src      *kql.Source
	span     kql.Span
	stored   bool // src is that of a stored function
}

// placed lets rel, which op made, know where op stands.
func (b *binder) placed(op kql.Node, rel *relation) *relation {
	if rel.bad || rel.graph != nil || rel.rows == nil {
		return rel
	}
	p := &place{src: b.src, span: op.Span(), stored: b.src != b.text}
	if start, end := p.span.Start, p.span.End; start >= 0 && start < end && end <= len(b.src.Text) {
		text := strings.TrimLeft(b.src.Text[start:end], "| \t\r\n")
		p.span.Start = end - len(text)
		p.operator = text[:len(text)-len(strings.TrimLeft(text, "abcdefghijklmnopqrstuvwxyz-_"))]
	}
	out := *rel
	rows := rel.rows
	out.rows = func(e env) iter.Seq[*frame] {
		e.at = p
		return rows(e)
	}
	return &out
}

// limitError says that the operator needs more than one of the limits.
func (p *place) limitError(what string, limit int, hint string) *LimitError {
	err := &LimitError{What: what, Limit: limit, Hint: hint}
	if p != nil {
		err.Operator, err.Stored, err.Offset = p.operator, p.stored, p.span.Start
		err.Line, err.Column = p.src.Position(err.Offset)
	}
	return err
}

// subject names an operator and its place.
func subject(operator string, line, column int, stored bool) string {
	switch {
	case operator == "":
		return "the query"
	case stored:
		return fmt.Sprintf("%s at %d:%d of a stored function", operator, line, column)
	}
	return fmt.Sprintf("%s at %d:%d", operator, line, column)
}

// memoryHint says what helps where memory does not suffice.
func (r *run) memoryHint() string {
	if r.spill == nil {
		return "filter or project before it, raise the limit, or let the run use temporary files"
	}
	return "filter or project before it, or raise the limit"
}

// hold charges bytes to the run's budget, for good: for operators that cannot do with less.
func (e env) hold(bytes int) bool {
	r := e.run
	held := r.held.Add(int64(bytes))
	if r.limits.Memory > 0 && held > int64(r.limits.Memory) {
		r.fail(e.at.limitError("memory", r.limits.Memory, r.memoryHint()))
		return false
	}
	return r.err == nil
}

// account is what one operator holds. It is given back when the operator has done.
type account struct {
	env  env
	held int
}

func (e env) account() *account { return &account{env: e} }

// grow charges bytes.
func (a *account) grow(bytes int) {
	a.held += bytes
	a.env.run.held.Add(int64(bytes))
}

// set charges so many bytes in all.
func (a *account) set(bytes int) { a.grow(bytes - a.held) }

// release gives everything back.
func (a *account) release() { a.set(0) }

// over says whether the run holds more than its budget.
func (r *run) over() bool { return r.limits.Memory > 0 && r.held.Load() > int64(r.limits.Memory) }

// patience is how many bytes an operator may take without having looked at what it holds in all.
func (r *run) patience() int {
	switch {
	case r.spill != nil && r.spill.early > 0:
		return 1
	case r.limits.Memory > 0:
		return max(r.limits.Memory/16, 1)
	}
	return math.MaxInt
}

// full says whether the operator must put away what it holds, or give up, because the run holds more than its budget. One that can put
// things away is given an eighth of the budget whatever others hold, as it would else put away row by row.
func (a *account) full() bool {
	r := a.env.run
	if r.spill == nil {
		return r.over()
	}
	if r.spill.early > 0 && a.held > r.spill.early {
		return true
	}
	return r.over() && a.held > r.limits.Memory/8
}

// fits says whether the operator may go on with what it cannot put away, and ends the run where it may not.
func (a *account) fits(why string) bool {
	if a.env.run.over() {
		a.fail(why)
		return false
	}
	return true
}

// fail ends the run because the operator cannot put away what it holds.
func (a *account) fail(why string) {
	r := a.env.run
	hint := r.memoryHint()
	if why != "" {
		hint = why + "; " + hint
	}
	r.fail(a.env.at.limitError("memory", r.limits.Memory, hint))
}
