package ingest

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/tidwall/gjson"
)

// FuzzRecords reads any bytes in any format: no panic, whole records, honest counts, and the same again.
func FuzzRecords(f *testing.F) {
	paths, err := filepath.Glob("testdata/*.*")
	if err != nil || len(paths) == 0 {
		f.Fatal("no seeds", err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, format := range Formats() {
			f.Add(uint8(format), data)
		}
	}
	f.Fuzz(func(t *testing.T, format uint8, data []byte) {
		s := FromBytes(Format(format%uint8(len(formatNames))), "f", data)
		var passes [2][]string
		for i := range passes {
			var records, bad int64
			for rec, err := range s.Records(t.Context()) {
				if err != nil {
					if _, isBad := err.(*BadRecord); isBad {
						bad++
					}
					continue
				}
				records++
				if !braced(rec) {
					t.Fatalf("record %q", rec)
				}
				passes[i] = append(passes[i], string(rec))
			}
			if stats := s.(Counted).Stats(); stats.Records != records || stats.Bad != bad {
				t.Fatalf("stats %+v of %d records and %d bad", stats, records, bad)
			}
		}
		if !slices.Equal(passes[0], passes[1]) {
			t.Fatal("the second pass differs")
		}
		strict := Options{Strict: true}.FromBytes(Format(format%uint8(len(formatNames))), "f", data)
		for rec, err := range strict.Records(t.Context()) {
			if err == nil && !gjson.ValidBytes(rec) {
				t.Fatalf("strict record %q", rec)
			}
		}
	})
}
