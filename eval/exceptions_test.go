package eval_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// exceptions are the cases of a file that do not come out, each with the reason why that is right.
type exceptions map[string]string

// check holds the failures of a run, by the name of the case, to the list: a failure that is not on it is an error, and so is a
// case on it that comes out, or that is not there.
func (list exceptions) check(t *testing.T, failed map[string]error) {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(failed)) {
		if _, listed := list[name]; !listed {
			t.Errorf("%s: %v", name, failed[name])
		}
	}
	for _, name := range slices.Sorted(maps.Keys(list)) {
		if err, fails := failed[name]; fails {
			line, _, _ := strings.Cut(err.Error(), "\n")
			t.Logf("exception: %s: %.100s: %s", name, line, list[name])
		} else {
			t.Errorf("%s comes out: take it off the list of exceptions (%s)", name, list[name])
		}
	}
}
