package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
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
	Paths []string `arg:"" name:"path" help:"Rule files (.yaml), queries (.kql), or directories of them."`
	library
	Format string `enum:"text,json" default:"text" help:"text, or json: an object a line for each file."`
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
	Path        string         `json:"path"`
	ID          string         `json:"id"`
	Name        string         `json:"name"`
	OK          bool           `json:"ok"`
	Diagnostics []diagnostic   `json:"diagnostics"`
	Columns     []resultColumn `json:"columns"`

	faults *rules.QueryError
	found  []rules.Diagnostic
}

type diagnostic struct {
	Code     string `json:"code"`
	Severity string `json:"severity"`
	Message  string `json:"message"`
	Hint     string `json:"hint,omitempty"`
	Line     int    `json:"line"`
	Column   int    `json:"column"`
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
	errorCount, faulty := 0, 0
	for _, f := range files {
		f.finish(c.Strict)
		if !f.OK {
			faulty++
		}
		for _, d := range f.Diagnostics {
			if d.Severity == rules.Error {
				errorCount++
			}
		}
		if c.Format == "json" {
			if err := newEncoder(io.out).Encode(f); err != nil {
				return err
			}
			continue
		}
		f.print(io)
	}
	if c.Format == "text" {
		fmt.Fprintf(io.out, "%s: %d without errors, %d with %s\n", count(len(files), "file"), len(files)-faulty, faulty, count(errorCount, "error"))
	}
	if err := w.BrokenFunctions(); err != nil {
		io.warn("%v", err)
	}
	if faulty > 0 {
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
			if err == nil && !entry.IsDir() && strings.EqualFold(filepath.Ext(path), ".kql") {
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
		var d rules.Diagnostic
		if !errors.As(failure, &d) {
			return nil, failure
		}
		files = append(files, &checked{Path: d.Path, found: []rules.Diagnostic{d}})
	}
	shared := rules.ValidateSet(loaded)
	for _, rule := range loaded {
		f := checkRule(w, rule)
		for _, d := range shared {
			if d.Path == rule.Path {
				f.found = append(f.found, d)
			}
		}
		files = append(files, f)
	}
	for _, path := range queryPaths {
		f, err := checkQuery(w, path)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	slices.SortStableFunc(files, func(a, b *checked) int { return cmp.Compare(a.Path, b.Path) })
	return files, nil
}

func checkRule(w *rules.Workspace, rule *rules.Rule) *checked {
	f := &checked{Path: rule.Path, ID: rule.ID, Name: rule.Name, found: rule.Validate()}
	var compiled *rules.Compiled
	f.bind(func() (columns []eval.Column, err error) {
		if compiled, err = rule.Compile(w); err != nil {
			return nil, err
		}
		return compiled.Columns, nil
	})
	if compiled != nil {
		f.found = append(f.found, compiled.Diagnostics()...)
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
		f.found = append(f.found, f.faults.Diagnostics()...)
	} else if err != nil {
		f.found = append(f.found, rules.Diagnostic{Code: "SR022", Severity: rules.Error, Message: err.Error(), Path: f.Path, Line: 1, Column: 1})
	}
}

// finish orders the diagnostics and decides whether the file is in order.
func (f *checked) finish(strict bool) {
	rules.SortDiagnostics(f.found)
	f.OK = true
	f.Diagnostics = []diagnostic{}
	if f.Columns == nil {
		f.Columns = []resultColumn{}
	}
	for _, d := range f.found {
		if strict && d.Severity == rules.Warning {
			d.Severity = rules.Error
		}
		f.OK = f.OK && d.Severity != rules.Error
		f.Diagnostics = append(f.Diagnostics, diagnostic{d.Code, d.Severity, d.Message, d.Hint, d.Line, d.Column})
	}
}

// print shows the diagnostics for people, faults of the query with their lines.
func (f *checked) print(io *streams) {
	for i, d := range f.found {
		if f.faults != nil && slices.Contains(f.faults.Diagnostics(), d) {
			continue
		}
		fmt.Fprintf(io.out, "%v (%s)\n", d, f.Diagnostics[i].Severity)
	}
	if f.faults != nil {
		fmt.Fprint(io.out, f.faults.Format())
	}
	if len(f.Columns) > 0 {
		names := make([]string, len(f.Columns))
		for i, column := range f.Columns {
			names[i] = column.Name + ": " + column.Type
		}
		fmt.Fprintf(io.out, "%s gives %s\n", f.Path, strings.Join(names, ", "))
	}
}
