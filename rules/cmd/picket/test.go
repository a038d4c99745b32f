package main

import (
	"context"
	"errors"
	"fmt"
	"regexp"

	"github.com/seed-2512943d/picket/rules/ruletest"
)

type testCommand struct {
	Paths    []string `arg:"" optional:"" name:"path" help:"Test files (*.test.yaml), rules with one beside them, directories, or globs. Default: the current directory."`
	Filter   string   `name:"run" placeholder:"REGEX" help:"Only tests whose name matches."`
	Tag      []string `placeholder:"TAG" help:"Only tests that have one of these tags."`
	List     bool     `help:"List the tests and run none."`
	Jobs     int      `default:"0" placeholder:"N" help:"Tests to run at once. Default: one for each processor."`
	FailFast bool     `help:"Stop at the first test that fails."`
	Verbose  bool     `short:"v" help:"In text, print the tests that pass too."`
}

// Help is printed below the flags.
func (testCommand) Help() string {
	return `Examples:
  picket test rules/                                 all test files below a directory
  picket test rule.yaml                              rule.test.yaml
  picket test rules/ --run 'denied|silent' -v        some of the tests

Exit codes: 0 all tests passed, 1 a test failed or a threshold was not reached, 2 a test file, a rule
or the command line is at fault, 3 internal error.`
}

// Run runs the tests.
func (c *testCommand) Run(ctx context.Context, io *streams) error {
	options := ruletest.Options{Tags: c.Tag, Jobs: c.Jobs, FailFast: c.FailFast, Explain: true}
	if c.Filter != "" {
		run, err := regexp.Compile(c.Filter)
		if err != nil {
			return fmt.Errorf("--run: %w", err)
		}
		options.Run = run
	}
	if len(c.Paths) == 0 {
		c.Paths = []string{"."}
	}
	suites, err := ruletest.Load(ctx, c.Paths...)
	for _, failure := range flatten(err) {
		printError(io.err, failure)
	}
	if err != nil {
		return errors.New("not all tests could be read")
	}
	results, err := ruletest.RunAll(ctx, suites, options)
	if err != nil {
		return err
	}
	if len(results) == 0 {
		return errors.New("no test is selected")
	}
	if err := ruletest.WriteText(io.out, results, ruletest.TextOptions{Color: io.palette().on, Verbose: c.Verbose}); err != nil {
		return err
	}
	if ruletest.Fails(results) {
		return errFindings
	}
	return nil
}
