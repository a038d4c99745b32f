package rules

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The portal's export of a rule says what the rule's own file says.
func TestExportEqualsFile(t *testing.T) {
	file, err := Load("testdata/every_field.yaml")
	if err != nil {
		t.Fatal(err)
	}
	export, err := Load("testdata/resources/every_field.json")
	if err != nil {
		t.Fatal(err)
	}
	if found := export.Validate(); len(found) != 0 {
		t.Errorf("findings: %v", found)
	}
	checkJSONPositions(t, export)
	if line, column := export.Place("entityMappings[0].fieldMappings[1].columnName"); line != 55 || column != 140 {
		t.Errorf("the second column stands at %d:%d", line, column)
	}
	export.Path, export.Raw, export.QueryPos, export.places, export.resource, export.findings = file.Path, file.Raw, file.QueryPos, file.places, false, file.findings
	if diff := cmp.Diff(file, export, cmp.AllowUnexported(Rule{}, QueryPos{}, segment{}, place{}, Template{}, templatePart{})); diff != "" {
		t.Errorf("-file +export:\n%s", diff)
	}
}

// checkJSONPositions compares each character of the query with that of the file at its place.
func checkJSONPositions(t *testing.T, rule *Rule) {
	t.Helper()
	lines := strings.Split(string(rule.Raw), "\n")
	for offset, r := range rule.Query {
		line, column := rule.QueryPos.At(offset)
		rest := fromColumn(lines[line-1], column-1)
		if !strings.HasPrefix(rest, string(r)) && !strings.HasPrefix(rest, `\`) {
			t.Fatalf("%s:%d:%d: the file does not have %q here, offset %d of the query, but %.10q", rule.Path, line, column, r, offset, rest)
		}
	}
	line, column := rule.QueryPos.At(len(rule.Query))
	if rest := fromColumn(lines[line-1], column-1); !strings.HasPrefix(rest, `"`) && !strings.HasPrefix(rest, `\`) {
		t.Errorf("%s:%d:%d: the query does not end here, but %.10q", rule.Path, line, column, rest)
	}
}

func TestResourcesOfEveryWrapping(t *testing.T) {
	rules, err := LoadDir("testdata/resources")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range rules {
		checkJSONPositions(t, r)
		got = append(got, fmt.Sprintf("%s: %s %s %q %q %s %s %v %v %v/%v %v", filepath.Base(r.Path), r.ID, r.Kind, r.Name, r.Description, r.Severity, r.Version, r.Tactics, r.Techniques, r.Frequency, r.Period, r.Enabled))
		for _, d := range r.Validate() {
			got = append(got, fmt.Sprintf("  %d:%d %s %s", d.Line, d.Column, d.Code, d.Text()))
		}
		if _, err := r.Compile(NewWorkspace()); err != nil {
			var faults *QueryError
			if !errors.As(err, &faults) {
				t.Fatal(err)
			}
			for _, d := range faults.Diagnostics() {
				got = append(got, fmt.Sprintf("  %d:%d %s %s", d.Line, d.Column, d.Codes(), d.Text()))
			}
		}
	}
	checkGolden(t, "testdata/resources/rules.golden", strings.Join(got, "\n")+"\n")
}

func TestJSONThatHoldsNoRule(t *testing.T) {
	for text, want := range map[string]string{
		`{"a": [1, tru]}`:   "1:14",
		"{\n\"a\": 1\n} x":  "3:3",
		"{\n  \"é\" 1}":     "2:7",
		`{"resources": []}`: "1:1",
		``:                  "1:1",
		`[{"query":"a","displayName":"a"},{"query":"b","displayName":"b"}]`: "1:43",
		strings.Repeat("[", 20000): "1:10001",
	} {
		_, err := Parse("r.json", []byte(text))
		var d Diagnostic
		if !errors.As(err, &d) || d.Code != "SR000" {
			t.Errorf("%.40q: %v", text, err)
		} else if got := fmt.Sprint(d.Line, ":", d.Column); got != want {
			t.Errorf("%.40q: the error stands at %s, want %s: %v", text, got, want, err)
		}
	}
}

// Beside rules there may be other JSON, but a broken file that speaks of Sentinel is told of.
func TestLoadDirPassesOverOtherJSON(t *testing.T) {
	dir := write(t, map[string]string{
		"data.json": `{"query":1}` + "\n" + `{"query":2}`, "other.json": `{"query":"x"}`, "list.json": `[1]`,
		"broken.json": `{"type":"Microsoft.SecurityInsights/alertRules","query":}`,
	})
	rules, err := LoadDir(dir)
	if len(rules) != 0 || err == nil || strings.Count(err.Error(), "SR000") != 1 || !strings.Contains(err.Error(), "broken.json:1:57") {
		t.Errorf("%v, %v", rules, err)
	}
	if _, err := LoadDir(filepath.Join(dir, "list.json")); err == nil || !strings.Contains(err.Error(), "holds no Scheduled") {
		t.Errorf("a file that is named: %v", err)
	}
}

func TestExpressionsOfTemplates(t *testing.T) {
	const around = `{"parameters":{"p":{"defaultValue":"P"},"list":{"defaultValue":["Impact"]},"none":{"type":"string"}},
		"variables":{"v":"V","of":{"x":"[variables('v')]"},"loop":"[variables('loop')]"},"resources":[{"type":"x/alertRules","kind":"NRT",
		"properties":{"tactics":"[parameters('list')]","query":"T","displayName":%q}}]}`
	for expression, want := range map[string]string{
		"plain":                                  "plain",
		"[parameters('p')]":                      "P",
		"[ concat( 'it''s ', variables('v') ) ]": "it's V",
		"[variables('of').x]":                    "V",
		"[Parameters('P')]":                      "",
		"[parameters('none')]":                   "",
		"[variables('loop')]":                    "",
		"[concat('a'":                            "[concat('a'",
		"[concat('a')]]":                         "",
		"[concat('a') b]":                        "",
		"[concat(parameters('list'))]":           "",
		"[guid('a')]":                            "",
		"[]":                                     "",
		"[[a]":                                   "[a]",
	} {
		rule, err := Parse("r.json", fmt.Appendf(nil, around, expression))
		if err != nil {
			t.Fatal(err)
		}
		unresolved := want == ""
		if unresolved {
			want = expression
		}
		if rule.Name != want || len(rule.Tactics) != 1 {
			t.Errorf("%s gives %q, tactics %v", expression, rule.Name, rule.Tactics)
		}
		if found := rule.findings; unresolved != (len(found) == 1 && found[0].Code == "SR007" && found[0].Line == 3) {
			t.Errorf("%s: findings %v", expression, found)
		}
	}
}

func FuzzResources(f *testing.F) {
	for _, name := range []string{"every_field", "solution", "api"} {
		seed, err := os.ReadFile("testdata/resources/" + name + ".json")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		rules, _ := ParseAll("r.json", data)
		for _, rule := range rules {
			for offset := -1; offset <= len(rule.Query)+1; offset++ {
				if line, column := rule.QueryPos.At(offset); line < 1 || column < 1 {
					t.Fatalf("offset %d stands at %d:%d", offset, line, column)
				}
			}
			for _, d := range rule.Validate() {
				if d.Line < 1 || d.Column < 1 {
					t.Fatalf("%+v", d)
				}
			}
		}
	})
}

func ExampleParseAll() {
	rules, err := ParseAll("rules.json", []byte(`{"resources": [{
  "type": "Microsoft.SecurityInsights/alertRules", "kind": "NRT",
  "properties": {"displayName": "Near", "severity": "High", "query": "AWSCloudTrail"}
}]}`))
	fmt.Println(len(rules), rules[0].Name, rules[0].Kind, err)
	// Output: 1 Near NRT <nil>
}
