package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files")

const seedRule = "../../testdata/AWS_OverlyPermissiveKMS.yaml"

// commandTests are runs of the command; what each prints stands in testdata/NAME.golden.
var commandTests = []struct{ name, stdin, args string }{
	{"quickstart", "", "run"},
	{"help", "", "--help"},
	{"run-help", "", "run --help"},
	{"run-directory", "", "run testdata/rules --jobs 3"},
	{"run-directory-again", "", "run testdata/rules --jobs 1 --window none --rows"},
	{"run-lacking", "", "run testdata/lacking testdata/rules --functions ../../testdata/functions --jobs 3"},
	{"run-lacking-json", "", "run testdata/lacking --functions ../../testdata/functions --format json"},
	{"run-broken", "", "run testdata/broken testdata/rules/each_call.yaml --rows"},
	{"run-broken-json", "", "run testdata/broken --format json"},
	{"run-memory", "", "run testdata/hungry testdata/rules/each_call.yaml --memory 20B"},
	{"run-timeout", "", "run testdata/broken/steering.yaml --timeout 5"},
	{"run-json", "", "run testdata/rules --format json"},
	{"run-jsonl", "", "run testdata/rules/each_call.yaml --format jsonl"},
	{"run-cloudtrail", "", "run " + seedRule + " --cloudtrail ../../testdata/events"},
	{"run-silent", "", "run " + seedRule + " --now 2026-04-01 --fail-on-alert"},
	{"run-fail-on-alert", "", "run --fail-on-alert --format jsonl"},
	{"run-no-such-rule", "", "run testdata/absent.yaml"},
	{"run-bad-window", "", "run --window never"},
	{"run-bad-flag", "", "run --bogus"},
	{"run-bad-data", "", "run --data testdata/bad.jsonl"},
	{"simulate", "", "simulate"},
	{"run-assume", "", "run --assume WorkspaceID=11111111-2222-3333-4444-555555555555 --assume SortCustomDetails --assume TimeColumns=A,B --format jsonl"},
	{"run-assume-unknown", "", "run --assume WindowEnd"},
	{"run-assume-no-value", "", "run --assume WorkspaceID"},
	{"run-assume-bad-bool", "", "run --assume DistinctRows=maybe"},
	{"simulate-assume", "", "simulate --assume HighestSeverity=true --assume CloseAfter=1h --assume KeepFullName=false"},
	{"simulate-help", "", "simulate --help"},
	{"simulate-directory", "", "simulate testdata/rules --from 2026-03-01 --to 2026-03-02T12:00 --close-after 2h"},
	{"simulate-json", "", "simulate --format json --from 2026-03-01 --to 2026-03-02"},
	{"simulate-backwards", "", "simulate --from 2026-03-02 --to 2026-03-01"},
	{"simulate-bad-from", "", "simulate --from noon"},
	{"simulate-bad-close", "", "simulate --close-after soon"},
	{"query-table", "", "query AWSCloudTrail|project+TimeGenerated,EventName,SourceIpAddress"},
	{"query-json", "", "query AWSCloudTrail|project+TimeGenerated,EventName --format json"},
	{"query-json-empty", "", "query AWSCloudTrail|where+false|project+EventName --format json"},
	{"query-jsonl", "", "query AWSCloudTrail|project+TimeGenerated,EventName --format jsonl"},
	{"query-csv", "", `query print+a='x,"y"',b=long(null),c=datetime(2026-01-01) --format csv`},
	{"query-md", "", "query print+a='x|y',b=1 --format md"},
	{"query-stdin", "print a = 1\r\n| extend b = a + 1\r\n", "query -"},
	{"query-now", "", "query print+now() --now 2026-03-02T01:02 --format csv"},
	{"query-fault", "", "query AWSCloudTrail|where+EventNme=='x'"},
	{"query-memory", "", "query range+x+from+1+to+20000+step+1|extend+k=x%9973|sort+by+k+asc,x+desc|summarize+n=count(),list=make_list(x)+by+k|top+3+by+k --memory 64KB --format csv"},
	{"query-memory-group", "", "query range+x+from+1+to+20000+step+1|summarize+make_list(x) --memory 64KB"},
	{"query-memory-none", "", "query print+1 --memory 0B"},
	{"query-temp-dir-absent", "", "query print+1 --temp-dir testdata/absent"},
	{"query-none", "", "query"},
	{"query-bad-record", "", "query T|count --data T=testdata/bad.jsonl --format csv"},
	{"query-bad-record-strict", "", "query T|count --data T=testdata/bad.jsonl --strict"},
	{"query-two-sources", "", "query T|count --data T=testdata/bad.jsonl --data T=../../testdata/events/kms.json --format csv"},
	{"query-external", "", `query externaldata(Ip:string)["https://example.org/ips.txt?a=b"] --external https://example.org/ips.txt?a=b=testdata/ips.txt --format csv`},
	{"query-external-absent", "", `query externaldata(Ip:string)["https://example.org/ips.txt"]`},
	{"query-external-empty", "", `query externaldata(Ip:string)["https://example.org/ips.txt"]|count --external-empty --format csv`},
	{"query-external-bad", "", `query externaldata(Ip:string)["https://example.org/ips.txt"] --external https://example.org/ips.txt=testdata/absent.txt`},
	{"query-raw", "", "query SigninLogs|project+TimeGenerated,UserPrincipalName,ResultType,City=tostring(LocationDetails.city) --data SigninLogs=../../../eval/ingest/testdata/raw/diagnostics-entra.json"},
	{"query-as", "", "query T_CL|project+name_s,count_d --data T_CL=../../../eval/ingest/testdata/raw/customlog.json --as T_CL=customlog --format csv"},
	{"query-stdin-tables", mixedRecords, "query SigninLogs|union+AuditLogs|project+Type,Id|sort+by+Type --data SigninLogs=- --data AuditLogs=- --format csv"},
	{"query-misfit", "", "query SigninLogs|count --data SigninLogs=testdata/misfit.jsonl --data SigninLogs=testdata/timeless.jsonl --format csv"},
	{"query-as-unknown", "", "query T --data T=testdata/bad.jsonl --as xml"},
	{"batch", batchQuestions, "query --batch"},
	{"check", "", "check " + seedRule + " testdata/rules testdata/query.kql"},
	{"check-json", "", "check testdata/rules testdata/query.kql --format json"},
	{"check-sarif", "", "check testdata/rules testdata/query.kql --format sarif"},
	{"check-github", "", "check testdata/rules testdata/query.kql --format github"},
	{"check-resources", "", "check ../../testdata/resources/solution.json --schemas testdata/tables"},
	{"check-clean", "", "check testdata/query.kql"},
	{"check-absent", "", "check testdata/absent.kql"},
	{"describe", "", "describe testdata/rules/each_call.yaml --corpus testdata/rules --corpus " + seedRule},
	{"describe-json", "", "describe testdata/rules/each_call.yaml --format json"},
	{"catalog-help", "", "catalog --help"},
	{"describe-markdown", "", "describe testdata/rules/each_call.yaml --format markdown --source here"},
	{"describe-diff", "", "describe --diff testdata/rules/each_call.yaml testdata/each_call_new.yaml"},
	{"describe-diff-markdown", "", "describe --diff testdata/rules/each_call.yaml testdata/each_call_new.yaml --format markdown"},
	{"describe-diff-json", "", "describe --diff testdata/rules/each_call.yaml testdata/each_call_new.yaml --format json"},
	{"describe-diff-same", "", "describe --diff testdata/rules/each_call.yaml testdata/rules/each_call.yaml"},
	{"describe-diff-one", "", "describe --diff testdata/rules/each_call.yaml"},
	{"describe-diff-html", "", "describe --diff testdata/rules/each_call.yaml testdata/each_call_new.yaml --format html"},
	{"describe-corpus-absent", "", "describe testdata/rules/each_call.yaml --corpus testdata/absent --corpus testdata/rules --format markdown"},
	{"describe-corpus-none", "", "describe testdata/rules/each_call.yaml --corpus testdata/absent"},
	{"describe-absent", "", "describe testdata/absent.yaml"},
	{"fmt", "T|where a==1|count", "fmt"},
	{"fmt-file", "", "fmt testdata/query.kql"},
	{"fmt-check", "", "fmt --check testdata/query.kql"},
	{"fmt-fault", "T | where (", "fmt"},
}

