// Package ruletest tests Sentinel rules and KQL queries with test files.
package ruletest
