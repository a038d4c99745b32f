package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/seed-2512943d/picket/eval"
)

// TestBench runs each query over a few records, where the answers by hand and by Picket must be
// the same, and those of the other tools that are installed.
func TestBench(t *testing.T) {
	var out strings.Builder
	if err := run(context.Background(), &out, settings{records: 5000, rounds: 1, seed: 1, peers: true}); err != nil {
		t.Fatal(err)
	}
	if got := strings.Count(out.String(), "\n"); got != 11 {
		t.Errorf("the output has %d lines, want 11:\n%s", got, out.String())
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
	path, size, tables := benchRecords(b)
	for _, t := range tasks() {
		name, _, _ := strings.Cut(t.name, ":")
		b.Run(name+"/by hand", func(b *testing.B) {
			b.SetBytes(size)
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
			b.SetBytes(size)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := rowsOf(b.Context(), p, tables); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkRules measures many rules in one pass over 20,000 records, and one of them alone.
func BenchmarkRules(b *testing.B) {
	_, size, tables := benchRecords(b)
	for _, n := range []int{1, manyRules} {
		programs, err := programsOf(ruleQueries(n), tables)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			b.SetBytes(size)
			for b.Loop() {
				if _, err := rowsOfAll(b.Context(), programs, tables); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// benchRecords makes a table of 20,000 records.
func benchRecords(b *testing.B) (path string, size int64, tables eval.TableMap) {
	path = filepath.Join(b.TempDir(), "records.ndjson")
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
	if tables, err = cloudTrail(path); err != nil {
		b.Fatal(err)
	}
	return path, info.Size(), tables
}
