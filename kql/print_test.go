package kql_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/seed-2512943d/picket/kql"
)

// roundTrip checks that the printed forms of a query read back to the same tree.
func roundTrip(t *testing.T, text string) {
	t.Helper()
	query, err := kql.Parse(text)
	if err != nil {
		return
	}
	want := query.String()
	again, err := kql.Parse(want)
	if err != nil {
		t.Fatalf("%s\nprints as what is refused: %s", text, show(want, err))
	}
	if diff := cmp.Diff(want, again.String()); diff != "" {
		t.Fatalf("%s\nprints differently when read again: %s", text, diff)
	}
	formatted, err := kql.Format(text)
	if err != nil {
		t.Fatalf("%s\nis not formatted: %v", text, err)
	}
	laidOut, err := kql.Parse(formatted)
	if err != nil {
		t.Fatalf("%s\nis formatted as what is refused: %s", text, show(formatted, err))
	}
	if diff := cmp.Diff(want, laidOut.String()); diff != "" {
		t.Fatalf("%s\nis formatted as another query: %s", text, diff)
	}
	twice, err := kql.Format(formatted)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(formatted, twice); diff != "" {
		t.Fatalf("formatting is no fixed point: %s", diff)
	}
}

func TestPrintReadsBack(t *testing.T) {
	for _, name := range []string{"parse.jsonl", "probes.jsonl", "engine.jsonl"} {
		for _, record := range records[queryRecord](t, sharedFile(t, "conformance", name)) {
			t.Run(record.ID, func(t *testing.T) { roundTrip(t, record.Query) })
		}
	}
	_, queries := ruleQueries(t)
	for path, query := range queries {
		t.Run(path, func(t *testing.T) { roundTrip(t, query) })
	}
}
