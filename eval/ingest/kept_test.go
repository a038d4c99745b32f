package ingest_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/seed-2512943d/picket/eval/ingest"
)

// TestKept reads texts that can be read once, short and long ones, from a reader and from a file that stands behind its start, again and again,
// whole and in parts. Nothing is left in the directory of temporary files.
func TestKept(t *testing.T) {
	for _, lines := range []int{0, 3, 300_000} {
		var text bytes.Buffer
		var want []string
		for i := range lines {
			want = append(want, fmt.Sprintf(`{"n":%d,"s":"%s"}`, i, strings.Repeat("x", i%30)))
			fmt.Fprintln(&text, want[i])
		}
		path := filepath.Join(t.TempDir(), "redirected")
		if err := os.WriteFile(path, append([]byte("skipped\n"), text.Bytes()...), 0o600); err != nil {
			t.Fatal(err)
		}
		file, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		if _, err := file.Seek(int64(len("skipped\n")), io.SeekStart); err != nil {
			t.Fatal(err)
		}
		for name, src := range map[string]io.Reader{"reader": io.MultiReader(&text), "file": file} {
			dir := t.TempDir()
			kept := ingest.Keep(src, dir)
			for _, source := range []ingest.Source{ingest.Options{}.FromKept(ingest.NDJSON, "-", kept), ingest.Options{Table: "T"}.FromKept(ingest.Auto, "-", kept)} {
				var whole, parts []string
				for record, err := range source.Records(context.Background()) {
					if err != nil {
						t.Fatal(err)
					}
					whole = append(whole, string(record))
				}
				n := 0
				for part := range source.(ingest.Parted).Parts(context.Background()) {
					n++
					for record, err := range part {
						if err != nil {
							t.Fatal(err)
						}
						parts = append(parts, string(record))
					}
				}
				if !slices.Equal(whole, want) || !slices.Equal(parts, want) {
					t.Errorf("%s of %d lines: %d records, %d in parts", name, lines, len(whole), len(parts))
				}
				if lines > 100_000 && n < 2 {
					t.Errorf("%s of %d lines is not cut into parts", name, lines)
				}
			}
			if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
				t.Errorf("left in the directory: %v, %v", left, err)
			}
		}
	}
}

// TestKeptWithoutRoom wants the reason where a long text cannot be kept.
func TestKeptWithoutRoom(t *testing.T) {
	kept := ingest.Keep(io.MultiReader(strings.NewReader(strings.Repeat("{}\n", 1<<20))), filepath.Join(t.TempDir(), "missing"))
	for range 2 {
		for record, err := range (ingest.Options{}).FromKept(ingest.NDJSON, "-", kept).Records(context.Background()) {
			if record != nil || !errors.Is(err, fs.ErrNotExist) {
				t.Fatalf("%s, %v", record, err)
			}
		}
	}
}
