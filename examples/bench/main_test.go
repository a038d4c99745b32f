package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed-2512943d/picket/eval"
)

// TestBench runs each query over a few records, where the answers by hand and by Picket must be
// the same.
func TestBench(t *testing.T) {
	var out strings.Builder
	if err := run(context.Background(), &out, 5000, 1, 1); err != nil {
		t.Fatal(err)
	}
	if got := strings.Count(out.String(), "\n"); got != 8 {
		t.Errorf("the output has %d lines, want 8:\n%s", got, out.String())
	}
}

// TestGenerate holds the generator to its word: the same seed gives the same records.
func TestGenerate(t *testing.T) {
	var a, b bytes.Buffer
	for _, w := range []*bytes.Buffer{&a, &b} {
		if err := generate(w, 100, 7); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("two runs of one seed differ")
	}
}

// BenchmarkTasks measures each query by hand and by Picket with one worker, a pass over 20,000 records an operation.
func BenchmarkTasks(b *testing.B) {
	path := filepath.Join(b.TempDir(), "records.ndjson")
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	if err := errors.Join(generate(f, 20_000, 1), f.Close()); err != nil {
		b.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	tables, err := cloudTrail(path)
	if err != nil {
		b.Fatal(err)
	}
	for _, t := range tasks() {
		name, _, _ := strings.Cut(t.name, ":")
		b.Run(name+"/by hand", func(b *testing.B) {
			b.SetBytes(info.Size())
			for b.Loop() {
				if _, err := t.byHand(path); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(name+"/picket", func(b *testing.B) {
			p, err := eval.Compile(t.query, eval.WithSchemas(tables), eval.WithWorkers(1))
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(info.Size())
			b.ReportAllocs()
			for b.Loop() {
				if _, err := rowsOf(b.Context(), p, tables); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
