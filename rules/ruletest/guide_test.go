package ruletest_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/seed-2512943d/picket/eval/ingest"
	"github.com/seed-2512943d/picket/rules/ruletest"
)

// What the guide does in Go is done by the tests below, line for line.
func TestGuideShowsTestsInGo(t *testing.T) {
	guide, err := os.ReadFile("GUIDE.md")
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile("guide_test.go")
	if err != nil {
		t.Fatal(err)
	}
	_, code, _ := strings.Cut(string(guide), "```go\n")
	code, _, ok := strings.Cut(code, "```\n")
	if !ok {
		t.Fatal("the guide has no Go")
	}
	functions := 0
	for function := range strings.SplitSeq(code, "\n}\n") {
		if _, body, ok := strings.Cut(function, "{\n"); ok {
			functions++
			if !strings.Contains(string(source), body+"\n}\n") {
				t.Errorf("the guide shows what no test does:\n%s", body)
			}
		}
	}
	if functions != 2 {
		t.Errorf("the guide has %d functions", functions)
	}
}

func TestRulesOfAGlob(t *testing.T) {
	t.Chdir("testdata")
	ruletest.Run(t, "rules/*.test.yaml")
}

func TestPublicKey(t *testing.T) {
	t.Chdir("../testdata")
	got := ruletest.NewFile(t, "AWS_OverlyPermissiveKMS.yaml").
		GivenFile("AWSCloudTrail", ingest.CloudTrail, "data/putkeypolicy_public.json").
		At(time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)).
		Alerts()
	if len(got) != 1 || got[0].Severity != "High" {
		t.Fatal(got)
	}
	want := []ruletest.Entity{
		{Type: "Account", Identifiers: map[string]string{"Name": "alice", "UPNSuffix": "contoso.com", "CloudAppAccountId": "111122223333"}},
		{Type: "IP", Identifiers: map[string]string{"Address": "203.0.113.10"}},
	}
	if diff := cmp.Diff(want, got[0].Entities); diff != "" {
		t.Error(diff)
	}
}
