package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSimulate(t *testing.T) {
	s, err := simulate(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	tell(&out, s)
	want := `incident 1, Medium: 203.0.113.10 tries ports of web1, 2 alerts from 10:05 on
7 events were seen by 1 run(s)
lost: the event of 14:50, ingested at 15:20
lost: the event of 14:55, ingested at 15:20
`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("output (-want +got):\n%s", diff)
	}
}

func TestWritePage(t *testing.T) {
	s, err := simulate(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "page.html")
	if err := writePage(path, s); err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(page), "203.0.113.10 tries ports of web1") {
		t.Errorf("%v", err)
	}
	if err := writePage(filepath.Join(path, "below"), s); err == nil {
		t.Error("a page is written below a file")
	}
}
