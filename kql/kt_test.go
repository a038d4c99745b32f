package kql_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/seed-2512943d/picket/kql"
)

var update = flag.Bool("update", false, "rewrite what the files in testdata expect")

// runKT runs the cases of the data files: comments, a query, a line of four dashes, and what is expected of it. A
// blank line parts cases.
func runKT(t *testing.T, pattern string, run func(query string) string) {
	t.Helper()
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) == 0 {
		t.Fatalf("no files %s: %v", pattern, err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		cases := strings.Split(strings.TrimSpace(string(text)), "\n\n")
		for i, c := range cases {
			head, want, found := strings.Cut(c, "\n----")
			if !found {
				t.Fatalf("%s: case %d has no ----", path, i+1)
			}
			query := head
			for strings.HasPrefix(query, "#") {
				_, query, _ = strings.Cut(query, "\n")
			}
			got := run(query)
			if *update {
				cases[i] = head + "\n----\n" + got
				continue
			}
			if diff := cmp.Diff(strings.TrimSpace(want), got); diff != "" {
				t.Errorf("%s: %s\n%s", path, query, diff)
			}
		}
		if *update {
			if err := os.WriteFile(path, []byte(strings.Join(cases, "\n\n")+"\n"), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// faultLines are the faults of a query, one a line, with their places.
func faultLines(query string, err error) string {
	faults, ok := err.(kql.Errors)
	if !ok {
		return fmt.Sprintf("no kql.Errors: %v", err)
	}
	source := kql.NewSource(query)
	var lines []string
	for _, fault := range faults {
		line, column := source.Position(fault.Span.Start)
		lines = append(lines, fmt.Sprintf("error %d:%d %s", line, column, fault.Error()))
	}
	return strings.Join(lines, "\n")
}

func TestParse(t *testing.T) {
	runKT(t, "testdata/parse/*.kt", func(query string) string {
		tree, err := kql.Parse(query)
		if err != nil {
			return faultLines(query, err)
		}
		roundTrip(t, query)
		return tree.String()
	})
}

func TestErrors(t *testing.T) {
	runKT(t, "testdata/error/*.kt", func(query string) string {
		if _, err := kql.Parse(query); err != nil {
			return faultLines(query, err)
		}
		return "accepted"
	})
}

func TestFormat(t *testing.T) {
	runKT(t, "testdata/format/*.kt", func(query string) string {
		text, err := kql.Format(query)
		if err != nil {
			return faultLines(query, err)
		}
		return strings.TrimSuffix(text, "\n")
	})
}

func TestPrecedence(t *testing.T) {
	runKT(t, "testdata/expr/*.kt", func(query string) string {
		x, err := kql.ParseExpr(query)
		if err != nil {
			return faultLines(query, err)
		}
		return bracketed(x)
	})
}

// bracketed writes an expression with brackets round each operation, so that its tree can be seen.
func bracketed(x kql.Expr) string {
	switch x := x.(type) {
	case *kql.Binary:
		return "(" + bracketed(x.X) + " " + x.Op + " " + bracketed(x.Y) + ")"
	case *kql.Unary:
		return "(" + x.Op + bracketed(x.X) + ")"
	case *kql.In:
		items := make([]string, len(x.List))
		for i, item := range x.List {
			items[i] = bracketed(item)
		}
		return "(" + bracketed(x.X) + " " + x.Op + " [" + strings.Join(items, ", ") + "])"
	case *kql.Between:
		return "(" + bracketed(x.X) + " " + x.Op + " " + bracketed(x.Lo) + " .. " + bracketed(x.Hi) + ")"
	case *kql.Paren:
		return bracketed(x.X)
	case *kql.Member:
		return bracketed(x.X) + "→" + x.Name.Name
	case *kql.Index:
		return bracketed(x.X) + "[" + bracketed(x.Index) + "]"
	case *kql.Literal:
		return fmt.Sprintf("%s %q", x.Kind, x.Value)
	case *kql.Dynamic:
		return "dynamic " + x.JSON
	}
	return kql.Canonical(x)
}