// mixedRecords are records of two tables.
const mixedRecords = `{"records":[{"time":"2026-03-01T10:00:00Z","category":"AuditLogs","properties":{"id":"a"}},` +
	`{"time":"2026-03-01T10:00:00Z","category":"SignInLogs","properties":{"id":"s"}}]}`

const batchQuestions = `{"id":1,"query":"print b = true, i = int(1), l = 2, r = 3.0, d = decimal(1.50), s = 'x<y', g = guid(10e99626-bc2b-4c75-bb3e-fe606de25700)"}
{"id":"times","query":"print datetime(2026-03-01 10:00:00.5), datetime(2026-03-01), time(-1.02:03:04.5), 1d"}
{"id":3,"query":"print dynamic({\"a\":[1,2.0,null]}), dynamic(null), int(null), real(nan), real(+inf), real(-inf), dynamic('t')"}

{"id":[4],"query":"AWSCloudTrail | summarize n = count() by EventName | sort by n, EventName asc | take 2"}
{"id":5,"query":"print 1 |\n where x == 2"}
{"id":6,"query":"print ("}
{"id":7}
no JSON
{"query":"print 8"}
{"id":9,"query":"AWSCloudTrail | where false | project EventName"}`

func TestCommand(t *testing.T) {
	for _, test := range commandTests {
		t.Run(test.name, func(t *testing.T) {
			got := invoke(t, test.stdin, test.args)
			path := filepath.Join("testdata", test.name+".golden")
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
				t.Errorf("picket %s, -want +got:\n%s", test.args, diff)
			}
		})
	}
}

