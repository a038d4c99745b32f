package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// screen is what a command writes while it runs.
type screen struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(p)
}

// await waits until so many texts of a kind are there.
func (s *screen) await(t *testing.T, text string, times int) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		s.mu.Lock()
		n := strings.Count(s.text.String(), text)
		s.mu.Unlock()
		if n >= times {
			return
		}
	}
	t.Fatalf("%q is not there %d times:\n%s", text, times, s.text.String())
}

const smallRule = `id: 11111111-1111-4111-8111-111111111111
name: Failed sign-ins
severity: Low
queryFrequency: 1d
queryPeriod: 1d
triggerOperator: gt
triggerThreshold: 0
query: SigninLogs | where ResultType == "50126"
`

const smallTests = `rule: rule.yaml
defaults: {now: 2026-03-02T00:00:00Z}
tests:
  - {name: fires, input: {SigninLogs: [{TimeGenerated: -5m, ResultType: 50126}]}, expect: {fires: true}}
  - {name: silent, input: {SigninLogs: [{ndjson: rows.ndjson}]}, expect: {none: true}}
`

// small makes a directory with a rule, its tests and data.
func small(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for name, text := range map[string]string{"rule.yaml": smallRule, "rule.test.yaml": smallTests, "rows.ndjson": `{"TimeGenerated":"2026-03-01T10:00:00Z","ResultType":"0"}` + "\n"} {
		put(t, filepath.Join(dir, name), text)
	}
	return dir
}

func put(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// Watching, the tests run again for the rule, for data, for a file that is broken and whole again, and for a new test file.
func TestWatchRunsAgain(t *testing.T) {
	dir := small(t)
	ctx, stop := context.WithCancel(t.Context())
	out := new(screen)
	ended := make(chan int)
	go func() { ended <- run(ctx, []string{"test", "--watch", dir}, strings.NewReader(""), out, out) }()
	out.await(t, "2 passed, 0 failed\nwaiting", 1)
	put(t, filepath.Join(dir, "rule.yaml"), strings.Replace(smallRule, "50126", "99", 1))
	out.await(t, "1 passed, 1 failed\nwaiting", 1)
	out.await(t, "rule.yaml has changed", 1)
	put(t, filepath.Join(dir, "rule.yaml"), strings.Replace(smallRule, "query:", "quer:", 1))
	out.await(t, "the rule rule.yaml has no query; picket check says what is wrong with it", 1)
	put(t, filepath.Join(dir, "rule.yaml"), smallRule)
	out.await(t, "2 passed, 0 failed\nwaiting", 2)
	put(t, filepath.Join(dir, "rows.ndjson"), `{"TimeGenerated":"2026-03-01T10:00:00Z","ResultType":"50126"}`+"\n")
	out.await(t, "rows.ndjson has changed", 1)
	out.await(t, "1 passed, 1 failed\nwaiting", 2)
	put(t, filepath.Join(dir, "more.test.yaml"), smallTests)
	out.await(t, "more.test.yaml is there", 1)
	out.await(t, "2 passed, 2 failed\nwaiting", 1)
	if err := os.Remove(filepath.Join(dir, "more.test.yaml")); err != nil {
		t.Fatal(err)
	}
	out.await(t, "more.test.yaml is gone", 1)
	stop()
	if code := <-ended; code != 0 {
		t.Errorf("exit code %d", code)
	}
}

// Of a change only those tests run that it concerns: by the test file, by its data, and by the rule.
func TestChangedRunsSome(t *testing.T) {
	dir := small(t)
	put(t, filepath.Join(dir, "other.yaml"), smallRule)
	put(t, filepath.Join(dir, "other.test.yaml"), strings.ReplaceAll(strings.Replace(smallTests, "{ndjson: rows.ndjson}", "", 1), "rule.yaml", "other.yaml"))
	git := func(args ...string) {
		t.Helper()
		command := exec.Command("git", append([]string{"-C", dir, "-c", "user.name=n", "-c", "user.email=n@example.org"}, args...)...)
		if text, err := command.CombinedOutput(); err != nil {
			t.Skipf("git %s: %v\n%s", args, err, text)
		}
	}
	git("init", "-q")
	git("add", "-A")
	git("commit", "-q", "-m", "first")
	if got := invoke(t, "", "test --changed HEAD "+dir); got != "exit 0\nno test file has changed since HEAD\n" {
		t.Error(got)
	}
	if got := invoke(t, "", "test --changed HEAD --format tap "+dir); got != "exit 0\nTAP version 13\n1..0\n" {
		t.Error(got)
	}
	put(t, filepath.Join(dir, "rows.ndjson"), "\n")
	if got := invoke(t, "", "test --changed HEAD "+dir); !strings.Contains(got, "2 tests in 1 file: 2 passed") || strings.Contains(got, "other") {
		t.Error(got)
	}
	put(t, filepath.Join(dir, "other.yaml"), smallRule+"version: 1.0.1\n")
	if got := invoke(t, "", "test --changed HEAD "+dir); !strings.Contains(got, "4 tests in 2 files: 4 passed") {
		t.Error(got)
	}
	put(t, filepath.Join(dir, "Äther.test.yaml"), smallTests)
	if got := invoke(t, "", "test --changed HEAD "+dir); !strings.Contains(got, "6 tests in 3 files: 6 passed") {
		t.Error(got)
	}
	if got := invoke(t, "", "test --changed absent "+dir); !strings.HasPrefix(got, "exit 2\n") || !strings.Contains(got, "bad revision 'absent'") {
		t.Error(got)
	}
}

// --update does not write in a CI job, and tells what it writes elsewhere.
func TestUpdateTellsWhatItWrites(t *testing.T) {
	dir := small(t)
	path := filepath.Join(dir, "rule.test.yaml")
	put(t, path, strings.Replace(smallTests, "{none: true}}", "{alerts: 3}}   # none", 1))
	t.Setenv("CI", "true")
	if got := invoke(t, "", "test --update "+path); got != "exit 2\n---- stderr\npicket: --update does not write in a CI job, where it would hide what fails; --force lets it\n" {
		t.Error(got)
	}
	t.Setenv("CI", "")
	if got, want := invoke(t, "", "test --update "+path), "exit 0\n"+path+":5  silent  alerts: 3 -> 0\n1 change\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	text, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(text), "{alerts: 0}}   # none") {
		t.Error(string(text), err)
	}
	if got := invoke(t, "", "test --jobs=-1 "+path); got != "exit 2\n---- stderr\npicket: --jobs=-1: write a number from 1 on, or 0 for one test for each processor\n" {
		t.Error(got)
	}
}
