package rules_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/rules"
)

// BenchmarkBindRealRules parses and binds all real rules, loaded before, over the catalogue and the saved functions.
func BenchmarkBindRealRules(b *testing.B) {
	var loaded []*rules.Rule
	err := filepath.WalkDir(sentinel+"rules", func(path string, _ os.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".yaml") {
			rule, err := rules.Load(path)
			if err != nil {
				return nil // a file that is no rule
			}
			loaded = append(loaded, rule)
		}
		return err
	})
	if err != nil {
		b.Skipf("the real rules do not stand beside the module: %v", err)
	}
	w := rules.NewWorkspace()
	w.EmptyExternalData = true
	if err := w.AddFunctions(sentinel + "functions"); err != nil {
		b.Fatal(err)
	}
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
