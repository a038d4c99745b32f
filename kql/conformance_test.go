package kql_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/seed-2512943d/picket/kql"
	"go.yaml.in/yaml/v4"
)

// shared is the recorded material that lies next to the checkout.
const shared = "../../shared"

func sharedFile(t testing.TB, elem ...string) string {
	t.Helper()
	path := filepath.Join(append([]string{shared}, elem...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("%s is absent: the conformance material lies outside the repository", path)
	}
	return path
}

// records reads a file with one JSON object a line.
func records[T any](t testing.TB, path string) []T {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var out []T
	scanner := bufio.NewScanner(file)
	scanner.Buffer(nil, 16<<20)
	for scanner.Scan() {
		var record T
		if err := json.Unmarshal(scanner.Bytes(), &record); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		out = append(out, record)
	}
	if err := scanner.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

type queryRecord struct {
	ID    string
	Query string
	Name  string
	Codes []string
}

// show is an error with its place and line.
func show(text string, err error) string {
	if faults, ok := err.(kql.Errors); ok {
		return faults.Format(kql.NewSource(text))
	}
	return err.Error()
}

func acceptAll(t *testing.T, queries []queryRecord) {
	t.Helper()
	accepted := 0
	for _, record := range queries {
		if _, err := kql.Parse(record.Query); err != nil {
			t.Errorf("%s%s is refused: %s", record.ID, record.Name, show(record.Query, err))
			continue
		}
		accepted++
	}
	t.Logf("%d of %d accepted", accepted, len(queries))
	if len(queries) == 0 {
		t.Error("no queries")
	}
}

// managementCommand finds the texts that start with a dot, behind comments perhaps: they are no queries.
var managementCommand = regexp.MustCompile(`^(\s*//.*\n)*\s*\.`)

func TestDocumentationQueries(t *testing.T) {
	var queries []queryRecord
	for _, record := range records[queryRecord](t, sharedFile(t, "conformance", "parse.jsonl")) {
		if !managementCommand.MatchString(record.Query) {
			queries = append(queries, record)
		}
	}
	acceptAll(t, queries)
}

func TestEngineQueries(t *testing.T) {
	acceptAll(t, records[queryRecord](t, sharedFile(t, "conformance", "engine.jsonl")))
}

func TestProbes(t *testing.T) {
	acceptAll(t, records[queryRecord](t, sharedFile(t, "conformance", "probes.jsonl")))
}

// brokenFunctions are published functions that Microsoft's parser refuses; of those marked true another version is
// sound.
var brokenFunctions = map[string]bool{
	"AlertsOnComputer": false, "vimAuthenticationEmpty": true, "DuoSecurityTrustMonitor": false,
	"KVPairExtraction": false, "ASimWebSession": true,
}

func TestSavedFunctions(t *testing.T) {
	var sound []queryRecord
	refused := map[string]bool{}
	for _, record := range records[queryRecord](t, sharedFile(t, "sentinel", "functions.jsonl")) {
		if _, broken := brokenFunctions[record.Name]; !broken {
			sound = append(sound, record)
		} else if _, err := kql.Parse(record.Query); err != nil {
			refused[record.Name] = true
		} else if !brokenFunctions[record.Name] {
			t.Errorf("%s is accepted", record.Name)
		}
	}
	acceptAll(t, sound)
	if len(refused) != len(brokenFunctions) {
		t.Errorf("refused are %v, not all of %v", refused, brokenFunctions)
	}
}

// syntaxCodes are the codes that only the syntax of a text can bring about.
var syntaxCodes = map[string]bool{
	"KS001": true, "KS002": true, "KS005": true, "KS006": true, "KS174": true, "KS175": true, "KS176": true,
	"KS198": true, "KS213": true, "KS222": true, "KS228": true,
}

func TestProbesWithErrors(t *testing.T) {
	syntax, refused, semantic, wrongly := 0, 0, 0, 0
	for _, record := range records[queryRecord](t, sharedFile(t, "conformance", "probes_errors.jsonl")) {
		isSyntax := false
		for _, code := range record.Codes {
			isSyntax = isSyntax || syntaxCodes[code]
		}
		_, err := kql.Parse(record.Query)
		switch {
		case isSyntax:
			syntax++
			if err != nil {
				refused++
			} else {
				t.Logf("accepted in spite of %v: %s", record.Codes, record.Query)
			}
		default:
			semantic++
			if err != nil {
				wrongly++
				t.Logf("refused, only %v: %s\n%s", record.Codes, record.Query, show(record.Query, err))
			}
		}
	}
	if wrongly > 1 || refused < 45 { // the one has a raw guid literal, KS214
		t.Errorf("the parser has become too strict or too lax")
	}
	t.Logf("%d of %d refused for their syntax; %d of %d refused that are only wrong in meaning", refused, syntax, wrongly, semantic)
}

type ruleRecord struct {
	Path     string
	SyntaxOK bool `json:"syntax_ok"`
}

// ruleQueries are the queries of the collected rules, by path.
func ruleQueries(t testing.TB) (rules []ruleRecord, queries map[string]string) {
	t.Helper()
	queries = map[string]string{}
	for _, record := range records[ruleRecord](t, sharedFile(t, "sentinel", "expected.jsonl")) {
		text, err := os.ReadFile(filepath.Join(shared, "sentinel", "rules", record.Path))
		if err != nil {
			t.Fatal(err)
		}
		var rule struct{ Query string }
		if err := yaml.Unmarshal(text, &rule); err != nil {
			t.Logf("%s: %v", record.Path, err)
			continue
		}
		rules = append(rules, record)
		queries[record.Path] = rule.Query
	}
	return rules, queries
}

func TestRules(t *testing.T) {
	list, queries := ruleQueries(t)
	right := 0
	for _, rule := range list {
		_, err := kql.Parse(queries[rule.Path])
		switch {
		case err != nil && rule.SyntaxOK:
			t.Errorf("%s is refused: %s", rule.Path, show(queries[rule.Path], err))
		case err == nil && !rule.SyntaxOK:
			t.Errorf("%s is accepted", rule.Path)
		default:
			right++
		}
	}
	t.Logf("%d of %d as Microsoft's parser has it", right, len(list))
}

func BenchmarkParse(b *testing.B) {
	_, queries := ruleQueries(b)
	size := 0
	for _, query := range queries {
		size += len(query)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, query := range queries {
			_, _ = kql.Parse(query) // refused rules are part of the load
		}
	}
}
