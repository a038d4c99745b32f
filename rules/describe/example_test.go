package describe_test

import (
	"fmt"
	"os"

	"github.com/seed-2512943d/picket/rules"
	"github.com/seed-2512943d/picket/rules/describe"
)

func Example() {
	rule, err := rules.Load("../testdata/AWS_OverlyPermissiveKMS.yaml")
	if err != nil {
		fmt.Println(err)
		return
	}
	page := describe.NewCorpus(rules.NewWorkspace()).Page(rule)
	for _, indicator := range page.Indicators {
		fmt.Println(indicator.Field, indicator.Label(), indicator.Values)
	}
	// Output:
	// Action match [kms:* kms:Encrypt]
	// Effect eq [Allow]
	// ErrorCode is_null []
	// ErrorMessage is_null []
	// EventName in [CreateKey PutKeyPolicy]
	// Principal eq [*]
}

func ExampleCorpus_Page() {
	who, err := rules.Parse("who.yaml", []byte("name: Who\nquery: AWSCloudTrail | where EventName == 'GetCallerIdentity' | count\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	where, err := rules.Parse("where.yaml", []byte("name: Where\nquery: AWSCloudTrail | where EventName in~ ('getcalleridentity', 'ListBuckets')\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	page := describe.NewCorpus(rules.NewWorkspace(), who, where).Page(who)
	for _, related := range page.Related {
		fmt.Println(related.Name, related.Actions)
	}
	for _, column := range page.Columns {
		fmt.Println(column.Name, column.Type, column.Made)
	}
	// Output:
	// Where [getcalleridentity]
	// Count long count
}

func ExamplePage_Text() {
	rule, err := rules.Parse("rule.yaml", []byte("name: Root user\nquery: |\n  AWSCloudTrail\n  | where UserIdentityType == 'Root' // anyone\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	page := describe.NewCorpus(rules.NewWorkspace()).Page(rule)
	for _, stage := range page.Pipelines[0].Stages {
		fmt.Println(stage.Number, stage.Kind, stage.Text, stage.Line)
	}
	page.Body, page.Columns = "", nil
	if err := page.Text(os.Stdout); err != nil {
		fmt.Println(err)
	}
}
