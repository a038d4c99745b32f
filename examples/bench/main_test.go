package main

import (
	"bytes"
	"context"
	"strings"
	"testing"
)

// TestBench runs each query over a few records, where the answers by hand and by Picket must be
// the same.
func TestBench(t *testing.T) {
	var out strings.Builder
	if err := run(context.Background(), &out, 5000, 1, 1); err != nil {
		t.Fatal(err)
	}
	if got := strings.Count(out.String(), "\n"); got != 5 {
		t.Errorf("the output has %d lines, want 5:\n%s", got, out.String())
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
