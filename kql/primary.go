package kql

import "github.com/alecthomas/participle/v2/lexer"

// booleans are the spellings of true and false.
var booleans = map[string]string{
	"true": "true", "True": "true", "TRUE": "true", "false": "false", "False": "false", "FALSE": "false",
}

// primary reads an expression without operators around it.
func (r *reader) primary() (Expr, error) {
	token := r.peek()
	start := token.Pos.Offset
	switch token.Type {
	case tokenIdent:
		return r.wordExpr(token)
	case tokenString:
		return r.str(), nil
	case tokenLong, tokenReal, tokenTimespan, tokenTyped:
		r.lex.Next()
		return numberOrTyped(token), nil
	}
	switch token.Value {
	case "*":
		if r.stars {
			pattern := r.pattern()
			return &Wildcard{r.since(start), pattern}, nil
		}
		r.lex.Next()
		return &Star{r.since(start)}, nil
	case "[":
		name, err := r.ident()
		if err != nil {
			return nil, err
		}
		if r.is("(") {
			return r.callExpr(name)
		}
		return &Name{name.at, name.Name, true}, nil
	case "(":
		r.lex.Next()
		x, err := r.nested().tabular()
		if err != nil {
			return nil, err
		}
		if err := r.expect(")"); err != nil {
			return nil, err
		}
		return &Paren{r.since(start), x}, nil
	case "{":
		if r.ahead(1).Type == tokenIdent && r.ahead(2).Value == "}" {
			return nil, r.fault("KS213", "Client parameters are not supported or enabled")
		}
	}
	return nil, r.fault("KS006", "Missing expression")
}

// wordExpr reads the expression that starts with a word.
func (r *reader) wordExpr(token *lexer.Token) (Expr, error) {
	start := token.Pos.Offset
	next := r.ahead(1)
	if value, ok := booleans[token.Value]; ok && next.Value != "(" {
		r.lex.Next()
		return &Literal{at: r.since(start), Kind: Bool, Raw: token.Value, Value: value}, nil
	}
	if read, ok := syntax().sources[token.Value]; ok && (next.Value == "(" || next.Type == tokenIdent && r.ahead(2).Value == "=") {
		return read(r.lex)
	}
	switch token.Value {
	case "dynamic":
		if next.Value == "(" {
			return r.dynamic()
		}
	case "typeof":
		if next.Value == "(" {
			return r.typeOf()
		}
	case "entity_group":
		if next.Value == "[" {
			return r.entityGroup()
		}
	case "toscalar", "totable":
		if next.Value == "kind" {
			name, err := r.ident()
			if err != nil {
				return nil, err
			}
			return r.callExpr(name)
		}
	}
	if _, isOp := r.infixOp(); isOp && next.Value != "(" {
		return nil, r.fault("KS006", "Missing expression")
	}
	name, err := r.ident()
	if err != nil {
		return nil, err
	}
	switch {
	case r.is("("):
		return r.callExpr(name)
	case r.stars && name.Name != token.Value:
		return &Wildcard{name.at, name.Name}, nil
	}
	return &Name{name.at, name.Name, false}, nil
}

func (r *reader) callExpr(name *Ident) (Expr, error) {
	call, err := r.call(name)
	if err != nil {
		return nil, err
	}
	return call, nil
}

// str reads the string that is next and those that follow it, which it joins.
func (r *reader) str() *Literal {
	first := r.lex.Next()
	text, hidden := decodeString(first.Value)
	raw := first.Value
	for r.peek().Type == tokenString {
		token := r.lex.Next()
		more, moreHidden := decodeString(token.Value)
		text += more
		raw += " " + token.Value
		hidden = hidden || moreHidden
	}
	return &Literal{at: r.since(first.Pos.Offset), Kind: String, Raw: raw, Value: text, Hidden: hidden}
}

// numberOrTyped makes a literal of a number, timespan or typed literal.
func numberOrTyped(token *lexer.Token) *Literal {
	literal := &Literal{
		at:    at{token.Pos.Offset, token.Pos.Offset + len(token.Value)},
		Raw:   token.Value,
		Value: token.Value,
	}
	switch token.Type {
	case tokenLong:
		literal.Kind = Long
	case tokenReal:
		literal.Kind = Real
	case tokenTimespan:
		literal.Kind = TimeSpan
	case tokenTyped:
		literal.Typed, literal.Value = splitTyped(token.Value)
		literal.Kind = typedLiterals[literal.Typed]
	}
	return literal
}

