package ruletest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/seed-2512943d/picket/rules"
)

// MutateOptions alter mutation testing.
type MutateOptions struct {
	Options
	Max       int      // at most so many mutants of a rule, chosen by Seed; all where it is 0
	Seed      uint64   // of the choice
	Operators []string // the kinds of edits; all where there are none
	Baseline  *Baseline
}

// Fate is what became of a mutant.
type Fate string

// What becomes of mutants.
const (
	Killed     Fate = "killed"      // a test noticed the edit
	Survived   Fate = "survived"    // all tests ended as they do without it
	NotCovered Fate = "not covered" // no test comes to what is edited
	Accepted   Fate = "accepted"    // it survived, and the baseline says that this is right
)

// MutantResult is what became of one mutant.
type MutantResult struct {
	Mutant
	Fate   Fate
	By     string // the test that killed it
	Reason string // of the baseline
}

// Mutation is what mutation testing tells of a rule's tests.
type Mutation struct {
	Rule     *rules.Rule
	Path     string
	Mutants  []MutantResult
	Made     int // before Max was applied
	Duration time.Duration
}

// Count is how many mutants met a fate.
func (m *Mutation) Count(fate Fate) int {
	n := 0
	for _, r := range m.Mutants {
		if r.Fate == fate {
			n++
		}
	}
	return n
}

// Mutate edits rules, one edit at a time, and runs their tests on each: a mutant that no test notices shows what the tests do not test. Edits that
// cannot be compiled, and those that can make no difference, are no mutants. The tests must pass without an edit.
func Mutate(ctx context.Context, suites []*Suite, options MutateOptions) ([]*Mutation, error) {
	var paths []string
	jobs := map[string][]job{}
	for _, j := range options.jobs(suites) {
		if j.test.Skip != "" || j.test.Todo {
			continue
		}
		if jobs[j.rule.Path] == nil {
			paths = append(paths, j.rule.Path)
		}
		jobs[j.rule.Path] = append(jobs[j.rule.Path], j)
	}
	var all []*Mutation
	for _, path := range paths {
		m, err := mutate(ctx, jobs[path], options)
		if err != nil {
			return nil, err
		}
		all = append(all, m)
	}
	return all, nil
}

// mutate tests the tests of one rule.
func mutate(ctx context.Context, jobs []job, options MutateOptions) (*Mutation, error) {
	start := time.Now()
	first := jobs[0]
	compiled, err := first.suite.subjects[first.rule].observed()
	if err != nil {
		return nil, err
	}
	a := dissect(first.rule.Query, compiled.Query())
	seen := newRecorder()
	for _, j := range jobs {
		o := j.observe(ctx)
		if found := j.mismatches(o.outcome, Listing{}); len(found) > 0 {
			return nil, fmt.Errorf("%s:%d: the test %q fails, so that it cannot tell mutants apart", j.suite.Path, j.test.Line, j.test.Name)
		}
		if j.suite == first.suite {
			seen.add(o.recorder)
		}
	}
	random := rand.New(rand.NewPCG(options.Seed, 0))
	mutants := mutantsOf(first.rule, a, func(n, of int) []int { return sample(random, n, of) })
	if len(options.Operators) > 0 {
		mutants = slices.DeleteFunc(mutants, func(m Mutant) bool { return !slices.Contains(options.Operators, m.Code) })
	}
	result := &Mutation{Rule: first.rule, Path: first.rule.Path}
	mutants = compilable(first.suite, mutants, options.Jobs)
	result.Made = len(mutants)
	if options.Max > 0 {
		var chosen []Mutant
		for _, i := range sample(random, options.Max, len(mutants)) {
			chosen = append(chosen, mutants[i])
		}
		mutants = chosen
	}
	result.Mutants = make([]MutantResult, len(mutants))
	parallel(options.Jobs, len(mutants), func(i int) {
		result.Mutants[i] = judge(ctx, mutants[i], jobs, seen)
	})
	for i := range result.Mutants {
		if m := &result.Mutants[i]; m.Fate == Survived || m.Fate == NotCovered {
			if reason, ok := options.Baseline.reason(first.rule, m.Mutant); ok {
				m.Fate, m.Reason = Accepted, reason
			}
		}
	}
	result.Duration = time.Since(start)
	return result, context.Cause(ctx)
}

