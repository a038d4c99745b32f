package rules

import (
	"testing"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/eval/ingest"
)

// What Defender's portal exports has a Timestamp and no TimeGenerated; windows find it all the same.
func TestTimestampIsTimeGenerated(t *testing.T) {
	const text = ` {"Timestamp":"2026-03-01T11:30:00Z","DeviceName":"a"}
{"Timestamp":"2026-03-01T09:00:00Z","DeviceName":"before"}
{"TimeGenerated":"2026-03-01T11:30:00Z","Timestamp":"2026-03-01T09:00:00Z","DeviceName":"b"}
no record
{"DeviceName":"without"}
`
	for table, want := range map[string]string{"DeviceProcessEvents": "a b ", "Other_CL": "b "} {
		for workers := 1; workers <= 2; workers++ {
			w := NewWorkspace()
			if err := w.AddSource(t.Context(), table, ingest.FromBytes(ingest.NDJSON, "t.jsonl", []byte(text))); err != nil {
				t.Fatal(err)
			}
			rule, err := Parse("r.yaml", []byte("queryFrequency: 1h\nqueryPeriod: 1h\nquery: "+table+" | project DeviceName, TimeGenerated\n"))
			if err != nil {
				t.Fatal(err)
			}
			compiled, err := rule.Compile(w, eval.WithWorkers(workers))
			if err != nil {
				t.Fatal(err)
			}
			result, err := compiled.Run(t.Context(), w, noon, RunOptions{})
			if err != nil {
				t.Fatal(err)
			}
			var got string
			for _, row := range result.Rows {
				got += row[0].Str() + " "
			}
			if got != want || result.Bad != 1 {
				t.Errorf("%s, %d workers: %q and %d bad records, want %q and 1", table, workers, got, result.Bad, want)
			}
		}
	}
}
