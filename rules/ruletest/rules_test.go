package ruletest_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/seed-2512943d/picket/rules"
	"github.com/seed-2512943d/picket/rules/ruletest"
)

func TestRun(t *testing.T) {
	ruletest.Run(t, "../testdata", "testdata/rules", "testdata/inputs")
}

// forms are what real rules are made of, each with a sample rule that has it.
var forms = map[string]string{
	"a join":                     `join kind=inner`,
	"an anti join":               `join kind=leftanti`,
	"an outer join":              `join kind=leftouter`,
	"a union of queries":         `union isfuzzy=true`,
	"groups by bins of time":     `summarize .*\bbin\(TimeGenerated`,
	"has_any":                    `\bhas_any\b`,
	"mv-expand":                  `mv-expand`,
	"a list in a let":            `let \w+ = dynamic\(\[`,
	"a tabular let":              `let \w+ = \w+\s*\n\s*\| where`,
	"a watchlist":                `_GetWatchlist`,
	"externaldata":               `externaldata`,
	"a saved function":           `^OfficeInboxRules`,
	"parse":                      `\| parse `,
	"a regular expression":       `matches regex`,
	"a case":                     `\bcase\(`,
	"rows compared in order":     `\bprev\(`,
	"the time of ingestion":      `ingestion_time\(\)`,
	"SigninLogs":                 `\bSigninLogs\b`,
	"AuditLogs":                  `\bAuditLogs\b`,
	"SecurityEvent":              `\bSecurityEvent\b`,
	"Syslog":                     `\bSyslog\b`,
	"CommonSecurityLog":          `\bCommonSecurityLog\b`,
	"OfficeActivity":             `\bOfficeActivity\b`,
	"AzureActivity":              `\bAzureActivity\b`,
	"DeviceProcessEvents":        `\bDeviceProcessEvents\b`,
	"DnsEvents":                  `\bDnsEvents\b`,
	"EmailEvents":                `\bEmailEvents\b`,
	"SecurityAlert":              `\bSecurityAlert\b`,
	"Heartbeat":                  `\bHeartbeat\b`,
	"W3CIISLog":                  `\bW3CIISLog\b`,
	"a custom table":             `\bBadgeReader_CL\b`,
	"a table without any schema": `\bBackupAudit_CL\b`,
}

// The sample rules are fifteen at least, with forty tests at least, and have all that real rules are made of. Each has tests that fire and tests that stay
// silent, which see three quarters of it.
func TestSampleRulesAreTested(t *testing.T) {
	suites, err := ruletest.Load(t.Context(), "testdata/rules")
	if err != nil {
		t.Fatal(err)
	}
	if missing := ruletest.Missing(suites); missing != nil {
		t.Error(missing)
	}
	tested, tests, queries, kinds := 0, 0, "", map[rules.Kind]int{}
	for _, s := range suites {
		for _, rule := range s.Rules {
			if rule.ID == "" {
				continue // a query or a function by itself
			}
			tested, tests = tested+1, tests+len(s.Tests)
			queries += rule.Query + "\n"
			kinds[rule.Kind]++
		}
	}
	if tested < 15 || tests < 40 {
		t.Errorf("%d tests of %d rules", tests, tested)
	}
	t.Logf("%d tests of %d rules", tests, tested)
	for name, pattern := range forms {
		if !regexp.MustCompile("(?m)" + pattern).MatchString(queries) {
			t.Errorf("no sample rule has %s", name)
		}
	}
	if kinds[rules.NRT] == 0 || kinds[rules.Scheduled] == 0 {
		t.Errorf("rules by kind: %v", kinds)
	}
	coverage, err := ruletest.Cover(t.Context(), suites, ruletest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range coverage {
		if c.Percent() < 75 {
			t.Errorf("%s: coverage %.0f %%", c.Path, c.Percent())
		}
	}
}

// The tests of the sample rules notice nine in ten edits of the rules, and three in four of each rule.
func TestSampleRulesKillMutants(t *testing.T) {
	suites, err := ruletest.Load(t.Context(), "testdata/rules")
	if err != nil {
		t.Fatal(err)
	}
	all, err := ruletest.Mutate(t.Context(), suites, ruletest.MutateOptions{})
	if err != nil {
		t.Fatal(err)
	}
	killed, made := 0, 0
	var weak []string
	for _, m := range all {
		killed, made = killed+m.Count(ruletest.Killed), made+len(m.Mutants)
		if m.Percent() < 75 {
			weak = append(weak, m.Path+": "+m.Summary())
		}
	}
	t.Logf("%d of %d mutants killed", killed, made)
	if killed*10 < made*9 || len(weak) > 0 {
		t.Errorf("%d of %d mutants killed\n%s", killed, made, strings.Join(weak, "\n"))
	}
}
