package rules

import (
	"fmt"
	"testing"
	"time"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/eval/ingest"
)

// A hunting query that has the portal fill in the time range sees the ends of its window there, and the time before it too.
func TestPortalFillsInTheRange(t *testing.T) {
	const query = `
  let start = todatetime('{{StartTimeISO}}');
  let end = todatetime("{{EndTimeISO}}");
  T_CL
  | where TimeGenerated between (start .. end)
  | join kind=leftanti (T_CL | where TimeGenerated between (start - 14d .. start)) on A
`
	w := NewWorkspace()
	var text string
	for i, a := range []string{"old", "old", "new", "late"} {
		text += fmt.Sprintf("{\"TimeGenerated\":%q,\"A\":%q}\n", noon.Add(time.Duration(10*i-25)*time.Hour).Format(time.RFC3339), a)
	}
	if err := w.AddSource(t.Context(), "T_CL", ingest.FromBytes(ingest.NDJSON, "t.jsonl", []byte(text))); err != nil {
		t.Fatal(err)
	}
	var all []*Rule
	for _, head := range []string{"", "queryFrequency: 1d\nqueryPeriod: 1d\n"} {
		rule, err := Parse("r.yaml", []byte(head+"query: |"+query))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, rule)
	}
	rows := func(o Outcome) string {
		if o.Err != nil {
			return o.Err.Error()
		}
		var text string
		for _, row := range o.Result.Rows {
			text += row[1].Str() + " "
		}
		return text
	}
	day := LastWindow(Duration(24 * time.Hour))
	for _, test := range []struct {
		options         RunOptions
		hunting, others string
	}{
		{RunOptions{Window: day}, "new ", ""},
		{RunOptions{Window: NoWindow}, "old old new ", ""},
		{RunOptions{}, "old old new ", ""},
	} {
		outcomes := RunAll(t.Context(), w, all, noon, test.options, 1, nil)
		if got := rows(outcomes[0]); got != test.hunting {
			t.Errorf("hunting: %q, want %q", got, test.hunting)
		}
		if got := rows(outcomes[1]); got != test.others {
			t.Errorf("scheduled, which has no portal: %q, want %q", got, test.others)
		}
	}
}

// A query whose columns its rows decide sees no more than others do.
func TestResolvedQueriesKeepToWhatIsSeen(t *testing.T) {
	w := NewWorkspace()
	text := `{"TimeGenerated":"2026-03-01T11:59:30Z","B":{"k":"seen"}}` + "\n" + `{"TimeGenerated":"2026-03-01T11:50:00Z","B":{"k":"before"}}` + "\n"
	w.schemas["T_CL"] = []eval.Column{columnOf("TimeGenerated", "datetime"), columnOf("B", "dynamic")}
	if err := w.AddSource(t.Context(), "T_CL", ingest.FromBytes(ingest.NDJSON, "t.jsonl", []byte(text))); err != nil {
		t.Fatal(err)
	}
	for _, query := range []string{"T_CL | where B.k != ''", "T_CL | evaluate bag_unpack(B) | where k != ''"} {
		rule, err := Parse("r.yaml", []byte("kind: NRT\nquery: |\n  "+query+"\n"))
		if err != nil {
			t.Fatal(err)
		}
		compiled, err := rule.Compile(w)
		if err != nil {
			t.Fatal(err)
		}
		result, err := compiled.Run(t.Context(), w, noon, RunOptions{})
		if err != nil || len(result.Rows) != 1 {
			t.Errorf("%s: %d rows, %v", query, len(result.Rows), err)
		}
	}
}
