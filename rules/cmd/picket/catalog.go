package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/seed-2512943d/picket/rules"
	"github.com/seed-2512943d/picket/rules/describe"
)

type catalogCommand struct {
	Dir string `arg:"" help:"The directory of the rules."`
	library
	Output string `short:"o" required:"" placeholder:"DIR" help:"Where to write the site."`
	Title  string `default:"Detection rules" help:"Title of the index."`
	Source string `help:"Where the rules come from, for their pages; the path of each in DIR else."`
}

// Help is printed below the flags.
func (catalogCommand) Help() string {
	return `Example:
  picket catalog rules/ --functions parsers/ -o site/

Open site/index.html: a list of all rules with search and filters, an ATT&CK matrix, the tables that the
rules need, and a page for each rule that leads to those that look for the same. The site
needs no server and loads nothing from elsewhere.`
}

// Run writes the site.
func (c *catalogCommand) Run(ctx context.Context, io *streams) error {
	w, err := c.open(ctx, io)
	if err != nil {
		return err
	}
	list, err := rules.LoadDir(c.Dir)
	if len(list) == 0 {
		return errors.Join(err, fmt.Errorf("%s holds no rule", c.Dir))
	}
	for _, failure := range flatten(err) {
		io.warn("%v", failure)
	}
	site := describe.Site{Title: c.Title, Source: c.Source, Root: c.Dir}
	if err := site.Write(c.Output, describe.NewCorpus(w, list...)); err != nil {
		return err
	}
	fmt.Fprintf(io.out, "%s: %s\n", filepath.Join(c.Output, "index.html"), count(len(list), "rule"))
	return nil
}
