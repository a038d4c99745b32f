package main

import (
	"errors"
	"fmt"
	stdio "io"
	"os"

	"github.com/seed-2512943d/picket/kql"
	"github.com/seed-2512943d/picket/rules"
)

type fmtCommand struct {
	Paths []string `arg:"" optional:"" name:"path" help:"Files of KQL; without any, or with -, standard input."`
	Write bool     `short:"w" xor:"mode" help:"Write the files instead of printing."`
	Check bool     `xor:"mode" help:"Print the names of files whose layout differs, and exit with 1 if there are any."`
}

// Help is printed below the flags.
func (fmtCommand) Help() string {
	return `Examples:
  echo 'T|where a==1|count' | picket fmt
  picket fmt query.kql
  picket fmt -w parsers/*.kql
  picket fmt --check parsers/*.kql`
}

// Run lays the files out.
func (c *fmtCommand) Run(io *streams) error {
	paths := c.Paths
	if len(paths) == 0 {
		paths = []string{"-"}
	}
	differ := false
	for _, path := range paths {
		changed, err := c.file(io, path)
		if err != nil {
			return err
		}
		differ = differ || changed
	}
	if c.Check && differ {
		return errFindings
	}
	return nil
}

func (c *fmtCommand) file(io *streams, path string) (changed bool, err error) {
	name := path
	var data []byte
	if path == "-" {
		name = "<stdin>"
		data, err = stdio.ReadAll(io.in)
	} else {
		data, err = os.ReadFile(path)
	}
	if err != nil {
		return false, err
	}
	text, err := kql.Format(string(data))
	if err != nil {
		var faults kql.Errors
		if errors.As(err, &faults) {
			return false, rules.NewQueryError(name, string(data), faults)
		}
		return false, err
	}
	changed = text != string(data)
	switch {
	case c.Check:
		if changed {
			fmt.Fprintln(io.out, name)
		}
	case c.Write && path != "-":
		if changed {
			return true, os.WriteFile(path, []byte(text), 0o644)
		}
	default:
		fmt.Fprint(io.out, text)
	}
	return changed, nil
}
