package main

import (
	"context"
	"errors"
	"fmt"
	stdio "io"
	"strings"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/eval/ingest"
	"github.com/seed-2512943d/picket/kql"
	"github.com/seed-2512943d/picket/rules"
)

type queryCommand struct {
	Query string `arg:"" optional:"" name:"kql" help:"The query; - reads it from standard input."`
	data
	Now    string `placeholder:"TIME" help:"The instant of now(). Default: the clock's."`
	Format string `enum:"table,json,jsonl,csv,md" default:"table" help:"table, json (an array of objects), jsonl (an object a line), csv or md (Markdown)."`
	Batch  bool   `help:"Answer queries from standard input, a JSON object a line: see below."`
}

// Help is printed below the flags.
func (queryCommand) Help() string {
	return `Examples:
  picket query 'print strcat("a", 1), 2 * 3'
  picket query 'AWSCloudTrail | summarize count() by EventName | top 5 by count_' --cloudtrail logs/
  picket query - --data T=events.ndjson --format csv < query.kql
  picket query 'SigninLogs | where ResultType != "0"' --data SigninLogs='logs/*.json.gz' --format jsonl

A query that gives several tables, as fork does, prints them one after another.

Without data, the sample events of picket run are the table AWSCloudTrail.

With --batch, each line of standard input is {"id":1,"query":"print a = 1"}, and is answered by
  {"id":1,"columns":[{"name":"a","type":"long"}],"rows":[[1]]}
  {"id":1,"error":{"code":"KS142","message":"…","line":1,"column":7}}
in the order of the questions. Of several tables the answer holds the first, and all of them under "tables", with their names. Each query has 5 seconds.`
}

// Run runs the query.
func (c *queryCommand) Run(ctx context.Context, io *streams) error {
	if c.Query == "" && !c.Batch {
		return errors.New("query: give a query, or - to read it from standard input")
	}
	r := io.readings()
	defer r.close()
	w, err := c.open(ctx, io, r)
	if err != nil {
		return err
	}
	if !c.given() {
		if _, err := quickstart(ctx, w); err != nil {
			return err
		}
	}
	options := w.Options()
	if c.Now != "" {
		now, err := instant("--now", c.Now)
		if err != nil {
			return err
		}
		options = append(options, eval.WithNow(now))
	}
	if c.Batch {
		return batch(ctx, io, w, options)
	}
	text, name := c.Query, "query"
	if text == "-" {
		all, err := stdio.ReadAll(io.in)
		if err != nil {
			return err
		}
		text, name = strings.ReplaceAll(strings.TrimPrefix(string(all), "\uFEFF"), "\r\n", "\n"), "<stdin>"
	}
	program, err := eval.Compile(text, options...)
	if err == nil {
		program, err = program.Resolve(ctx, w)
	}
	if err != nil {
		var faults kql.Errors
		if errors.As(err, &faults) {
			return rules.NewQueryError(name, text, faults)
		}
		return err
	}
	several := len(program.Results()) > 1
	var bad rules.BadRecords
	for table, rows := range program.RunAll(ctx, w) {
		out := newRowWriter(io.out, c.Format, table.Columns)
		for row, err := range rows {
			var record *ingest.BadRecord
			switch {
			case err == nil:
				if err := out.row(row); err != nil {
					return err
				}
			case !c.Strict && errors.As(err, &record):
				bad.Add(record)
			default:
				return fmt.Errorf("%s: %w", name, err)
			}
		}
		r.close()
		if several && table.Name != "" && c.Format == "table" {
			fmt.Fprintln(io.out, table.Name)
		}
		if err := out.end(); err != nil {
			return err
		}
		if several && c.Format != "jsonl" {
			fmt.Fprintln(io.out)
		}
	}
	var told badRecords
	told.add(bad.First, bad.Count)
	told.print(io)
	return nil
}
