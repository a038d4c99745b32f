package main

import (
	"errors"
	"io/fs"
	"slices"
	"strings"

	"github.com/seed-2512943d/picket/rules"
)

// loadRules reads rules, or gives the sample rule where none is asked for. What cannot be read is told, and leaves the others; each file of
// this kind is an outcome too.
func loadRules(paths []string, io *streams) (chosen []*rules.Rule, unread []rules.Outcome, err error) {
	if len(paths) == 0 {
		sample, _, _ := rules.Quickstart()
		return []*rules.Rule{sample}, nil, nil
	}
	chosen, err = rules.LoadDir(paths...)
	for _, failure := range flatten(err) {
		io.warn("%v", failure)
		unread = append(unread, unreadRule(failure))
	}
	if len(chosen) == 0 {
		return nil, unread, errors.New("there is no rule to run")
	}
	return chosen, unread, nil
}

// unreadRule is the outcome of a file of which no rule could be read.
func unreadRule(err error) rules.Outcome {
	var d rules.Diagnostic
	var failure *fs.PathError
	o := rules.Outcome{Rule: &rules.Rule{}, Err: err}
	switch {
	case errors.As(err, &d):
		o.Rule.Path = d.Path
	case errors.As(err, &failure):
		o.Rule.Path, o.Err = failure.Path, failure.Err
	}
	return o
}

// wasRead says whether an outcome is that of a rule, not of a file of which none could be read.
func wasRead(o rules.Outcome) bool { return o.Rule.Raw != nil }

// withUnread puts the files that could not be read among the rules, by their paths.
func withUnread(outcomes, unread []rules.Outcome) []rules.Outcome {
	all := slices.Concat(outcomes, unread)
	if len(unread) > 0 {
		slices.SortStableFunc(all, func(a, b rules.Outcome) int { return strings.Compare(a.Rule.Path, b.Rule.Path) })
	}
	return all
}
