package kql

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/alecthomas/participle/v2/lexer"
)

// Limits bounds what is read. A zero field means the default.
type Limits struct {
	Size  int // bytes of text; 1 MiB by default
	Depth int // nesting of brackets, and of operators within an expression; 200 by default
}

func (l Limits) orDefault() Limits {
	if l.Size == 0 {
		l.Size = 1 << 20
	}
	if l.Depth == 0 {
		l.Depth = 200
	}
	return l
}

// scan is the lexer's work on one text. Faults are collected, and the text read on behind them.
type scan struct {
	text     string
	at       int
	end      int // of the token before
	depth    int
	broken   bool // the token is a string without an end
	limits   Limits
	faults   Errors
	comments []Span
}

func newScan(text string, limits Limits) *scan {
	s := &scan{text: text, limits: limits.orDefault()}
	if len(text) > s.limits.Size {
		s.fault("KS244", Span{}, fmt.Sprintf("The query has %d bytes; the limit is %d.", len(text), s.limits.Size))
		s.at = len(text)
	}
	return s
}

func (s *scan) fault(code string, span Span, message string) {
	s.faults = append(s.faults, &Error{Code: code, Span: span, Message: message})
}

// Next reads the next token; at the end, and beyond the limits, that is EOF.
func (s *scan) Next() (lexer.Token, error) {
	s.skipTrivia()
	start, kind := s.at, tokenEOF
	if start < len(s.text) {
		kind = s.token()
	}
	token := lexer.Token{
		Type:  kind,
		Value: s.text[start:s.at],
		Pos:   lexer.Position{Offset: start, Line: s.end},
	}
	if s.broken {
		token.Value, s.broken = `""`, false
	}
	s.end = s.at
	return token, nil
}

func (s *scan) skipTrivia() {
	for s.at < len(s.text) {
		c := s.text[s.at]
		switch {
		case c == ' ' || '\t' <= c && c <= '\r':
			s.at++
		case c == '/' && strings.HasPrefix(s.text[s.at:], "//"):
			start := s.at
			if n := strings.IndexAny(s.text[start:], "\r\n"); n >= 0 {
				s.at += n
			} else {
				s.at = len(s.text)
			}
			s.comments = append(s.comments, Span{start, s.at})
		case c < utf8.RuneSelf && (!isStray(c) || startsString(s.text[s.at:])):
			return
		default:
			r, size := utf8.DecodeRuneInString(s.text[s.at:])
			if !isSpace(r) {
				s.fault("KS002", Span{s.at, s.at + size}, fmt.Sprintf("Unexpected: %q", s.text[s.at:s.at+size]))
			}
			s.at += size
		}
	}
}

// isStray tells whether no token starts with the character c.
func isStray(c byte) bool {
	return c < ' ' || c == 0x7F || strings.IndexByte("`\\^&?#", c) >= 0
}

// token reads the token at s.at, which is not white space.
func (s *scan) token() lexer.TokenType {
	rest := s.text[s.at:]
	c := rest[0]
	switch {
	case isHex(c) && startsGuid(rest):
		s.at += guidLength
		s.fault("KS214", Span{s.at - guidLength, s.at}, "Raw guid literals are not allowed, use guid(...) instead")
		s.broken = true
		return tokenString
	case isWordStart(c):
		if (c == 'h' || c == 'H') && len(rest) > 1 && startsString(rest[1:]) {
			return s.str(1)
		}
		return s.word()
	case isDigit(c):
		return s.number()
	case startsString(rest):
		return s.str(0)
	}
	switch c {
	case '(', '[', '{':
		if s.depth++; s.depth > s.limits.Depth {
			s.fault("KS245", Span{s.at, s.at + 1}, fmt.Sprintf("Brackets are nested deeper than %d.", s.limits.Depth))
			s.at = len(s.text)
			return tokenEOF
		}
	case ')', ']', '}':
		s.depth = max(0, s.depth-1)
	case '!':
		if n := negated(rest); n > 0 {
			s.at += n
			return tokenPunct
		}
	}
	for _, op := range punctuation {
		if strings.HasPrefix(rest, op) {
			s.at += len(op)
			return tokenPunct
		}
	}
	s.at++
	return tokenPunct
}

const guidLength = len("00000000-0000-0000-0000-000000000000")

// startsGuid tells whether text starts with the digits and hyphens of a guid.
func startsGuid(text string) bool {
	if len(text) < guidLength || len(text) > guidLength && isWordPart(text[guidLength]) {
		return false
	}
	for i := range guidLength {
		if hyphen := i == 8 || i == 13 || i == 18 || i == 23; hyphen != (text[i] == '-') || !hyphen && !isHex(text[i]) {
			return false
		}
	}
	return true
}

// negated is the length of a negated operator such as !has or !in~ at the start of text; 0 if there is none.
func negated(text string) int {
	n := 1
	for n < len(text) && isWordPart(text[n]) {
		n++
	}
	if n+1 <= len(text) && strings.HasPrefix(text[n:], "~") && text[:n] == "!in" {
		n++
	}
	if _, known := infix[text[:n]]; known && n > 1 {
		return n
	}
	return 0
}

// word reads a word, a hyphenated word, in~ or a typed literal.
func (s *scan) word() lexer.TokenType {
	start := s.at
	for s.at < len(s.text) && isWordPart(s.text[s.at]) {
		s.at++
	}
	word := s.text[start:s.at]
	if s.at == len(s.text) {
		return tokenIdent
	}
	switch s.text[s.at] {
	case '~':
		if word == "in" {
			s.at++
		}
	case '-':
		for _, whole := range hyphenated[word] {
			if rest := s.text[start:]; strings.HasPrefix(rest, whole) &&
				(len(rest) == len(whole) || !isWordPart(rest[len(whole)]) && rest[len(whole)] != '-') {
				s.at = start + len(whole)
			}
		}
	case '(':
		if _, typed := typedLiterals[word]; typed {
			return s.typed()
		}
	}
	return tokenIdent
}

