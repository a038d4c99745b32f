package eval

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/seed-2512943d/picket/eval/function"
	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// bindParseKv takes pairs of key and value out of a text: a column for each key that is
// declared, null where the text lacks it (Kusto docs, "parse-kv operator").
func (b *binder) bindParseKv(op *kql.ParseKv, in *relation) *relation {
	in = b.inMemory(in, op.Text)
	text := b.expr(op.Text, in)
	kv := &keyValues{cols: b.schemaColumns(op.Schema), index: make(map[string]int)}
	for i, c := range kv.cols {
		kv.index[c.Name] = i
	}
	written := make(map[string]bool)
	for _, p := range op.With {
		if name := p.Name.Name; written[name] && name != "quote" && name != "escape" {
			b.fail(p.Name, "KS180", "the option '"+name+"' is written twice", "")
		}
		written[p.Name.Name] = true
		b.keyValueOption(kv, p)
	}
	match := kv.match
	if kv.re != nil {
		match = kv.matchRegex
	}
	out, _ := b.takenApart(in, text, kv.cols, match)
	return out
}

// keyValues are the options of a parse-kv. Without delimiters every character that is neither
// a letter, a digit nor an underscore parts keys from values and pairs from one another.
type keyValues struct {
	cols        []Column
	index       map[string]int // of cols, by name
	pair, kv    string
	open, close string // what a quoted key or value begins and ends with
	escape      string
	greedy      bool // a value that is not quoted goes on to the next known key
	re          *function.Regex
}

var keyValueOptions = []string{"pair_delimiter", "kv_delimiter", "regex", "quote", "escape", "greedy"}

func (b *binder) keyValueOption(kv *keyValues, p *kql.Property) {
	name := p.Name.Name
	if name == "greedy" {
		kv.greedy = b.optionValue(p, scalar.Bool).IsTrue()
		return
	}
	if !slices.Contains(keyValueOptions, name) {
		b.fail(p.Name, "KS198", "parse-kv has no option '"+name+"'", didYouMean(name, keyValueOptions))
		return
	}
	text := b.optionValue(p, scalar.String).Str()
	switch name {
	case "pair_delimiter":
		kv.pair = text
	case "kv_delimiter":
		kv.kv = text
	case "quote":
		kv.open, kv.close = text, text
		if _, n := utf8.DecodeRuneInString(text); n < len(text) {
			kv.open, kv.close = text[:n], text[n:]
		}
	case "escape":
		kv.escape = text
	case "regex":
		re, err := function.CompileRegex(text)
		switch {
		case err != nil:
			b.fail(p.Value, "KS140", "the regular expression cannot be used: "+err.Error(), "")
		case re.NumSubexp() != 2:
			b.fail(p.Value, "KS140", "the regular expression needs two groups, one for the key and one for the value", "")
		default:
			kv.re = re
		}
	}
}

// optionValue gives the value of an option of an operator, which must be written as a literal of type t, or a number where t is real.
func (b *binder) optionValue(p *kql.Property, t scalar.Type) scalar.Value {
	v := literalOf(p.Value)
	switch {
	case v != nil && (v.Type() == t || t == scalar.Real && v.Type().Numeric()):
		return *v
	case t == scalar.Bool:
		b.fail(p.Value, "KS223", p.Name.Name+" is true or false", "")
	case t == scalar.Real:
		b.fail(p.Value, "KS224", p.Name.Name+" is a number, written out", "")
	default:
		b.fail(p.Value, "KS222", p.Name.Name+" is a text, written out", "")
	}
	return scalar.Null(t)
}

// put gives a key its value, unless it has one from before.
func (kv *keyValues) put(key, value string, out []memo) {
	i, known := kv.index[key]
	if known && out[i].v.Type() == scalar.NoType {
		out[i].v = fromText(value, kv.cols[i].Type)
	}
}

// clear voids the values of the row before, and fill makes nulls of what is still void.
func (kv *keyValues) clear(out []memo) {
	for i := range out {
		out[i].v = scalar.Value{}
	}
}

func (kv *keyValues) fill(out []memo) bool {
	for i, c := range kv.cols {
		if out[i].v.Type() == scalar.NoType {
			out[i].v = scalar.Null(c.Type)
		}
	}
	return true
}

