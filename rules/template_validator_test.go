package rules

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"

	"github.com/seed-2512943d/picket/rules/catalog"
)

var (
	idLine      = regexp.MustCompile(`(?mi)^id\s*:\s*["']?([^"'\s]+)`)
	placeholder = regexp.MustCompile(`{{([^{}]*)}}`)
)

// templateFacts reads of a rule's YAML, as plain maps and lists, what the validator of Azure-Sentinel's repository objects to in its analytics
// rules: spelling of kind and severity, tactics, numbers of placeholders, and types of entities.
func templateFacts(t *testing.T, rule *Rule) (facts []string) {
	t.Helper()
	var file map[string]any
	if err := yaml.Unmarshal([]byte(decodeText(rule.Raw)), &file); err != nil {
		t.Fatalf("%s: %v", rule.Path, err)
	}
	add := func(code, severity string) { facts = append(facts, code+" "+severity+" "+rule.Path) }
	text := func(key string) string { return fmt.Sprint(file[key]) }
	if kind, present := file["kind"]; present && kind != "Scheduled" && kind != "NRT" {
		add("SR002", Note)
	}
	if !slices.Contains([]string{"High", "Medium", "Low", "Informational"}, text("severity")) {
		add("SR002", Note)
	}
	tactics, _ := file["tactics"].([]any)
	for _, tactic := range tactics {
		if !slices.Contains(catalog.Tactics(), fmt.Sprint(tactic)) {
			add("SR002", Error)
		}
	}
	override, _ := file["alertDetailsOverride"].(map[string]any)
	for key, format := range override {
		if strings.HasSuffix(key, "Format") && len(placeholder.FindAllString(fmt.Sprint(format), -1)) > 3 {
			add("SR042", Error)
		}
	}
	mappings, _ := file["entityMappings"].([]any)
	for _, mapping := range mappings {
		m, _ := mapping.(map[string]any)
		if _, known := catalog.Entity(fmt.Sprint(m["entityType"])); !known {
			add("SR030", Error)
		}
	}
	return facts
}

// What specification RULES, section 10, says that a validator finds in analytics rules is found where a reading of the files by other means
// finds it, and nowhere else: of its 16 errors and 21 notes, those in the rules at hand.
func TestFindingsAreThoseOfTheTemplateValidator(t *testing.T) {
	all := realRules(t)
	var want, got []string
	firstOf := map[string]string{}
	for _, rule := range all {
		if rule.Kind != Hunting {
			want = append(want, templateFacts(t, rule)...)
			for _, d := range rule.Validate() {
				if slices.Contains([]string{"SR002", "SR030", "SR042"}, d.Code) {
					got = append(got, d.Code+" "+d.Severity+" "+rule.Path)
				}
			}
		}
		id := strings.ToLower(idLine.FindStringSubmatch(decodeText(rule.Raw))[1])
		if firstOf[id] != "" {
			want = append(want, "SR011 error "+rule.Path)
		}
		firstOf[id] = rule.Path
	}
	for _, d := range ValidateSet(all) {
		got = append(got, d.Code+" "+d.Severity+" "+d.Path)
	}
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-files +findings:\n%s", diff)
	}
	counts := map[string]int{}
	for _, line := range got {
		counts[strings.Join(strings.Fields(line)[:2], " ")]++
	}
	t.Logf("%d rules, %v", len(all), counts)
	if len(got) == 0 {
		t.Error("nothing is found")
	}
}
