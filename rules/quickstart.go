package rules

import (
	_ "embed"
	"time"

	"github.com/seed-2512943d/picket/eval/ingest"
)

//go:embed testdata/AWS_OverlyPermissiveKMS.yaml
var quickstartRule []byte

//go:embed testdata/events/kms.json
var quickstartEvents []byte

// Quickstart gives what there is to show without any data: a rule on AWS key policies, CloudTrail events among which one makes it fire,
// and the instant of the run that sees this event.
func Quickstart() (rule *Rule, cloudTrail ingest.Source, at time.Time) {
	rule, err := Parse("AWS_OverlyPermissiveKMS.yaml", quickstartRule)
	if err != nil {
		panic("rules: the embedded rule: " + err.Error())
	}
	return rule, ingest.FromBytes(ingest.CloudTrail, "kms.json", quickstartEvents), time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
}
