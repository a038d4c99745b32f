package describe

import (
	"bytes"
	"strings"

	"github.com/seed-2512943d/picket/kql"
)

// cleanText is the text of a part of a query as it is written, without comments, without blanks at the ends of lines and without the lines
// that are then empty. Strings stay as they are, those of several lines too.
func cleanText(text string, span kql.Span) string {
	var out strings.Builder
	out.Grow(span.End - span.Start)
	line := 0 // where the current line starts in out; a string's lines never start one
	var code []byte
	flush := func() {
		out.Write(code)
		code = code[:0]
	}
	for rest := text[span.Start:span.End]; rest != ""; {
		switch n := stringLength(rest); {
		case n > 0:
			flush()
			out.WriteString(rest[:n])
			rest = rest[n:]
		case strings.HasPrefix(rest, "//"):
			end := strings.IndexByte(rest, '\n')
			if end < 0 {
				end = len(rest)
			}
			rest = rest[end:]
		case rest[0] == '\n':
			code = bytes.TrimRight(code, " \t\r")
			flush()
			if out.Len() > line {
				out.WriteByte('\n')
				line = out.Len()
			}
			rest = rest[1:]
		default:
			code = append(code, rest[0])
			rest = rest[1:]
		}
	}
	flush()
	return strings.TrimRight(out.String(), " \t\r\n")
}

// stringLength is the length of the string literal that text starts with, 0 where it starts with none. A string without an end takes
// what is left, as a page is made of a faulty query too.
func stringLength(text string) int {
	for _, fence := range []string{"```", "~~~"} {
		if strings.HasPrefix(text, fence) {
			if end := strings.Index(text[len(fence):], fence); end >= 0 {
				return len(fence)*2 + end
			}
			return len(text)
		}
	}
	start := 0
	verbatim := text[0] == '@' && len(text) > 1
	if verbatim {
		start = 1
	}
	quote := text[start]
	if quote != '"' && quote != '\'' {
		return 0
	}
	for i := start + 1; i < len(text); i++ {
		switch {
		case text[i] == '\\' && !verbatim:
			i++
		case text[i] == quote && verbatim && i+1 < len(text) && text[i+1] == quote:
			i++
		case text[i] == quote, text[i] == '\n':
			return i + 1
		}
	}
	return len(text)
}
