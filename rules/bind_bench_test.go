package rules_test

import (
	"testing"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/rules"
)

// BenchmarkBindRealRules parses and binds all real rules, loaded before, over the catalogue and the saved functions.
func BenchmarkBindRealRules(b *testing.B) {
	loaded, err := rules.LoadDir(sentinel + "rules") // the error names the files that are no rules
	if len(loaded) == 0 {
		b.Skipf("the real rules do not stand beside the module: %v", err)
	}
	w := workspaceOfFunctions(b)
	b.ReportAllocs()
	for b.Loop() {
		refused := 0
		for _, rule := range loaded {
			if _, err := rule.Compile(w, eval.WithWorkers(1)); err != nil {
				refused++
			}
		}
		b.ReportMetric(float64(len(loaded)), "rules")
		b.ReportMetric(float64(refused), "refused")
	}
}
