package rules

import (
	"os"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

const sharedRules = "../../shared/sentinel/rules"

// realRules loads the rules of the reference material, or skips the test where it is absent.
func realRules(t testing.TB) []*Rule {
	t.Helper()
	if _, err := os.Stat(sharedRules); err != nil {
		t.Skip(sharedRules + " is not here: the reference material stands beside the repository, not in it")
	}
	rules, err := LoadDir(sharedRules)
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

func TestEveryRealRuleLoads(t *testing.T) {
	rules := realRules(t)
	kinds, exact := map[Kind]int{}, 0
	for _, rule := range rules {
		kinds[rule.Kind]++
		if rule.Name == "" || rule.ID == "" || rule.Query == "" {
			t.Errorf("%s: a name, id or query is missing", rule.Path)
		}
		var document struct{ Query string }
		if err := yaml.Load([]byte(decodeText(rule.Raw)), &document); err != nil || document.Query != rule.Query || strings.Contains(rule.Query, "\r") {
			t.Errorf("%s: the query is not what YAML says: %v", rule.Path, err)
		}
		if rule.QueryPos.Exact {
			exact++
		}
		checkPositions(t, rule)
	}
	if len(rules) < 1298 || exact < 1297 {
		t.Errorf("%d rules loaded, %d with exact places; want 1298, 1297 of them block literals", len(rules), exact)
	}
	t.Logf("%d rules: %v; the places of %d queries are exact", len(rules), kinds, exact)
}

// checkPositions compares each character of the query with that of the file at its place.
func checkPositions(t *testing.T, rule *Rule) {
	t.Helper()
	var lines [][]rune
	for line := range strings.SplitSeq(decodeText(rule.Raw), "\n") {
		lines = append(lines, []rune(line))
	}
	for offset, r := range rule.Query {
		line, column := rule.QueryPos.At(offset)
		if line < 1 || line > len(lines) {
			t.Fatalf("%s: offset %d is at line %d of %d", rule.Path, offset, line, len(lines))
		}
		text := lines[line-1]
		if !rule.QueryPos.Exact && unicode.IsSpace(r) {
			continue
		}
		if r == '\n' {
			if strings.Trim(string(text[min(column-1, len(text)):]), "\r") != "" {
				t.Fatalf("%s:%d:%d: the line goes on where the query's ends", rule.Path, line, column)
			}
			continue
		}
		if column > len(text) || text[column-1] != r {
			t.Fatalf("%s:%d:%d: the file does not have %q here, offset %d of the query", rule.Path, line, column, r, offset)
		}
	}
	if !utf8.ValidString(rule.Query) {
		t.Errorf("%s: the query is not valid UTF-8", rule.Path)
	}
}
