package scalar

import (
	"iter"
	"strings"

	"github.com/tidwall/gjson"
)

// maxDepth bounds the nesting of JSON text that ParseJSON takes for JSON:
// checking it recurses, and deeper text is an attack rather than data.
const maxDepth = 10000

// ParseJSON returns parse_json(s) of a string: the dynamic value that s is the
// JSON text of. Text that is not JSON gives a dynamic string of that text, and
// blank text a null.
//
// Source: Kusto docs, "parse_json()".
func ParseJSON(s string) Value {
	text := trimJSON(s)
	if text == "" {
		return Null(Dynamic)
	}
	if !tooDeep(text) && gjson.Valid(text) {
		return RawJSON(text)
	}
	return NewString(s).AsDynamic()
}

// tooDeep reports whether s opens more than maxDepth brackets at a time. Brackets
// in strings count too, which does not matter at that number.
func tooDeep(s string) bool {
	if len(s) <= 2*maxDepth {
		return false
	}
	depth := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '[', '{':
			if depth++; depth > maxDepth {
				return true
			}
		case ']', '}':
			depth--
		case '"':
			i = stringEnd(s, i) - 1
		}
	}
	return false
}

func trimJSON(s string) string {
	if s != "" && s[0] > ' ' && s[len(s)-1] > ' ' {
		return s
	}
	return strings.Trim(s, " \t\r\n")
}

// RawJSON returns the dynamic value of s, which has to be one valid JSON value.
// An array or a bag keeps the text and is read only when asked for its parts.
// For other text the value is unspecified.
func RawJSON(s string) Value {
	s = trimJSON(s)
	if s == "" {
		return Null(Dynamic)
	}
	switch s[0] {
	case '{':
		return Value{typ: Dynamic, kind: Bag, s: s}
	case '[':
		return Value{typ: Dynamic, kind: Array, s: s}
	}
	return fromResult(gjson.Parse(s))
}

func fromResult(r gjson.Result) Value {
	switch r.Type {
	case gjson.String:
		return Value{typ: Dynamic, kind: String, s: r.Str}
	case gjson.Number:
		return jsonNumber(r.Raw)
	case gjson.True, gjson.False:
		return NewBool(r.Type == gjson.True).AsDynamic()
	case gjson.JSON:
		return RawJSON(r.Raw)
	}
	return Null(Dynamic)
}

// Field returns the value of a bag's key, and a dynamic null if v is no bag or
// has no such key. Of a key that occurs twice the first counts.
func (v Value) Field(key string) Value {
	if v.kind != Bag {
		return Null(Dynamic)
	}
	if plainKey(key) {
		return fromResult(gjson.Get(v.s, key))
	}
	for k, field := range v.Entries() {
		if k == key {
			return field
		}
	}
	return Null(Dynamic)
}

// plainKey reports whether key means itself as a gjson path.
func plainKey(key string) bool {
	for i := 0; i < len(key); i++ {
		if c := key[i]; !isLetter(c) && !isDigit(c) && c != '_' {
			return false
		}
	}
	return key != ""
}

// At returns element i of an array, counted from 0, or from the end if i is
// negative: -1 is the last. It is a dynamic null if v is no array or has no such
// element.
func (v Value) At(i int) Value {
	if i < 0 {
		n, _ := v.Len()
		i += n
	}
	if v.kind != Array || i < 0 {
		return Null(Dynamic)
	}
	for element := range v.Elements() {
		if i == 0 {
			return element
		}
		i--
	}
	return Null(Dynamic)
}

// Len returns the number of elements of an array, and false if v is none.
func (v Value) Len() (int, bool) {
	if v.kind != Array {
		return 0, false
	}
	n := 0
	gjson.Parse(v.s).ForEach(func(_, _ gjson.Result) bool {
		n++
		return true
	})
	return n, true
}

// Elements yields the elements of an array as dynamics; nothing if v is none.
func (v Value) Elements() iter.Seq[Value] {
	return func(yield func(Value) bool) {
		if v.kind == Array {
			gjson.Parse(v.s).ForEach(func(_, element gjson.Result) bool {
				return yield(fromResult(element))
			})
		}
	}
}

// Entries yields the keys and values of a bag in their order, a repeated key as
// often as it occurs; nothing if v is no bag.
func (v Value) Entries() iter.Seq2[string, Value] {
	return func(yield func(string, Value) bool) {
		if v.kind == Bag {
			gjson.Parse(v.s).ForEach(func(key, value gjson.Result) bool {
				return yield(key.Str, fromResult(value))
			})
		}
	}
}
