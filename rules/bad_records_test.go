package rules

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/eval/ingest"
	"github.com/seed-2512943d/picket/eval/scalar"
)

// A record that a query meets twice counts once, and each file has its share of those that are told.
func TestBadRecordsCountOnce(t *testing.T) {
	text := `{"TimeGenerated":"2026-03-01T10:00:00Z","A":"x"}` + "\n{\n"
	w := NewWorkspace()
	sources := []ingest.Source{ingest.FromBytes(ingest.NDJSON, "a.jsonl", []byte(text+strings.Repeat("no record\n", 30))), ingest.FromBytes(ingest.NDJSON, "b.jsonl", []byte(text))}
	if err := w.AddSource(t.Context(), "T_CL", sources...); err != nil {
		t.Fatal(err)
	}
	rule, err := Parse("r.yaml", []byte("query: union T_CL, T_CL\n"))
	if err != nil {
		t.Fatal(err)
	}
	compiled, err := rule.Compile(w)
	if err != nil {
		t.Fatal(err)
	}
	result, err := compiled.Run(t.Context(), w, noon, RunOptions{})
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]int{}
	for _, bad := range result.BadRecords {
		told[bad.File]++
	}
	if len(result.Rows) != 4 || result.Bad != 32 || told["a.jsonl"] != MaxBadRecordsOfFile || told["b.jsonl"] != 1 {
		t.Errorf("%d rows, %d bad records, told of %v", len(result.Rows), result.Bad, told)
	}
}

// A result that does not fit into memory ends the run.
func TestResultsAreBounded(t *testing.T) {
	rows := func(yield func(eval.Row, error) bool) {
		for i := range 1000 {
			if !yield(eval.Row{scalar.NewString(fmt.Sprint(i))}, nil) {
				return
			}
		}
	}
	var limit *eval.LimitError
	if err := new(Result).collect(rows, 10_000); !errors.As(err, &limit) || limit.Limit != 10_000 {
		t.Errorf("%v", err)
	}
	if err := new(Result).collect(rows, 100_000); err != nil {
		t.Error(err)
	}
}
