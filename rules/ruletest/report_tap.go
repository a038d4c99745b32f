package ruletest

import (
	"fmt"
	"io"
	"strings"
)

// WriteTAP writes results in the Test Anything Protocol, version 13: a line for each test, with a YAML block for those that fail.
func WriteTAP(w io.Writer, results []Result) error {
	var text strings.Builder
	fmt.Fprintf(&text, "TAP version 13\n1..%d\n", len(results))
	for i, r := range results {
		state, directive := "ok", ""
		switch r.Status {
		case Failed:
			state = "not ok"
		case Skipped:
			directive = " # SKIP " + tapText(r.Reason)
		case Todo:
			state, directive = "not ok", " # TODO "+tapText(r.Reason)
		}
		fmt.Fprintf(&text, "%s %d - %s%s\n", state, i+1, tapText(r.title()), directive)
		if r.Status != Failed {
			continue
		}
		fmt.Fprintf(&text, "  ---\n  message: %s\n  file: %s\n  line: %d\n  details: |\n", quote(r.Message()), quote(r.Suite.Path), r.FailureLine())
		for line := range strings.Lines(r.Body()) {
			text.WriteString("    " + strings.TrimRight(line, "\n") + "\n")
		}
		text.WriteString("  ...\n")
	}
	_, err := io.WriteString(w, text.String())
	return err
}

// tapText is a text without what has a meaning in a line of TAP.
func tapText(text string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(text), " "), "#", `\#`)
}

// Message is the first thing that is wrong, on one line; empty for a test that passed.
func (r Result) Message() string {
	if len(r.Mismatches) == 0 {
		return ""
	}
	return r.Mismatches[0].Message
}

// FailureLine is the line, in the test file, of the first thing that is wrong, or else that of the test.
func (r Result) FailureLine() int {
	if len(r.Mismatches) == 0 || r.Mismatches[0].Line == 0 {
		return r.Test.Line
	}
	return r.Mismatches[0].Line
}
