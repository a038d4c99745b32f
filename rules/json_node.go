package rules

import (
	"encoding/json"
	"errors"
	"sort"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// parseJSON reads JSON text as the nodes that YAML of the same content gives, so that rules in JSON are decoded as those in YAML are. A
// YAML parser would not do: JSON may be indented by tabs and escapes characters beyond 16 bits in two halves.
func parseJSON(name, text string) (*yaml.Node, error) {
	r := &jsonReader{text: text, decoder: json.NewDecoder(strings.NewReader(text))}
	r.decoder.UseNumber()
	for i, c := range text {
		if c == '\n' {
			r.lineEnds = append(r.lineEnds, i)
		}
	}
	// Once the text is known to be one valid value that does not nest too deeply, its tokens give no error.
	err := json.Unmarshal([]byte(text), new(json.RawMessage))
	if err == nil {
		return r.value()
	}
	d := Diagnostic{Code: "SR000", Severity: Error, Message: "the file is no JSON: " + err.Error(), Path: name, Line: 1, Column: 1}
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		at := r.at(max(int(syntax.Offset)-1, 0))
		d.Line, d.Column = at.line, at.column
	}
	return nil, d
}

// jsonReader makes nodes of the tokens of a text.
type jsonReader struct {
	text     string
	decoder  *json.Decoder
	lineEnds []int // offsets of line breaks
}

func (r *jsonReader) value() (*yaml.Node, error) {
	start := r.next()
	token, err := r.decoder.Token()
	if err != nil {
		return nil, err
	}
	node := r.node(start, token)
	if node.Kind == yaml.ScalarNode {
		return node, nil
	}
	for r.decoder.More() {
		item, err := r.value()
		if err != nil {
			return nil, err
		}
		node.Content = append(node.Content, item)
	}
	_, err = r.decoder.Token()
	return node, err
}

// next is the offset of the token that follows.
func (r *jsonReader) next() int {
	offset := int(r.decoder.InputOffset())
	return len(r.text) - len(strings.TrimLeft(r.text[offset:], " \t\r\n,:"))
}

func (r *jsonReader) node(offset int, token json.Token) *yaml.Node {
	at := r.at(offset)
	node := &yaml.Node{Kind: yaml.ScalarNode, Line: at.line, Column: at.column}
	switch token := token.(type) {
	case json.Delim:
		node.Kind, node.Tag = yaml.MappingNode, "!!map"
		if token == '[' {
			node.Kind, node.Tag = yaml.SequenceNode, "!!seq"
		}
	case string:
		node.Tag, node.Style, node.Value = "!!str", yaml.DoubleQuotedStyle, token
	case json.Number:
		node.Tag, node.Value = "!!float", token.String()
	case bool:
		node.Tag, node.Value = "!!bool", "false"
		if token {
			node.Value = "true"
		}
	default:
		node.Tag, node.Value = "!!null", "null"
	}
	return node
}

// at is the place of an offset.
func (r *jsonReader) at(offset int) place {
	offset = min(offset, len(r.text))
	line := sort.SearchInts(r.lineEnds, offset)
	start := 0
	if line > 0 {
		start = r.lineEnds[line-1] + 1
	}
	return place{line + 1, utf8.RuneCountInString(r.text[start:offset]) + 1}
}

// locateJSON finds how the value of a string stands in its JSON text. value is the string with \n for line ends, and without a bracket
// that the string doubles at its start, as templates do.
func locateJSON(text string, node *yaml.Node, value string) QueryPos {
	lines := strings.SplitAfter(text, "\n")
	if node.Line > len(lines) || node.Style != yaml.DoubleQuotedStyle {
		return QueryPos{segments: []segment{{0, place{node.Line, node.Column}, ""}}}
	}
	rest := strings.TrimPrefix(fromColumn(lines[node.Line-1], node.Column-1), `"`)
	at := place{node.Line, node.Column + 1}
	if strings.HasPrefix(rest, "[[") && !strings.HasPrefix(value, "[[") {
		rest, at.column = rest[1:], at.column+1
	}
	pos := QueryPos{Exact: true}
	for offset := 0; offset < len(value) && rest != ""; {
		plain := strings.IndexByte(rest, '\\')
		if plain != 0 {
			if plain < 0 {
				plain = len(rest)
			}
			run := rest[:min(plain, len(value)-offset)]
			pos.segments = append(pos.segments, segment{offset, at, run})
			offset, rest, at.column = offset+len(run), rest[len(run):], at.column+utf8.RuneCountInString(run)
			continue
		}
		written := jsonEscape(rest)
		if !strings.HasPrefix(rest, `\r\n`) { // of which the value has the second half
			_, size := utf8.DecodeRuneInString(value[offset:])
			pos.segments = append(pos.segments, segment{offset, at, ""})
			offset += size
		}
		rest, at.column = rest[written:], at.column+written
	}
	return pos
}

// jsonEscape is the length of the escape that a text starts with: \n, \u00e9, or \ud83d\ude00 for one character.
func jsonEscape(text string) int {
	length := 2
	if strings.HasPrefix(text, `\u`) {
		length = 6
		if len(text) >= 12 && strings.ContainsAny(text[2:3], "dD") && strings.ContainsAny(text[3:4], "89abAB") && text[6:8] == `\u` {
			length = 12
		}
	}
	return min(length, len(text))
}
