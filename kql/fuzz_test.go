package kql

import (
	"errors"
	"os"
	"strings"
	"testing"
)

// seeds are the queries of the data files.
func seeds(f *testing.F) {
	for _, path := range []string{"testdata/parse/operator.kt", "testdata/parse/statement.kt", "testdata/error/syntax.kt"} {
		text, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for sample := range strings.SplitSeq(string(text), "\n\n") {
			query, _, _ := strings.Cut(sample, "\n----")
			f.Add(query)
		}
	}
}

// FuzzLex checks that the tokens cover the text in order: between them are white space, comments and faults only.
func FuzzLex(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		s := newScan(text, Limits{})
		end := 0
		for {
			token, err := s.Next()
			if err != nil {
				t.Fatal(err)
			}
			start := token.Pos.Offset
			if start < end || token.Pos.Line != end {
				t.Fatalf("token %q at %d, after one that ends at %d (%d)", token.Value, start, end, token.Pos.Line)
			}
			if token.Type == tokenEOF {
				break
			}
			if s.end == start {
				t.Fatalf("token %q is empty", token.Value)
			}
			end = s.end
		}
	})
}

// FuzzParse checks that no text makes the parser panic, that faults are Errors within the text, and that printing
// and reading are each other's inverse.
func FuzzParse(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		query, err := Parse(text)
		if err != nil {
			var faults Errors
			if !errors.As(err, &faults) || len(faults) == 0 {
				t.Fatalf("%v is no Errors", err)
			}
			for _, fault := range faults {
				if fault.Code == "KS246" {
					t.Fatal(fault)
				}
				if fault.Span.Start < 0 || fault.Span.End < fault.Span.Start || fault.Span.End > len(text) {
					t.Fatalf("%v is at %v of %d bytes", fault, fault.Span, len(text))
				}
			}
			_ = faults.Format(NewSource(text)) // must not panic
			return
		}
		want := query.String()
		again, err := Parse(want)
		if err != nil {
			t.Fatalf("%q prints as %q: %v", text, want, err)
		}
		if got := again.String(); got != want {
			t.Fatalf("%q prints as %q and then as %q", text, want, got)
		}
		formatted, err := Format(text)
		if err != nil {
			t.Fatal(err)
		}
		laidOut, err := Parse(formatted)
		if err != nil {
			t.Fatalf("%q is formatted as %q: %v", text, formatted, err)
		}
		if got := laidOut.String(); got != want {
			t.Fatalf("%q is formatted as %q, which prints as %q", text, formatted, got)
		}
	})
}
