package ruletest

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/tidwall/gjson"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/eval/ingest"
	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/rules"
)

const (
	timeGenerated = "TimeGenerated"
	timeReceived  = "_TimeReceived"
)

// builder makes the records of tests out of their inputs. It may be used concurrently.
type builder struct {
	file      *file
	workspace *rules.Workspace

	mu      sync.Mutex
	files   map[fileKey]func() (fileRecords, error)
	others  []string // further files that rows come from
	schemas map[string]*tableSchema
}

// tableSchema is what is known of a table.
type tableSchema struct {
	columns     []eval.Column
	open, known bool
}

// schema gives the columns of a table. The catalogue decodes them each time that it is asked, and rows ask often.
func (b *builder) schema(table string) (columns []eval.Column, open, known bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	s := b.schemas[table]
	if s == nil {
		s = new(tableSchema)
		s.columns, s.open, s.known = b.workspace.TableSchema(table)
		if b.schemas == nil {
			b.schemas = map[string]*tableSchema{}
		}
		b.schemas[table] = s
	}
	return s.columns, s.open, s.known
}

// fileKey is a file read in a format.
type fileKey struct {
	path   string
	format ingest.Format
	header string    // put before the text of a CSV file without one
	table  string    // that the rows of a raw log are for
	now    time.Time // before which the times without a year of a raw log lie
}

// fileRecords are the records of a file.
type fileRecords struct {
	format  ingest.Format // what is left to be done to them
	records []string
}

// rawRecords are JSON objects as a file holds them, before they are converted to rows of a table.
type rawRecords struct {
	format  ingest.Format
	name    string
	table   string
	records []string
}

// input makes the records of a table.
func (b *builder) input(ctx context.Context, in tableInput, now time.Time) ([][]byte, error) {
	var all [][]byte
	for _, s := range in.sources {
		rows, err := b.rows(ctx, s, in.table, now, b.file.path)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			all = append(all, []byte(row))
		}
	}
	return all, nil
}

// rows makes the rows of a source; path is that of the file which the source stands in.
func (b *builder) rows(ctx context.Context, s *source, table string, now time.Time, path string) ([]string, error) {
	at := func(n located) place { return place{path, n.node.Line, n.node.Column} }
	raw, err := b.raw(ctx, s, table, now, path)
	if err != nil {
		return nil, err
	}
	if s.where.node != nil {
		if raw.records, err = filterRecords(ctx, raw.records, s.where.text); err != nil {
			return nil, at(s.where).fault("", "where: %v", err)
		}
	}
	for _, p := range s.patch {
		value, err := b.patchValue(p, now)
		if err != nil {
			return nil, place{path, p.value.Line, p.value.Column}.fault("", "%v", err)
		}
		for i, record := range raw.records {
			if raw.records[i], err = setPath(record, p.key.Value, value); err != nil {
				return nil, place{path, p.key.Line, p.key.Column}.fault("", "patch %s: %v", p.key.Value, err)
			}
		}
	}
	if s.shift != nil {
		raw.records = shiftRecords(raw.records, *s.shift)
	}
	rows, err := raw.convert(ctx)
	if err != nil {
		return nil, place{path, s.node.Line, s.node.Column}.fault("", "%v", err)
	}
	if s.row != nil && s.ref.node != nil {
		if rows, err = b.override(rows, s.row, table, now, path); err != nil {
			return nil, err
		}
	}
	if s.ingest != nil {
		for i, row := range rows {
			rows[i] = received(row, *s.ingest)
		}
	}
	if len(rows)*s.repeat > maxRows {
		return nil, place{path, s.node.Line, s.node.Column}.fault("", "the source has %d rows, more than %d", len(rows)*s.repeat, maxRows)
	}
	return slices.Repeat(rows, s.repeat), nil
}

// raw gives the records of a source before anything is done to them. The slice is the caller's.
func (b *builder) raw(ctx context.Context, s *source, table string, now time.Time, path string) (rawRecords, error) {
	switch {
	case s.fixture.node != nil:
		return b.fixture(ctx, s.fixture, table, now, path)
	case s.ref.node != nil:
		return b.fixture(ctx, s.ref, table, now, path)
	case s.file.node != nil:
		return b.fromFile(ctx, s, table, now, path)
	case s.datatable.node != nil:
		records, err := b.datatable(ctx, s, now, path)
		return rawRecords{records: records}, err
	case s.generate != nil:
		records, err := b.generated(s.generate, table, now, path)
		return rawRecords{records: records}, err
	}
	row, err := b.row(s.row, table, now, path)
	if err != nil {
		return rawRecords{}, err
	}
	if err := b.timed(s, row, table, path); err != nil {
		return rawRecords{}, err
	}
	return rawRecords{records: []string{row}}, nil
}

