package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"github.com/seed-2512943d/picket/rules"
	"github.com/seed-2512943d/picket/rules/ruletest"
)

type testCommand struct {
	Paths    []string `arg:"" optional:"" name:"path" help:"Test files (*.test.yaml), rules with one beside them, directories, or globs. Default: the current directory."`
	Filter   string   `name:"run" placeholder:"REGEX" help:"Only tests whose name matches."`
	Tag      []string `placeholder:"TAG" help:"Only tests that have one of these tags."`
	Changed  string   `placeholder:"REVISION" help:"Only test files of which the rule, the data or something else differs from a git revision."`
	List     bool     `help:"List the tests and run none."`
	Jobs     int      `default:"0" placeholder:"N" help:"Tests to run at once. Default: one for each processor."`
	FailFast bool     `help:"Stop at the first test that fails."`
	Watch    bool     `help:"Run again whenever a file changes."`

	Format  string `enum:"text,tap,junit,json,github,sarif" default:"text" help:"text, tap, junit, json, github (annotations) or sarif."`
	Verbose bool   `short:"v" help:"In text, print the tests that pass too."`

	DiffContext int `default:"5" placeholder:"N" help:"Lines around those that differ. Default: 5."`
	DiffLines   int `default:"40" placeholder:"N" help:"Lines of a listing of differences. Default: 40."`

	Coverage    optional `placeholder:"[=FILE]" help:"Tell what the tests have seen of each rule; into a file by its ending: .html, .json, .lcov, or else text."`
	MinCoverage float64  `placeholder:"PERCENT" help:"Exit with 1 where a rule's coverage is less."`
	MinTests    bool     `help:"Exit with 1 where a rule lacks a test that fires or one that stays silent."`

	Mutate    optional `placeholder:"[=N]" help:"Edit each rule, one edit at a time, and tell which edits no test notices; at most N edits of a rule."`
	Mutants   string   `placeholder:"FILE" help:"Mutate, and write what became of each edit into a file by its ending: .html, .json, or else text."`
	Operators string   `placeholder:"LIST" help:"Kinds of edits, such as DROP,CASE. Default: all."`
	Seed      uint64   `default:"1" placeholder:"S" help:"Of the choice of edits."`
	Baseline  string   `placeholder:"FILE" help:"Edits that may go unnoticed, with reasons."`
	MinKilled float64  `placeholder:"PERCENT" help:"Exit with 1 where fewer edits of a rule are noticed."`

	Update bool   `help:"Rewrite alerts, rowsExact and snapshots to what the rules give."`
	Force  bool   `help:"Let --update write in a CI job."`
	Init   string `placeholder:"RULE" help:"Write a test file to begin with beside a rule."`
	Schema bool   `help:"Print the JSON Schema of test files, for editors."`
}

// optional is a flag that may have a value: --coverage, --coverage=FILE.
type optional struct {
	set   bool
	value string
}

// IsBool says that the flag needs no value.
func (optional) IsBool() bool { return true }

// Decode reads the flag, and its value where there is one.
func (o *optional) Decode(ctx *kong.DecodeContext) error {
	o.set = true
	if next := ctx.Scan.Peek(); next.Type == kong.FlagValueToken {
		o.value = ctx.Scan.Pop().String()
	}
	return nil
}

// Help is printed below the flags.
func (testCommand) Help() string {
	return `Examples:
  picket test rules/                                 all test files below a directory
  picket test rule.yaml                              rule.test.yaml
  picket test rules/ --run 'denied|silent' -v        some of the tests
  picket test rules/ --coverage=coverage.html        and what they have seen of the rules
  picket test rule.yaml --mutate                     and which edits of the rule they miss
  picket test rules/ --changed main --format github --min-tests
  picket test --init rule.yaml

Exit codes: 0 all tests passed, 1 a test failed or a threshold was not reached, 2 a test file, a rule
or the command line is at fault, 3 internal error.`
}

// Run runs the tests.
func (c *testCommand) Run(ctx context.Context, io *streams) error {
	switch {
	case c.Init != "":
		return c.skeleton(io)
	case c.Schema:
		_, err := fmt.Fprint(io.out, ruletest.Schema())
		return err
	}
	if len(c.Paths) == 0 {
		c.Paths = []string{"."}
	}
	if c.Watch {
		return c.watch(ctx, io)
	}
	_, err := c.once(ctx, io)
	return err
}

