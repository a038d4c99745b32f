package ruletest

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// noteChange tells of a change.
type noteChange func(n *yaml.Node, key, before, after string)

// rows rewrites a list of rows to those of an outcome.
func (u *updater) rows(p *rowsPattern, o *outcome, note noteChange) {
	l := u.list(p)
	taken := make([]bool, len(o.rows))
	match := p.closest(o, taken)
	for i, row := range p.rows {
		name := fmt.Sprintf("%s row %d", p.key, i+1)
		if k := match[i]; k < 0 {
			note(row.node, name, l.text[l.starts[i]:l.ends[i]], "")
			kept := func(k int) bool { return k >= 0 }
			l.remove(u, i, slices.ContainsFunc(match[:i], kept), slices.ContainsFunc(match[i:], kept))
		} else {
			u.cells(l, i, row, o, k, name, note)
		}
	}
	for k, row := range o.rows {
		if !taken[k] {
			text := flowRow(columnsOf(p, o), o.columns, row)
			note(p.node, p.key, "", text)
			l.added = append(l.added, text)
		}
	}
	l.add(u)
}

// closest gives each expected row one of the result: one that matches, or else the nearest that is left; of ordered rows that of the same place.
func (p *rowsPattern) closest(o *outcome, taken []bool) []int {
	distance := func(i, k int) int { return p.rows[i].distance(o.columns, o.rows[k]) }
	match := assign(len(p.rows), len(o.rows), func(i, k int) bool { return distance(i, k) == 0 && (!p.ordered || i == k) })
	for _, k := range match {
		if k >= 0 {
			taken[k] = true
		}
	}
	for i := range match {
		for k := range o.rows {
			if match[i] >= 0 && (taken[match[i]] && distance(i, match[i]) == 0) || taken[k] || p.ordered && i != k {
				continue
			}
			if match[i] < 0 || distance(i, k) < distance(i, match[i]) {
				match[i] = k
			}
		}
		if match[i] >= 0 {
			taken[match[i]] = true
		}
	}
	return match
}

// cells rewrites the values of a row that are not those of the result.
func (u *updater) cells(l *rowList, i int, row rowPattern, o *outcome, k int, name string, note noteChange) {
	for _, c := range row.cells {
		v, ok := cell(o.columns, o.rows[k], c.name)
		if ok && c.value(v) {
			continue
		}
		start := u.offset(c.node)
		end, simple := valueEnd(l.text, start, l.text[l.starts[i]] == '{')
		if !ok || !simple || c.node.Kind != yaml.ScalarNode && l.text[start] != '[' && l.text[start] != '{' {
			// What cannot be put in place of the value alone is put in place of the row.
			text := flowRow(columnsOf(&rowsPattern{rows: []rowPattern{row}}, o), o.columns, o.rows[k])
			note(row.node, name, l.text[l.starts[i]:l.ends[i]], text)
			u.edits = append(u.edits, textEdit{l.starts[i], l.ends[i], text})
			return
		}
		note(c.node, name+" "+c.name, l.text[start:end], yamlValue(v))
		u.edits = append(u.edits, textEdit{start, end, yamlValue(v)})
	}
}

// rowList is a list of rows in the text of a file.
type rowList struct {
	text         string
	start        int // of the list
	key          string
	flow         bool
	indent       string // of the dashes
	newline      string
	starts, ends []int // of the rows, without dashes
	added        []string
}

func (u *updater) list(p *rowsPattern) *rowList {
	l := &rowList{text: strings.Join(u.lines, ""), start: u.offset(p.node), key: p.key, newline: "\n"}
	if strings.Contains(l.text, "\r\n") {
		l.newline = "\r\n"
	}
	l.flow = l.start < len(l.text) && l.text[l.start] == '['
	l.indent = strings.Repeat(" ", max(0, p.node.Column-1))
	for _, row := range p.rows {
		start := u.offset(row.node)
		end := start
		if l.text[start] == '{' {
			end = flowEnd(l.text, start)
		} else {
			end = l.blockEnd(start)
		}
		l.starts, l.ends = append(l.starts, start), append(l.ends, end)
	}
	return l
}

