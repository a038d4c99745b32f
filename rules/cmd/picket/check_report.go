package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/seed-2512943d/picket/rules"
)

// writeChecked writes what is known of the files in one of the formats of check.
func writeChecked(w io.Writer, format string, files []*checked) error {
	switch format {
	case "json":
		return checkedLines(w, files)
	case "sarif":
		return writeSARIF(w, diagnosticsOf(files))
	case "github":
		return writeAnnotations(w, diagnosticsOf(files))
	}
	errors := 0
	all, faulty := map[string]bool{}, map[string]bool{} // a file may hold several rules
	for _, f := range files {
		f.print(w)
		all[f.Path] = true
		if !f.OK {
			faulty[f.Path] = true
		}
		for _, d := range f.Diagnostics {
			if d.Severity == rules.Error {
				errors++
			}
		}
	}
	_, err := fmt.Fprintf(w, "%s: %d without errors, %d with %s\n", count(len(all), "file"), len(all)-len(faulty), len(faulty), count(errors, "error"))
	return err
}

func diagnosticsOf(files []*checked) []rules.Diagnostic {
	var all []rules.Diagnostic
	for _, f := range files {
		all = append(all, f.Diagnostics...)
	}
	return all
}

// checkedLines writes an object a line for each file; lists in it are never null.
func checkedLines(w io.Writer, files []*checked) error {
	encoder := newEncoder(w)
	for _, f := range files {
		line := *f
		line.Diagnostics = append([]rules.Diagnostic{}, f.Diagnostics...)
		line.Columns = append([]resultColumn{}, f.Columns...)
		if err := encoder.Encode(line); err != nil {
			return err
		}
	}
	return nil
}

// print shows the diagnostics for people, faults of the query with their lines.
func (f *checked) print(w io.Writer) {
	var faults []rules.Diagnostic
	if f.faults != nil {
		faults = f.faults.Diagnostics()
	}
	for _, d := range f.Diagnostics {
		if !slices.Contains(faults, d) {
			fmt.Fprintf(w, "%v (%s)\n", d, d.Severity)
		}
	}
	if f.faults != nil {
		fmt.Fprint(w, f.faults.Format())
	}
	if len(f.Columns) > 0 {
		names := make([]string, len(f.Columns))
		for i, column := range f.Columns {
			names[i] = column.Name + ": " + column.Type
		}
		fmt.Fprintf(w, "%s gives %s\n", f.Path, strings.Join(names, ", "))
	}
}
