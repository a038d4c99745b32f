package ingest

import (
	"bytes"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// jsonText writes a valid JSON value as the text of a string column: members in the order of the
// source, numbers as written, no escapes but those JSON needs. Of a key that occurs twice in an
// object the last member is kept.
type jsonText struct {
	spacing JSONSpacing
	src     []byte
	out     []byte
}

// span is one member in out.
type span struct{ start, keyEnd, end int }

// appendJSONText appends the text of value to dst.
func appendJSONText(dst, value []byte, spacing JSONSpacing) []byte {
	t := jsonText{spacing, value, dst}
	t.value(0)
	return t.out
}

// value writes the value at i and returns where it ends.
func (t *jsonText) value(i int) int {
	i = t.space(i)
	switch t.src[i] {
	case '{':
		return t.object(i + 1)
	case '[':
		return t.array(i + 1)
	case '"':
		return t.string(i)
	}
	end := i
	for end < len(t.src) && !isDelimiter(t.src[end]) {
		end++
	}
	t.out = append(t.out, t.src[i:end]...)
	return end
}

func isDelimiter(c byte) bool {
	switch c {
	case ',', '}', ']', ' ', '\t', '\r', '\n':
		return true
	}
	return false
}

func (t *jsonText) space(i int) int {
	for t.src[i] == ' ' || t.src[i] == '\t' || t.src[i] == '\r' || t.src[i] == '\n' {
		i++
	}
	return i
}

func (t *jsonText) punctuation(c byte) {
	t.out = append(t.out, c)
	if t.spacing == Spaced {
		t.out = append(t.out, ' ')
	}
}

func (t *jsonText) array(i int) int {
	t.out = append(t.out, '[')
	for first := true; ; first = false {
		i = t.space(i)
		switch t.src[i] {
		case ']':
			t.out = append(t.out, ']')
			return i + 1
		case ',':
			i++
		}
		if !first {
			t.punctuation(',')
		}
		i = t.value(i)
	}
}

func (t *jsonText) object(i int) int {
	var fixed [16]span
	spans := fixed[:0]
	t.out = append(t.out, '{')
	for {
		i = t.space(i)
		switch t.src[i] {
		case '}':
			t.dropRepeated(spans)
			t.out = append(t.out, '}')
			return i + 1
		case ',':
			i = t.space(i + 1)
		}
		if len(spans) > 0 {
			t.punctuation(',')
		}
		member := span{start: len(t.out)}
		i = t.space(t.string(i))
		member.keyEnd = len(t.out)
		t.punctuation(':')
		i = t.value(i + 1)
		member.end = len(t.out)
		spans = append(spans, member)
	}
}

// dropRepeated removes the members whose key occurs again behind them.
func (t *jsonText) dropRepeated(spans []span) {
	if !t.repeats(spans) {
		return
	}
	last := make(map[string]int, len(spans))
	for i, s := range spans {
		last[string(t.key(s))] = i
	}
	origin := spans[0].start
	body := bytes.Clone(t.out[origin:])
	t.out = t.out[:origin]
	for i, s := range spans {
		if last[string(body[s.start-origin:s.keyEnd-origin])] != i {
			continue
		}
		if len(t.out) > origin {
			t.punctuation(',')
		}
		t.out = append(t.out, body[s.start-origin:s.end-origin]...)
	}
}

// repeats says whether two members may have the same key. Few members are compared with each
// other; for many a map is quicker, which the caller makes anyway.
func (t *jsonText) repeats(spans []span) bool {
	const few = 16
	if len(spans) > few {
		return true
	}
	for i, s := range spans {
		for _, later := range spans[i+1:] {
			if bytes.Equal(t.key(s), t.key(later)) {
				return true
			}
		}
	}
	return false
}

func (t *jsonText) key(s span) []byte { return t.out[s.start:s.keyEnd] }

// string writes the string at i and returns where it ends.
func (t *jsonText) string(i int) int {
	text := t.src[i:]
	text = text[:stringExtent(text)]
	t.out = append(t.out, '"')
	t.out = appendPlain(t.out, unquote(text))
	t.out = append(t.out, '"')
	return i + len(text)
}

// appendPlain appends the inside of a JSON string with no escapes but those JSON needs. A
// surrogate without its partner stays an escape.
func appendPlain(dst, text []byte) []byte {
	for {
		i := bytes.IndexByte(text, '\\')
		if i < 0 {
			return append(dst, text...)
		}
		dst = append(dst, text[:i]...)
		text = text[i:]
		length := 2
		switch text[1] {
		case '/':
			dst = append(dst, '/')
		case 'u':
			var char rune
			char, length = unicodeEscape(text)
			if char < ' ' || char == '"' || char == '\\' || utf16.IsSurrogate(char) {
				dst = append(dst, text[:length]...)
			} else {
				dst = utf8.AppendRune(dst, char)
			}
		default:
			dst = append(dst, text[:2]...)
		}
		text = text[length:]
	}
}

// unicodeEscape reads the \uXXXX at the start of text, or a pair of them, and returns its length.
func unicodeEscape(text []byte) (char rune, length int) {
	char = hexRune(text[2:6])
	if utf16.IsSurrogate(char) && len(text) >= 12 && text[6] == '\\' && text[7] == 'u' {
		if both := utf16.DecodeRune(char, hexRune(text[8:12])); both != utf8.RuneError {
			return both, 12
		}
	}
	return char, 6
}

// hexRune reads four hexadecimal digits.
func hexRune(digits []byte) rune {
	n, err := strconv.ParseUint(string(digits), 16, 16)
	if err != nil {
		return utf8.RuneError
	}
	return rune(n)
}