// blockEnd is where a mapping in a block list ends: before the first line that stands no further right than the dash.
func (l *rowList) blockEnd(start int) int {
	end := l.lineEnd(start)
	for end < len(l.text) {
		next := l.lineEnd(end)
		line := l.text[end:next]
		trimmed := strings.TrimLeft(line, " ")
		if strings.TrimSpace(line) == "" || len(line)-len(trimmed) <= len(l.indent) {
			break
		}
		end = next
	}
	return len(strings.TrimRight(l.text[:end], "\r\n"))
}

// lineEnd is where the line ends that a place is in, with its line break.
func (l *rowList) lineEnd(at int) int {
	if i := strings.IndexByte(l.text[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(l.text)
}

// remove takes a row away; before and after say whether some before it and some behind it stay.
func (l *rowList) remove(u *updater, i int, before, after bool) {
	start, end := l.starts[i], l.ends[i]
	switch {
	case l.flow && before && !after:
		start = l.ends[i-1]
	case l.flow && i+1 < len(l.starts):
		end = l.starts[i+1]
	case l.flow:
	default:
		start, end = strings.LastIndexByte(l.text[:start], '\n')+1, l.lineEnd(end)
	}
	u.edits = append(u.edits, textEdit{start, end, ""})
	if key := strings.LastIndex(l.text[:l.start], l.key); !before && !after && !l.flow && i == 0 && key >= 0 {
		at := key + strings.IndexByte(l.text[key:], ':') + 1
		u.edits = append(u.edits, textEdit{at, at, " []"})
	}
}

// add puts rows behind the last one.
func (l *rowList) add(u *updater) {
	switch n := len(l.ends); {
	case len(l.added) == 0:
	case l.flow && n == 0:
		u.edits = append(u.edits, textEdit{l.start + 1, l.start + 1, strings.Join(l.added, ", ")})
	case l.flow:
		u.edits = append(u.edits, textEdit{l.ends[n-1], l.ends[n-1], ", " + strings.Join(l.added, ", ")})
	default:
		at := l.lineEnd(l.ends[n-1])
		text := ""
		if !strings.HasSuffix(l.text[:at], "\n") {
			text = l.newline
		}
		for _, row := range l.added {
			text += l.indent + "- " + row + l.newline
		}
		u.edits = append(u.edits, textEdit{at, at, text})
	}
}

// valueEnd is where a value ends that stands on one line, or in brackets; simple is false for others. Within a mapping in brackets a comma ends it too.
func valueEnd(text string, start int, flow bool) (end int, simple bool) {
	stops := "\r\n"
	if flow {
		stops += ",]}"
	}
	switch c := text[start]; c {
	case '{', '[':
		return flowEnd(text, start), true
	case '"', '\'':
		for i := start + 1; i < len(text); i++ {
			switch {
			case c == '"' && text[i] == '\\':
				i++
			case text[i] == c && c == '\'' && i+1 < len(text) && text[i+1] == c:
				i++
			case text[i] == c:
				return i + 1, true
			}
		}
		return start, false
	case '|', '>', '*', '&':
		return start, false
	}
	end = start
	for end < len(text) && strings.IndexByte(stops, text[end]) < 0 && !strings.HasPrefix(text[end:], " #") {
		end++
	}
	return len(strings.TrimRight(text[:end], " ")), true
}

// columnsOf are the columns that a list of rows tells of, in order; those of the result that are not empty where it tells of none.
func columnsOf(p *rowsPattern, o *outcome) []string {
	var names []string
	for _, row := range p.rows {
		for _, c := range row.cells {
			if !slices.Contains(names, c.name) && columnIndex(o.columns, c.name) >= 0 {
				names = append(names, c.name)
			}
		}
	}
	if names != nil {
		return names
	}
	for _, c := range o.columns {
		for _, row := range o.rows {
			if hasText(o, row, c.Name) && !slices.Contains(names, c.Name) {
				names = append(names, c.Name)
			}
		}
	}
	return names
}

// flowEnd is where the list or mapping ends that begins at start.
func flowEnd(text string, start int) int {
	depth, quoted := 0, byte(0)
	for i := start; i < len(text); i++ {
		switch c := text[i]; {
		case quoted == '"' && c == '\\':
			i++
		case quoted != 0:
			if c == quoted {
				quoted = 0
			}
		case (c == '"' || c == '\'') && strings.ContainsRune(" [{,:\n", rune(text[i-1])):
			quoted = c
		case c == '[' || c == '{':
			depth++
		case c == ']' || c == '}':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(text)
}