func (kv *keyValues) matchRegex(text string, out []memo) bool {
	kv.clear(out)
	for _, m := range kv.re.FindAllStringSubmatch(text, -1) {
		kv.put(m[1], m[2], out)
	}
	return kv.fill(out)
}

// match reads pairs from left to right.
func (kv *keyValues) match(text string, out []memo) bool {
	kv.clear(out)
	for text != "" {
		n := kv.skip(text)
		if text = text[n:]; text == "" {
			break
		}
		var key, value string
		key, text = kv.token(text, true)
		n = kv.separator(text)
		if _, known := kv.index[key]; n == 0 || !known && kv.kv == "" {
			continue // a word without a value, or in free text one that is no key
		}
		value, text = kv.token(strings.TrimLeft(text[n:], " \t"), false)
		kv.put(key, value, out)
	}
	return kv.fill(out)
}

// skip gives the length of what parts pairs at the start of a text.
func (kv *keyValues) skip(text string) int {
	n := 0
	for n < len(text) {
		rest := text[n:]
		switch {
		case kv.pair != "" && strings.HasPrefix(rest, kv.pair):
			n += len(kv.pair)
		case rest[0] == ' ' || rest[0] == '\t' || rest[0] == '\r' || rest[0] == '\n':
			n++
		case kv.pair == "" && kv.delimits(rest):
			_, size := utf8.DecodeRuneInString(rest)
			n += size
		default:
			return n
		}
	}
	return n
}

// separator gives the length of what parts a key from its value, 0 if the text begins with
// none of that.
func (kv *keyValues) separator(text string) int {
	trimmed := strings.TrimLeft(text, " \t")
	blanks := len(text) - len(trimmed)
	switch {
	case kv.kv != "" && strings.HasPrefix(text, kv.kv):
		return len(kv.kv)
	case kv.kv != "" && strings.HasPrefix(trimmed, kv.kv):
		return blanks + len(kv.kv)
	case kv.kv == "" && text != "" && kv.delimits(text):
		_, size := utf8.DecodeRuneInString(text)
		return size
	}
	return 0
}

// delimits reports whether a text begins with a character that may part keys and values where
// no delimiter is given.
func (kv *keyValues) delimits(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	word := r == '_' || r >= utf8.RuneSelf || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
	return !word && (kv.open == "" || !strings.HasPrefix(text, kv.open))
}

// token reads a key or a value off a text and gives the rest.
func (kv *keyValues) token(text string, key bool) (token, rest string) {
	if kv.open != "" && strings.HasPrefix(text, kv.open) {
		if token, rest, ok := kv.quoted(text[len(kv.open):]); ok {
			return token, rest
		}
	}
	end := kv.end(text, key)
	return strings.TrimSpace(text[:end]), text[end:]
}

// quoted reads a token up to its closing quote; an escaped quote does not close it.
func (kv *keyValues) quoted(text string) (token, rest string, ok bool) {
	var plain strings.Builder
	for i := 0; i < len(text); {
		switch {
		case kv.escape != "" && strings.HasPrefix(text[i:], kv.escape) && i+len(kv.escape) < len(text):
			i += len(kv.escape)
			_, size := utf8.DecodeRuneInString(text[i:])
			plain.WriteString(text[i : i+size])
			i += size
		case strings.HasPrefix(text[i:], kv.close):
			return plain.String(), text[i+len(kv.close):], true
		default:
			plain.WriteByte(text[i])
			i++
		}
	}
	return "", "", false
}

// end finds where a token that is not quoted ends: a key at what parts it from its value or
// its pair from the next, a value at what parts pairs.
func (kv *keyValues) end(text string, key bool) int {
	for i := range text {
		rest := text[i:]
		if key && (kv.kv != "" && strings.HasPrefix(rest, kv.kv) || kv.kv == "" && kv.delimits(rest)) {
			return i
		}
		ends := kv.pair != "" && strings.HasPrefix(rest, kv.pair) || kv.pair == "" && kv.delimits(rest)
		if ends && (key || !kv.greedy || kv.startsKey(rest)) {
			return i
		}
	}
	return len(text)
}

// startsKey reports whether what follows a delimiter of pairs is a key with its separator. A
// greedy value goes on where it is not.
func (kv *keyValues) startsKey(text string) bool {
	text = text[kv.skip(text):]
	if text == "" {
		return true
	}
	_, rest := kv.token(text, true)
	return kv.separator(rest) > 0
}
