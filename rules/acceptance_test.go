package rules_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/eval/ingest"
	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
	"github.com/seed-2512943d/picket/rules"
)

// acceptanceTime is when the rules run: after all generated rows.
var acceptanceTime = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

// generatedRows is how many rows each table of the generated data has.
const generatedRows = 200

// Each analytic rule that Microsoft's analyzer accepts runs to its end over empty tables, over rows as people export them, and over rows of
// random values of the tables' types, with the saved functions it calls.
func TestEveryAnalyticRuleRuns(t *testing.T) {
	if testing.Short() {
		t.Skip("goes through all real rules, which takes minutes under the race detector; the run without it has this test")
	}
	loaded := acceptedRules(t)
	w := workspaceOfFunctions(t)
	addSamples(t, w)
	data := []*acceptance{
		{name: "empty tables", tables: eval.TableMap{}},
		{name: "samples", tables: w, atLeast: 20},
		{name: "random rows", tables: randomTables(w, comparedValues(t, loaded)), atLeast: 80},
	}
	start := time.Now()
	eachRule(loaded, func(rule *rules.Rule) {
		compiled, err := rule.Compile(w, eval.WithWorkers(1))
		if err != nil {
			t.Errorf("%s: %v", rule.Path, err)
			return
		}
		for _, a := range data {
			a.run(t, compiled)
		}
	})
	for _, a := range data {
		t.Logf("%s: %d of %d analytic rules ran to the end, %d fired with %d alerts, %d rows in all", a.name, a.ran, len(loaded), a.fired, a.alerts, a.rows)
		if a.ran != len(loaded) || a.fired < a.atLeast {
			t.Errorf("%s: %d rules ran, want %d; %d fired, want at least %d", a.name, a.ran, len(loaded), a.fired, a.atLeast)
		}
	}
	t.Logf("in %s", time.Since(start).Round(time.Millisecond))
}

// workspaceOfFunctions has the saved functions of the reference material, and no rows where queries read from addresses.
func workspaceOfFunctions(t testing.TB) *rules.Workspace {
	t.Helper()
	w := rules.NewWorkspace()
	w.EmptyExternalData = true
	if err := w.AddFunctions(sentinel + "functions"); err != nil {
		t.Fatal(err)
	}
	return w
}

// eachRule does something with every rule, with as many at once as there are processors.
func eachRule(loaded []*rules.Rule, do func(*rules.Rule)) {
	next := make(chan *rules.Rule)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for rule := range next {
				do(rule)
			}
		})
	}
	for _, rule := range loaded {
		next <- rule
	}
	close(next)
	workers.Wait()
}

// acceptance counts how rules fare over some tables.
type acceptance struct {
	name    string
	tables  eval.Tables
	atLeast int // how many rules fire, so that the data reach what stands behind filters

	mu                       sync.Mutex
	ran, fired, alerts, rows int
}

// run runs a rule to its end.
func (a *acceptance) run(t *testing.T, compiled *rules.Compiled) {
	var result *rules.Result
	err := rules.Guard(func() (err error) {
		result, err = compiled.Run(t.Context(), a.tables, acceptanceTime, rules.RunOptions{Window: rules.NoWindow})
		if err == nil && result.Fired() {
			_, err = json.Marshal(result.Alerts[0])
		}
		return err
	})
	var internal *rules.InternalError
	if errors.As(err, &internal) {
		t.Logf("%s", internal.Stack)
	}
	if err != nil {
		t.Errorf("%s: %s: %v", a.name, compiled.Rule.Path, err)
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.ran++
	a.rows += len(result.Rows)
	a.alerts += len(result.Alerts)
	if result.Fired() {
		a.fired++
	}
}

// acceptedRules loads the analytic rules that the analyzer accepts.
func acceptedRules(t *testing.T) []*rules.Rule {
	t.Helper()
	f, err := os.Open(sentinel + "expected.jsonl")
	if err != nil {
		t.Skipf("the real rules do not stand beside the module: %v", err)
	}
	defer f.Close()
	var loaded []*rules.Rule
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var expected struct {
			Path, Kind string
			SyntaxOK   bool `json:"syntax_ok"`
			SemanticOK bool `json:"semantic_ok"`
		}
		if err := json.Unmarshal(lines.Bytes(), &expected); err != nil {
			t.Fatal(err)
		}
		if expected.Kind != "analytic" || !expected.SyntaxOK || !expected.SemanticOK {
			continue
		}
		rule, err := rules.Load(filepath.Join(sentinel, "rules", expected.Path))
		if err != nil {
			t.Fatal(err)
		}
		loaded = append(loaded, rule)
	}
	if err := lines.Err(); err != nil || len(loaded) == 0 {
		t.Fatalf("there are no accepted rules: %v", err)
	}
	return loaded
}

