package rules

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const sharedFunctions = "../../shared/sentinel/functions"

func TestFunctionsThatRealRulesCallAreFound(t *testing.T) {
	expected, err := os.ReadFile("../../shared/sentinel/expected.jsonl")
	if err != nil {
		t.Skip("shared/sentinel is not here: the reference material stands beside the repository, not in it")
	}
	functions, err := LoadFunctions(sharedFunctions)
	if err != nil {
		t.Fatal(err)
	}
	calls, missing := 0, map[string]int{}
	for line := range strings.Lines(string(expected)) {
		var rule struct{ Functions_called []string }
		if err := json.Unmarshal([]byte(line), &rule); err != nil {
			t.Fatal(err)
		}
		for _, name := range rule.Functions_called {
			calls++
			function, ok, err := functions.Lookup(name)
			if !ok || err != nil || function.Body == "" || function.Name != name {
				missing[name]++
			}
		}
	}
	if len(missing) > 0 || calls < 400 {
		t.Errorf("of %d calls these find no function: %v", calls, missing)
	}
	t.Logf("%d names in %d files; %d calls by rules find theirs", len(functions.Names()), functions.files, calls)
}

func TestFunctionsAreThoseOfTheReference(t *testing.T) {
	records, err := os.ReadFile("../../shared/sentinel/functions.jsonl")
	if err != nil {
		t.Skip("shared/sentinel is not here: the reference material stands beside the repository, not in it")
	}
	type function struct{ Params, Query string }
	wanted := map[string][]function{} // by path; a path has a record for each of its snapshots
	for line := range strings.Lines(string(records)) {
		var record struct{ Params, Query, Format, Path string }
		if err := json.Unmarshal([]byte(line), &record); err != nil {
			t.Fatal(err)
		}
		if record.Format == "yaml-parser" {
			// Four records show a parameter T, which belongs to a lambda in the body: the files do not list it.
			params := strings.TrimPrefix(canonical(record.Params), "t:(*),")
			wanted[record.Path] = append(wanted[record.Path], function{params, strings.TrimSpace(record.Query)})
		}
	}
	compared := 0
	for path, want := range wanted {
		path = filepath.Join(sharedFunctions, path)
		if _, err := os.Stat(path); err != nil {
			continue
		}
		got, err := readFunctionYAML(path)
		if err != nil {
			t.Error(err)
			continue
		}
		if have := (function{canonical(got.Params), strings.TrimSpace(got.Body)}); !slices.Contains(want, have) {
			t.Errorf("%s differs (-want +got):\n%s", path, cmp.Diff(want[0], have))
		}
		compared++
	}
	if compared < 100 {
		t.Errorf("only %d functions compared", compared)
	}
	t.Logf("%d functions compared", compared)
}

func canonical(params string) string {
	return strings.ToLower(strings.NewReplacer(" ", "", `"`, "'").Replace(params))
}

func TestLoadFunctions(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"asim.yaml":      "ParserName: imThing\r\nEquivalentBuiltInParser: _Im_Thing\r\nParserParams:\r\n  - Name: user\r\n    Type: string\r\n    Default: '*'\r\n  - Name: since\r\n    Type: datetime\r\n    Default: datetime(null)\r\n  - Name: T\r\n    Type: table\r\nParserQuery: |\r\n  T\r\n  | take 1\r\n",
		"solution.yaml":  "id: x\nFunctionName: Thing\nFunctionAlias: ThingEvent\nFunctionQuery: |\n  Syslog\n",
		"Bare.kql":       "// Save under the alias of BareEvent.\r\nSyslog\r\n",
		"Two Words.txt":  "Syslog",
		"deployed.yaml":  "ParserName: imDns\nParserQuery: Syslog\n",
		"source.yaml":    "ParserName: vimDnsNative\nEquivalentBuiltInParser: _Im_Dns_Other\nParserQuery: Syslog\n",
		"broken.yaml":    "ParserName: Broken\nParserQuery: [\n",
		"empty.yaml":     "ParserName: Empty\n",
		"unrelated.yaml": "a: 1\n",
		"picture.png":    "x",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	functions, err := LoadFunctions(dir)
	if err != nil {
		t.Fatal(err)
	}
	want := "Bare BareEvent Broken Empty Thing ThingEvent Two Words Two_Words _Im_Dns _Im_Dns_Native _Im_Dns_Other _Im_Thing imDns imThing vimDnsNative"
	if got := strings.Join(functions.Names(), " "); got != want {
		t.Errorf("names:\n%s\nwant\n%s", got, want)
	}
	for _, test := range []struct{ name, params, body string }{
		{"_Im_Thing", "user:string='*', since:datetime=datetime(null), T:(*)", "T\n| take 1\n"},
		{"ThingEvent", "", "Syslog\n"},
		{"BareEvent", "", "// Save under the alias of BareEvent.\nSyslog\n"},
	} {
		got, ok, err := functions.Lookup(test.name)
		if !ok || err != nil || got.Params != test.params || got.Body != test.body {
			t.Errorf("%s: %+v %v %v", test.name, got, ok, err)
		}
	}
	for _, name := range []string{"Broken", "Empty"} {
		if _, ok, err := functions.Lookup(name); !ok || err == nil {
			t.Errorf("%s: found %v, error %v; want an error", name, ok, err)
		}
	}
	if _, ok, err := functions.Lookup("None"); ok || err != nil {
		t.Error("a name that is nowhere is found")
	}
	if _, err := LoadFunctions(filepath.Join(dir, "absent")); err == nil {
		t.Error("a directory that is not there gives no error")
	}
}

func ExampleLoadFunctions() {
	functions, err := LoadFunctions("testdata/functions")
	if err != nil {
		fmt.Println(err)
		return
	}
	function, _, _ := functions.Lookup("FailedCalls")
	fmt.Printf("%s(%s)\n%s", function.Name, function.Params, function.Body)
	// Output:
	// FailedCalls(region:string='*')
	// AWSCloudTrail
	// | where isnotempty(ErrorCode) and (region == '*' or AWSRegion == region)
}
