package kql

import (
	"fmt"
	"slices"

	"github.com/alecthomas/participle/v2/lexer"
)

// Parse reads the text of a query. On faults the error is [Errors], all that were found, and the query holds what
// could be read.
func Parse(text string) (*Query, error) { return ParseWith(text, Limits{}) }

// ParseWith is [Parse] with limits of one's own.
func ParseWith(text string, limits Limits) (*Query, error) {
	query, _, err := parse(text, limits)
	return query, err
}

// parse reads a query, and the places of its comments.
func parse(text string, limits Limits) (*Query, []Span, error) {
	query := &Query{at: at{0, len(text)}}
	p, err := newParser(text, limits)
	if err != nil {
		return query, nil, err
	}
	p.protect(func() { query.Statements = p.statements() })
	return query, p.scan.comments, p.finish(query)
}

// ParseExpr reads a single expression, scalar or tabular.
func ParseExpr(text string) (Expr, error) {
	p, err := newParser(text, Limits{})
	if err != nil {
		return nil, err
	}
	var x Expr
	p.protect(func() {
		var err error
		if x, err = p.tabular(); err != nil {
			p.record(err)
		} else if p.peek().Type != tokenEOF {
			p.record(p.fault("KS198", "The incomplete fragment is unexpected"))
		}
	})
	if err := p.finish(x); err != nil {
		return nil, err
	}
	return x, nil
}

// parser reads one text.
type parser struct {
	reader
	scan   *scan
	faults Errors
}

func newParser(text string, limits Limits) (*parser, error) {
	p := &parser{scan: newScan(text, limits)}
	lex, err := lexer.Upgrade(p.scan)
	if err != nil {
		return nil, err
	}
	p.lex = lex
	for _, fault := range p.scan.faults {
		if fault.Code == "KS244" || fault.Code == "KS245" {
			return nil, Errors{fault}
		}
	}
	return p, nil
}

// protect turns a panic of participle, which a mistake in a tag can cause, into a fault.
func (p *parser) protect(parse func()) {
	defer func() {
		if reason := recover(); reason != nil {
			p.record(p.fault("KS246", fmt.Sprintf("An internal failure occurred during parsing: %v", reason)))
		}
	}()
	parse()
}

func (p *parser) record(err error) { p.faults = append(p.faults, toErrors(err)...) }

// finish collects the faults of the lexer, of skipped operators and of names, in the order of the text.
func (p *parser) finish(node Node) error {
	faults := p.faults
	if node != nil {
		Inspect(node, func(n Node) bool {
			if pipe, ok := n.(*Pipe); ok {
				faults = append(faults, pipe.faults...)
			}
			return true
		})
	}
	faults = slices.DeleteFunc(faults, func(e *Error) bool { // what a broken token leads to
		return slices.ContainsFunc(p.scan.faults, func(lexical *Error) bool {
			return lexical.Span.Start <= e.Span.Start && e.Span.Start <= lexical.Span.End
		})
	})
	faults = append(faults, p.scan.faults...)
	if len(faults) == 0 && node != nil {
		faults = check(node)
	}
	if len(faults) == 0 {
		return nil
	}
	slices.SortStableFunc(faults, func(a, b *Error) int { return a.Span.Start - b.Span.Start })
	return faults
}

// statements reads all statements, recording the faults of those that it must skip.
func (p *parser) statements() (list []Statement) {
	for p.peek().Type != tokenEOF {
		statement, err := p.statement()
		switch {
		case err != nil:
			p.record(err)
			p.skipStatement()
		case p.peek().Type != tokenEOF && !p.is(";"):
			p.record(p.leftover("KS005", "Expected: ;"))
			p.skipStatement()
		}
		if statement != nil {
			list = append(list, statement)
		}
		p.take(";")
	}
	return list
}

// skipStatement goes to the semicolon that ends the statement, over brackets that close without having been opened.
func (p *parser) skipStatement() {
	for p.skipTo(";"); p.peek().Type != tokenEOF && !p.is(";"); p.skipTo(";") {
		p.lex.Next()
	}
}

// skipTo goes to the next text that is in no bracket, to the bracket that closes, or to the end.
func (r *reader) skipTo(texts ...string) {
	for depth := 0; r.peek().Type != tokenEOF; r.lex.Next() {
		switch token := r.peek(); token.Value {
		case "(", "[", "{":
			depth++
		case ")", "]", "}":
			if depth == 0 {
				return
			}
			depth--
		default:
			if depth == 0 && slices.Contains(texts, token.Value) {
				return
			}
		}
	}
}

// leftover is the fault of a token that cannot go on with what was read.
func (r *reader) leftover(code, message string) *Error {
	switch r.peek().Value {
	case "=":
		fault := r.fault("KS198", "The incomplete fragment is unexpected")
		fault.Hint = "the comparison is =="
		return fault
	case ")", "]", "}", "==", ",", ";", "|":
		return r.fault("KS198", "The incomplete fragment is unexpected")
	}
	return r.fault(code, message)
}

