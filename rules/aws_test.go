package rules

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/seed-2512943d/picket/eval/ingest"
)

// cloudTrailRules loads the analytics rules and hunting queries that name the table AWSCloudTrail.
func cloudTrailRules(t testing.TB) []*Rule {
	t.Helper()
	var some []*Rule
	for _, rule := range realRules(t) {
		if strings.Contains(rule.Query, "AWSCloudTrail") {
			some = append(some, rule)
		}
	}
	return some
}

// Every rule over AWSCloudTrail says the same of a recorded attack alone and with all others in one pass, which reads the logs once: the golden
// file has how it ended, its rows, and why it did not fire. The rows are those that counts of the records by other means give: those of
// specification CLOUDTRAIL, section 3.3, and for the others 801 user agents and 20 changes of policies.
func TestAllRulesOverCloudTrailTogether(t *testing.T) {
	const logs = "../../shared/cloudtrail"
	if _, err := os.Stat(logs); err != nil {
		t.Skip("../../shared is not here: the reference material stands beside the repository, not in it")
	}
	source, err := ingest.Open(ingest.CloudTrail, logs)
	if err != nil {
		t.Fatal(err)
	}
	w := NewWorkspace()
	if err := w.AddFunctions(sharedFunctions); err != nil {
		t.Fatal(err)
	}
	if err := w.AddSource(t.Context(), "AWSCloudTrail", source); err != nil {
		t.Fatal(err)
	}
	all := cloudTrailRules(t)
	at := time.Date(2023, 7, 10, 12, 38, 0, 0, time.UTC)
	report := func(outcomes ...Outcome) (text string) {
		for _, o := range outcomes {
			rows := 0
			if o.Result != nil {
				rows = len(o.Result.Rows)
			}
			text += fmt.Sprintf("%-60s %13s %4d %s\n", filepath.Base(o.Rule.Path), o.Status(), rows, o.Reason())
		}
		return text
	}
	options := RunOptions{Window: NoWindow}
	var alone string
	for _, rule := range all {
		alone += report(RunAll(t.Context(), w, []*Rule{rule}, at, options, 1, nil)...)
	}
	checkGolden(t, "testdata/aws_cloudtrail.golden", alone)
	for _, jobs := range []int{1, 3} {
		if together := report(RunAll(t.Context(), w, all, at, options, jobs, nil)...); together != alone {
			t.Errorf("%d jobs, together:\n%s\nalone:\n%s", jobs, together, alone)
		}
	}
}
