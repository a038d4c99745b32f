package ingest

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files")

// TestRaw reads the raw logs of testdata/raw, each as the format that its name begins with and, but for custom logs, as
// recognised: the rows stand in testdata/raw/rows.
func TestRaw(t *testing.T) {
	paths, err := filepath.Glob("testdata/raw/*.*")
	if err != nil || len(paths) == 0 {
		t.Fatal("no raw logs", err)
	}
	for _, path := range paths {
		base, _, _ := strings.Cut(filepath.Base(path), ".")
		name, _, _ := strings.Cut(base, "-")
		t.Run(base, func(t *testing.T) {
			format, err := ParseFormat(name)
			if err != nil {
				t.Fatal(err)
			}
			got, errs := readAll(t, open(t, rawOptions, format, path))
			if len(errs) > 0 {
				t.Fatal(errs)
			}
			golden := filepath.Join("testdata", "raw", "rows", base+".jsonl")
			text := strings.Join(got, "\n") + "\n"
			if *update {
				if err := errors.Join(os.MkdirAll(filepath.Dir(golden), 0o755), os.WriteFile(golden, []byte(text), 0o644)); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), text); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
			if format == CustomLog {
				return
			}
			recognised, errs := readAll(t, open(t, rawOptions, Auto, path))
			if diff := cmp.Diff(got, recognised); diff != "" || len(errs) > 0 {
				t.Errorf("recognised, errors %v (-as %v +auto):\n%s", errs, format, diff)
			}
		})
	}
}

// rawOptions fix the year of times without one.
var rawOptions = Options{Now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
