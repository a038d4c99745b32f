package rules

import (
	"sort"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// place is a line and a column, both from 1; columns count characters.
type place struct{ line, column int }

// QueryPos says where the text of a query stands in its YAML file. The zero value stands for a query of a text of its own.
type QueryPos struct {
	// Exact says that every place is exact: true of block literals (query: |) and of scalars on one line without
	// escapes. Other forms are followed as far as their text agrees with the file's.
	Exact    bool
	segments []segment
}

// segment maps a run of query bytes that stand unchanged in the file, from offset to the next segment's offset.
type segment struct {
	offset int
	at     place
	text   string
}

// At gives the line and column in the file of a byte offset of the query text. Offsets beyond the text give its end.
func (p QueryPos) At(offset int) (line, column int) {
	if len(p.segments) == 0 {
		return 1, max(offset, 0) + 1
	}
	i := sort.Search(len(p.segments), func(i int) bool { return p.segments[i].offset > offset })
	s := p.segments[max(i-1, 0)]
	inside := min(max(offset-s.offset, 0), len(s.text))
	return s.at.line, s.at.column + utf8.RuneCountInString(s.text[:inside])
}

// locateQuery finds how the value of a scalar node stands in the text of its file.
func locateQuery(text string, node *yaml.Node) QueryPos {
	lines := strings.SplitAfter(text, "\n")
	if node.Line < 1 || node.Line > len(lines) {
		return QueryPos{}
	}
	if node.Style&yaml.LiteralStyle != 0 {
		if segments, ok := literalSegments(lines, node); ok {
			return QueryPos{Exact: true, segments: segments}
		}
	}
	return followScalar(lines, node)
}

// literalSegments maps each line of a block literal to the line of the file it stands on. It reports false where the file's lines,
// without their indent, are not the lines of the value.
func literalSegments(lines []string, node *yaml.Node) (segments []segment, ok bool) {
	value, offset := node.Value, 0
	indent := literalIndent(lines[node.Line:], value)
	for i := node.Line; offset < len(value); i++ {
		if i >= len(lines) {
			return nil, false
		}
		raw := strings.TrimRight(lines[i], "\r\n")
		content := ""
		if len(raw) > indent {
			content = raw[indent:]
		} else if strings.Trim(raw, " ") != "" {
			return nil, false
		}
		line, _, _ := strings.Cut(value[offset:], "\n")
		if line != content {
			return nil, false
		}
		segments = append(segments, segment{offset, place{i + 1, min(indent, len(raw)) + 1}, content})
		offset += len(line) + 1
	}
	return segments, true
}

// literalIndent is the number of blanks that a block literal's first line with text has in the file and lacks in the value.
func literalIndent(lines []string, value string) int {
	skipped, first := 0, value
	for strings.HasPrefix(first, "\n") {
		skipped, first = skipped+1, first[1:]
	}
	if skipped >= len(lines) {
		return 0
	}
	blanks := func(s string) int { return len(s) - len(strings.TrimLeft(s, " ")) }
	return max(blanks(lines[skipped])-blanks(first), 0)
}

// followScalar walks the value of a flow or folded scalar and the file side by side. A run of white space of the one
// matches a run of the other, and a character of the file that the value lacks (a quote, a backslash) is passed over.
func followScalar(lines []string, node *yaml.Node) QueryPos {
	pos := QueryPos{Exact: true}
	value, line, column := node.Value, node.Line-1, max(node.Column-1, 0)
	rest := fromColumn(lines[line], column)
	if node.Style&(yaml.FoldedStyle|yaml.LiteralStyle) != 0 {
		line, column = line+1, 0
		pos.Exact = false
		if rest = ""; line < len(lines) {
			rest = lines[line]
		}
	}
	for offset := 0; offset < len(value); {
		matched := commonPrefix(value[offset:], rest)
		if matched > 0 {
			pos.segments = append(pos.segments, segment{offset, place{line + 1, column + 1}, rest[:matched]})
			column += utf8.RuneCountInString(rest[:matched])
			offset, rest = offset+matched, rest[matched:]
			continue
		}
		if rest == "" || rest[0] == '\n' || rest[0] == '\r' {
			pos.Exact = false
			if line++; line >= len(lines) {
				return pos
			}
			rest, column = lines[line], 0
			offset = skipSpace(value, offset)
			trimmed := strings.TrimLeft(rest, " \t")
			column, rest = len(rest)-len(trimmed), trimmed
			continue
		}
		if offset > 0 {
			pos.Exact = false
		}
		_, size := utf8.DecodeRuneInString(rest)
		rest, column = rest[size:], column+1
	}
	return pos
}

func skipSpace(text string, offset int) int {
	for offset < len(text) && (text[offset] == ' ' || text[offset] == '\n') {
		offset++
	}
	return offset
}

// commonPrefix is the length of what a and b share up to the end of b's line, in whole characters.
func commonPrefix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] && b[n] != '\n' && b[n] != '\r' {
		n++
	}
	for n > 0 && n < len(a) && !utf8.RuneStart(a[n]) {
		n--
	}
	return n
}

func fromColumn(line string, column int) string {
	for i := range line {
		if column == 0 {
			return line[i:]
		}
		column--
	}
	return ""
}

func parentPath(path string) string {
	return path[:max(strings.LastIndexAny(path, ".["), 0)]
}
