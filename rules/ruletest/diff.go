package ruletest

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// Limits of the listings of differences.
const (
	maxDiffLines   = 40
	maxDiffContext = 5
	maxShown       = 120 // characters of a value
)

// differences lists how got differs from want, both plain maps: lines of want begin with -, those of got with +.
func differences(want, got map[string]any) string {
	l := new(listing)
	cmp.Equal(want, got, cmp.Reporter(l))
	return l.String()
}

// listing is a cmp.Reporter that writes a line for each value.
type listing struct {
	path  cmp.Path
	lines []string
}

// PushStep implements cmp.Reporter.
func (l *listing) PushStep(step cmp.PathStep) { l.path = append(l.path, step) }

// PopStep implements cmp.Reporter.
func (l *listing) PopStep() { l.path = l.path[:len(l.path)-1] }

// Report implements cmp.Reporter.
func (l *listing) Report(r cmp.Result) {
	want, got := l.path.Last().Values()
	switch {
	case r.Equal():
		l.lines = append(l.lines, fmt.Sprintf("    %s: %s", l.name(), shown(want.Interface())))
	case !got.IsValid():
		l.lines = append(l.lines, fmt.Sprintf("  - %s: %s", l.name(), shown(want.Interface())))
	case !want.IsValid():
		l.lines = append(l.lines, fmt.Sprintf("  + %s: %s", l.name(), shown(got.Interface())))
	default:
		a, b := shownPair(want.Interface(), got.Interface())
		l.lines = append(l.lines, fmt.Sprintf("  - %s: %s", l.name(), a), fmt.Sprintf("  + %s: %s", l.name(), b))
	}
}

// name is the path of a value: EventName, Entities[0].Name.
func (l *listing) name() string {
	var name strings.Builder
	for _, step := range l.path {
		switch step := step.(type) {
		case cmp.MapIndex:
			if name.Len() > 0 {
				name.WriteByte('.')
			}
			name.WriteString(step.Key().String())
		case cmp.SliceIndex:
			i, j := step.SplitKeys()
			fmt.Fprintf(&name, "[%d]", max(i, j))
		}
	}
	return name.String()
}

// String is the lines that differ, with some that do not around them.
func (l *listing) String() string {
	keep := make([]bool, len(l.lines))
	for i, line := range l.lines {
		if line[2] == ' ' {
			continue
		}
		for j := max(0, i-maxDiffContext); j < min(len(keep), i+maxDiffContext+1); j++ {
			keep[j] = true
		}
	}
	var text strings.Builder
	text.WriteString("  {\n")
	shownLines, skipping := 0, false
	for i, line := range l.lines {
		switch {
		case shownLines >= maxDiffLines:
			fmt.Fprintf(&text, "    … %s more\n", count(len(l.lines)-i, "line"))
			text.WriteString("  }\n")
			return text.String()
		case keep[i]:
			text.WriteString(line + "\n")
			shownLines, skipping = shownLines+1, false
		case !skipping:
			text.WriteString("    …\n")
			skipping = true
		}
	}
	text.WriteString("  }\n")
	return text.String()
}

// plainText is a value that is shown as it stands, without quotes.
type plainText string

// shown writes a value; long ones are cut.
func shown(v any) string {
	text := fullText(v)
	if utf8.RuneCountInString(text) > maxShown {
		return string([]rune(text)[:maxShown]) + "…"
	}
	return text
}

func fullText(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case string:
		return quote(v)
	}
	return fmt.Sprint(v)
}

// shownPair writes two values that differ; of long ones it shows the span around the first difference.
func shownPair(want, got any) (string, string) {
	a, b := []rune(fullText(want)), []rune(fullText(got))
	if len(a) <= maxShown && len(b) <= maxShown {
		return string(a), string(b)
	}
	same := 0
	for same < len(a) && same < len(b) && a[same] == b[same] {
		same++
	}
	start := max(0, same-maxShown/3)
	cut := func(text []rune) string {
		end := min(len(text), start+maxShown)
		out := string(text[min(start, end):end])
		if start > 0 {
			out = "…" + out
		}
		if end < len(text) {
			out += "…"
		}
		return out
	}
	return cut(a), cut(b)
}
