package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/seed-2512943d/picket/eval/ingest"
	"github.com/seed-2512943d/picket/rules"
)

// library is the flags that say what queries may call and which columns tables have.
type library struct {
	Functions []string `placeholder:"PATH" sep:"none" help:"Saved functions and parsers: files or directories of YAML or KQL."`
	Watchlist []string `placeholder:"ALIAS=CSV" sep:"none" help:"A watchlist's rows; ALIAS:COLUMN=CSV names its search key, else the first column."`
	Schemas   []string `placeholder:"PATH" sep:"none" help:"Columns of custom tables: JSON or CSV files, or directories of them."`
}

// data is the flags that say what queries read.
type data struct {
	library
	Data       []string `placeholder:"TABLE=PATH" sep:"none" help:"A table's records: a file, directory or glob of rows as JSON, NDJSON or CSV or of raw logs, packed (gzip, zstd, bzip2) or in archives (zip, tar) too; - is standard input. Of raw logs with records of several tables, each table takes its own."`
	As         []string `placeholder:"[TABLE=]FORMAT" sep:"none" help:"The format of the files of --data, or of a table's, else recognised: ${formats}."`
	Cloudtrail []string `placeholder:"PATH" sep:"none" help:"Raw AWS CloudTrail logs, for the table AWSCloudTrail."`
	External   []string `placeholder:"URL=FILE" sep:"none" help:"A file in place of an address that externaldata reads; nothing is fetched."`
	Empty      bool     `name:"external-empty" help:"Let externaldata give no rows where no file is named for its address."`
	Strict     bool     `help:"Stop at the first record that cannot be read."`
	memory
}

// given says whether any records are given.
func (d *data) given() bool { return len(d.Data)+len(d.Cloudtrail) > 0 }

// open makes the workspace that the flags describe.
func (l *library) open(ctx context.Context, io *streams) (*rules.Workspace, error) {
	w := rules.NewWorkspace()
	if err := w.AddSchemas(l.Schemas...); err != nil {
		return nil, err
	}
	if err := w.AddFunctions(l.Functions...); err != nil {
		io.warn("%v", err)
	}
	for _, flag := range l.Watchlist {
		alias, path, ok := strings.Cut(flag, "=")
		if !ok {
			return nil, fmt.Errorf("--watchlist %s: write ALIAS=CSV", flag)
		}
		alias, key, _ := strings.Cut(alias, ":")
		if err := w.AddWatchlist(ctx, alias, key, path); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// open makes the workspace that the flags describe, with the records given; r counts these as they are read.
func (d *data) open(ctx context.Context, io *streams, r *readings) (*rules.Workspace, error) {
	w, err := d.library.open(ctx, io)
	if err != nil {
		return nil, err
	}
	w.Strict, w.EmptyExternalData = d.Strict, d.Empty
	if err := d.bound(w, 1); err != nil {
		return nil, err
	}
	for _, flag := range d.External {
		at := strings.LastIndex(flag, "=")
		if at <= 0 {
			return nil, fmt.Errorf("--external %s: write URL=FILE", flag)
		}
		if err := w.AddExternalData(flag[:at], flag[at+1:]); err != nil {
			return nil, err
		}
	}
	formats, err := d.formats()
	if err != nil {
		return nil, err
	}
	sources := map[string][]ingest.Source{}
	var tables []string
	add := func(table string, format ingest.Format, path string) error {
		options := ingest.Options{Strict: d.Strict, Table: table, TempDir: w.TempDir, Notes: func(note string) { io.warn("%s", note) }}
		source, err := io.open(options, format, path)
		if err != nil {
			return err
		}
		if sources[table] == nil {
			tables = append(tables, table)
		}
		if reason := misfit(ctx, w, table, source); reason != "" {
			io.warn("%s: %s", path, reason)
		}
		sources[table] = append(sources[table], r.counted(source))
		return nil
	}
	for _, flag := range d.Data {
		table, path, ok := strings.Cut(flag, "=")
		if !ok || table == "" || path == "" {
			return nil, fmt.Errorf("--data %s: write TABLE=PATH", flag)
		}
		format, ok := formats[table]
		if !ok {
			format = formats[anyTable]
		}
		if err := add(table, format, path); err != nil {
			return nil, err
		}
	}
	for _, path := range d.Cloudtrail {
		if err := add("AWSCloudTrail", ingest.CloudTrail, path); err != nil {
			return nil, err
		}
	}
	for _, table := range tables {
		if err := w.AddSource(ctx, table, sources[table]...); err != nil {
			return nil, err
		}
	}
	for _, table := range w.Inferred() {
		io.warn("%s: no schema is known, so its columns are those of its records; --schemas gives one", table)
	}
	return w, nil
}

// quickstart adds the sample events, and gives the instant of the run that shows them.
func quickstart(ctx context.Context, w *rules.Workspace) (time.Time, error) {
	_, events, at := rules.Quickstart()
	return at, w.AddSource(ctx, "AWSCloudTrail", events)
}

// instant reads the value of a flag such as --now.
func instant(flag, text string) (time.Time, error) {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", "2006-01-02T15:04", time.DateTime, time.DateOnly} {
		if at, err := time.Parse(layout, text); err == nil {
			return at.UTC(), nil
		}
	}
	return time.Time{}, fmt.Errorf("%s %s: write a time as 2026-03-02T00:00Z or 2026-03-02", flag, text)
}

// badRecords tells of records that could not be read, each once.
type badRecords struct {
	told  []*ingest.BadRecord
	count int // of the read that met most
	reads int // that met any
}

func (b *badRecords) add(records []*ingest.BadRecord, count int) {
	for _, record := range records {
		if !slices.ContainsFunc(b.told, func(r *ingest.BadRecord) bool { return *r == *record }) {
			b.told = append(b.told, record)
		}
	}
	b.count = max(b.count, count)
	if count > 0 {
		b.reads++
	}
}

func (b *badRecords) print(io *streams) {
	for _, record := range b.told {
		io.warn("%v", record)
	}
	switch {
	case b.count > len(b.told) && b.reads > 1:
		io.warn("at least %s could not be read and left out", count(b.count, "record"))
	case b.count > 0:
		io.warn("%s could not be read and left out", count(max(b.count, len(b.told)), "record"))
	}
}

// flatten lists the errors that errors.Join put together.
func flatten(err error) []error {
	var joined interface{ Unwrap() []error }
	if err == nil {
		return nil
	}
	if _, ok := err.(*rules.QueryError); ok { // its faults alone do not know the file
		return []error{err}
	}
	if !errors.As(err, &joined) {
		return []error{err}
	}
	var all []error
	for _, one := range joined.Unwrap() {
		all = append(all, flatten(one)...)
	}
	return all
}
