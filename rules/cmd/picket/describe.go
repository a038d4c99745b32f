package main

import (
	"context"
	"errors"
	"fmt"
	stdio "io"

	"github.com/seed-2512943d/picket/rules"
	"github.com/seed-2512943d/picket/rules/describe"
)

type describeCommand struct {
	Paths []string `arg:"" name:"rule" help:"A rule's file (.yaml); with --diff two, the old version and the new."`
	library
	Corpus []string `placeholder:"PATH" sep:"none" help:"Other rules to count indicators and actions in: files or directories."`
	Format string   `enum:"text,markdown,html,json" default:"text" help:"text, markdown, html (a document that needs nothing else), or json (all of the page as one object)."`
	Source string   `help:"Where the rule comes from, for the page; its path else."`
	Diff   bool     `help:"Print what changes for the indicators, outputs and facts of a rule from the old version to the new: as text, markdown or json."`
}

// Help is printed below the flags.
func (describeCommand) Help() string {
	return `Examples:
  picket describe rule.yaml
  picket describe rule.yaml --corpus rules/ --functions parsers/
  picket describe rule.yaml --format html > rule.html
  picket describe --diff old.yaml new.yaml --format markdown

The page says what a rule looks for and what it gives: its stages, indicators, output fields, entities
and result types. Nothing is run. A query with faults gives a page that lists them.`
}

// Run prints the page, or the difference.
func (c *describeCommand) Run(ctx context.Context, io *streams) error {
	w, err := c.open(ctx, io)
	if err != nil {
		return err
	}
	wanted := 1
	if c.Diff {
		wanted = 2
	}
	if len(c.Paths) != wanted {
		return fmt.Errorf("describe takes one rule, and with --diff two: OLD NEW; there are %d", len(c.Paths))
	}
	list := make([]*rules.Rule, wanted)
	for i, path := range c.Paths {
		if list[i], err = rules.Load(path); err != nil {
			return err
		}
	}
	if c.Diff {
		return c.compare(w, io, list[0], list[1])
	}
	others, err := rules.LoadDir(c.Corpus...)
	if len(others) == 0 && err != nil {
		return err
	}
	for _, failure := range flatten(err) {
		io.warn("%v", failure)
	}
	page := describe.NewCorpus(w, others...).Page(list[0])
	if c.Source != "" {
		page.Source = c.Source
	}
	switch c.Format {
	case "markdown":
		return page.Markdown(io.out)
	case "html":
		return page.HTML(io.out)
	case "json":
		return writeIndented(io.out, page)
	}
	return page.Text(io.out)
}

func (c *describeCommand) compare(w *rules.Workspace, io *streams, old, new *rules.Rule) error {
	difference := describe.Compare(old, new, w)
	switch c.Format {
	case "markdown":
		return difference.Markdown(io.out)
	case "html":
		return errors.New("--diff gives text, markdown or json")
	case "json":
		return writeIndented(io.out, difference)
	}
	return difference.Text(io.out)
}

func writeIndented(w stdio.Writer, value any) error {
	encoder := newEncoder(w)
	encoder.SetIndent("", "  ")
	return encoder.Encode(value)
}