// sample chooses n of so many numbers, in order.
func sample(random *rand.Rand, n, of int) []int {
	chosen := random.Perm(of)
	if n < of {
		chosen = chosen[:n]
	}
	slices.Sort(chosen)
	return chosen
}

// compilable leaves out the mutants that are no rules.
func compilable(s *Suite, mutants []Mutant, jobs int) []Mutant {
	ok := make([]bool, len(mutants))
	parallel(jobs, len(mutants), func(i int) {
		_, err := s.compile(mutants[i].rule)
		ok[i] = err == nil
	})
	var kept []Mutant
	for i, m := range mutants {
		if ok[i] {
			kept = append(kept, m)
		}
	}
	return kept
}

// compile compiles a rule as the suite's own.
func (s *Suite) compile(rule *rules.Rule) (*rules.Compiled, error) {
	return rule.Compile(s.builder.workspace)
}

// judge runs tests on a mutant until one notices.
func judge(ctx context.Context, m Mutant, jobs []job, seen *recorder) MutantResult {
	if !m.reached(seen) {
		return MutantResult{Mutant: m, Fate: NotCovered}
	}
	var suite *Suite
	var compiled *rules.Compiled
	var err error
	for _, j := range jobs {
		if j.suite != suite {
			suite = j.suite
			compiled, err = suite.compile(m.rule)
		}
		j.rule = m.rule
		o := j.outcome(ctx, func() (*rules.Compiled, error) { return compiled, err }, nil)
		if len(j.mismatches(o, Listing{})) > 0 {
			return MutantResult{Mutant: m, Fate: Killed, By: j.test.Name}
		}
	}
	return MutantResult{Mutant: m, Fate: Survived}
}

// WriteMutation writes results for people: the numbers, and each survivor with its edit and a row that would tell the difference.
func WriteMutation(w io.Writer, all []*Mutation) error {
	var text strings.Builder
	for _, m := range all {
		fmt.Fprintf(&text, "mutation %s  %s  (%s)\n", m.Path, m.Summary(), milliseconds(m.Duration))
		for _, r := range slices.SortedStableFunc(slices.Values(m.Mutants), func(a, b MutantResult) int { return byPlace(a.Mutant, b.Mutant) }) {
			r.write(&text)
		}
	}
	_, err := io.WriteString(w, text.String())
	return err
}

func (r MutantResult) write(text *strings.Builder) {
	switch r.Fate {
	case Killed:
		return
	case Accepted:
		fmt.Fprintf(text, "  accepted     %s: %s\n", r.ID(), r.Reason)
		return
	}
	place := ""
	if r.Line > 0 {
		place = fmt.Sprintf("line %d ", r.Line)
	}
	fmt.Fprintf(text, "  %-11s  %s%s\n", r.Fate, place, r.ID())
	if r.Before != "" {
		fmt.Fprintf(text, "    - %s\n", shownSpan(r.Before, r.After))
	}
	if r.After != "" {
		fmt.Fprintf(text, "    + %s\n", shownSpan(r.After, r.Before))
	}
	if r.Suggest != "" {
		fmt.Fprintf(text, "    test: %s\n", r.Suggest)
	}
}

// shownSpan is a line that differs from another, cut around the difference where it is long.
func shownSpan(line, other string) string {
	a, _ := shownPair(plainText(line), plainText(other))
	return a
}

// ErrNoOperator is the error for a kind of edit that there is none of.
var ErrNoOperator = errors.New("there is no such mutation operator")

// ParseOperators reads codes of kinds of edits, parted by commas.
func ParseOperators(text string) ([]string, error) {
	var codes []string
	for code := range strings.SplitSeq(text, ",") {
		code = strings.ToUpper(strings.TrimSpace(code))
		if !slices.Contains(Operators(), code) {
			return nil, fmt.Errorf("%w: %s; there are %s", ErrNoOperator, code, join(Operators(), "and"))
		}
		codes = append(codes, code)
	}
	return codes, nil
}