// invoke runs the command and writes down what it prints. Words of args are parted by blanks; + stands for a blank within one.
func invoke(t *testing.T, stdin, args string) string {
	t.Helper()
	var words []string
	for word := range strings.FieldsSeq(args) {
		words = append(words, strings.ReplaceAll(word, "+", " "))
	}
	var stdout, stderr bytes.Buffer
	code := run(t.Context(), words, strings.NewReader(stdin), &stdout, &stderr)
	text := fmt.Sprintf("exit %d\n%s", code, stdout.String())
	if stderr.Len() > 0 {
		text += "---- stderr\n" + stderr.String()
	}
	return text
}

// The page goes to standard output and is complete.
func TestSimulateWritesAPage(t *testing.T) {
	page := invoke(t, "", "simulate --format html")
	if !strings.HasPrefix(page, "exit 0\n<!DOCTYPE html>") || !strings.HasSuffix(page, "</html>\n") || !strings.Contains(page, "AWS overly permissive KMS key policy change by alice") {
		t.Error(page)
	}
}

// What the README shows is what the command prints.
func TestReadmeShowsRealOutput(t *testing.T) {
	readme, err := os.ReadFile("../../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	output, _ := strings.CutPrefix(invoke(t, "", "run"), "exit 0\n")
	if !strings.Contains(string(readme), output) {
		t.Errorf("README.md does not hold what picket run prints:\n%s", output)
	}
}

func TestFmtWritesFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "q.kql")
	if err := os.WriteFile(path, []byte("T|count"), 0o644); err != nil {
		t.Fatal(err)
	}
	if got := invoke(t, "", "fmt -w "+path); got != "exit 0\n" {
		t.Error(got)
	}
	text, err := os.ReadFile(path)
	if err != nil || string(text) != "T\n| count\n" {
		t.Errorf("%q, %v", text, err)
	}
}

// An alert written as a record can be read back as the table that Sentinel keeps alerts in.
func TestAlertsAreRecordsOfSecurityAlert(t *testing.T) {
	alerts, _ := strings.CutPrefix(invoke(t, "", "run --format jsonl"), "exit 0\n")
	path := filepath.Join(t.TempDir(), "alerts.jsonl")
	if err := os.WriteFile(path, []byte(alerts), 0o644); err != nil {
		t.Fatal(err)
	}
	const query = "SecurityAlert|mv-expand+e=parse_json(Entities)|project+TimeGenerated,AlertSeverity,tostring(e.Type)"
	got := invoke(t, "", "query "+query+" --format csv --data SecurityAlert="+path)
	const want = "exit 0\nTimeGenerated,AlertSeverity,e_Type\n2026-03-02T00:05:00Z,High,account\n2026-03-02T00:05:00Z,High,ip\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestCatalogWritesASite(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "site")
	var out, errs bytes.Buffer
	if code := run(t.Context(), []string{"catalog", "testdata/rules", "-o", dir}, nil, &out, &errs); code != exitOK || errs.Len() > 0 {
		t.Fatalf("exit %d: %s", code, errs.String())
	}
	if want := filepath.Join(dir, "index.html") + ": 3 rules\n"; out.String() != want {
		t.Errorf("it prints %q, want %q", out.String(), want)
	}
	page, err := os.ReadFile(filepath.Join(dir, "rules", "each_call.html"))
	if err != nil || !strings.Contains(string(page), "<h1>Each call on a key</h1>") {
		t.Errorf("the page of a rule: %v\n%s", err, page)
	}
	if code := run(t.Context(), []string{"catalog", dir, "-o", dir}, nil, &out, &errs); code != exitInput {
		t.Errorf("exit %d for a directory without rules", code)
	}
}

// A file that cannot be read is an error among those of the others, unless it is the one asked for.
func TestCheckTellsOfUnreadableFiles(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a.yaml", "b.kql"} {
		if err := os.Symlink(filepath.Join(dir, "nothing"), filepath.Join(dir, name)); err != nil {
			t.Skip("links cannot be made here:", err)
		}
	}
	rule, err := os.ReadFile(seedRule)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "c.yaml"), rule, 0o600); err != nil {
		t.Fatal(err)
	}
	got := invoke(t, "", "check "+dir)
	for _, want := range []string{"exit 1\n", "a.yaml:1:1: SR000: the file cannot be read: ", "b.kql:1:1: SR000: the file cannot be read: ", "3 files: 1 without errors, 2 with 2 errors\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("there is no %q in\n%s", want, got)
		}
	}
	if got := invoke(t, "", "check "+filepath.Join(dir, "b.kql")); !strings.HasPrefix(got, "exit 2\n") {
		t.Error(got)
	}
}
