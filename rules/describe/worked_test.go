package describe_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/seed-2512943d/picket/rules"
	"github.com/seed-2512943d/picket/rules/describe"
)

const (
	corpusDir = "../../../shared/sentinel/rules"
	seedSpec  = "../../../shared/spec/SEED-PAGE.md"
)

// workedDifferences are the lines of the worked examples that do not hold, each with its reason. The examples come from a prototype with two
// faults that the specification names: legs numbered as one, and columns of legs missing.
var workedDifferences = map[string]string{
	"MFADisable.yaml stages":                                     "each leg of the union has stages of its own, with numbers of its own",
	"MFADisable.yaml outputs":                                    "the columns that the legs make are outputs too",
	"AWS_FullAdminPolicyAttachedToRolesUsersGroups.yaml outputs": "the columns that the joined sub-pipelines make are outputs too",
}

// TestWorkedExamples compares the pages of the rules that the specification works out with what it says of them.
func TestWorkedExamples(t *testing.T) {
	spec, err := os.ReadFile(seedSpec)
	if os.IsNotExist(err) {
		t.Skip(seedSpec + " is not here: the reference material stands beside the repository, not in it")
	}
	if err != nil {
		t.Fatal(err)
	}
	_, examples, _ := strings.Cut(strings.ReplaceAll(string(spec), "¦", "|"), "## 5. Worked examples")
	examples, groups, _ := strings.Cut(examples, "\nGroup by for the examples: ")
	found := 0
	for _, example := range strings.Split(examples, "\n### ")[1:] {
		file := regexp.MustCompile("`([^`]+\\.yaml)`").FindStringSubmatch(example)[1]
		path := filepath.Join(corpusDir, file)
		if _, err := os.Stat(path); err != nil {
			t.Logf("%s is not in the corpus at hand", file)
			continue
		}
		found++
		t.Run(filepath.Base(file), func(t *testing.T) { compareExample(t, example, path, specGroups(groups, example[:3])) })
	}
	if found != 6 {
		t.Errorf("%d examples compared, want 6", found)
	}
}

func compareExample(t *testing.T, example, path, groups string) {
	page := describe.NewCorpus(rules.NewWorkspace()).Page(load(t, path))
	if got := strings.Join(page.GroupBy, ", "); groups != "" && !strings.EqualFold(got, groups) {
		t.Errorf("group by: got %s, want %s", got, groups)
	}
	if got, want := len(page.Attack), workedTactics[example[:3]]; got != want {
		t.Errorf("ATT&CK: %d tactics with techniques, want %d", got, want)
	}
	checks := []struct{ what, want, got string }{
		{"parameters", specParameters(example), pageParameters(page)},
		{"stages", specStages(example), pageStages(page)},
		{"indicators", specIndicators(example), pageIndicators(page)},
		{"outputs", specOutputs(example), pageOutputs(page)},
	}
	for _, c := range checks {
		reason, differs := workedDifferences[filepath.Base(path)+" "+c.what]
		if same := agree(c.want, c.got); same == differs {
			t.Errorf("%s: differs is %v, but the list of differences says %q\nspecification:\n%s\npage:\n%s", c.what, !same, reason, c.want, c.got)
		}
	}
}

// workedTactics are how many tactics have techniques: "5.2 MITRE table: T1078 belongs to four listed tactics", and T1098 and T1078 of 5.6
// belong to both of its.
var workedTactics = map[string]int{"5.2": 4, "5.6": 2}

func specParameters(example string) string {
	_, list, found := strings.Cut(example, "\nParameters: `")
	if !found {
		return ""
	}
	list, _, _ = strings.Cut(list, "\n")
	return strings.ReplaceAll(strings.TrimSuffix(list, "`"), "`; `", "…\n") + "…"
}

func pageParameters(page *describe.Page) string {
	var lines []string
	for _, p := range page.Parameters {
		lines = append(lines, p.Text)
	}
	return strings.Join(lines, "\n")
}

