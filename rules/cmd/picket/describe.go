package main

import (
	"context"
	"errors"

	"github.com/seed-2512943d/picket/rules"
	"github.com/seed-2512943d/picket/rules/describe"
)

type describeCommand struct {
	Rule string `arg:"" help:"A rule's file (.yaml)."`
	library
	Corpus []string `placeholder:"PATH" sep:"none" help:"Other rules to count indicators and actions in: files or directories."`
	Format string   `enum:"text,html,json" default:"text" help:"text, html (a document that needs nothing else), or json (all of the page as one object)."`
	Source string   `help:"Where the rule comes from, for the page; its path else."`
}

// Help is printed below the flags.
func (describeCommand) Help() string {
	return `Examples:
  picket describe rule.yaml
  picket describe rule.yaml --corpus rules/ --functions parsers/
  picket describe rule.yaml --format html > rule.html

The page says what a rule looks for and what it gives: its stages, indicators, output fields, entities
and result types. Nothing is run. A query with faults gives a page that lists them.`
}

// Run prints the page.
func (c *describeCommand) Run(ctx context.Context, io *streams) error {
	rule, err := rules.Load(c.Rule)
	if err != nil {
		return err
	}
	w, err := c.open(ctx, io)
	if err != nil {
		return err
	}
	others, err := rules.LoadDir(c.Corpus...)
	if err != nil {
		return errors.Join(err, errors.New("the corpus must be rules that can be read"))
	}
	page := describe.NewCorpus(w, others...).Page(rule)
	if c.Source != "" {
		page.Source = c.Source
	}
	switch c.Format {
	case "html":
		return page.HTML(io.out)
	case "json":
		encoder := newEncoder(io.out)
		encoder.SetIndent("", "  ")
		return encoder.Encode(page)
	}
	return page.Text(io.out)
}
