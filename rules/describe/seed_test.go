package describe_test

import (
	"errors"
	"flag"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed-2512943d/picket/rules"
	"github.com/seed-2512943d/picket/rules/describe"
)

const (
	seedRule = "../testdata/AWS_OverlyPermissiveKMS.yaml"
	seedPage = "../../../shared/seed/rule-page.txt"
)

var update = flag.Bool("update", false, "write the golden files of testdata anew")

func load(t *testing.T, path string) *rules.Rule {
	t.Helper()
	rule, err := rules.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	return rule
}

func seed(t *testing.T) *describe.Page {
	page := describe.NewCorpus(rules.NewWorkspace()).Page(load(t, seedRule))
	page.Source = "github.com/Azure/Azure-Sentinel"
	return page
}

func textOf(t *testing.T, page *describe.Page) string {
	t.Helper()
	var text strings.Builder
	if err := page.Text(&text); err != nil {
		t.Fatal(err)
	}
	return text.String()
}

// golden compares a text with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := "testdata/" + name
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

func TestSeedPage(t *testing.T) { golden(t, "seed.txt", textOf(t, seed(t))) }

// additions are the lines of our page that the seed document lacks, each run of lines with its reason.
var additions = []struct{ from, to, reason string }{
	{"There are no other rules at hand.", "There are no other rules at hand.",
		"relations depend on the corpus, so the page says how many rules were looked at"},
	{"UserIdentityArn =", `  else ""`,
		"iif and case are rendered as iff is, and those of merged steps too; the document renders only the iff of a single step"},
	{"Entities", "END",
		"entities, custom details, alert, schedule, needs and result types follow behind the document's last section"},
}

// blanksLost are the sections of the document in which copying it from a browser has lost or changed white space: between the cells of
// tables, and around the words of if and else.
var blanksLost = []string{"", "MITRE ATT&CK coverage", "Indicators", "Output fields"}

func TestSeedPageIsTheSeedDocument(t *testing.T) {
	document, err := os.ReadFile(seedPage)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip(seedPage + " is not here: the reference material stands beside the repository, not in it")
	}
	if err != nil {
		t.Fatal(err)
	}
	want := filled(string(document))
	got := withoutAdditions(t, append(filled(textOf(t, seed(t))), "END"))
	section, matched := "", 0
	for i, line := range want {
		if slices.Contains([]string{"MITRE ATT&CK coverage", "Rule body kusto", "Stages and Predicates", "Indicators", "Output fields"}, line) {
			section = line
		}
		if i >= len(got) {
			t.Fatalf("the page ends before the document's line %q", line)
		}
		loose := slices.Contains(blanksLost, section) || strings.HasPrefix(line, "if/*") || strings.HasPrefix(line, "else")
		if got[i] != line && !(loose && squeezed(got[i]) == squeezed(line)) {
			t.Fatalf("section %q: the page has %q where the document has %q", section, got[i], line)
		}
		matched++
	}
	if matched != len(got) || matched < 100 {
		t.Errorf("%d lines of the document matched, the page has %d", matched, len(got))
	}
}

// withoutAdditions drops the intended additions, all of which must be there.
func withoutAdditions(t *testing.T, lines []string) []string {
	for _, a := range additions {
		from := slices.Index(lines, a.from)
		if from < 0 {
			t.Fatalf("the page lacks %q: %s", a.from, a.reason)
		}
		to := from + slices.Index(lines[from:], a.to)
		if to < from {
			t.Fatalf("the page lacks %q behind %q", a.to, a.from)
		}
		lines = slices.Delete(lines, from, to+1)
	}
	return lines
}

// filled are the lines that are not blank, without the blanks at their ends.
func filled(text string) []string {
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.TrimRight(line, " \t\r\n"); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

func squeezed(line string) string { return strings.Join(strings.Fields(line), "") }
