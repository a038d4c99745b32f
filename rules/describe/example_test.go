package describe_test

import (
	"fmt"
	"os"
	"strings"

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
	rule, err := rules.Parse("rule.yaml", []byte("name: Root user\nquery: AWSCloudTrail | where UserIdentityType == 'Root'\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	var text strings.Builder
	if err := describe.NewCorpus(rules.NewWorkspace()).Page(rule).Text(&text); err != nil {
		fmt.Println(err)
		return
	}
	_, stages, _ := strings.Cut(text.String(), "Stages and Predicates")
	stages, _, _ = strings.Cut(stages, "Indicators")
	fmt.Println(stages)
	// Output:
	// Stage 1: source
	//
	// AWSCloudTrail
	//
	// Stage 2: where
	//
	// | where UserIdentityType == 'Root'
}

func ExamplePage_Markdown() {
	rule, err := rules.Parse("rule.yaml", []byte("name: Root user\nquery: AWSCloudTrail | where UserIdentityType == 'Root'\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	var text strings.Builder
	if err := describe.NewCorpus(rules.NewWorkspace()).Page(rule).Markdown(&text); err != nil {
		fmt.Println(err)
		return
	}
	for line := range strings.Lines(text.String()) {
		if strings.HasPrefix(line, "| `") {
			fmt.Print(line)
		}
	}
	// Output:
	// | `UserIdentityType` | eq | `Root` | cased |  |
}

func ExamplePage_HTML() {
	rule, err := rules.Parse("rule.yaml", []byte("name: Root & more\nquery: AWSCloudTrail | count\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	var text strings.Builder
	if err := describe.NewCorpus(rules.NewWorkspace()).Page(rule).HTML(&text); err != nil {
		fmt.Println(err)
		return
	}
	for line := range strings.Lines(text.String()) {
		if strings.HasPrefix(line, "<title>") {
			fmt.Print(line)
		}
	}
	// Output:
	// <title>Root &amp; more</title>
}

func ExampleCorpus_Pages() {
	list, err := rules.LoadDir("../testdata/AWS_OverlyPermissiveKMS.yaml")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, page := range describe.NewCorpus(rules.NewWorkspace(), list...).Pages() {
		fmt.Println(page.Name, len(page.Indicators), page.Window, page.Severity)
	}
	// Output:
	// AWSCloudTrail - Suspicious overly permissive KMS key policy created 6 1d high
}

func ExampleSite_Write() {
	list, err := rules.LoadDir("../testdata/AWS_OverlyPermissiveKMS.yaml")
	if err != nil {
		fmt.Println(err)
		return
	}
	dir, err := os.MkdirTemp("", "site")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	site := describe.Site{Title: "Detection rules", Root: "../testdata"}
	if err := site.Write(dir, describe.NewCorpus(rules.NewWorkspace(), list...)); err != nil {
		fmt.Println(err)
		return
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, entry := range entries {
		fmt.Println(entry.Name())
	}
	// Output:
	// attack.html
	// index.html
	// rules
	// tables.html
}

func ExampleAnalyze() {
	rule, err := rules.Parse("rule.yaml", []byte("query: let names = dynamic(['a', 'b']); T | where not(tolower(Name) in (names)) and Size > 2 * 60\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	query, err := describe.Analyze(rule, rules.NewWorkspace())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, indicator := range query.Indicators {
		fmt.Println(indicator.Field, indicator.Label(), indicator.Values, indicator.Values[0].Cased())
	}
	// Output:
	// Name not in [a b] true
	// Size gt [120] false
}

func ExampleDifference_Markdown() {
	old, err := rules.Parse("old.yaml", []byte("severity: Low\nquery: AWSCloudTrail | where EventName == 'CreateKey'\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	new, err := rules.Parse("new.yaml", []byte("severity: High\nquery: AWSCloudTrail | where EventName == 'CreateKey'\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	var text strings.Builder
	difference := describe.Compare(old, new, rules.NewWorkspace())
	fmt.Println(difference.Empty())
	if err := difference.Markdown(&text); err != nil {
		fmt.Println(err)
		return
	}
	for line := range strings.Lines(text.String()) {
		if strings.HasPrefix(line, "-") || strings.HasPrefix(line, "+") {
			fmt.Print(line)
		}
	}
	// Output:
	// false
	// - Severity: Low
	// + Severity: High
}

func ExampleIndicator_Label() {
	rule, err := rules.Parse("rule.yaml", []byte("query: T | where A !in ('x', '') and isnotempty(B)\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	query, err := describe.Analyze(rule, rules.NewWorkspace())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, indicator := range query.Indicators {
		fmt.Println(indicator.Field, indicator.Label())
		for _, value := range indicator.Values {
			fmt.Println("  ", value.String(), value.Cased())
		}
	}
	// Output:
	// A not in
	//    "" true
	//    x true
	// B not is_null
}

func ExampleDifference_Empty() {
	old, err := rules.Parse("old.yaml", []byte("query: AWSCloudTrail | where EventName == 'CreateKey' and isempty(ErrorCode)\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	new, err := rules.Parse("new.yaml", []byte("query: let key = 'CreateKey'; AWSCloudTrail | where isempty(ErrorCode) | where EventName == key\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	difference := describe.Compare(old, new, rules.NewWorkspace())
	fmt.Println(difference.Empty(), difference.Rewritten)
	// Output:
	// true true
}

func ExampleTechnique_String() {
	fmt.Println(describe.Technique{ID: "T1486", Name: "Data Encrypted for Impact"})
	fmt.Println(describe.Technique{ID: "T9999"})
	// Output:
	// T1486 Data Encrypted for Impact
	// T9999 (not in the catalogue of ATT&CK)
}