// once reads and runs the tests; the files are those that they are made of, as far as they could be read.
func (c *testCommand) once(ctx context.Context, io *streams) (files []string, err error) {
	options, err := c.options()
	if err != nil {
		return nil, err
	}
	suites, err := ruletest.Load(ctx, c.Paths...)
	for _, s := range suites {
		files = append(files, s.Files()...)
	}
	if err != nil {
		for _, failure := range flatten(err) {
			printError(io.err, failure)
		}
		return files, errors.New("not all tests could be read")
	}
	if c.Changed != "" {
		if suites, err = ruletest.Changed(suites, c.Changed); err != nil {
			return files, err
		}
		if len(suites) == 0 && c.Format == "text" {
			fmt.Fprintf(io.out, "no test file has changed since %s\n", c.Changed)
			return files, nil
		}
	}
	switch {
	case c.List:
		return files, c.list(io, suites, options)
	case c.Update:
		return files, c.update(ctx, io, suites, options)
	}
	return files, c.test(ctx, io, suites, options)
}

func (c *testCommand) options() (ruletest.Options, error) {
	options := ruletest.Options{Tags: c.Tag, Jobs: c.Jobs, FailFast: c.FailFast, Explain: true, Listing: ruletest.Listing{Lines: c.DiffLines, Context: c.DiffContext}}
	if c.DiffContext == 0 {
		options.Listing.Context = -1
	}
	if c.Jobs < 0 {
		return options, fmt.Errorf("--jobs=%d: write a number from 1 on, or 0 for one test for each processor", c.Jobs)
	}
	if c.Filter == "" {
		return options, nil
	}
	var err error
	if options.Run, err = regexp.Compile(c.Filter); err != nil {
		return options, fmt.Errorf("--run: %w", err)
	}
	return options, nil
}

// test runs the tests and writes the reports.
func (c *testCommand) test(ctx context.Context, io *streams, suites []*ruletest.Suite, options ruletest.Options) error {
	results, err := ruletest.RunAll(ctx, suites, options)
	if err != nil {
		return err
	}
	if len(results) == 0 && len(suites) > 0 {
		return errors.New("no test is selected")
	}
	verdict := error(nil)
	if ruletest.Fails(results) {
		verdict = errFindings
	}
	var coverage []*ruletest.Coverage
	if c.Coverage.set || c.MinCoverage > 0 {
		if coverage, err = ruletest.Cover(ctx, suites, options); err != nil {
			return err
		}
	}
	var mutation []*ruletest.Mutation
	if c.Mutate.set || c.Mutants != "" || c.MinKilled > 0 {
		if verdict != nil {
			io.warn("tests fail, so that they cannot tell edits of the rule apart: --mutate is left out")
		} else if mutation, err = c.mutate(ctx, io, suites, options); err != nil {
			return err
		}
	}
	if err := c.report(io, results, coverage, mutation); err != nil {
		return err
	}
	return c.verdict(io, suites, coverage, mutation, verdict)
}

// report writes what was found in the format asked for.
func (c *testCommand) report(io *streams, results []ruletest.Result, coverage []*ruletest.Coverage, mutation []*ruletest.Mutation) error {
	shown := coverage
	if c.Coverage.value != "" {
		if err := writeCoverageFile(c.Coverage.value, coverage); err != nil {
			return err
		}
	}
	if c.Mutants != "" && mutation != nil {
		if err := writeMutationFile(c.Mutants, mutation); err != nil {
			return err
		}
	}
	if c.Coverage.value != "" || !c.Coverage.set {
		shown = nil
	}
	switch c.Format {
	case "tap":
		return ruletest.WriteTAP(io.out, results)
	case "junit":
		return ruletest.WriteJUnit(io.out, results)
	case "json":
		return ruletest.WriteJSON(io.out, results, shown, mutation)
	case "github":
		return ruletest.WriteGitHub(io.out, results)
	case "sarif":
		return ruletest.WriteSARIF(io.out, results)
	}
	if err := ruletest.WriteText(io.out, results, ruletest.TextOptions{Color: io.palette().on, Verbose: c.Verbose}); err != nil {
		return err
	}
	if err := ruletest.WriteCoverage(io.out, shown); err != nil {
		return err
	}
	if c.Mutants != "" && !c.Mutate.set {
		return nil
	}
	return ruletest.WriteMutation(io.out, mutation)
}

// writeMutationFile writes what became of edits into a file, in the form that its name asks for.
func writeMutationFile(path string, mutation []*ruletest.Mutation) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	write := ruletest.WriteMutation
	switch {
	case strings.HasSuffix(path, ".html"):
		write = ruletest.WriteMutationHTML
	case strings.HasSuffix(path, ".json"):
		write = ruletest.WriteMutationJSON
	}
	return errors.Join(write(f, mutation), f.Close())
}

