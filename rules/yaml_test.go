package rules

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
)

// Each shape in which a query stands in published rules, and the place in the file of each mark ¹ ² ³ of its text.
func TestParseFindsTheQueryInEveryShape(t *testing.T) {
	for _, test := range []struct {
		name, yaml, query string
		exact             bool
	}{
		{"literal", "id: a\nquery: |\n  T¹\n  | where²\n\n    x³\nname: n\n", "T¹\n| where²\n\n  x³\n", true},
		{"one blank", "query: |\n T¹\n | take 1²\n", "T¹\n| take 1²\n", true},
		{"no final line break", "query: |\n  T¹", "T¹", true},
		{"strip", "query: |-\n    T¹\n    | take 1²\n\nname: n\n", "T¹\n| take 1²", true},
		{"keep", "query: |+\n  T¹\n\n\nname: n²\n", "T¹\n\n\n", true},
		{"indent given", "query: |2-\n     T¹\n   | x²\n", "   T¹\n | x²", true},
		{"blank lines first", "query: |\n\n\n  T¹\n", "\n\nT¹\n", true},
		{"comment after the header", "query: | # KQL\n  T¹\n", "T¹\n", true},
		{"CRLF", "id: a\r\nquery: |\r\n  T¹\r\n\r\n  | x²\r\n", "T¹\n\n| x²\n", true},
		{"byte-order mark", "\ufeffquery: |\n  T¹\n", "T¹\n", true},
		{"wide characters", "query: |\n  // ééé 日本 😀¹\n  T²\n", "// ééé 日本 😀¹\nT²\n", true},
		{"plain", "query: T¹ | take 1²\n", "T¹ | take 1²", true},
		{"plain, of several lines", "query:\n  T¹\n  | take 1²\nname: n\n", "T¹ | take 1²", false},
		{"single quotes", "query: 'T¹ | x²'\n", "T¹ | x²", true},
		{"single quotes with a quote", "query: 'T¹ | where a == ''b²'' | c³'\n", "T¹ | where a == 'b²' | c³", false},
		{"double quotes", `query: "T¹ | x²"` + "\n", "T¹ | x²", true},
		{"double quotes with escapes", `query: "T¹ | where a == \"b²\" | c³"` + "\n", `T¹ | where a == "b²" | c³`, false},
		{"folded", "query: >\n  T¹\n  | x²\n", "T¹ | x²\n", false},
	} {
		rule, err := Parse("r.yaml", []byte(test.yaml))
		if err != nil || rule.Query != test.query || rule.QueryPos.Exact != test.exact {
			t.Errorf("%s: query %q, exact %v, %v; want %q, %v", test.name, rule.Query, rule.QueryPos.Exact, err, test.query, test.exact)
			continue
		}
		for _, mark := range []string{"¹", "²", "³"} {
			offset := strings.Index(test.query, mark)
			if offset < 0 {
				continue
			}
			before, _, _ := strings.Cut(strings.TrimPrefix(test.yaml, "\ufeff"), mark)
			wantLine := strings.Count(before, "\n") + 1
			wantColumn := len([]rune(before[strings.LastIndexByte(before, '\n')+1:])) + 1
			if line, column := rule.QueryPos.At(offset); line != wantLine || column != wantColumn {
				t.Errorf("%s: %s stands at %d:%d, not %d:%d", test.name, mark, wantLine, wantColumn, line, column)
			}
		}
	}
}

