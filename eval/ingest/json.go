package ingest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/tidwall/gjson"
)

// maxDepth bounds the nesting of a record, and with it the stack of everything that walks it.
const maxDepth = 1000

var errDeep = fmt.Errorf("JSON is nested more than %d deep", maxDepth)

// extent returns the length of the JSON value at the start of text and how deep it nests. It
// matches brackets only, so that the end of a value with an error inside is still found.
// ok is false when the text ends before the value does.
func extent(text []byte) (length, depth int, ok bool) {
	open := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '"':
			n := stringExtent(text[i:])
			if n == 0 {
				return 0, depth, false
			}
			i += n - 1
			if open == 0 {
				return i + 1, depth, true
			}
		case '{', '[':
			open++
			depth = max(depth, open)
		case '}', ']':
			open--
			if open == 0 {
				return i + 1, depth, true
			}
			if open < 0 {
				return i, depth, true
			}
		case ',', ' ', '\t', '\r', '\n', ':':
			if open == 0 {
				return i, depth, true
			}
		}
	}
	return len(text), depth, false
}

// stringExtent returns the length of the JSON string at the start of text with its quotes, 0 if
// it does not end.
func stringExtent(text []byte) int {
	for i := 1; i < len(text); {
		n := bytes.IndexByte(text[i:], '"')
		if n < 0 {
			return 0
		}
		end := i + n
		slashes := 0
		for text[end-1-slashes] == '\\' {
			slashes++
		}
		if slashes%2 == 0 {
			return end + 1
		}
		i = end + 1
	}
	return 0
}

// checkJSON says what is wrong with the JSON text of a record.
func checkJSON(text []byte) error {
	_, depth, _ := extent(text)
	if depth > maxDepth {
		return errDeep
	}
	return checkSyntax(text)
}

// checkSyntax is checkJSON for a text known not to be too deep.
func checkSyntax(text []byte) error {
	if gjson.ValidBytes(text) {
		return nil
	}
	var syntax *json.SyntaxError
	if err := json.Unmarshal(text, &json.RawMessage{}); errors.As(err, &syntax) {
		return fmt.Errorf("invalid JSON at byte %d of the record: %s", syntax.Offset, syntax.Error())
	}
	return errors.New("invalid JSON")
}

// members walks the members of an object.
type members struct {
	rest []byte
}

// membersOf returns the members of object, which starts with {.
func membersOf(object []byte) members { return members{object[1:]} }

// next returns the next key, with its quotes, and value; ok is false at the end of the object and
// where the text is no JSON.
func (m *members) next() (key, value []byte, ok bool) {
	text := trimLeft(m.rest, ',')
	if len(text) == 0 || text[0] != '"' {
		return nil, nil, false
	}
	n := stringExtent(text)
	key = text[:n]
	text = trimLeft(text[n:], ':')
	n, _, ok = extent(text)
	if n == 0 || !ok || len(key) == 0 {
		return nil, nil, false
	}
	m.rest = text[n:]
	return key, text[:n], true
}

// trimLeft drops white space and the punctuation c.
func trimLeft(text []byte, c byte) []byte {
	for i, t := range text {
		if t != c && t != ' ' && t != '\n' && t != '\t' && t != '\r' {
			return text[i:]
		}
	}
	return nil
}

// unquote returns what is between the quotes of a JSON string, its escapes untouched.
func unquote(text []byte) []byte { return text[1 : len(text)-1] }

// appendQuoted appends text as a JSON string.
func appendQuoted(dst, text []byte) []byte {
	const hex = "0123456789abcdef"
	dst = append(dst, '"')
	from := 0
	for i, c := range text {
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		dst = append(dst, text[from:i]...)
		from = i + 1
		switch c {
		case '"', '\\':
			dst = append(dst, '\\', c)
		case '\n':
			dst = append(dst, '\\', 'n')
		case '\r':
			dst = append(dst, '\\', 'r')
		case '\t':
			dst = append(dst, '\\', 't')
		default:
			dst = append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		}
	}
	dst = append(dst, text[from:]...)
	return append(dst, '"')
}