// addSamples gives the workspace the exported rows of the reference material. A file is named by its table.
func addSamples(t testing.TB, w *rules.Workspace) {
	t.Helper()
	paths, err := filepath.Glob(sentinel + "samples/*__*")
	if err != nil || len(paths) == 0 {
		t.Fatalf("there are no samples: %v", err)
	}
	tables := map[string]bool{}
	for _, path := range paths {
		source, err := ingest.Open(ingest.Auto, path)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		table, _, _ := strings.Cut(filepath.Base(path), "__")
		if err := w.AddSource(t.Context(), table, source); err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		tables[table] = true
	}
	t.Logf("%d files of samples, %d tables", len(paths), len(tables))
}

// randomTables has every table that the workspace knows with rows of random values, the same each time. The rows of a table are made when
// it is first read. A cell mostly takes a value that some query compares its column with, so that rows pass filters and reach what follows.
func randomTables(w *rules.Workspace, compared map[string][]string) eval.TableMap {
	tables := eval.TableMap{}
	for _, name := range w.TableNames() {
		columns, open, _ := w.TableSchema(name)
		table := sync.OnceValue(func() *eval.Table { return eval.RecordTable(name, columns, randomRecords(name, columns, compared)...) })
		tables[name] = &eval.Table{Name: name, Columns: columns, Open: open, Records: func(ctx context.Context) iter.Seq2[[]byte, error] {
			return table().Records(ctx)
		}}
	}
	return tables
}

// comparedValues finds, for each column, the texts and numbers that rules and saved functions compare it with.
func comparedValues(t testing.TB, loaded []*rules.Rule) map[string][]string {
	t.Helper()
	functions, err := rules.LoadFunctions(sentinel + "functions")
	if err != nil {
		t.Fatal(err)
	}
	var queries []string
	for _, rule := range loaded {
		queries = append(queries, rule.Query)
	}
	for _, name := range functions.Names() {
		if f, ok, err := functions.Lookup(name); ok && err == nil {
			queries = append(queries, f.Body)
		}
	}
	seen := map[[2]string]bool{}
	compared := map[string][]string{}
	for _, text := range queries {
		query, err := kql.Parse(text)
		if err != nil {
			continue // of a function that no accepted rule calls
		}
		kql.Inspect(query, func(n kql.Node) bool {
			column, values := comparison(n)
			for _, value := range values {
				if l, ok := value.(*kql.Literal); ok && column != "" && !seen[[2]string{column, l.Value}] {
					seen[[2]string{column, l.Value}] = true
					compared[column] = append(compared[column], l.Value)
				}
			}
			return true
		})
	}
	return compared
}

// comparison gives the column and the values that an operator compares, where its left side is a column or a function of one.
func comparison(n kql.Node) (column string, values []kql.Expr) {
	var left kql.Expr
	switch n := n.(type) {
	case *kql.Binary:
		left, values = n.X, []kql.Expr{n.Y}
	case *kql.In:
		left, values = n.X, n.List
	default:
		return "", nil
	}
	if call, ok := left.(*kql.Call); ok && len(call.Args) == 1 {
		left = call.Args[0]
	}
	if name, ok := left.(*kql.Name); ok {
		return name.Name, values
	}
	return "", nil
}

// namingTexts are the texts that parsers make columns of, by whose names rules then go: without these columns their queries fail, in the
// service too, so that such texts are never random. The labels of CEF's custom fields are of this kind as well.
var namingTexts = map[string]string{
	"EventData":                     `<DataItem><EventData><Data Name="Image">C:\a.exe</Data><Data Name="EventType">e</Data></EventData></DataItem>`,
	"AdditionalExtensions":          "PacketsTotal=5;SessionID=7",
	"DeviceCustomIPv6Address1Label": "Device IPv6 Address",
	"DeviceCustomIPv6Address2Label": "Source IPv6 Address",
	"DeviceCustomIPv6Address3Label": "Destination IPv6 Address",
}

