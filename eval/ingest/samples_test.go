package ingest

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const samples = "../../../shared/sentinel/samples/"

// brokenSamples are the files that cannot be read to their end, with the reason.
var brokenSamples = map[string]string{
	"InfoSecAnalytics_CL__InfoSecAnalytics_CL.csv": "a quoted cell is not closed before the end of the file", // it is cut off there
}

// TestSamples reads every sample of Sentinel's tables, recognised by its content, and counts as many records as the standard
// library's decoders do.
func TestSamples(t *testing.T) {
	paths, err := filepath.Glob(samples + "*__*")
	if err != nil {
		t.Fatal(err)
	}
	if len(paths) == 0 {
		t.Skip("the samples do not stand beside the module")
	}
	var total Stats
	var broken []string
	for _, path := range paths {
		base := filepath.Base(path)
		table, _, _ := strings.Cut(base, "__")
		source := open(t, Options{Table: table}, Auto, path)
		records, errs := readAll(t, source)
		stats := source.(Counted).Stats()
		total.Files += stats.Files
		total.Records += stats.Records
		if len(errs) > 0 {
			broken = append(broken, base)
			if reason := brokenSamples[base]; len(errs) > 1 || reason == "" || !strings.Contains(errs[0].Error(), reason) {
				t.Errorf("%s: %v", base, errs)
			}
			t.Logf("not read to its end: %v", errs[0])
			continue
		}
		if want := countRecords(t, path); len(records) != want || stats.Other != 0 {
			t.Errorf("%s: %d records and %d of other tables, want %d", base, len(records), stats.Other, want)
		}
	}
	if len(broken) != len(brokenSamples) {
		t.Errorf("not read to their end: %v", broken)
	}
	t.Logf("%d files, %d records; %d files not read to their end", total.Files, total.Records, len(broken))
}

// countRecords counts the records of a file by encoding/json or encoding/csv.
func countRecords(t *testing.T, path string) int {
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if strings.HasSuffix(path, ".csv") {
		r := csv.NewReader(bytes.NewReader(data))
		r.LazyQuotes, r.FieldsPerRecord, r.Comma = true, -1, rune(separatorOf(data))
		rows, err := r.ReadAll()
		if err != nil {
			t.Fatal(path, err)
		}
		rows = slices.DeleteFunc(rows, func(row []string) bool { return len(row) == 1 && row[0] == "" })
		return len(rows) - 1
	}
	count := 0
	for d := json.NewDecoder(bytes.NewReader(data)); ; {
		var value any
		if err := d.Decode(&value); errors.Is(err, io.EOF) {
			return count
		} else if err != nil {
			t.Fatal(path, err)
		}
		switch value := value.(type) {
		case []any:
			count += len(value)
		default:
			count++
		}
	}
}
