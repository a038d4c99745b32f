package kql_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/seed-2512943d/picket/kql"
)

func TestLimits(t *testing.T) {
	tests := []struct {
		name, text string
		limits     kql.Limits
		code       string
	}{
		{"size", "print 12345", kql.Limits{Size: 10}, "KS244"},
		{"within size", "print 12345", kql.Limits{Size: 11}, ""},
		{"default size", "print \"" + strings.Repeat("x", 1<<20) + `"`, kql.Limits{}, "KS244"},
		{"depth", "print ((1))", kql.Limits{Depth: 1}, "KS245"},
		{"within depth", "print ((1))", kql.Limits{Depth: 2}, ""},
		{"brackets", "print " + strings.Repeat("(", 100_000), kql.Limits{}, "KS245"},
		{"blocks", "let f = () " + strings.Repeat("{", 100_000), kql.Limits{}, "KS245"},
		{"chain", "print 1" + strings.Repeat(" + 1", 100_000), kql.Limits{}, "KS245"},
		{"signs", "print " + strings.Repeat("- ", 100_000) + "1", kql.Limits{}, "KS245"},
		{"path", "print a" + strings.Repeat(".a", 100_000), kql.Limits{}, "KS245"},
		{"indexes", "print a" + strings.Repeat("[0]", 100_000), kql.Limits{}, "KS245"},
		{"long list", "print 1" + strings.Repeat(", 1", 50_000), kql.Limits{}, ""},
		{"long pipe", "T" + strings.Repeat(" | take 1", 10_000), kql.Limits{}, ""},
		{"many terms", "T | where a == 1" + strings.Repeat(" or a == 1", 1_000), kql.Limits{}, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := kql.ParseWith(test.text, test.limits)
			var faults kql.Errors
			errors.As(err, &faults)
			switch {
			case test.code == "" && err != nil:
				t.Errorf("refused: %v", err)
			case test.code != "" && (len(faults) == 0 || faults[0].Code != test.code):
				t.Errorf("the error is %v, not %s", err, test.code)
			}
		})
	}
}
