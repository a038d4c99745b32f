package main

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/kql"
	"github.com/seed-2512943d/picket/rules"
)

type checkCommand struct {
	Paths []string `arg:"" name:"path" help:"Rule files (.yaml, .json), queries (.kql), or directories of them."`
	library
	Format string `enum:"text,json,sarif,github" default:"text" help:"text; json: an object a line for each file; sarif: a SARIF 2.1.0 log; github: annotations of a GitHub workflow."`
	Strict bool   `help:"Take warnings for errors."`
}

// Help is printed below the flags.
func (checkCommand) Help() string {
	return `Examples:
  picket check rule.yaml                              parse, bind and check one rule
  picket check rules/ --functions parsers/            a whole directory
  picket check query.kql --schemas tables/ --format json

A rule is bound to the columns of the tables that it reads, so that a misspelt column, an entity or
custom detail that the result lacks, and a query that Sentinel would refuse show before it runs.

Exit codes: 0 no errors, 1 errors found, 2 the input cannot be read, 3 internal error.`
}

// checked is what is known of one file.
type checked struct {
	Path        string             `json:"path"`
	ID          string             `json:"id"`
	Name        string             `json:"name"`
	OK          bool               `json:"ok"`
	Diagnostics []rules.Diagnostic `json:"diagnostics"`
	Columns     []resultColumn     `json:"columns"`

	faults *rules.QueryError
}

type resultColumn struct {
	Name string `json:"name"`
	Type string `json:"type"`
}

// Run checks the files.
func (c *checkCommand) Run(ctx context.Context, io *streams) error {
	w, err := c.open(ctx, io)
	if err != nil {
		return err
	}
	files, err := c.files(w)
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return errors.New("there is no rule and no query to check")
	}
	for _, f := range files {
		f.finish(c.Strict)
	}
	if err := writeChecked(io.out, c.Format, files); err != nil {
		return err
	}
	if err := w.BrokenFunctions(); err != nil {
		io.warn("%v", err)
	}
	if slices.ContainsFunc(files, func(f *checked) bool { return !f.OK }) {
		return errFindings
	}
	return nil
}

// files checks what the arguments name, in the order of the paths.
func (c *checkCommand) files(w *rules.Workspace) ([]*checked, error) {
	var rulePaths, queryPaths []string
	for _, root := range c.Paths {
		if strings.EqualFold(filepath.Ext(root), ".kql") {
			queryPaths = append(queryPaths, root)
			continue
		}
		rulePaths = append(rulePaths, root)
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil && path != root:
				return nil // which the reading of rules tells
			case err == nil && !entry.IsDir() && strings.EqualFold(filepath.Ext(path), ".kql"):
				queryPaths = append(queryPaths, path)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	var files []*checked
	loaded, err := rules.LoadDir(rulePaths...)
	for _, failure := range flatten(err) {
		f, err := c.unread(failure)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	shared := rules.ValidateSet(loaded)
	for _, rule := range loaded {
		f := checkRule(w, rule)
		for _, d := range shared {
			if line, column := rule.Place("id"); d.Path == rule.Path && d.Line == line && d.Column == column {
				f.Diagnostics = append(f.Diagnostics, d)
			}
		}
		files = append(files, f)
	}
	for _, path := range queryPaths {
		f, err := checkQuery(w, path)
		if err != nil {
			f, err = c.unread(err)
		}
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	slices.SortStableFunc(files, func(a, b *checked) int { return cmp.Compare(a.Path, b.Path) })
	return files, nil
}

// unread is a file that cannot be read, which is a fault of the command where an argument names it.
func (c *checkCommand) unread(err error) (*checked, error) {
	var d rules.Diagnostic
	var failure *fs.PathError
	switch {
	case errors.As(err, &d):
	case errors.As(err, &failure) && !slices.Contains(c.Paths, failure.Path):
		d = rules.Diagnostic{Code: "SR000", Severity: rules.Error, Message: "the file cannot be read: " + failure.Err.Error(), Path: failure.Path, Line: 1, Column: 1}
	default:
		return nil, err
	}
	return &checked{Path: d.Path, Diagnostics: []rules.Diagnostic{d}}, nil
}

func checkRule(w *rules.Workspace, rule *rules.Rule) *checked {
	f := &checked{Path: rule.Path, ID: rule.ID, Name: rule.Name, Diagnostics: rule.Validate()}
	var compiled *rules.Compiled
	f.bind(func() (columns []eval.Column, err error) {
		if compiled, err = rule.Compile(w); err != nil {
			return nil, err
		}
		return compiled.Columns, nil
	})
	if compiled != nil {
		f.Diagnostics = append(f.Diagnostics, compiled.Diagnostics()...)
	}
	return f
}

func checkQuery(w *rules.Workspace, path string) (*checked, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	text := strings.ReplaceAll(strings.TrimPrefix(string(data), "\uFEFF"), "\r\n", "\n")
	f := &checked{Path: path, Name: strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))}
	f.bind(func() ([]eval.Column, error) {
		program, err := eval.Compile(text, w.Options()...)
		var faults kql.Errors
		if errors.As(err, &faults) {
			return nil, rules.NewQueryError(path, text, faults)
		}
		if err != nil {
			return nil, err
		}
		return program.Columns(), nil
	})
	return f, nil
}

// bind notes the columns that compile gives, or what is wrong with the query.
func (f *checked) bind(compile func() ([]eval.Column, error)) {
	var columns []eval.Column
	err := rules.Guard(func() (err error) {
		columns, err = compile()
		return err
	})
	for _, column := range columns {
		f.Columns = append(f.Columns, resultColumn{column.Name, column.Type.String()})
	}
	if errors.As(err, &f.faults) {
		f.Diagnostics = append(f.Diagnostics, f.faults.Diagnostics()...)
	} else if err != nil {
		f.Diagnostics = append(f.Diagnostics, rules.Diagnostic{Code: "SR022", Severity: rules.Error, Message: err.Error(), Path: f.Path, Line: 1, Column: 1})
	}
}

// finish orders the diagnostics and decides whether the file is in order.
func (f *checked) finish(strict bool) {
	rules.SortDiagnostics(f.Diagnostics)
	f.OK = true
	for i := range f.Diagnostics {
		d := &f.Diagnostics[i]
		if strict && d.Severity == rules.Warning {
			d.Severity = rules.Error
		}
		f.OK = f.OK && d.Severity != rules.Error
	}
}
