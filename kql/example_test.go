package kql_test

import (
	"errors"
	"fmt"

	"github.com/seed-2512943d/picket/kql"
)

func ExampleParse() {
	query, err := kql.Parse(`SigninLogs | where ResultType != 0 | summarize count() by IPAddress`)
	if err != nil {
		fmt.Println(err)
		return
	}
	pipe := query.Statements[0].(*kql.ExprStatement).Expr.(*kql.Pipe)
	for _, operator := range pipe.Operators {
		fmt.Printf("%T: %s\n", operator, kql.Canonical(operator))
	}
	// Output:
	// *kql.Where: where ResultType != 0
	// *kql.Summarize: summarize count() by IPAddress
}

func ExampleParseExpr() {
	x, err := kql.ParseExpr(`ago(1d) < TimeGenerated`)
	if err != nil {
		fmt.Println(err)
		return
	}
	comparison := x.(*kql.Binary)
	fmt.Println(kql.Canonical(comparison.X), comparison.Op, kql.Canonical(comparison.Y))
	// Output: ago(1d) < TimeGenerated
}

func ExampleInspect() {
	query, err := kql.Parse(`let bad = dynamic(["1.2.3.4"]); SigninLogs | where IPAddress in (bad) | project tolower(UserId)`)
	if err != nil {
		fmt.Println(err)
		return
	}
	kql.Inspect(query, func(node kql.Node) bool {
		if name, ok := node.(*kql.Name); ok {
			fmt.Println(name.Name)
		}
		return true
	})
	// Output:
	// SigninLogs
	// IPAddress
	// bad
	// UserId
}

func ExampleErrors_Format() {
	text := "SigninLogs\n| wher ResultType != 0\n| take"
	_, err := kql.Parse(text)
	var faults kql.Errors
	if errors.As(err, &faults) {
		fmt.Println(faults.Format(kql.NewSource(text)))
	}
	// Output:
	// 2:3: KS176 Query operator expected (did you mean where?)
	//     | wher ResultType != 0
	//       ^^^^
	// 3:7: KS006 Missing expression
	//     | take
	//           ^
}

func ExampleFormat() {
	text, err := kql.Format(`SigninLogs|where ResultType!=0 // failed
|join kind=inner(Users|project Id) on $left.UserId==$right.Id`)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(text)
	// Output:
	// SigninLogs
	// | where ResultType != 0 // failed
	// | join kind=inner (
	//     Users
	//     | project Id
	// ) on $left.UserId == $right.Id
}
