package kql

import (
	"strings"

	"github.com/alecthomas/participle/v2/lexer"
)

// manner tells how an infix operator takes its operands.
type manner int

const (
	chain  manner = iota // a + b + c
	once                 // a == b; a second one at the level needs brackets
	inSet                // a in (b, c)
	couple               // a between (b .. c)
)

type infixOp struct {
	level  int
	manner manner
}

// infix is Kusto's precedence, loosest first. The string operators bind tighter than arithmetic.
var infix = map[string]infixOp{
	"or":  {1, chain},
	"and": {2, chain},

	"==": {3, once}, "!=": {3, once}, "<>": {3, once},
	"in": {3, inSet}, "in~": {3, inSet}, "!in": {3, inSet}, "!in~": {3, inSet},
	"has_any": {3, inSet}, "has_all": {3, inSet},
	"between": {3, couple}, "!between": {3, couple},

	"<": {4, once}, "<=": {4, once}, ">": {4, once}, ">=": {4, once},
	"+": {5, chain}, "-": {5, chain},
	"*": {6, chain}, "/": {6, chain}, "%": {6, chain},

	"=~": {7, once}, "!~": {7, once}, "matches": {7, once}, "like": {7, once}, "notlike": {7, once},
	"likecs": {7, once}, "notlikecs": {7, once},
	"notcontains": {7, once}, "containscs": {7, once}, "notcontainscs": {7, once},
	"has": {7, once}, "!has": {7, once}, "has_cs": {7, once}, "!has_cs": {7, once},
	"hasprefix": {7, once}, "!hasprefix": {7, once}, "hasprefix_cs": {7, once}, "!hasprefix_cs": {7, once},
	"hassuffix": {7, once}, "!hassuffix": {7, once}, "hassuffix_cs": {7, once}, "!hassuffix_cs": {7, once},
	"contains": {7, once}, "!contains": {7, once}, "contains_cs": {7, once}, "!contains_cs": {7, once},
	"startswith": {7, once}, "!startswith": {7, once}, "startswith_cs": {7, once}, "!startswith_cs": {7, once},
	"endswith": {7, once}, "!endswith": {7, once}, "endswith_cs": {7, once}, "!endswith_cs": {7, once},
}

// maxChain bounds the length of chains such as a + b + c, whose trees are as deep as they are long.
const maxChain = 5000

// reader is the hand-written part of the parser: expressions and lists of them.
type reader struct {
	lex    *lexer.PeekingLexer
	search bool // column:"term" is allowed
	stars  bool // names may have stars
}

func (r *reader) peek() *lexer.Token { return r.lex.Peek() }

// is tells whether the next token is text; a string keeps its quotes and so is never taken for a word.
func (r *reader) is(text string) bool { return r.lex.Peek().Value == text }

func (r *reader) take(text string) bool {
	if r.is(text) {
		r.lex.Next()
		return true
	}
	return false
}

func (r *reader) expect(text string) error {
	if r.take(text) {
		return nil
	}
	return r.fault("KS005", "Expected: "+text)
}

// ahead is the token n places behind the next one.
func (r *reader) ahead(n int) *lexer.Token {
	mark := r.lex.MakeCheckpoint()
	for range n {
		r.lex.Next()
	}
	token := r.lex.Peek()
	r.lex.LoadCheckpoint(mark)
	return token
}

// fault is an error at the next token.
func (r *reader) fault(code, message string) *Error {
	return faultAt(r.peek(), code, message)
}

func faultAt(token *lexer.Token, code, message string) *Error {
	start := token.Pos.Offset
	return &Error{Code: code, Span: Span{start, start + len(token.Value)}, Message: message}
}

// since is the place of a node that starts at start and ends with the token before the next one.
func (r *reader) since(start int) at { return at{start, r.lex.Peek().Pos.Line} }

func (r *reader) expr() (Expr, error) { return r.binary(1) }

// infixOp is the infix operator that is next.
func (r *reader) infixOp() (infixOp, bool) {
	token := r.peek()
	switch {
	case token.Type != tokenIdent && token.Type != tokenPunct:
		return infixOp{}, false
	case token.Value == ":" && r.search:
		return infixOp{7, once}, true
	}
	op, ok := infix[token.Value]
	if ok && token.Type == tokenIdent {
		switch token.Value {
		case "in":
			ok = r.ahead(1).Value != "range" // make-series … in range(…)
		case "matches":
			ok = r.ahead(1).Value == "regex"
		}
	}
	return op, ok
}

