package ruletest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// testdata/updates.txt holds test files of which Update rewrites something: each before, the changes that it tells of, and the file after. All pass then.
func TestUpdate(t *testing.T) {
	const path = "testdata/updates.txt"
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	cases := strings.Split(string(data), "====\n")
	for i, text := range cases {
		parts := strings.Split(text, "----\n")
		name, before, ok := strings.Cut(parts[0], "\n")
		if !ok {
			t.Fatalf("case %d has no name", i+1)
		}
		t.Run(strings.TrimPrefix(name, "# "), func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "it.test.yaml")
			write(t, file, before)
			changes, err := Update(t.Context(), []*Suite{open(t, file)}, Options{})
			if err != nil {
				t.Fatal(err)
			}
			var told strings.Builder
			for _, c := range changes {
				told.WriteString(strings.ReplaceAll(c.String(), file, "it.test.yaml") + "\n")
			}
			after, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := strings.Join([]string{parts[0], told.String(), string(after)}, "----\n")
			if *update {
				cases[i] = got
			} else if diff := cmp.Diff(text, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			results, err := RunAll(t.Context(), []*Suite{open(t, file)}, Options{})
			if err != nil || Fails(results) {
				t.Error("it fails after the update: ", err, results)
			}
		})
	}
	if *update {
		write(t, path, strings.Join(cases, "====\n"))
	}
}