// typed reads the rest of a typed literal: what stands in its parentheses is one string, or text without a
// parenthesis or line break.
func (s *scan) typed() lexer.TokenType {
	s.at++
	rest := s.text[s.at:]
	inner := strings.TrimLeft(rest, " \t")
	if startsString(inner) {
		mark, faults := s.at, len(s.faults)
		s.at += len(rest) - len(inner)
		s.str(0)
		for s.at < len(s.text) && (s.text[s.at] == ' ' || s.text[s.at] == '\t') {
			s.at++
		}
		if s.at < len(s.text) && s.text[s.at] == ')' {
			s.at++
			return tokenTyped
		}
		s.at, s.faults, s.broken = mark, s.faults[:faults], false
	}
	n := strings.IndexAny(rest, ")\r\n")
	if n < 0 || rest[n] != ')' {
		if n < 0 {
			n = len(rest)
		}
		s.at += n
		s.fault("KS001", Span{s.at, s.at}, "Missing: )")
		s.broken = true
		return tokenString
	}
	s.at += n + 1
	return tokenTyped
}

// number reads a number, a timespan, or a name that starts with a digit.
func (s *scan) number() lexer.TokenType {
	kind := tokenLong
	start := s.at
	digits := func(is func(byte) bool) {
		for s.at < len(s.text) && is(s.text[s.at]) {
			s.at++
		}
	}
	peek := func(ahead int) byte {
		if s.at+ahead < len(s.text) {
			return s.text[s.at+ahead]
		}
		return 0
	}
	if s.text[s.at] == '0' && peek(1)|0x20 == 'x' && isHex(peek(2)) {
		s.at += 2
		digits(isHex)
	} else {
		digits(isDigit)
		exponent := peek(1)|0x20 == 'e' && (isDigit(peek(2)) || peek(2) == '-' || peek(2) == '+')
		if peek(0) == '.' && peek(1) != '.' && (exponent || !isWordStart(peek(1))) {
			kind = tokenReal
			s.at++
			digits(isDigit)
		}
		if sign := peek(1); peek(0)|0x20 == 'e' && (isDigit(sign) || (sign == '+' || sign == '-') && isDigit(peek(2))) {
			kind = tokenReal
			s.at += 2
			digits(isDigit)
		}
	}
	wordStart := s.at
	digits(isWordPart)
	word := s.text[wordStart:s.at]
	_, isUnit := units[word]
	switch {
	case word == "":
		return kind
	case isUnit && !strings.ContainsAny(s.text[start:wordStart], "eExX"):
		return tokenTimespan
	case kind == tokenReal:
		s.at = wordStart
		return tokenReal
	}
	return tokenIdent
}

// startsString tells whether a string, without the prefix h, starts text.
func startsString(text string) bool {
	switch {
	case text == "":
		return false
	case text[0] == '"' || text[0] == '\'':
		return true
	case text[0] == '@':
		return len(text) > 1 && (text[1] == '"' || text[1] == '\'')
	}
	return strings.HasPrefix(text, "```") || strings.HasPrefix(text, "~~~")
}

// str reads a string behind a prefix of so many bytes. A string that does not end is a fault; the token then
// ends where the line does.
func (s *scan) str(prefix int) lexer.TokenType {
	start := s.at
	s.at += prefix
	rest := s.text[s.at:]
	if fence := rest[:min(3, len(rest))]; fence == "```" || fence == "~~~" {
		if n := strings.Index(rest[3:], fence); n >= 0 {
			s.at += n + 6
			return tokenString
		}
		return s.unended(start, fence, len(s.text))
	}
	verbatim := rest[0] == '@'
	if verbatim {
		s.at++
	}
	quote := s.text[s.at]
	for s.at++; s.at < len(s.text); s.at++ {
		switch c := s.text[s.at]; {
		case c == quote && verbatim && strings.HasPrefix(s.text[s.at+1:], string(rune(quote))):
			s.at++
		case c == quote:
			s.at++
			return tokenString
		case c == '\n' || c == '\r':
			return s.unended(start, string(rune(quote)), s.at)
		case c == '\\' && !verbatim:
			n := escapeLength(s.text[s.at:])
			if n == 0 {
				s.fault("KS001", Span{s.at, min(s.at+2, len(s.text))}, "The string has an escape that does not exist")
				s.faults[len(s.faults)-1].Hint = `write \\ for a backslash, or @ before the string`
				n = 2
			}
			s.at += n - 1
		}
	}
	return s.unended(start, string(rune(quote)), len(s.text))
}

// unended reports a string without its closing quote, which extends to end. The parser gets an empty string.
func (s *scan) unended(start int, quote string, end int) lexer.TokenType {
	s.at = min(end, len(s.text))
	s.fault("KS001", Span{start, s.at}, "Missing: "+quote)
	s.broken = true
	return tokenString
}

// definition lets participle know the token kinds and the lexer.
type definition struct{}

func (definition) Symbols() map[string]lexer.TokenType { return tokenNames }

func (definition) Lex(_ string, r io.Reader) (lexer.Lexer, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	return newScan(string(text), Limits{}), nil
}

func (definition) LexString(_ string, text string) (lexer.Lexer, error) {
	return newScan(text, Limits{}), nil
}