// typeOf reads typeof(type) or typeof(schema).
func (r *reader) typeOf() (Expr, error) {
	start := r.lex.Next().Pos.Offset
	if r.ahead(1).Type == tokenIdent && r.ahead(2).Value == ")" {
		r.lex.Next()
		name := r.lex.Next()
		r.lex.Next()
		place := at{name.Pos.Offset, name.Pos.Offset + len(name.Value)}
		return &TypeOf{at: r.since(start), Type: &TypeName{place, name.Value}}, nil
	}
	columns, err := parseDeclared[columnList](r.lex)
	if err != nil {
		return nil, err
	}
	return &TypeOf{at: r.since(start), Schema: columns.Columns}, nil
}

func (r *reader) entityGroup() (Expr, error) {
	start := r.lex.Next().Pos.Offset
	r.lex.Next()
	group := &EntityGroup{}
	selector := &reader{lex: r.lex, stars: true}
	for !r.is("]") || len(group.Items) > 0 {
		item, err := selector.postfix()
		if err != nil {
			return nil, err
		}
		group.Items = append(group.Items, item)
		if !r.take(",") {
			break
		}
	}
	if err := r.expect("]"); err != nil {
		return nil, err
	}
	group.at = r.since(start)
	return group, nil
}

// parameterNames are the names of operators' options, besides those that start with "hint.".
var parameterNames = map[string]bool{
	"__crossCluster": true, "__crossDB": true, "__id": true, "__isFuzzy": true, "__noWithSource": true,
	"__packedColumn": true, "__sourceColumnIndex": true, "bagexpansion": true, "bin_legacy": true,
	"cycles": true, "datascope": true, "decodeblocks": true, "expandoutput": true, "flags": true,
	"force_remote": true, "isfuzzy": true, "kind": true, "with_itemindex": true,
	"with_match_id": true, "with_source": true, "with_step_name": true, "withsource": true,
}

// parameter reads an option such as kind=inner; nil if none is next.
func (r *reader) parameter() (*Parameter, error) {
	token := r.peek()
	if token.Type != tokenIdent {
		return nil, nil
	}
	start, name := token.Pos.Offset, token.Value
	switch {
	case name == "hint" && r.ahead(1).Value == "." && r.ahead(3).Value == "=":
		r.lex.Next()
		r.lex.Next()
		name = "hint." + r.lex.Next().Value
	case parameterNames[name] && r.ahead(1).Value == "=":
		r.lex.Next()
	default:
		return nil, nil
	}
	r.lex.Next() // the = that was seen
	value, err := r.parameterValue()
	if err != nil {
		return nil, err
	}
	return &Parameter{r.since(start), name, value}, nil
}

// parameterValue reads a word, a path or a literal. What follows in parentheses is not the word's.
func (r *reader) parameterValue() (Expr, error) {
	switch token := r.peek(); {
	case token.Type == tokenIdent || token.Value == "[":
		return r.path()
	case token.Value == "-" || token.Value == "+":
		start := r.lex.Next()
		x, err := r.parameterValue()
		if err != nil {
			return nil, err
		}
		return &Unary{r.since(start.Pos.Offset), start.Value, x}, nil
	case token.Type == tokenString:
		return r.str(), nil
	case token.Type == tokenPunct || token.Type == tokenEOF:
		return nil, r.fault("KS006", "Missing value")
	default:
		r.lex.Next()
		return numberOrTyped(token), nil
	}
}

// path reads a name and what dots and brackets select from it.
func (r *reader) path() (Expr, error) {
	name, err := r.ident()
	if err != nil {
		return nil, err
	}
	if value, ok := booleans[name.Name]; ok && !name.Quoted {
		return &Literal{at: name.at, Kind: Bool, Raw: name.Name, Value: value}, nil
	}
	var x Expr = &Name{name.at, name.Name, name.Quoted}
	for n := 0; n < maxChain; n++ {
		switch {
		case r.is("[") || r.is(".") && r.ahead(1).Value == "[" && r.ahead(2).Type != tokenString:
			r.take(".")
			if x, err = r.index(x); err != nil {
				return nil, err
			}
		case r.take("."):
			member, err := r.ident()
			if err != nil {
				return nil, err
			}
			x = &Member{r.since(name.Start), x, member}
		default:
			return x, nil
		}
	}
	return nil, r.fault("KS245", "The expression is too long")
}
