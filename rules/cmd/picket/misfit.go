package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/eval/ingest"
	"github.com/seed-2512943d/picket/rules"
)

// misfit says what the first record of a source lacks as one of a table whose columns are known: all of them, or the time by which the window of
// a rule finds it. It is empty where the record fits or none can be read.
func misfit(ctx context.Context, w *rules.Workspace, table string, source ingest.Source) string {
	columns, open, known := w.TableSchema(table)
	if !known {
		return ""
	}
	has := func(name string) bool {
		return slices.ContainsFunc(columns, func(c eval.Column) bool { return c.Name == name })
	}
	for record, err := range source.Records(ctx) {
		if err != nil {
			return ""
		}
		var keys []string
		fits, timed := open, false
		gjson.ParseBytes(record).ForEach(func(key, _ gjson.Result) bool {
			keys = append(keys, key.String())
			fits = fits || has(key.String()) && key.String() != "Type"
			timed = timed || key.String() == "TimeGenerated" || key.String() == "Timestamp" && has("Timestamp")
			return true
		})
		switch {
		case !fits:
			return fmt.Sprintf("the first record has no column of %s, so that all its columns are empty; its keys are %s", table, some(keys))
		case !timed && has("TimeGenerated"):
			return "the first record has no TimeGenerated, so that no window of a rule holds it"
		}
		break
	}
	return ""
}

// some lists the first of names.
func some(names []string) string {
	const shown = 5
	if len(names) > shown {
		return strings.Join(names[:shown], ", ") + fmt.Sprintf(" and %d more", len(names)-shown)
	}
	return strings.Join(names, ", ")
}