func TestParseReadsEveryField(t *testing.T) {
	rule, err := Load("testdata/every_field.yaml")
	if err != nil {
		t.Fatal(err)
	}
	want := newRule()
	want.Path, want.ID, want.Name, want.Description, want.Kind = rule.Path, "6f0d4c7e-0a3c-4b1d-9a51-3a6f3a7f9f11", "Every field", "Reads all.\n", Scheduled
	want.Severity, want.Status, want.Version, want.Enabled = "High", "Available", "1.2.3", false
	want.Connectors = []Connector{{"AWS", []string{"AWSCloudTrail"}}}
	want.Frequency, want.Period, want.Trigger = Duration(day/24), Duration(day), Trigger{GreaterThan, 3}
	want.Tactics, want.Techniques = []string{"Impact", "Execution"}, []string{"T1486", "T1059.001"}
	want.Tags = []Tag{{"word", ""}, {"SchemaASimDns", "0.1.3"}}
	want.Query = "AWSCloudTrail\n| where EventName == 'x' and ingestion_time() > ago(1h)\n"
	want.Entities = []EntityMapping{mapping("Account", "Name", "A", "UPNSuffix", "U"), mapping("IP", "Address", "I")}
	want.SentinelEntities = []string{"Entities"}
	want.CustomDetails = []CustomDetail{{"Zone", "Z"}, {"Action", "A"}}
	want.Override = Override{
		Name: ParseTemplate("by {{A}}"), Description: ParseTemplate("in {{ Z }}"), SeverityColumn: "S", TacticsColumn: "T",
		Properties: []DynamicProperty{{"AlertLink", "L"}},
	}
	want.EventGrouping = AlertPerResult
	want.Suppression = Suppression{true, Duration(day / 4)}
	want.Incident = IncidentConfiguration{true, IncidentGrouping{true, true, Duration(day / 2), "Selected", []string{"IP"}, []string{"Severity"}, []string{"Zone"}}}
	want.Raw, want.QueryPos, want.places, want.findings = rule.Raw, rule.QueryPos, rule.places, rule.findings
	if diff := cmp.Diff(want, rule, cmp.AllowUnexported(Rule{}, QueryPos{}, segment{}, place{}, Template{}, templatePart{})); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if found := rule.Validate(); len(found) != 0 {
		t.Errorf("findings: %v", found)
	}
	for path, want := range map[string]string{"name": "2:7", "entityMappings[0].fieldMappings[1].columnName": "31:21", "customDetails.Zone": "39:9", "absent.path": "1:1", "query.x": "22:8"} {
		line, column := rule.Place(path)
		if got := fmt.Sprint(line, ":", column); got != want {
			t.Errorf("%s stands at %s, want %s", path, got, want)
		}
	}
}

func TestParseGivesDiagnosticsForFilesThatAreNone(t *testing.T) {
	for _, test := range []struct{ text, place string }{
		{"", "1:1"}, {"- a\n", "1:1"}, {"text", "1:1"}, {"id: [\n", ""}, {"a: b\nc: d: e\n", ""}, {"\x00", ""}, {"id: *x\n", ""}, {"a: 1\n---\nb: 2\n", ""},
	} {
		_, err := Parse("r.yaml", []byte(test.text))
		var d Diagnostic
		if !errors.As(err, &d) || d.Code != "SR000" || d.Path != "r.yaml" || d.Line < 1 || d.Column < 1 {
			t.Errorf("%q: %v", test.text, err)
		} else if got := fmt.Sprint(d.Line, ":", d.Column); test.place != "" && got != test.place {
			t.Errorf("%q: the error stands at %s, want %s", test.text, got, test.place)
		}
	}
}

func TestParseReadsOtherEncodings(t *testing.T) {
	rule, err := Parse("r.yaml", []byte("name: caf\xe9 \x93x\x94\nquery: T\n"))
	if err != nil || rule.Name != "café “x”" {
		t.Errorf("Windows-1252: %q, %v", rule.Name, err)
	}
	for name, order := range map[string][2]int{"little": {0, 8}, "big": {8, 0}} {
		var data []byte
		for _, unit := range append([]uint16{0xFEFF}, utf16.Encode([]rune("name: é😀\nquery: T\n"))...) {
			data = append(data, byte(unit>>order[0]), byte(unit>>order[1]))
		}
		if rule, err := Parse("r.yaml", data); err != nil || rule.Name != "é😀" {
			t.Errorf("UTF-16, %s endian: %+v, %v", name, rule, err)
		}
	}
}