// agree compares line by line; a line of the specification that ends in … stands for all that begin so.
func agree(want, got string) bool {
	wanted, had := strings.Split(want, "\n"), strings.Split(got, "\n")
	if len(wanted) != len(had) {
		return false
	}
	for i, line := range wanted {
		prefix, cut := strings.CutSuffix(line, "…")
		if cut && !strings.HasPrefix(had[i], prefix) || !cut && line != had[i] {
			return false
		}
	}
	return true
}

var stageLine = regexp.MustCompile("(?m)^ *- (\\d+ [a-z-]+(?: \\(\\d+ consecutive steps\\))?) — `(.*)`$")

func specStages(example string) string {
	var lines []string
	for _, match := range stageLine.FindAllStringSubmatch(example, -1) {
		lines = append(lines, match[1]+" "+spaced(match[2]))
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// pageStages lists the stages of all pipelines and legs with their numbers within these.
func pageStages(page *describe.Page) string {
	var lines []string
	var add func(stages []describe.Stage)
	add = func(stages []describe.Stage) {
		for i, s := range stages {
			title, text := fmt.Sprintf("%d %s", i+1, s.Kind), s.Text
			if s.Steps > 1 {
				title += fmt.Sprintf(" (%d consecutive steps)", s.Steps)
				text, _, _ = strings.Cut(text, "\n| ")
			}
			lines = append(lines, title+" "+spaced(text))
			for _, leg := range s.Legs {
				add(leg.Stages)
			}
		}
	}
	for _, p := range page.Pipelines {
		add(p.Stages)
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

func spaced(text string) string { return strings.Join(strings.Fields(text), " ") }

var indicatorLine = regexp.MustCompile(`(?m)^\| ([\w.]+) \| (\w+) \| (yes)? *\| (.*) \| (\w*) *\| \d+ \|$`)

// specIndicators gives the rows of the table; of more than six values the specification lists six and their number.
func specIndicators(example string) string {
	var lines []string
	for _, match := range indicatorLine.FindAllStringSubmatch(example, -1) {
		values := regexp.MustCompile("`([^`]*)`").FindAllStringSubmatch(match[4], -1)
		line := []string{match[1], match[2], match[3], match[5]}
		for _, v := range values {
			line = append(line, strings.TrimSuffix(v[1], "…"))
		}
		lines = append(lines, strings.Join(line, " | "))
	}
	return strings.Join(lines, "\n")
}

func pageIndicators(page *describe.Page) string {
	var lines []string
	for _, i := range page.Indicators {
		line := []string{i.Field, i.Kind, "", ""}
		if i.Negated {
			line[2] = "yes"
		}
		for n, v := range i.Values {
			line[3] = strings.Join(v.Transforms, " ")
			if n < 6 {
				line = append(line, v.Text[:min(len(v.Text), 38)])
			}
		}
		lines = append(lines, strings.Join(line, " | "))
	}
	return strings.Join(lines, "\n")
}

// specGroups finds the keys of an example, where the specification lists them by their names.
func specGroups(groups, number string) string {
	before := ""
	for entry := range strings.SplitSeq(strings.SplitN(groups, "\n", 2)[0], " · ") {
		keys := entry[len(number)+1:]
		if more, same := strings.CutPrefix(keys, "the same plus "); same {
			plus, minus, _ := strings.Cut(more, " minus ")
			keys = changedKeys(before, plus, minus)
		}
		if strings.HasPrefix(entry, number+" ") && !strings.Contains(keys, "its by-keys") {
			return strings.TrimPrefix(strings.TrimSuffix(keys, "none"), "(legs) ")
		}
		before = keys
	}
	return ""
}

func changedKeys(keys, plus, minus string) string {
	list := append(strings.Split(keys, ", "), strings.Split(plus, ", ")...)
	list = slices.DeleteFunc(list, func(key string) bool { return key == minus })
	slices.SortFunc(list, func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) })
	return strings.Join(list, ", ")
}

func specOutputs(example string) string {
	_, list, _ := strings.Cut(example, "\nOutput: ")
	list, _, _ = strings.Cut(list, "\n")
	return list
}

func pageOutputs(page *describe.Page) string {
	var list []string
	for _, o := range page.Outputs {
		list = append(list, fmt.Sprintf("%s (%s)", o.Name, o.Made))
	}
	return strings.Join(list, ", ")
}
