package ruletest

import (
	"cmp"
	"fmt"
	"strings"
	"unicode/utf8"

	gocmp "github.com/google/go-cmp/cmp"
)

// maxShown is how many characters of a value are shown.
const maxShown = 120

// Listing limits the listings of differences. What is 0 is as many as most people like; a negative number of lines around is none.
type Listing struct {
	Lines   int // of a listing: 40
	Context int // lines that do not differ, around those that do: 5
}

// differences lists how got differs from want, both plain maps: lines of want begin with -, those of got with +.
func (limits Listing) differences(want, got map[string]any) string {
	l := &listing{limits: Listing{cmp.Or(limits.Lines, 40), max(0, cmp.Or(limits.Context, 5))}}
	gocmp.Equal(want, got, gocmp.Reporter(l))
	return l.String()
}

// listing is a cmp.Reporter that writes a line for each value.
type listing struct {
	limits Listing
	path   gocmp.Path
	lines  []string
}

// PushStep implements cmp.Reporter.
func (l *listing) PushStep(step gocmp.PathStep) { l.path = append(l.path, step) }

// PopStep implements cmp.Reporter.
func (l *listing) PopStep() { l.path = l.path[:len(l.path)-1] }

// Report implements cmp.Reporter.
func (l *listing) Report(r gocmp.Result) {
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
		case gocmp.MapIndex:
			if name.Len() > 0 {
				name.WriteByte('.')
			}
			name.WriteString(step.Key().String())
		case gocmp.SliceIndex:
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
		for j := max(0, i-l.limits.Context); j < min(len(keep), i+l.limits.Context+1); j++ {
			keep[j] = true
		}
	}
	var text strings.Builder
	text.WriteString("  {\n")
	shownLines, skipping := 0, false
	for i, line := range l.lines {
		switch {
		case shownLines >= l.limits.Lines:
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
