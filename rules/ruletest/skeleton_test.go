package ruletest

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/seed-2512943d/picket/rules"
)

var skeletonNow = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

// runSkeleton writes the skeleton for a rule beside a copy of it, and runs it.
func runSkeleton(t testing.TB, path string) (text string, results []Result, err error) {
	t.Helper()
	rule, err := rules.Load(path)
	if err != nil {
		return "", nil, err
	}
	if text, err = Skeleton(rule, skeletonNow); err != nil {
		return "", nil, err
	}
	dir := t.TempDir()
	copyFile(t, path, filepath.Join(dir, filepath.Base(path)))
	file := filepath.Join(dir, "skeleton"+Suffix)
	write(t, file, text)
	s, err := Open(t.Context(), file)
	if err != nil {
		return text, nil, err
	}
	results, err = RunAll(t.Context(), []*Suite{s}, Options{})
	return text, results, err
}

// The skeleton for the seed rule is complete: the row is followed through two layers of JSON, and one test for each of the seven predicates, with the one
// that fires, passes as it is written.
func TestSkeletonOfTheSeedRule(t *testing.T) {
	text, results, err := runSkeleton(t, "../testdata/AWS_OverlyPermissiveKMS.yaml")
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "testdata/skeletons/AWS_OverlyPermissiveKMS.golden", text)
	if len(results) != 7 || Fails(results) {
		t.Errorf("%s of %d", tally(results), len(results))
	}
}

// Skeletons for the sample rules pass as they are written, but for what is marked TODO.
func TestSkeletonsOfSampleRules(t *testing.T) {
	paths, err := filepath.Glob("testdata/rules/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		if strings.HasSuffix(path, Suffix) {
			continue
		}
		t.Run(filepath.Base(path), func(t *testing.T) {
			text, results, err := runSkeleton(t, path)
			golden(t, "testdata/skeletons/"+strings.TrimSuffix(filepath.Base(path), ".yaml")+".golden", text)
			if _, ok := errors.AsType[*Fault](err); ok {
				t.Fatal(err)
			}
			if Fails(results) && !strings.Contains(text, "TODO") {
				for _, r := range results {
					t.Log(r.Test.Name, r.Status, r.Body())
				}
				t.Error(text)
			}
		})
	}
}

// golden compares a text with the one of a file.
func golden(t testing.TB, path, got string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		write(t, path, got)
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s: -want +got:\n%s", path, diff)
	}
}

// The skeletons of real rules are test files without a fault. Of those in which nothing is marked TODO four in five pass as they are written; the others
// show by their failure what to fill in.
func TestSkeletonsOfRealRules(t *testing.T) {
	const dir = "../../../shared/sentinel/rules"
	if _, err := os.Stat(dir); err != nil {
		t.Skip("no rules in ", dir)
	}
	all, err := rules.LoadDir(dir)
	if len(all) == 0 {
		t.Fatal(err)
	}
	written, complete, passing := 0, 0, 0
	for _, rule := range all {
		text, results, err := runSkeleton(t, rule.Path)
		if text == "" {
			continue // its query has a fault
		}
		written++
		if f, ok := errors.AsType[*Fault](err); ok && strings.HasSuffix(f.Path, Suffix) {
			t.Errorf("%s: %v\n%s", rule.Path, err, text)
		}
		if err != nil || strings.Contains(text, "TODO") {
			continue
		}
		complete++
		if !Fails(results) {
			passing++
		}
	}
	t.Logf("%d skeletons, %d without TODO, of which %d pass", written, complete, passing)
	if written < 1200 || complete < 700 || passing*5 < complete*4 {
		t.Error("they are fewer than they were")
	}
}