// binary reads an expression of operators that bind as tightly as level or tighter.
func (r *reader) binary(level int) (Expr, error) {
	if level > 7 {
		return r.unary()
	}
	x, err := r.unary()
	if err != nil {
		return nil, err
	}
	return r.operators(x, level)
}

// operators reads the operators of at least level that follow x.
func (r *reader) operators(x Expr, level int) (Expr, error) {
	start := x.Span().Start
	for n := 0; ; n++ {
		op, ok := r.infixOp()
		if !ok || op.level < level {
			return x, nil
		}
		if n == maxChain {
			return nil, r.fault("KS245", "The expression is too long")
		}
		word := r.lex.Next().Value
		switch word {
		case "<>":
			word = "!="
		case "matches":
			r.lex.Next()
			word = "matches regex"
		}
		var err error
		switch op.manner {
		case inSet:
			x, err = r.inList(word, x)
		case couple:
			x, err = r.between(word, x)
		default:
			var y Expr
			if y, err = r.binary(op.level + 1); err == nil {
				x = &Binary{r.since(start), word, x, y}
			}
		}
		if err != nil {
			return nil, err
		}
		if next, ok := r.infixOp(); ok && op.manner != chain && next.level == op.level {
			fault := r.fault("KS198", "The operator "+r.peek().Value+" cannot follow "+word+" at once")
			fault.Hint = "put the first comparison in brackets"
			return nil, fault
		}
	}
}

func (r *reader) inList(op string, x Expr) (Expr, error) {
	if err := r.expect("("); err != nil {
		return nil, err
	}
	var items []Expr
	for {
		item, err := r.nested().tabular()
		if err != nil {
			return nil, err
		}
		items = append(items, item)
		if !r.take(",") {
			break
		}
	}
	if err := r.expect(")"); err != nil {
		return nil, err
	}
	return &In{r.since(x.Span().Start), op, x, items}, nil
}

func (r *reader) between(op string, x Expr) (Expr, error) {
	if err := r.expect("("); err != nil {
		return nil, err
	}
	lo, err := r.nested().expr()
	if err != nil {
		return nil, err
	}
	if err := r.expect(".."); err != nil {
		return nil, err
	}
	hi, err := r.nested().expr()
	if err != nil {
		return nil, err
	}
	if err := r.expect(")"); err != nil {
		return nil, err
	}
	return &Between{r.since(x.Span().Start), op, x, lo, hi}, nil
}

// nested is the reader of what stands in brackets: names have no stars there.
func (r *reader) nested() *reader { return &reader{lex: r.lex, search: r.search} }

func (r *reader) unary() (Expr, error) {
	token := r.peek()
	if token.Type != tokenPunct || token.Value != "-" && token.Value != "+" {
		return r.postfix()
	}
	var signs []*lexer.Token
	for r.is("-") || r.is("+") {
		if len(signs) == maxChain {
			return nil, r.fault("KS245", "The expression is too long")
		}
		signs = append(signs, r.lex.Next())
	}
	x, err := r.postfix()
	if err != nil {
		return nil, err
	}
	for i := len(signs) - 1; i >= 0; i-- {
		x = &Unary{r.since(signs[i].Pos.Offset), signs[i].Value, x}
	}
	return x, nil
}

// postfix reads a primary expression and the paths, indexes and calls behind it.
func (r *reader) postfix() (Expr, error) {
	x, err := r.primary()
	for n := 0; err == nil; n++ {
		switch {
		case n == maxChain:
			return nil, r.fault("KS245", "The expression is too long")
		case r.take("."):
			x, err = r.member(x)
		case r.is("["):
			x, err = r.index(x)
		default:
			return x, nil
		}
	}
	return nil, err
}

// member reads what follows the dot behind x: a name, a call, or an index as in a.[0].
func (r *reader) member(x Expr) (Expr, error) {
	if r.is("[") && r.ahead(1).Type != tokenString {
		return r.index(x)
	}
	name, err := r.ident()
	if err != nil {
		return nil, err
	}
	start := x.Span().Start
	if r.is("(") {
		call, err := r.call(name)
		if err != nil {
			return nil, err
		}
		return &MethodCall{r.since(start), x, call}, nil
	}
	return &Member{r.since(start), x, name}, nil
}

// index reads the brackets behind x.
func (r *reader) index(x Expr) (Expr, error) {
	r.lex.Next()
	index, err := r.nested().expr()
	if err != nil {
		return nil, err
	}
	if err := r.expect("]"); err != nil {
		return nil, err
	}
	return &Index{r.since(x.Span().Start), x, index}, nil
}

