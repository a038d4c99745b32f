package eval_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/kql"
)

var update = flag.Bool("update", false, "write what the queries of testdata give into the files")

// TestData runs the data tests: files of cases, each a comment, a query, a line ---- and
// what the query gives, parted by blank lines.
func TestData(t *testing.T) {
	for _, file := range dataFiles(t) {
		name := strings.TrimSuffix(strings.TrimPrefix(file, "testdata/"), ".kt")
		t.Run(name, func(t *testing.T) { runDataFile(t, file, *update) })
	}
}

// TestDataInTemporaryFiles runs the data tests with rows put away after every few: the answers are the same.
func TestDataInTemporaryFiles(t *testing.T) {
	for _, file := range dataFiles(t) {
		name := strings.TrimSuffix(strings.TrimPrefix(file, "testdata/"), ".kt")
		t.Run(name, func(t *testing.T) { runDataFile(t, file, false, inTemporaryFiles(t, eval.WithEarlySpill)) })
	}
}

// dataFiles lists the files of cases.
func dataFiles(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/*/*.kt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no data tests: %v", err)
	}
	return files
}

func runDataFile(t *testing.T, file string, update bool, opts ...eval.Option) {
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for i, block := range strings.Split(strings.TrimSpace(string(text)), "\n\n") {
		if i > 0 {
			out.WriteString("\n\n")
		}
		head, want, ok := strings.Cut(block+"\n", "\n----\n")
		if !ok {
			t.Fatalf("%s: a case has no line ----:\n%s", file, block)
		}
		comment, query := cutComment(head)
		got := answer(query, opts...)
		fmt.Fprintf(&out, "%s\n----\n%s", head, got)
		if diff := cmp.Diff(strings.TrimSpace(want), got); diff != "" && !update {
			t.Errorf("%s: %s (-want +got):\n%s", file, comment, diff)
		}
	}
	if update {
		if err := os.WriteFile(file, []byte(out.String()+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// cutComment parts the lines of comment from the query.
func cutComment(head string) (comment, query string) {
	lines := strings.Split(head, "\n")
	n := 0
	for n < len(lines) && strings.HasPrefix(lines[n], "#") {
		n++
	}
	return strings.TrimPrefix(strings.Join(lines[:n], " "), "# "), strings.Join(lines[n:], "\n")
}

// fixedNow is now() in the data tests.
var fixedNow = time.Date(2024, 2, 29, 12, 0, 0, 0, time.UTC)

// answer writes what a query gives: a line of columns and a line a row, or a line for
// each error. Each of several tables has a line with its name above it.
func answer(query string, opts ...eval.Option) string {
	results, err := run(query, opts...)
	var errs kql.Errors
	if errors.As(err, &errs) {
		src := kql.NewSource(query)
		var lines []string
		for _, e := range errs {
			line, col := src.Position(e.Span.Start)
			lines = append(lines, fmt.Sprintf("error %d:%d %s", line, col, e.Error()))
		}
		return strings.Join(lines, "\n")
	}
	if err != nil {
		return "error " + err.Error()
	}
	var texts []string
	for _, result := range results {
		text := resultText(result)
		if len(results) > 1 {
			text = strings.TrimSpace("table "+result.Name) + "\n" + text
		}
		texts = append(texts, text)
	}
	return strings.Join(texts, "\n")
}

// resultText writes a table.
func resultText(result *eval.Result) string {
	if len(result.Columns) == 0 {
		return fmt.Sprintf("no columns, %d rows", len(result.Rows))
	}
	table := [][]string{nil}
	for _, c := range result.Columns {
		table[0] = append(table[0], c.Name+": "+c.Type.String())
	}
	for _, row := range result.Rows {
		var cells []string
		for _, v := range row {
			cells = append(cells, cellText(v))
		}
		table = append(table, cells)
	}
	return layOut(table)
}

// run compiles a query and runs it without tables, for all tables of its result. https://example.org/ is testdata/externaldata.
func run(query string, opts ...eval.Option) ([]*eval.Result, error) {
	p, err := eval.Compile(query, append(opts, eval.WithNow(fixedNow), eval.WithExternalData(openExternal))...)
	if err != nil {
		return nil, err
	}
	return p.Dataset(context.Background(), nil)
}

func openExternal(_ context.Context, uri string) (io.ReadCloser, error) {
	u, err := url.Parse(uri)
	if err != nil || u.Host != "example.org" {
		return nil, fmt.Errorf("no such host: %v", err)
	}
	f, err := os.Open(filepath.Join("testdata", "externaldata", filepath.Base(u.Path)))
	if err != nil {
		return nil, errors.Unwrap(err)
	}
	return f, nil
}

// layOut writes a table with its columns under one another.
func layOut(table [][]string) string {
	var widths []int
	for _, row := range table {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], len([]rune(cell)))
		}
	}
	var lines []string
	for _, row := range table {
		var line strings.Builder
		for i, cell := range row {
			line.WriteString(cell)
			line.WriteString(strings.Repeat(" ", widths[i]-len([]rune(cell))+2))
		}
		lines = append(lines, strings.TrimRight(line.String(), " "))
	}
	return strings.Join(lines, "\n")
}
