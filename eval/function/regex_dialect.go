package function

import (
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	lru "github.com/hashicorp/golang-lru/v2"
)

// CompileRegex compiles a pattern of Kusto's dialect, which is that of Rust's
// regex crate, with Go's engine: the classes \d, \w and \s are Unicode's, a class
// may hold classes and set operations, and the flag x allows blanks and comments.
// An error names what neither engine has (look-around, backreferences) and what
// Go's lacks: the edges of words \< and \>, and the flag R.
//
// \b and \B see ASCII letters, digits and the underscore as parts of words; Go's
// engine has no Unicode form of them.
//
// Kusto's former engine was RE2, and rules written for it live on: a pattern
// whose classes do not close is read as RE2 reads it, an opening bracket inside a
// class being text, and \0 is the character NUL.
//
// What is compiled is kept for the next query or row with the same pattern, up to a thousand of them.
//
// Source: Kusto docs, "Regex syntax".
func CompileRegex(pattern string) (*Regex, error) {
	if re, ok := compiledRegexes().Get(pattern); ok {
		return re, nil
	}
	text, err := translateRegex(pattern)
	if err != nil {
		return nil, err
	}
	re, err := newRegex(text)
	if err != nil {
		var fault *syntax.Error
		if errors.As(err, &fault) {
			err = fmt.Errorf("error parsing regexp: %s: `%s`", fault.Code, abridged(fault.Expr))
		}
		return nil, fmt.Errorf("regular expression %q: %w", abridged(pattern), err)
	}
	compiledRegexes().Add(strings.Clone(pattern), re) // a row's pattern may be part of a buffer that is used again
	return re, nil
}

// compiledRegexes are the expressions compiled last, by their patterns.
var compiledRegexes = sync.OnceValue(func() *lru.Cache[string, *Regex] {
	cache, err := lru.New[string, *Regex](1000)
	if err != nil {
		panic(err) // of a size that is not positive
	}
	return cache
})

// abridged is a pattern, or a part of one, for a message.
func abridged(pattern string) string {
	if len(pattern) <= 200 {
		return pattern
	}
	return strings.ToValidUTF8(pattern[:200], "") + "…"
}

// The classes of Rust's \d, \w and \s as the items of a Go class.
const (
	digitItems = `\p{Nd}`
	spaceItems = `\t\n\v\f\r \x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}`
	wordItems  = `\p{L}\p{M}\p{Nd}\p{Nl}\p{Pc}\x{200c}\x{200d}` +
		`\x{24b6}-\x{24e9}\x{1f130}-\x{1f149}\x{1f150}-\x{1f169}\x{1f170}-\x{1f189}`
)

// regexFlags are the flags in force that change the translation.
type regexFlags struct {
	verbose bool // x
	ascii   bool // -u
	fold    bool // i
}

// regexReader translates one pattern.
type regexReader struct {
	pattern string
	i       int // what comes next
	out     strings.Builder
	flags   regexFlags
	outer   []regexFlags // those in force outside each open group
	flat    bool         // classes hold no classes
	depth   int          // how many classes are open
	sets    int          // how many classes have been worked out
}

// regexError is why a pattern cannot run. It is thrown inside a regexReader only.
type regexError string

func (e regexError) Error() string { return string(e) }

const errOpenClass regexError = "a class in brackets does not end"

// translateRegex turns a pattern of Kusto's dialect into one of Go's.
func translateRegex(pattern string) (string, error) {
	text, err := (&regexReader{pattern: pattern}).translate()
	if err == errOpenClass {
		text, err = (&regexReader{pattern: pattern, flat: true}).translate()
	}
	if err != nil {
		return "", fmt.Errorf("regular expression %q: %w", abridged(pattern), err)
	}
	return text, nil
}

func (r *regexReader) translate() (text string, err error) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case regexError:
			err = e
		default:
			panic(e)
		}
	}()
	for r.more() {
		r.element()
	}
	return r.out.String(), nil
}

func (r *regexReader) fail(format string, args ...any) {
	panic(regexError(fmt.Sprintf(format, args...)))
}

func (r *regexReader) more() bool { return r.i < len(r.pattern) }