// ident reads a name, bare or in brackets. Where stars are allowed it may be a pattern such as Device*.
func (r *reader) ident() (*Ident, error) {
	token := r.peek()
	start := token.Pos.Offset
	switch {
	case token.Value == "[":
		r.lex.Next()
		if r.peek().Type != tokenString {
			return nil, r.fault("KS006", "Missing name")
		}
		text := r.str()
		if text.Value == "" {
			return nil, &Error{Code: "KS006", Span: text.Span(), Message: "The name is empty"}
		}
		if err := r.expect("]"); err != nil {
			return nil, err
		}
		return &Ident{r.since(start), text.Value, true}, nil
	case r.stars && (token.Type == tokenIdent || token.Value == "*"):
		return &Ident{Name: r.pattern(), at: r.since(start)}, nil
	case token.Type == tokenIdent:
		r.lex.Next()
		return &Ident{r.since(start), token.Value, false}, nil
	}
	return nil, r.fault("KS006", "Missing name")
}

// pattern reads the words, numbers and stars that touch one another.
func (r *reader) pattern() string {
	var b strings.Builder
	for {
		b.WriteString(r.lex.Next().Value)
		next := r.peek()
		touches := next.Pos.Offset == next.Pos.Line
		if !touches || next.Value != "*" && next.Type != tokenIdent && next.Type != tokenLong {
			return b.String()
		}
	}
}

func (r *reader) call(name *Ident) (*Call, error) {
	call := &Call{Func: name}
	for {
		param, err := r.parameter()
		if err != nil {
			return nil, err
		}
		if param == nil {
			break
		}
		call.Params = append(call.Params, param)
	}
	if err := r.expect("("); err != nil {
		return nil, err
	}
	inner := r.nested()
	for !r.is(")") || len(call.Args) > 0 {
		arg, err := inner.argument(takesPipe[name.Name])
		if err != nil {
			return nil, err
		}
		call.Args = append(call.Args, arg)
		if !r.take(",") {
			break
		}
	}
	if err := r.expect(")"); err != nil {
		return nil, err
	}
	call.at = r.since(name.Start)
	return call, nil
}

// takesPipe are the functions whose argument may be a pipe without brackets.
var takesPipe = map[string]bool{"toscalar": true, "totable": true, "materialize": true}

func (r *reader) argument(pipe bool) (Expr, error) {
	if pipe {
		return r.tabular()
	}
	named, err := r.named()
	if err != nil {
		return nil, err
	}
	if len(named.Names) == 0 {
		return named.X, nil
	}
	return named, nil
}

// named reads an expression with perhaps a name or a tuple of names before it.
func (r *reader) named() (*NamedExpr, error) {
	start := r.peek().Pos.Offset
	var names []*Ident
	tuple := false
	switch {
	case r.peek().Type == tokenIdent && r.ahead(1).Value == "=",
		r.is("[") && r.ahead(1).Type == tokenString && r.quotedNameIsAssigned():
		name, err := r.ident()
		if err != nil {
			return nil, err
		}
		names = []*Ident{name}
	case r.is("(") && r.tupleIsAssigned():
		tuple = true
		r.lex.Next()
		for {
			name, err := r.ident()
			if err != nil {
				return nil, err
			}
			names = append(names, name)
			if !r.take(",") {
				break
			}
		}
		r.lex.Next() // the bracket that tupleIsAssigned saw
	}
	if names != nil {
		r.lex.Next() // the = that was seen
	}
	x, err := r.expr()
	if err != nil {
		return nil, err
	}
	return &NamedExpr{r.since(start), names, tuple, x}, nil
}

// quotedNameIsAssigned tells whether ['name'] is next and an equals sign follows.
func (r *reader) quotedNameIsAssigned() bool {
	mark := r.lex.MakeCheckpoint()
	defer r.lex.LoadCheckpoint(mark)
	_, err := r.ident()
	return err == nil && r.is("=")
}

// tupleIsAssigned tells whether (a, b) is next and an equals sign follows.
func (r *reader) tupleIsAssigned() bool {
	mark := r.lex.MakeCheckpoint()
	defer r.lex.LoadCheckpoint(mark)
	r.lex.Next()
	for {
		if _, err := r.ident(); err != nil {
			return false
		}
		if !r.take(",") {
			return r.take(")") && r.is("=")
		}
	}
}
