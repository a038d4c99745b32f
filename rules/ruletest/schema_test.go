package ruletest

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/tidwall/gjson"
	"go.yaml.in/yaml/v4"
)

func compileSchema(t testing.TB) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("test.schema.json", document); err != nil {
		t.Fatal(err)
	}
	compiled, err := c.Compile("test.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

// asJSON is a YAML text as the schema sees it: keys are texts, and times too.
func asJSON(t testing.TB, text string) any {
	t.Helper()
	var document yaml.Node
	if err := yaml.Load([]byte(text), &document); err != nil {
		t.Fatal(err)
	}
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(jsonOf(document.Content[0])))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestSchemaTakesTestFiles(t *testing.T) {
	compiled := compileSchema(t)
	paths, err := Find("../testdata", "testdata/rules", "testdata/inputs")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := compiled.Validate(asJSON(t, string(text))); err != nil {
			t.Errorf("%s: %v", filepath.Base(path), err)
		}
	}
}

func TestSchemaRefusesFaults(t *testing.T) {
	compiled := compileSchema(t)
	data, err := os.ReadFile("testdata/faults.txt")
	if err != nil {
		t.Fatal(err)
	}
	refused := 0
	for text := range strings.SplitSeq(string(data), "====\n") {
		text, message, _ := strings.Cut(text, "----\n")
		if strings.Contains(message, "is no YAML") || strings.Contains(message, "alias") {
			continue // there is no value for the schema to look at
		}
		err := compiled.Validate(asJSON(t, text))
		if err != nil {
			refused++
		}
		if strings.Contains(message, "has no key") && err == nil {
			t.Errorf("the schema takes a key that there is not:\n%s", text)
		}
	}
	if refused < 8 {
		t.Errorf("the schema refuses %d of the broken files", refused)
	}
}

// The keys of the schema are those that the decoder knows.
func TestSchemaHasAllKeys(t *testing.T) {
	root := gjson.Parse(Schema())
	keys := func(path string) []string {
		var names []string
		root.Get(path).ForEach(func(key, _ gjson.Result) bool {
			names = append(names, key.Str)
			return true
		})
		slices.Sort(names)
		return names
	}
	var node *yaml.Node
	d := &fileDecoder{file: new(file)}
	for path, known := range map[string]setters{
		"properties":                     d.wholeKeys(&node),
		"properties.defaults.properties": d.defaultsKeys(),
		"$defs.test.properties":          d.testKeys(new(Test), &node),
		"$defs.expect.properties":        d.expectKeys(new(Test), new(expectation), new(alertPattern)),
		"$defs.alert.properties":         d.alertKeys(new(alertPattern)),
	} {
		if diff := cmp.Diff(keysOf(known), keys(path)); diff != "" {
			t.Errorf("%s: -decoder +schema:\n%s", path, diff)
		}
	}
	var formatNames []string
	root.Get("$defs.fixture.properties.from.enum").ForEach(func(_, name gjson.Result) bool {
		formatNames = append(formatNames, name.Str)
		return true
	})
	if diff := cmp.Diff(formats(), formatNames); diff != "" {
		t.Errorf("formats: -decoder +schema:\n%s", diff)
	}
	if !json.Valid([]byte(Schema())) {
		t.Error("the schema is no JSON")
	}
}
