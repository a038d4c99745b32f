package main

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"github.com/fatih/color"
	"golang.org/x/term"

	"github.com/seed-2512943d/picket/eval/ingest"
)

// streams are the command's input and outputs.
type streams struct {
	in       io.Reader
	out, err io.Writer

	mu   sync.Mutex
	told map[string]bool
	kept *ingest.Kept // standard input
}

// open returns the records of a path. Those of standard input are kept, so that several tables can be read from it.
func (s *streams) open(options ingest.Options, format ingest.Format, path string) (ingest.Source, error) {
	if path != "-" {
		return options.Open(format, path)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept == nil {
		s.kept = ingest.Keep(s.in, options.TempDir)
	}
	return options.FromKept(format, path, s.kept), nil
}

// warn tells of something on standard error, once: rules that read the same file meet the same things in it.
func (s *streams) warn(format string, args ...any) {
	line := "picket: " + printable(fmt.Sprintf(format, args...))
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.told[line] {
		return
	}
	if s.told == nil {
		s.told = map[string]bool{}
	}
	s.told[line] = true
	fmt.Fprintln(s.err, line)
}

// printable writes characters that steer a terminal or turn the direction of text as \x1b or \u202e: events come from anyone.
func printable(text string) string {
	steers := func(r rune) bool {
		return r != '\n' && r != '\t' && unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
	}
	if strings.IndexFunc(text, steers) < 0 {
		return text
	}
	var plain strings.Builder
	for _, r := range text {
		if steers(r) {
			quoted := strconv.QuoteRuneToASCII(r)
			plain.WriteString(quoted[1 : len(quoted)-1])
			continue
		}
		plain.WriteRune(r)
	}
	return plain.String()
}

// terminal says whether a writer is one.
func terminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// palette colours text where the output is a terminal and NO_COLOR is not set.
type palette struct{ on bool }

func (s *streams) palette() palette {
	return palette{terminal(s.out) && os.Getenv("NO_COLOR") == ""}
}

func (p palette) paint(text string, attributes ...color.Attribute) string {
	c := color.New(attributes...)
	if p.on {
		c.EnableColor()
	} else {
		c.DisableColor()
	}
	return c.Sprint(text)
}

func (p palette) bold(text string) string { return p.paint(text, color.Bold) }

func (p palette) faint(text string) string { return p.paint(text, color.Faint) }

// severity writes a severity in capitals and its colour.
func (p palette) severity(name string) string {
	text := strings.ToUpper(name)
	switch name {
	case "High":
		return p.paint(text, color.FgHiRed, color.Bold)
	case "Medium":
		return p.paint(text, color.FgYellow, color.Bold)
	}
	return p.paint(text, color.FgCyan, color.Bold)
}