// randomRecords makes the rows of a table, by a generator that its name seeds.
func randomRecords(table string, columns []eval.Column, compared map[string][]string) [][]byte {
	seed := fnv.New64a()
	seed.Write([]byte(table))
	random := rand.New(rand.NewPCG(seed.Sum64(), 1))
	records := make([][]byte, generatedRows)
	for i := range records {
		record := []byte{'{'}
		for _, c := range columns {
			text := randomJSON(random, c.Type, compared[c.Name])
			if fixed, ok := namingTexts[c.Name]; ok && c.Type == scalar.String {
				text = strconv.Quote(fixed)
			} else if strings.HasSuffix(c.Name, "Label") {
				text = strconv.Quote(c.Name + " of " + table)
			}
			if text != "" {
				record = fmt.Appendf(record, "%q:%s,", c.Name, text)
			}
		}
		records[i] = append(bytes.TrimSuffix(record, []byte(",")), '}')
	}
	return records
}

// randomTexts are what cells of type string hold: what rules look for, what they take apart, and what is none of this.
var randomTexts = []string{
	"", "a", "admin", "SYSTEM", "alice@contoso.com", `CONTOSO\bob`, "web1.corp.contoso.com", "203.0.113.10", "10.0.0.4", "2001:db8::1", "10.1.2.0/24",
	"https://example.org/a?b=c&d=1", "http://198.51.100.7/x.exe", "ünïcødé", "true", "0", "42", "-3.5", "2026-03-01T10:00:00Z", "Success", "Failure", "failed", "0x0",
	"10e99626-bc2b-4c75-bb3e-fe606de25700", `{"a":1,"b":[1,2],"ipAddress":"203.0.113.10","properties":{"x":"y"}}`, `[{"Name":"n","Value":"v","displayName":"d"},{"Name":"m"}]`,
	"[]", "{}", "{", "null", "powershell.exe -enc SQBFAFgA", `C:\Windows\System32\cmd.exe`, "/usr/bin/curl", "T1059", "High", "Allow", "Deny", "key=value;k2=v2|x,y", "<a><b c='d'>e</b></a>",
}

// randomDynamics are JSON values of type dynamic.
var randomDynamics = []string{
	`null`, `[]`, `{}`, `1`, `"text"`, `true`, `["a","b"]`, `[1,2.5,null]`, `{"a":1,"b":"x"}`, `{"name":"n","value":{"c":[1,{"d":2}]}}`,
	`[{"displayName":"d","newValue":"[\"v\"]","oldValue":""},{"displayName":"e"}]`, `[{"userPrincipalName":"alice@contoso.com","id":"1","type":"User","modifiedProperties":[{"displayName":"k","newValue":"\"v\""}]}]`,
	`"{\"a\":1}"`, `{"user":{"userPrincipalName":"bob@contoso.com","ipAddress":"10.0.0.4"},"app":{"displayName":"app"}}`,
}

// randomJSON is a value of a type, or nothing for a cell that is left out.
func randomJSON(random *rand.Rand, of scalar.Type, compared []string) string {
	if random.IntN(10) == 0 {
		return ""
	}
	if len(compared) > 0 && random.IntN(4) > 0 {
		text := compared[random.IntN(len(compared))]
		_, err := strconv.ParseFloat(text, 64)
		switch {
		case of == scalar.String:
			return strconv.Quote(text)
		case err == nil && (of == scalar.Int || of == scalar.Long || of == scalar.Real):
			return text
		}
	}
	switch of {
	case scalar.String:
		return strconv.Quote(randomTexts[random.IntN(len(randomTexts))])
	case scalar.DateTime:
		return acceptanceTime.Add(-time.Duration(random.Int64N(int64(14 * 24 * time.Hour)))).Format(`"2006-01-02T15:04:05.0000000Z"`)
	case scalar.Bool:
		return strconv.FormatBool(random.IntN(2) == 0)
	case scalar.Int:
		return strconv.Itoa(random.IntN(2000) - 1000)
	case scalar.Long:
		return []string{"0", "1", "-1", "4625", "1048576", strconv.FormatInt(random.Int64(), 10)}[random.IntN(6)]
	case scalar.Real, scalar.Decimal:
		return []string{"0", "1.5", "-2.25", "1e300", strconv.FormatFloat(random.NormFloat64(), 'g', -1, 64)}[random.IntN(5)]
	case scalar.Guid:
		return fmt.Sprintf(`"%08x-0000-4000-8000-%012x"`, random.Uint32(), random.Uint32())
	case scalar.TimeSpan:
		return fmt.Sprintf(`"%02d:%02d:00"`, random.IntN(24), random.IntN(60))
	}
	return randomDynamics[random.IntN(len(randomDynamics))]
}
