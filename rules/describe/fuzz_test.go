package describe_test

import (
	"io"
	"testing"

	"github.com/seed-2512943d/picket/rules"
	"github.com/seed-2512943d/picket/rules/describe"
)

// FuzzPage wants a page of any query, in each form, whatever its faults.
func FuzzPage(f *testing.F) {
	for _, query := range []string{
		"", "T", "let a = ", "T | where A in (", "union T, (U | where A == 'x')", "let f = (x: long) { T | where A > x }; f(1) | summarize count() by A",
		"T | join kind=leftanti (U | project A) on A | extend x = case(A == 1, 'a', 'b')", "T | where not(A == 1 or B in~ ('x'))",
		"T | mv-apply x = y on (take 1)", "T | evaluate bag_unpack(", "T | evaluate bag_unpack()", "T | top-nested of A by count()", "find where A", "search 'x'",
		"T | parse A with * 'x' y", "T | where A between (1 .. 2) | project-away *", "T | partition by A (top 1 by B)", "print 1 | fork (count)",
		"T | where A == @'", "T | distinct *", "T | reduce by A", "let f = (x) { x }; f(f)", "T | where tolower() == 'x'", "T | summarize arg_max() by A",
	} {
		f.Add(query)
	}
	w := rules.NewWorkspace()
	f.Fuzz(func(t *testing.T, query string) {
		rule := &rules.Rule{Query: query}
		if _, err := describe.Analyze(rule, w); err != nil {
			t.Logf("faults: %v", err)
		}
		page := describe.NewCorpus(w, rule).Page(rule)
		for _, write := range []func(io.Writer) error{page.Text, page.Markdown, page.HTML} {
			if err := write(io.Discard); err != nil {
				t.Errorf("%q: %v", query, err)
			}
		}
		if difference := describe.Compare(rule, rule, w); len(difference.Indicators)+len(difference.Predicates) > 0 {
			t.Errorf("%q differs from itself: %+v", query, difference)
		}
	})
}