// timed refuses a row without a time where its table has times, since no run would see it.
func (b *builder) timed(s *source, row, table, path string) error {
	columns, _, known := b.schema(table)
	if !known || columnIndex(columns, timeGenerated) < 0 || gjson.Get(row, timeGenerated).Exists() {
		return nil
	}
	return place{path, s.node.Line, s.node.Column}.fault("write TimeGenerated: -5m, or a time", "the row of %s has no TimeGenerated, so that no run sees it", table)
}

// fixture gives the records of a fixture. Where it has one source of raw logs, they are not converted yet.
func (b *builder) fixture(ctx context.Context, name located, table string, now time.Time, path string) (rawRecords, error) {
	at := place{path, name.node.Line, name.node.Column}
	f := b.file.fixtures[name.text]
	switch {
	case f == nil:
		return rawRecords{}, at.fault(didYouMean(name.text, keysOf(b.file.fixtures)), "there is no fixture %q", name.text)
	case f.table != table && table != "":
		return rawRecords{}, at.fault("", "the fixture %s is for the table %s, not %s", name.text, f.table, table)
	}
	if len(f.sources) == 1 && f.sources[0].untouched() {
		return b.raw(ctx, f.sources[0], f.table, now, f.dir)
	}
	var all rawRecords
	for _, s := range f.sources {
		rows, err := b.rows(ctx, s, f.table, now, f.dir)
		if err != nil {
			return rawRecords{}, err
		}
		all.records = append(all.records, rows...)
	}
	return all, nil
}

// untouched says that nothing is done to the records of a source.
func (s *source) untouched() bool {
	return s.where.node == nil && s.shift == nil && s.patch == nil && s.repeat == 1 && s.ingest == nil && (s.row == nil || s.ref.node == nil)
}

// fromFile reads a file, each once for all tests.
func (b *builder) fromFile(ctx context.Context, s *source, table string, now time.Time, path string) (rawRecords, error) {
	full := beside(path, s.file.text)
	key := fileKey{path: full, format: s.format, table: table}
	if s.format == ingest.CEF || s.format == ingest.Syslog {
		key.now = now
	}
	if s.noHeader {
		columns, _, _ := b.schema(table)
		names := make([]string, len(columns))
		for i, c := range columns {
			names[i] = c.Name
		}
		key.header = strings.Join(names, ",") + "\n"
	}
	switch {
	case strings.EqualFold(filepath.Ext(full), ".csv") && key.format == ingest.Auto:
		key.format = ingest.CSV
	case key.format == ingest.Auto:
		key.format = ingest.JSONArray
	}
	b.mu.Lock()
	if b.files == nil {
		b.files = map[fileKey]func() (fileRecords, error){}
	}
	if b.files[key] == nil {
		b.files[key] = sync.OnceValues(func() (fileRecords, error) { return readRecords(ctx, key) })
	}
	read := b.files[key]
	b.mu.Unlock()
	found, err := read()
	if err != nil {
		return rawRecords{}, place{path, s.file.node.Line, s.file.node.Column}.fault("", "%v", err)
	}
	return rawRecords{found.format, full, table, slices.Clone(found.records)}, nil
}

// readRecords reads the records of a file: raw logs in JSON as they stand, so that tests can filter and patch the raw fields; others as the rows that
// they become.
func readRecords(ctx context.Context, key fileKey) (fileRecords, error) {
	options := ingest.Options{Strict: true}
	if key.header != "" {
		text, err := os.ReadFile(key.path)
		if err != nil {
			return fileRecords{}, err
		}
		records, err := collect(ctx, options.FromBytes(key.format, key.path, append([]byte(key.header), text...)))
		return fileRecords{key.format, records}, err
	}
	format := key.format
	if !plain(format) {
		format = ingest.JSONArray
	}
	if key.format != ingest.CEF && key.format != ingest.Syslog {
		source, err := options.Open(format, key.path)
		if err != nil {
			return fileRecords{}, err
		}
		records, err := collect(ctx, source)
		if err == nil || plain(key.format) {
			return fileRecords{key.format, records}, err
		}
	}
	options.Table, options.Now = key.table, key.now
	source, err := options.Open(key.format, key.path)
	if err != nil {
		return fileRecords{}, err
	}
	records, err := collect(ctx, source)
	if err == nil && len(records) == 0 {
		err = fmt.Errorf("%s holds no record of %s", filepath.Base(key.path), key.table)
	}
	return fileRecords{ingest.NDJSON, records}, err
}

