package kql

import (
	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
)

// The productions that participle leaves to hand-written code: functions for interface types, and methods named
// Parse, which make a struct a participle.Parseable.

func readExpr(lex *lexer.PeekingLexer) (Expr, error) { return (&reader{lex: lex}).expr() }
func readPath(lex *lexer.PeekingLexer) (Path, error) { return (&reader{lex: lex}).path() }
func readArgument(lex *lexer.PeekingLexer) (Argument, error) {
	return (&reader{lex: lex}).argument(false)
}
func readTabular(lex *lexer.PeekingLexer) (Tabular, error) { return (&reader{lex: lex}).tabular() }
func readSelector(lex *lexer.PeekingLexer) (Selector, error) {
	return (&reader{lex: lex, stars: true}).postfix()
}

func readSearchPredicate(lex *lexer.PeekingLexer) (SearchPredicate, error) {
	return (&reader{lex: lex, search: true}).expr()
}

// readDefinition reads what let names.
func readDefinition(lex *lexer.PeekingLexer) (Definition, error) {
	r := &reader{lex: lex}
	if !r.startsFunction() {
		return r.tabular()
	}
	function, err := parseDeclared[Function](lex)
	if err != nil {
		return nil, err
	}
	return function, nil
}

// startsFunction tells whether view (, () { or (name: is next.
func (r *reader) startsFunction() bool {
	mark := r.lex.MakeCheckpoint()
	defer r.lex.LoadCheckpoint(mark)
	view := r.take("view")
	switch {
	case !r.take("("):
		return false
	case r.take(")"):
		return view || r.is("{")
	}
	_, err := r.ident()
	return err == nil && r.is(":")
}

// Parse reads the name for participle.
func (i *Ident) Parse(lex *lexer.PeekingLexer) error {
	name, err := (&reader{lex: lex}).ident()
	if err != nil {
		return err
	}
	*i = *name
	return nil
}

// Parse reads the type's name for participle.
func (t *TypeName) Parse(lex *lexer.PeekingLexer) error {
	r := &reader{lex: lex}
	token := r.peek()
	if token.Type != tokenIdent {
		return r.fault("KS005", "Expected: a type")
	}
	lex.Next()
	*t = TypeName{r.since(token.Pos.Offset), token.Value}
	return nil
}

// Parse reads the text for participle.
func (t *Text) Parse(lex *lexer.PeekingLexer) error {
	r := &reader{lex: lex}
	if r.peek().Type != tokenString {
		return r.fault("KS222", "String literal expected")
	}
	t.Literal = *r.str()
	return nil
}

// Parse reads the named expression for participle.
func (n *NamedExpr) Parse(lex *lexer.PeekingLexer) error {
	named, err := (&reader{lex: lex}).named()
	if err != nil {
		return err
	}
	*n = *named
	return nil
}

// Parse reads the parameter for participle.
func (p *Parameter) Parse(lex *lexer.PeekingLexer) error {
	parameter, err := (&reader{lex: lex}).parameter()
	if err != nil {
		return err
	}
	if parameter == nil {
		return participle.NextMatch
	}
	*p = *parameter
	return nil
}

// Parse reads the call for participle.
func (c *Call) Parse(lex *lexer.PeekingLexer) error {
	r := &reader{lex: lex}
	name, err := r.ident()
	if err != nil {
		return err
	}
	call, err := r.call(name)
	if err != nil {
		return err
	}
	*c = *call
	return nil
}

// Parse reads the subquery for participle.
func (p *Pipe) Parse(lex *lexer.PeekingLexer) error {
	return (&reader{lex: lex}).subquery(p)
}

// Parse reads the block, with its braces, for participle.
func (b *Block) Parse(lex *lexer.PeekingLexer) error {
	r := &reader{lex: lex}
	start := r.peek().Pos.Offset
	if err := r.expect("{"); err != nil {
		return err
	}
	list, err := r.statementsTo("}")
	if err != nil {
		return err
	}
	if err := r.expect("}"); err != nil {
		return err
	}
	if n := len(list) - 1; n >= 0 {
		if last, ok := list[n].(*ExprStatement); ok {
			b.Expr, list = last.Expr, list[:n]
		}
	}
	b.at, b.Statements = r.since(start), list
	return nil
}

// Parse reads the statements for participle.
func (s *Statements) Parse(lex *lexer.PeekingLexer) error {
	r := &reader{lex: lex}
	start := r.peek().Pos.Offset
	list, err := r.statementsTo(")")
	if err != nil {
		return err
	}
	*s = Statements{r.since(start), list}
	return nil
}

// statementsTo reads the statements before a closing bracket.
func (r *reader) statementsTo(end string) (list []Statement, err error) {
	for !r.is(end) {
		statement, err := r.statement()
		if err != nil {
			return nil, err
		}
		list = append(list, statement)
		if !r.take(";") {
			break
		}
	}
	return list, nil
}
