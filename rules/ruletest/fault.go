package ruletest

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
	"go.yaml.in/yaml/v4"
)

// Fault is what is wrong with a test file, or with what it names.
type Fault struct {
	Path         string
	Line, Column int // from 1
	Message      string
	Hint         string // what was perhaps meant; may be empty
}

// Error is the fault on one line: path:line:column: message; hint.
func (f *Fault) Error() string {
	text := fmt.Sprintf("%s:%d:%d: %s", f.Path, f.Line, f.Column, f.Message)
	if f.Hint != "" {
		text += "; " + f.Hint
	}
	return text
}

// place is where a value stands in a file.
type place struct {
	path         string
	line, column int
}

func (p place) fault(hint, format string, args ...any) *Fault {
	return &Fault{p.path, p.line, p.column, fmt.Sprintf(format, args...), hint}
}

// faults collects what is wrong with a file.
type faults struct {
	path string
	all  []error
}

func (f *faults) at(n *yaml.Node) place { return place{f.path, max(n.Line, 1), max(n.Column, 1)} }

func (f *faults) add(n *yaml.Node, hint, format string, args ...any) {
	f.all = append(f.all, f.at(n).fault(hint, format, args...))
}

// err joins the faults, in the order of their places.
func (f *faults) err() error {
	slices.SortStableFunc(f.all, func(a, b error) int {
		var x, y *Fault
		if !errors.As(a, &x) || !errors.As(b, &y) {
			return 0
		}
		return 1000*(x.Line-y.Line) + x.Column - y.Column
	})
	return errors.Join(f.all...)
}

// didYouMean suggests the nearest of some names for one that is none of them.
func didYouMean(name string, names []string) string {
	best, least := "", len(name)/3+2
	for _, candidate := range names {
		if d := levenshtein.ComputeDistance(strings.ToLower(name), strings.ToLower(candidate)); d < least {
			best, least = candidate, d
		}
	}
	if best == "" {
		return ""
	}
	return "did you mean " + best + "?"
}
