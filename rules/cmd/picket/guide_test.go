package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const guide = "../../ruletest/GUIDE.md"

var fences = regexp.MustCompile("(?ms)^```(\\w+)\n(.*?)^```\n")

// The guide of rules/ruletest is true: its files are written, its commands are run one after the other beside the rule it speaks of, and what they print is
// what it shows. With -update it shows what they print.
func TestGuide(t *testing.T) {
	data, err := os.ReadFile(guide)
	if err != nil {
		t.Fatal(err)
	}
	path, err := filepath.Abs(guide)
	if err != nil {
		t.Fatal(err)
	}
	seed, err := filepath.Abs("../../testdata")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, name := range []string{"AWS_OverlyPermissiveKMS.yaml", "data/putkeypolicy_public.json"} {
		text, err := os.ReadFile(filepath.Join(seed, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		put(t, filepath.Join(dir, name), string(text))
	}
	t.Chdir(dir)
	for _, args := range []string{"init -q", "add -A", "-c user.name=n -c user.email=n@example.org commit -q -m first"} {
		if text, err := exec.Command("git", strings.Fields(args)...).CombinedOutput(); err != nil {
			t.Skipf("git %s: %v\n%s", args, err, text)
		}
	}
	files, commands := 0, 0
	got := fences.ReplaceAllStringFunc(string(data), func(block string) string {
		parts := fences.FindStringSubmatch(block)
		switch language, text := parts[1], parts[2]; language {
		case "yaml":
			first, _, _ := strings.Cut(text, "\n")
			put(t, strings.TrimPrefix(first, "# "), text)
			files++
		case "console":
			first, _, _ := strings.Cut(text, "\n")
			command := strings.TrimPrefix(first, "$ ")
			commands++
			return "```console\n$ " + command + "\n" + execute(t, command) + "```\n"
		}
		return block
	})
	if files < 5 || commands < 9 {
		t.Errorf("the guide has %d files and %d commands", files, commands)
	}
	if *update {
		put(t, path, got)
	} else if diff := cmp.Diff(string(data), got); diff != "" {
		t.Errorf("the guide is not what the commands print, -guide +commands:\n%s", diff)
	}
}

// today is the instant that --init writes into a file.
var today = regexp.MustCompile(`now: \d{4}-\d\d-\d\dT00:00:00Z`)

// execute runs a command of the guide and gives what it prints, with … for times. No command may be at fault.
func execute(t *testing.T, command string) string {
	t.Helper()
	words := strings.Fields(command)
	if words[0] == "head" {
		text, err := exec.Command(words[0], words[1:]...).Output()
		if err != nil {
			t.Error(err)
		}
		return today.ReplaceAllString(string(text), "now: 2026-03-02T00:00:00Z")
	}
	if words[0] != "picket" {
		t.Fatalf("the guide runs %s", command)
	}
	var out bytes.Buffer
	if code := run(t.Context(), words[1:], strings.NewReader(""), &out, &out); code > 1 {
		t.Errorf("%s: exit %d\n%s", command, code, out.String())
	}
	return durations.ReplaceAllString(out.String(), "… ms")
}

// What the README says about tests works: its commands end well in a directory with a rule of which a test fires and one stays silent.
func TestReadmeTestsRules(t *testing.T) {
	data, err := os.ReadFile("../../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, ok := strings.Cut(string(data), "## Tests of rules\n")
	if !ok {
		t.Fatal("the README has no section about tests of rules")
	}
	section, _, _ = strings.Cut(section, "\n## ")
	dir := small(t)
	t.Chdir(dir)
	if err := os.Mkdir("rules", 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"rule.yaml", "rule.test.yaml", "rows.ndjson"} {
		if err := os.Rename(name, filepath.Join("rules", name)); err != nil {
			t.Fatal(err)
		}
	}
	put(t, "rule.yaml", smallRule)
	for _, args := range []string{"init -q -b main", "add -A", "-c user.name=n -c user.email=n@example.org commit -q -m first"} {
		if text, err := exec.Command("git", strings.Fields(args)...).CombinedOutput(); err != nil {
			t.Skipf("git %s: %v\n%s", args, err, text)
		}
	}
	commands := 0
	for line := range strings.Lines(section) {
		command, _, _ := strings.Cut(line, " #")
		if words := strings.Fields(command); len(words) > 0 && words[0] == "picket" {
			commands++
			var out bytes.Buffer
			if code := run(t.Context(), words[1:], strings.NewReader(""), &out, &out); code != 0 {
				t.Errorf("%s: exit %d\n%s", command, code, out.String())
			}
		}
	}
	if commands < 4 {
		t.Errorf("the section has %d commands", commands)
	}
}