// ahead reports whether text comes next.
func (r *regexReader) ahead(text string) bool { return strings.HasPrefix(r.pattern[r.i:], text) }

// take moves past text if it comes next.
func (r *regexReader) take(text string) bool {
	if r.ahead(text) {
		r.i += len(text)
		return true
	}
	return false
}

// next reads one character.
func (r *regexReader) next() rune {
	if !r.more() {
		r.fail("it ends too early")
	}
	c, size := utf8.DecodeRuneInString(r.pattern[r.i:])
	r.i += size
	return c
}

// skipBlanks moves past what verbose mode ignores.
func (r *regexReader) skipBlanks() {
	for r.flags.verbose && r.more() {
		switch c := r.pattern[r.i]; {
		case strings.IndexByte(" \t\n\v\f\r", c) >= 0:
			r.i++
		case c == '#':
			if end := strings.IndexByte(r.pattern[r.i:], '\n'); end >= 0 {
				r.i += end
			} else {
				r.i = len(r.pattern)
			}
		default:
			return
		}
	}
}

// element translates what stands outside classes.
func (r *regexReader) element() {
	r.skipBlanks()
	switch {
	case !r.more():
	case r.take(`\`):
		r.out.WriteString(r.escape())
	case r.ahead(`[`):
		r.out.WriteString(r.class())
	case r.take(`(`):
		r.group()
	case r.take(`)`):
		r.out.WriteByte(')')
		if n := len(r.outer); n > 0 {
			r.flags, r.outer = r.outer[n-1], r.outer[:n-1]
		}
	case r.take(`{,`):
		r.out.WriteString(`{0,`)
	default:
		r.out.WriteRune(r.next())
	}
}

// group translates what follows an opening parenthesis.
func (r *regexReader) group() {
	outer := r.flags
	switch {
	case !r.take(`?`):
		r.out.WriteByte('(')
	case r.ahead(`=`), r.ahead(`!`):
		r.fail("look-ahead (?%c is not part of the dialect", r.next())
	case r.ahead(`<=`), r.ahead(`<!`):
		r.fail("look-behind (?%s is not part of the dialect", r.pattern[r.i:r.i+2])
	case r.take(`P<`), r.take(`<`):
		r.out.WriteString(`(?P<`)
	case r.ahead(`P=`):
		r.fail("backreference (?P= is not part of the dialect")
	default:
		if !r.flagGroup() {
			return
		}
	}
	r.outer = append(r.outer, outer)
}

// flagGroup translates the flags after (?, and reports whether they open a group
// and do not just change those in force.
func (r *regexReader) flagGroup() bool {
	var goFlags [2]string
	on, off := 0, 1
	at := on
	for {
		switch c := r.next(); c {
		case 'i', 'm', 's', 'U':
			goFlags[at] += string(c)
			if c == 'i' {
				r.flags.fold = at == on
			}
		case 'x':
			r.flags.verbose = at == on
		case 'u':
			r.flags.ascii = at == off
		case 'R':
			r.fail("the flag R (CRLF mode) is not supported")
		case '-':
			at = off
		case ':', ')':
			text := goFlags[on]
			if goFlags[off] != "" {
				text += "-" + goFlags[off]
			}
			if text != "" || c == ':' {
				r.out.WriteString("(?" + text + string(c))
			}
			return c == ':'
		default:
			r.fail("group (?%c is not part of the dialect", c)
		}
	}
}

// never is a pattern that matches nothing.
const never = `[^\x00-\x{10FFFF}]`

// wordStart translates \<, the start of a word. Before something that begins with a word's
// character it is \b; before any other single character it can never hold.
func (r *regexReader) wordStart() string {
	rest := r.pattern[r.i:]
	switch {
	case rest == "", strings.ContainsRune("([.|)", rune(rest[0])):
		r.fail(`the start of a word \< is supported before a single character or a class such as \w only`)
	case strings.HasPrefix(rest, `\w`), strings.HasPrefix(rest, `\d`):
		return `\b`
	}
	if c, _ := utf8.DecodeRuneInString(rest); c == '_' || unicode.IsLetter(c) || unicode.IsDigit(c) {
		return `\b`
	}
	return never
}

// wordEnd translates \>, the end of a word, in the same way by what stands before it.
func (r *regexReader) wordEnd() string {
	before := strings.TrimSuffix(r.pattern[:r.i], `\>`)
	trimmed := strings.TrimRight(before, "+*?")
	switch {
	case trimmed == "", strings.ContainsRune(").]|}", rune(trimmed[len(trimmed)-1])):
		r.fail(`the end of a word \> is supported behind a single character or a class such as \w only`)
	case strings.HasSuffix(trimmed, `\w`), strings.HasSuffix(trimmed, `\d`):
		return `\b`
	}
	if c, _ := utf8.DecodeLastRuneInString(trimmed); c == '_' || unicode.IsLetter(c) || unicode.IsDigit(c) {
		return `\b`
	}
	return never
}

// escape translates what follows a backslash outside classes.
func (r *regexReader) escape() string {
	switch {
	case r.take(`b{`), r.take(`B{`):
		r.fail(`the edges of words \b{…} are not supported`)
	case r.take(`<`):
		return r.wordStart()
	case r.take(`>`):
		return r.wordEnd()
	}
	for _, same := range [...]string{"b", "B", "A", "z"} {
		if r.take(same) {
			return `\` + same
		}
	}
	if items, negated, ok := r.classEscape(); ok {
		if negated {
			return `[^` + items + `]`
		}
		return `[` + items + `]`
	}
	return regexp.QuoteMeta(string(r.escapedRune()))
}

// classEscape reads the escape of a class of characters, such as w or p{Greek},
// as the items of a Go class.
func (r *regexReader) classEscape() (items string, negated, ok bool) {
	rest := r.pattern[r.i:]
	if rest == "" {
		return "", false, false
	}
	lower := rest[0] | 0x20
	negated = rest[0] != lower
	switch lower {
	case 'd':
		items = digitItems
	case 's':
		items = spaceItems
	case 'w':
		items = wordItems
	case 'p':
		r.i++
		return r.property(), negated, true
	default:
		return "", false, false
	}
	if r.flags.ascii {
		items = `\` + string(lower)
	}
	r.i++
	return items, negated, true
}

// property reads the name of a Unicode class after \p, as L or {Greek}.
func (r *regexReader) property() string {
	if !r.take(`{`) {
		return `\p{` + string(r.next()) + `}`
	}
	name, _, ok := strings.Cut(r.pattern[r.i:], "}")
	if !ok {
		r.fail(`the name after \p{ does not end`)
	}
	r.i += len(name) + 1
	if key, value, ok := strings.Cut(name, "="); ok {
		switch strings.ToLower(key) {
		case "sc", "script", "gc", "general_category":
			name = value
		}
	}
	return `\p{` + name + `}`
}

// escapedRune reads the escape of one character.
func (r *regexReader) escapedRune() rune {
	switch c := r.next(); c {
	case '0':
		return 0
	case 'a':
		return '\a'
	case 'f':
		return '\f'
	case 't':
		return '\t'
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 'v':
		return '\v'
	case 'x':
		return r.hex(2)
	case 'u':
		return r.hex(4)
	case 'U':
		return r.hex(8)
	default:
		switch {
		case c >= '0' && c <= '9':
			r.fail(`backreference \%c is not part of the dialect`, c)
		case c|0x20 >= 'a' && c|0x20 <= 'z':
			r.fail(`escape \%c is not part of the dialect`, c)
		}
		return c
	}
}

// hex reads the digits of a code point: as many as given, or those in braces.
func (r *regexReader) hex(digits int) rune {
	var text string
	if r.take(`{`) {
		text, _, _ = strings.Cut(r.pattern[r.i:], "}")
		r.i += len(text)
		if !r.take(`}`) {
			r.fail("the code point in braces does not end")
		}
	} else {
		text = r.pattern[r.i:min(r.i+digits, len(r.pattern))]
		r.i += len(text)
	}
	code, err := strconv.ParseUint(text, 16, 32)
	if err != nil || !utf8.ValidRune(rune(code)) {
		r.fail("%q is no code point", text)
	}
	return rune(code)
}
