package rules_test

import (
	"testing"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/rules"
)

// BenchmarkEveryTable binds queries over all tables of the catalogue.
func BenchmarkEveryTable(b *testing.B) {
	w := rules.NewWorkspace()
	for _, query := range []string{"search *", "union * | where EventID == 1", "union withsource=T * | summarize count() by T", "find where EventID == 1"} {
		b.Run(query, func(b *testing.B) {
			for b.Loop() {
				if _, err := eval.Compile(query, w.Options()...); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
