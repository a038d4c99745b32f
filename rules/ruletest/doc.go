// Package ruletest tests Sentinel rules and KQL queries with test files, and tells how good the tests are.
//
// GUIDE.md beside this file shows how to write tests, from the first one on. The command is picket test; this package is what it is made of.
//
// A test file, *.test.yaml, names a rule, puts rows into tables, and says what to expect. [Load] reads test files, [RunAll] runs their tests, and
// [WriteText] and its like report the results. A [Fault] is what is wrong with a file, with its place. In Go tests [Run] does all this, and a [Scenario]
// tests a rule without a file:
//
//	ruletest.New(t, rule).Given("SigninLogs", row).At(now).Alerts()
//
// [Cover] tells what the tests have seen of a rule: of each leaf predicate whether it was seen to hold, not to hold, and to decide; of lists which
// elements; of iff and case which values. [Mutate] edits rules and tells which edits no test notices. [Missing] lists the rules without a test that
// fires or without one that stays silent, [Changed] picks the test files that a change concerns, [Skeleton] writes one to begin with, and [Update]
// rewrites what tests expect to what rules give. [Schema] is the JSON Schema of test files.
//
// Nothing here needs a network, a workspace or a container.
package ruletest