func collect(ctx context.Context, source ingest.Source) ([]string, error) {
	var records []string
	for record, err := range source.Records(ctx) {
		if err != nil {
			return nil, err
		}
		records = append(records, string(record))
	}
	return records, nil
}

// plain says whether the records of a format are the rows of a table as they stand.
func plain(f ingest.Format) bool {
	return f == ingest.Auto || f == ingest.NDJSON || f == ingest.JSONArray || f == ingest.CSV
}

// convert makes rows of raw logs.
func (r rawRecords) convert(ctx context.Context) ([]string, error) {
	if plain(r.format) {
		return r.records, nil
	}
	text := []byte(strings.Join(r.records, "\n"))
	rows, err := collect(ctx, ingest.Options{Strict: true, Table: r.table}.FromBytes(r.format, r.name, text))
	if err == nil && len(rows) == 0 && len(r.records) > 0 {
		err = fmt.Errorf("%s holds no record of %s", filepath.Base(r.name), r.table)
	}
	return rows, err
}

// beside is a path that a file names: from the file's directory, or from the root.
func beside(file, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(filepath.Dir(file), path)
}

// datatable evaluates a query, in a file of its own if the text names one, and gives its rows.
func (b *builder) datatable(ctx context.Context, s *source, now time.Time, path string) ([]string, error) {
	at := place{path, s.datatable.node.Line, s.datatable.node.Column}
	query := s.datatable.text
	if !strings.ContainsAny(query, "(\n") {
		full := beside(path, query)
		b.mu.Lock()
		b.others = append(b.others, full)
		b.mu.Unlock()
		text, err := os.ReadFile(full)
		if err != nil {
			return nil, at.fault("", "%v", err)
		}
		query = string(text)
	}
	program, err := eval.Compile(query, eval.WithNow(now))
	if err != nil {
		return nil, at.fault("", "datatable: %v", err)
	}
	result, err := program.Result(ctx, nil)
	if err != nil {
		return nil, at.fault("", "datatable: %v", err)
	}
	records := make([]string, len(result.Rows))
	for i, row := range result.Rows {
		records[i] = rowJSON(result.Columns, row)
	}
	return records, nil
}

// rowJSON writes a row as an object.
func rowJSON(columns []eval.Column, row eval.Row) string {
	var text bytes.Buffer
	text.WriteByte('{')
	for i, v := range row {
		if i > 0 {
			text.WriteByte(',')
		}
		text.WriteString(quote(columns[i].Name) + ":")
		text.Write(scalar.AppendJSON(nil, v.AsDynamic()))
	}
	text.WriteByte('}')
	return text.String()
}

// generated makes the rows of a generate; {{n}} in a text is the number of the row, from 0.
func (b *builder) generated(g *generate, table string, now time.Time, path string) ([]string, error) {
	from := g.from
	if !g.fromGiven {
		from = -time.Duration(g.count) * g.step
	}
	columns, _, _ := b.schema(table)
	hasTime := columnIndex(columns, timeGenerated) >= 0
	var rows []string
	for i := range g.count {
		at := now.Add(from + time.Duration(i)*g.step)
		row, err := b.row(numbered(g.row, i), table, now, path)
		if err != nil {
			return nil, err
		}
		if hasTime && !gjson.Get(row, timeGenerated).Exists() {
			if row, err = setPath(row, timeGenerated, strconv.Quote(at.Format(time.RFC3339Nano))); err != nil {
				return nil, fmt.Errorf("%s: %w", path, err)
			}
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// received notes in a row that it was ingested so long after its event.
func received(row string, after time.Duration) string {
	at, ok := parseInstant(gjson.Get(row, timeGenerated).String())
	if !ok {
		return row
	}
	row, err := setPath(row, timeReceived, strconv.Quote(at.Add(after).Format(time.RFC3339Nano)))
	if err != nil {
		panic("ruletest: a row that is no object: " + err.Error())
	}
	return row
}

func columnIndex(columns []eval.Column, name string) int {
	return slices.IndexFunc(columns, func(c eval.Column) bool { return c.Name == name })
}

func keysOf[V any](m map[string]V) []string {
	var keys []string
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
