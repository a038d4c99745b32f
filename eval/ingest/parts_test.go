package ingest_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed-2512943d/picket/eval/ingest"
)

// TestParts reads a large file whole and in parts: both give the same records and the same bad ones.
func TestParts(t *testing.T) {
	var text bytes.Buffer
	random := rand.New(rand.NewPCG(1, 2))
	line := func(n int) { fmt.Fprintf(&text, "{\"n\":%d,\"s\":%q}\n", text.Len(), strings.Repeat("x", n)) }
	for text.Len() < 5<<20 {
		line(random.IntN(3000))
		switch random.IntN(100) {
		case 0:
			text.WriteString("not a record\n")
		case 1:
			text.WriteString("\r\n\n")
		}
	}
	line(3 << 20) // longer than a part
	for text.Len() < 11<<20 {
		line(random.IntN(30))
	}
	text.WriteString("a last line without an end")
	path := filepath.Join(t.TempDir(), "large.ndjson")
	if err := os.WriteFile(path, text.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	source, err := ingest.Open(ingest.Auto, path)
	if err != nil {
		t.Fatal(err)
	}
	whole := digest(source.Records(context.Background()))
	stats := source.(ingest.Counted).Stats()
	var parts []string
	n := 0
	for part := range source.(ingest.Parted).Parts(context.Background()) {
		n++
		parts = append(parts, digest(part)...)
	}
	if n < 5 {
		t.Errorf("%d parts", n)
	}
	if diff := cmp.Diff(whole, parts); diff != "" {
		t.Errorf("the parts differ from the whole (-whole +parts):\n%.2000s", diff)
	}
	if got := source.(ingest.Counted).Stats(); got != stats || stats.Bad < 2 {
		t.Errorf("counted %+v in parts, %+v in the whole", got, stats)
	}
}

// digest tells of each record its place and length, and of each bad record its message.
func digest(records iter.Seq2[[]byte, error]) []string {
	var out []string
	for rec, err := range records {
		var bad *ingest.BadRecord
		switch {
		case errors.As(err, &bad):
			out = append(out, fmt.Sprintf("line %d, byte %d: %s", bad.Line, bad.Offset, bad.Reason))
		case err != nil:
			out = append(out, err.Error())
		default:
			out = append(out, fmt.Sprintf("%.12s %d", rec, len(rec)))
		}
	}
	return out
}