func TestKindFollowsFromTheKeys(t *testing.T) {
	for text, want := range map[string]Kind{
		"query: T":                  Hunting,
		"query: T\nqueryPeriod: 1d": Scheduled,
		"query: T\nkind: scheduled\nqueryPeriod: 1d": Scheduled,
		"query: T\nkind: Scheduled":                  Hunting,
		"query: T\nkind: nrt":                        NRT,
	} {
		if rule, err := Parse("r.yaml", []byte(text)); err != nil || rule.Kind != want {
			t.Errorf("%q: kind %q, %v; want %q", text, rule.Kind, err, want)
		}
	}
}

func TestLoadDirKeepsTheGoodRules(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"b/two.yml": "query: T", "a.yaml": "query: T", "broken.yaml": "query: [", "function.yaml": "ParserQuery: T", "note.txt": "x", "named": "name: n",
	} {
		path := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	rules, err := LoadDir(dir, filepath.Join(dir, "named"), filepath.Join(dir, "a.yaml"), filepath.Join(dir, "absent"))
	var got []string
	for _, rule := range rules {
		relative, _ := filepath.Rel(dir, rule.Path)
		got = append(got, filepath.ToSlash(relative))
	}
	if want := "a.yaml b/two.yml named"; strings.Join(got, " ") != want {
		t.Errorf("rules %v, want %s", got, want)
	}
	if err == nil || !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "broken.yaml:2:1: SR000") {
		t.Errorf("error %v", err)
	}
}

func FuzzYAML(f *testing.F) {
	for _, name := range []string{"testdata/AWS_OverlyPermissiveKMS.yaml", "testdata/every_field.yaml"} {
		seed, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(seed)
	}
	f.Add([]byte("query: |2-\n     T\n   | x\nentityMappings: [{entityType: IP, fieldMappings: [{identifier: Address, columnName: x}]}]\n"))
	f.Add([]byte("a: &a [*a]\ntags: &b\n- *b\nquery: >\n\n  a\n   b\n\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		rule, err := Parse("r.yaml", data)
		if err != nil {
			return
		}
		for offset := -1; offset <= len(rule.Query)+1; offset++ {
			if line, column := rule.QueryPos.At(offset); line < 1 || column < 1 {
				t.Fatalf("offset %d stands at %d:%d", offset, line, column)
			}
		}
		for _, d := range append(rule.Validate(), rule.ValidateColumns(nil, false)...) {
			if d.Line < 1 || d.Column < 1 || d.Code == "" || d.Message == "" {
				t.Fatalf("%+v", d)
			}
		}
	})
}

func ExampleLoad() {
	rule, err := Load("testdata/AWS_OverlyPermissiveKMS.yaml")
	if err != nil {
		fmt.Println(err)
		return
	}
	line, column := rule.QueryPos.At(strings.Index(rule.Query, "mvexpand"))
	fmt.Println(rule.Name)
	fmt.Println(rule.Kind, rule.Severity, rule.Frequency, rule.Period, rule.Trigger, rule.Tactics, rule.Techniques)
	fmt.Printf("mvexpand stands at line %d, column %d\n", line, column)
	// Output:
	// AWSCloudTrail - Suspicious overly permissive KMS key policy created
	// Scheduled High 1d 1d gt 0 [Impact] [T1486]
	// mvexpand stands at line 26, column 7
}

func ExampleLoadFS() {
	files := fstest.MapFS{"hunt.yaml": {Data: []byte("name: Hunt\nquery: |\n  T\n  | take 1\n")}}
	rule, err := LoadFS(files, "hunt.yaml")
	fmt.Printf("%s %s %q %v\n", rule.Kind, rule.Name, rule.Query, err)
	// Output: Hunting Hunt "T\n| take 1\n" <nil>
}