// writeCoverageFile writes coverage into a file, in the form that its name asks for.
func writeCoverageFile(path string, coverage []*ruletest.Coverage) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	write := ruletest.WriteCoverage
	switch {
	case strings.HasSuffix(path, ".html"):
		write = ruletest.WriteCoverageHTML
	case strings.HasSuffix(path, ".json"):
		write = ruletest.WriteCoverageJSON
	case strings.HasSuffix(path, ".lcov"), strings.HasSuffix(path, ".info"):
		write = ruletest.WriteLCOV
	}
	return errors.Join(write(f, coverage), f.Close())
}

func (c *testCommand) mutate(ctx context.Context, io *streams, suites []*ruletest.Suite, options ruletest.Options) ([]*ruletest.Mutation, error) {
	m := ruletest.MutateOptions{Options: options, Seed: c.Seed}
	var err error
	if c.Mutate.value != "" {
		if m.Max, err = strconv.Atoi(c.Mutate.value); err != nil || m.Max < 1 {
			return nil, fmt.Errorf("--mutate=%s: write a number from 1 on", c.Mutate.value)
		}
	}
	if c.Operators != "" {
		if m.Operators, err = ruletest.ParseOperators(c.Operators); err != nil {
			return nil, fmt.Errorf("--operators: %w", err)
		}
	}
	if c.Baseline != "" {
		if m.Baseline, err = ruletest.ReadBaseline(c.Baseline); err != nil {
			return nil, err
		}
	}
	mutation, err := ruletest.Mutate(ctx, suites, m)
	if err == nil && m.Max == 0 {
		for _, entry := range m.Baseline.Stale(mutation) {
			io.warn("%s: no such edit goes unnoticed any more: %s", c.Baseline, entry)
		}
	}
	return mutation, err
}

// verdict tells of thresholds that were not reached.
func (c *testCommand) verdict(io *streams, suites []*ruletest.Suite, coverage []*ruletest.Coverage, mutation []*ruletest.Mutation, verdict error) error {
	for _, r := range coverage {
		if p := r.Percent(); p < c.MinCoverage {
			fmt.Fprintf(io.err, "picket: %s: coverage is %.1f %%, less than %g %%\n", r.Path, p, c.MinCoverage)
			verdict = errFindings
		}
	}
	for _, m := range mutation {
		noticed, of := m.Count(ruletest.Killed)+m.Count(ruletest.Accepted), len(m.Mutants)
		if m.Percent() < c.MinKilled {
			fmt.Fprintf(io.err, "picket: %s: %d of %d edits are noticed, less than %g %%\n", m.Path, noticed, of, c.MinKilled)
			verdict = errFindings
		}
	}
	if c.MinTests {
		for _, missing := range ruletest.Missing(suites) {
			fmt.Fprintf(io.err, "picket: %s\n", missing)
			verdict = errFindings
		}
	}
	return verdict
}

func (c *testCommand) list(io *streams, suites []*ruletest.Suite, options ruletest.Options) error {
	for _, s := range suites {
		for _, t := range s.Tests {
			if !options.Selects(t) {
				continue
			}
			line := fmt.Sprintf("%s:%d  %s", s.Path, t.Line, t.Name)
			if t.Skip != "" {
				line += "  (skipped: " + t.Skip + ")"
			}
			fmt.Fprintln(io.out, line)
		}
	}
	return nil
}

func (c *testCommand) update(ctx context.Context, io *streams, suites []*ruletest.Suite, options ruletest.Options) error {
	if os.Getenv("CI") != "" && !c.Force {
		return errors.New("--update does not write in a CI job, where it would hide what fails; --force lets it")
	}
	changes, err := ruletest.Update(ctx, suites, options)
	if err != nil {
		return err
	}
	for _, change := range changes {
		fmt.Fprintln(io.out, change)
	}
	fmt.Fprintf(io.out, "%s\n", count(len(changes), "change"))
	return nil
}

// skeleton writes a test file to begin with.
func (c *testCommand) skeleton(io *streams) error {
	rule, err := rules.Load(c.Init)
	if err != nil {
		return err
	}
	text, err := ruletest.Skeleton(rule, time.Now().UTC().Truncate(24*time.Hour))
	if err != nil {
		return err
	}
	path := strings.TrimSuffix(strings.TrimSuffix(c.Init, ".yaml"), ".yml") + ruletest.Suffix
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	next := "run it"
	if n := strings.Count(text, "TODO"); n > 0 {
		next = fmt.Sprintf("fill in what is marked TODO (%s), then", count(n, "place"))
	}
	fmt.Fprintf(io.out, "%s written, with %s; %s: picket test %s\n", path, count(strings.Count(text, "  - name: "), "test"), next, path)
	return nil
}