// statement reads one statement; the semicolon behind it is left.
func (r *reader) statement() (Statement, error) {
	next := r.ahead(1)
	switch word := r.peek(); {
	case word.Value == "let" && (next.Type == tokenIdent || next.Value == "["):
		return statement(parseDeclared[Let](r.lex))
	case word.Value == "set" && (next.Type == tokenIdent || next.Value == "["):
		return statement(parseDeclared[Set](r.lex))
	case word.Value == "declare" && next.Value == "pattern":
		return statement(parseDeclared[Pattern](r.lex))
	case word.Value == "declare" && next.Type == tokenIdent:
		return statement(parseDeclared[Declare](r.lex))
	case word.Value == "alias" && next.Value == "database":
		return statement(parseDeclared[Alias](r.lex))
	case word.Value == "restrict" && next.Value == "access":
		return statement(parseDeclared[Restrict](r.lex))
	case word.Value == ";":
		return nil, r.fault("KS198", "The statement is empty")
	}
	start := r.peek().Pos.Offset
	x, err := r.tabular()
	if err != nil {
		return nil, err
	}
	return &ExprStatement{r.since(start), x}, nil
}

// statement turns a failed read into a nil interface.
func statement[S Statement](s S, err error) (Statement, error) {
	if err != nil {
		return nil, err
	}
	return s, nil
}

// tabular reads an expression or a pipe.
func (r *reader) tabular() (Expr, error) {
	start := r.peek().Pos.Offset
	source, err := r.source()
	if err != nil {
		return nil, err
	}
	if !r.is("|") {
		return source, nil
	}
	pipe := &Pipe{Source: source}
	r.stages(pipe)
	pipe.at = r.since(start)
	return pipe, nil
}

// source reads what opens a pipe.
func (r *reader) source() (Expr, error) {
	token := r.peek()
	if token.Type == tokenIdent {
		if read, ok := syntax().openers[token.Value]; ok && r.opens(token.Value) {
			return read(r.lex)
		}
		_, isOperator := syntax().operators[token.Value]
		if _, isReserved := reserved()[token.Value]; isOperator && isReserved {
			return nil, r.fault("KS174", "The operator "+token.Value+" cannot be the first in a query")
		}
	}
	return r.expr()
}

// opens tells whether the word, which may be a name too, is an operator here.
func (r *reader) opens(word string) bool {
	if word == "range" || word == "evaluate" {
		return r.ahead(1).Type == tokenIdent
	}
	return true
}

// stages reads the operators of a pipe, each behind its bar. One that has a fault is skipped.
func (r *reader) stages(pipe *Pipe) {
	for r.take("|") {
		r.stage(pipe)
	}
}

// stage reads one operator, up to the next bar or the end of the pipe.
func (r *reader) stage(pipe *Pipe) {
	mark := r.lex.MakeCheckpoint()
	op, err := r.operator()
	if err != nil {
		pipe.faults = append(pipe.faults, toErrors(err)...)
		r.lex.LoadCheckpoint(mark)
		r.skipTo("|", ";")
		return
	}
	pipe.Operators = append(pipe.Operators, op)
	switch r.peek().Value {
	case "|", ";", ")", "]", "}", ",", "":
		return
	}
	pipe.faults = append(pipe.faults, r.leftover("KS005", "Expected: | or ;"))
	r.skipTo("|", ";")
}

// operator reads one tabular operator.
func (r *reader) operator() (Operator, error) {
	word := r.peek()
	if read, ok := syntax().operators[word.Value]; ok && word.Type == tokenIdent {
		return read(r.lex)
	}
	fault := r.fault("KS176", "Query operator expected")
	switch {
	case syntax().openers[word.Value] != nil:
		fault = r.fault("KS175", "The operator "+word.Value+" must be the first in the query")
	case word.Type == tokenIdent:
		if near := nearest(word.Value, syntax().words); near != "" {
			fault.Hint = "did you mean " + near + "?"
		}
	}
	return nil, fault
}

// subquery reads what stands in the brackets of fork, mv-apply and their like: operators applied to an input that
// is implied, or a whole pipe.
func (r *reader) subquery(pipe *Pipe) error {
	start := r.peek().Pos.Offset
	word := r.peek().Value
	_, isOperator := syntax().operators[word]
	if _, opens := syntax().openers[word]; isOperator && !opens {
		r.stage(pipe)
		r.stages(pipe)
		pipe.at = r.since(start)
		return nil
	}
	x, err := r.tabular()
	if err != nil {
		return err
	}
	if whole, ok := x.(*Pipe); ok {
		*pipe = *whole
		return nil
	}
	pipe.Source = x
	pipe.at = r.since(start)
	return nil
}
