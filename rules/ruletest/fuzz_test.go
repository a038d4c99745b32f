package ruletest

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// No test file panics or hangs, whatever it holds: it is read, its records are made and its query is compiled, or its faults are told. Files that name other
// files are only parsed.
func FuzzTestFile(f *testing.F) {
	paths, err := Find("../testdata", "testdata")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	faults, err := os.ReadFile("testdata/faults.txt")
	if err != nil {
		f.Fatal(err)
	}
	for text := range strings.SplitSeq(string(faults), "====\n") {
		text, _, _ := strings.Cut(text, "----\n")
		f.Add(text)
		f.Add(strings.Replace(text, "rule: rule.yaml", "query: SigninLogs", 1))
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, text string) {
		parsed, err := parseFile(filepath.Join(dir, "fuzz.test.yaml"), []byte(text))
		if err != nil {
			_ = err.Error()
			return
		}
		if parsed.query == nil || strings.Contains(text, "/") {
			return
		}
		if s, err := newSuite(context.Background(), parsed); err == nil {
			_ = s.Files()
			_ = Missing([]*Suite{s})
		}
	})
}
