package rules_test

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/rules"
)

// variants are the ways to run a query that must not change its answer. Records that stand in parts are only read side by side by more
// than one worker.
func variants(t *testing.T) map[string][]eval.Option {
	return map[string][]eval.Option{
		"two workers, prefilter":     {eval.WithWorkers(2), eval.WithPrefilter(eval.PrefilterAlways)},
		"seven workers":              {eval.WithWorkers(7), eval.WithPrefilter(eval.PrefilterNever)},
		"one worker, prefilter":      {eval.WithWorkers(1), eval.WithPrefilter(eval.PrefilterAlways)},
		"as a caller has it":         {},
		"two workers, rows in files": {eval.WithWorkers(2), eval.WithMemory(1 << 20), eval.WithSpill(t.TempDir())},
	}
}

// Rows of random values are the same, in the same order, for each accepted analytic rule with any number of workers, with and without the
// prefilter, and with rows put away in temporary files.
func TestVariantsOfRealRules(t *testing.T) {
	if testing.Short() {
		t.Skip("goes through all real rules several times, which takes minutes under the race detector; the run without it has this test")
	}
	loaded := acceptedRules(t)
	w := workspaceOfFunctions(t)
	tables := inParts(randomTables(w, comparedValues(t, loaded)), 31)
	options := variants(t)
	var rows atomic.Int64
	eachRule(loaded, func(rule *rules.Rule) {
		want := rowsOfRule(t, rule, w, tables, eval.WithWorkers(1), eval.WithPrefilter(eval.PrefilterNever))
		rows.Add(int64(len(want)))
		for name, opts := range options {
			if diff := cmp.Diff(want, rowsOfRule(t, rule, w, tables, opts...)); diff != "" {
				t.Errorf("%s, %s (-one worker without prefilter, +this way):\n%.2000s", rule.Path, name, diff)
			}
		}
	})
	t.Logf("%d rules give %d rows in each of %d ways", len(loaded), rows.Load(), len(options)+1)
	if rows.Load() < 1000 {
		t.Errorf("the rules give only %d rows, too few to tell ways apart", rows.Load())
	}
}

// rowsOfRule runs a rule and writes down its rows.
func rowsOfRule(t *testing.T, rule *rules.Rule, w *rules.Workspace, tables eval.Tables, opts ...eval.Option) []string {
	compiled, err := rule.Compile(w, opts...)
	if err != nil {
		t.Errorf("%s: %v", rule.Path, err)
		return nil
	}
	result, err := compiled.Run(t.Context(), tables, acceptanceTime, rules.RunOptions{Window: rules.NoWindow})
	if err != nil {
		t.Errorf("%s: %v", rule.Path, err)
		return nil
	}
	rows := make([]string, len(result.Rows))
	for i, row := range result.Rows {
		cells := make([]string, len(row))
		for c, v := range row {
			cells[c] = fmt.Sprint(v)
		}
		rows[i] = strings.Join(cells, " | ")
	}
	return rows
}

// inParts gives tables whose records stand in parts of n.
func inParts(tables eval.TableMap, n int) eval.TableMap {
	parted := eval.TableMap{}
	for name, table := range tables {
		t := *table
		t.Parts = func(ctx context.Context) iter.Seq[iter.Seq2[[]byte, error]] {
			return func(yield func(iter.Seq2[[]byte, error]) bool) {
				var records [][]byte
				for record, err := range table.Records(ctx) {
					if err != nil {
						panic(err) // records of memory have no faults
					}
					records = append(records, record)
				}
				for part := range slices.Chunk(records, n) {
					if !yield(eval.RecordTable(name, table.Columns, part...).Records(ctx)) {
						return
					}
				}
			}
		}
		parted[name] = &t
	}
	return parted
}
