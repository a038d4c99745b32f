package rules_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/seed-2512943d/picket/rules"
)

// expectation is what Microsoft's analyzer says of one rule.
type expectation struct {
	Path       string
	SemanticOK bool                          `json:"semantic_ok"`
	SyntaxOK   bool                          `json:"syntax_ok"`
	Columns    []struct{ Name, Type string } `json:"result_columns"`
	Open       bool                          `json:"result_open"`
}

const sentinel = "../../shared/sentinel/"

// The reasons of the rules below.
const (
	calendarPart = "the engine gives long for a part of a date, where the analyzer says int: conformance cases datetime-part-function-00, monthofyear-function-00"
	anyCount     = "the engine counts rows where count() has an argument of any type: conformance case summarize-operator-08"
	setAsText    = "todynamic(toscalar(… make_set …)) is one of the places where the analyzer is stricter than the service: REAL-RULES.md"
)

// differingRules are the rules that the analyzer accepts and that do not bind, or not with its columns, each with the reason.
// Some read a column that there is not: the analyzer takes the saved function's columns as open, though it ends with a project.
var differingRules = map[string]string{
	"Hunting Queries/GitHub/Inactive or New Account Usage.yaml":                        "it reads 'startime', a slip for starttime, which is no column of GitHubAudit",
	"Hunting Queries/ProofpointPOD/ProofpointPODLargeOutboundEmails.yaml":              "it reads NetworkBytes_real, which is no column of ProofpointPOD: that is NetworkBytes",
	"Hunting Queries/SecurityEvent/Suspicious_Windows_Login_outside_normal_hours.yaml": calendarPart,
	"Hunting Queries/SigninLogs/LoginSpikeWithIncreaseFailureRate.yaml":                calendarPart,
	"Solutions/GoogleWorkspaceReports/Hunting Queries/GWorkspaceRareDocType.yaml":      "it reads Users, which is no column of GWorkspaceActivityReports: the rule makes users",
	"Solutions/SlackAudit/Hunting Queries/SlackAuditSuspiciousFilesDownloaded.yaml":    "it reads lbtime, which nothing declares and which is no column of SlackAudit",
	"Solutions/Ubiquiti/Hunting Queries/UbiquitiUnusualSubdomains.yaml":                "it reads DnsQueryName, which is no column of UbiquitiAuditEvent: that is DnsQuery",
}

// strayRules are the rules that the analyzer refuses and that are right, each with the reason.
var strayRules = map[string]string{
	"Detections/ASimDNS/imDns_IPEntity_DnsEvents.yaml":                                                       setAsText,
	"Detections/MultipleDataSources/ExchangeServerVulnerabilitiesMarch2021IoCs.yaml":                         setAsText,
	"Hunting Queries/DnsEvents/DNS_HighPercentNXDomainCount.yaml":                                            anyCount,
	"Hunting Queries/Microsoft 365 Defender/Protection events/ExploitGuardNetworkProtectionEvents.yaml":      anyCount,
	"Hunting Queries/Microsoft 365 Defender/Ransomware/Check for multiple signs of ransomware activity.yaml": anyCount,
	"Hunting Queries/MultipleDataSources/UnicodeObfuscationInCommandLine.yaml":                               anyCount,
	"Hunting Queries/SigninLogs/SuccessThenFail_SameUserDiffApp.yaml":                                        anyCount,
}

// TestConformanceBinding binds every real rule over the catalogue and the saved functions, and
// compares the columns of its result with those that Microsoft's analyzer gives.
func TestConformanceBinding(t *testing.T) {
	if testing.Short() {
		t.Skip("goes through all real rules, which takes minutes under the race detector; the run without it has this test")
	}
	f, err := os.Open(sentinel + "expected.jsonl")
	if err != nil {
		t.Skipf("the real rules do not stand beside the module: %v", err)
	}
	defer f.Close()
	w := rules.NewWorkspace()
	if err := w.AddFunctions(sentinel + "functions"); err != nil {
		t.Fatal(err)
	}
	var accepted, bound, rejected, refused int
	differing, wrongly := make(map[string]error), make(map[string]error)
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var want expectation
		if err := json.Unmarshal(lines.Bytes(), &want); err != nil {
			t.Fatal(err)
		}
		r, err := rules.Load(filepath.Join(sentinel, "rules", want.Path))
		if err != nil {
			t.Errorf("%s: %v", want.Path, err)
			continue
		}
		c, err := r.Compile(w)
		if !want.SemanticOK {
			rejected++
			if err != nil {
				refused++
			} else {
				wrongly[want.Path] = errors.New("it is accepted")
			}
			continue
		}
		accepted++
		if err == nil {
			err = compareColumns(c, want)
		}
		if err != nil {
			differing[want.Path] = err
			continue
		}
		bound++
	}
	t.Logf("rules: %d of %d that the analyzer accepts bind with its columns; %d of %d that it rejects are refused", bound, accepted, refused, rejected)
	checkExceptions(t, differingRules, differing)
	checkExceptions(t, strayRules, wrongly)
}

// checkExceptions holds failures, by the name of the case, to a list of those that are right: a failure that is not on it is an
// error, and so is a case on it that comes out.
func checkExceptions(t *testing.T, list map[string]string, failed map[string]error) {
	t.Helper()
	for name, err := range failed {
		if list[name] == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(list)) {
		if failed[name] == nil {
			t.Errorf("%s comes out: take it off the list of exceptions (%s)", name, list[name])
			continue
		}
		t.Logf("exception: %s: %s", name, list[name])
	}
}

func compareColumns(c *rules.Compiled, want expectation) error {
	if want.Columns == nil || want.Open || c.Open {
		return nil
	}
	if len(c.Columns) != len(want.Columns) {
		return fmt.Errorf("%d columns, want %d: %v want %v", len(c.Columns), len(want.Columns), c.Columns, want.Columns)
	}
	for i, got := range c.Columns {
		w := want.Columns[i]
		if got.Name != w.Name || w.Type != "unknown" && got.Type.String() != w.Type {
			return fmt.Errorf("column %d is %s: %s, want %s: %s", i, got.Name, got.Type, w.Name, w.Type)
		}
	}
	return nil
}
