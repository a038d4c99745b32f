package rules

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"maps"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/eval/ingest"
	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/rules/catalog"
)

// Workspace is what rules run over, as a Log Analytics workspace is in Sentinel: tables of logs, saved functions and
// watchlists. It is filled first and read-only afterwards; then it is safe for concurrent use.
//
// A table has the columns of the catalogue, and after them those that AddSchemas gives it. A table that neither knows
// has those found in its records. A known table without records is empty, so that queries over it run and give nothing.
//
// Records of a table that has both TimeGenerated and Timestamp, as those of Defender have, may tell their time as the latter alone.
//
// A Workspace is the Tables, Schemas, Functions and Watchlists of an eval.Program.
type Workspace struct {
	// Strict makes the first record that cannot be read end a run. Without it such a record is reported, and
	// reading goes on.
	Strict bool

	// EmptyExternalData makes externaldata give no rows where AddExternalData names no file for its address. Without it
	// the run fails there.
	EmptyExternalData bool

	// Alone refuses queries that read another workspace, as workspace("x").T does. Without it every workspace is this one.
	Alone bool

	// Memory is how many bytes the operators of one query may hold, such as sort, summarize and join: see eval.Limits. 0 leaves it
	// to package eval.
	Memory int

	// TempDir is the directory of the temporary files that a query uses where it needs more than Memory: see eval.WithSpill. ""
	// lets it fail there.
	TempDir string

	sources    map[string][]ingest.Source
	tables     map[string]*eval.Table
	schemas    map[string][]eval.Column
	inferred   []string
	functions  []*Functions
	watchlists map[string]*eval.Table
	external   map[string]string // the file that stands in for an address

	mu     sync.Mutex
	broken map[string]error // of the functions looked up, by the name of those whose file cannot be read
	called map[string]eval.StoredFunction
	known  map[string]knownTable
}

// knownTable is what the catalogue and the schemas added say of a table.
type knownTable struct {
	columns  []eval.Column
	open, ok bool
}

// NewWorkspace makes a workspace that knows the catalogue's tables and has no records.
func NewWorkspace() *Workspace {
	return &Workspace{
		sources:    map[string][]ingest.Source{},
		tables:     map[string]*eval.Table{},
		schemas:    map[string][]eval.Column{},
		watchlists: map[string]*eval.Table{},
		external:   map[string]string{},
		broken:     map[string]error{},
		called:     map[string]eval.StoredFunction{},
		known:      map[string]knownTable{},
	}
}

// AddSource gives a table the records of sources, after those that it has. Where nothing says which columns the table has,
// all its records are read to find them, so schemas come first; the error is that of this reading.
func (w *Workspace) AddSource(ctx context.Context, table string, sources ...ingest.Source) error {
	all := append(w.sources[table], sources...)
	columns, open, known := w.knownColumns(table)
	stamped := isStamped(columns)
	t := &eval.Table{Name: table, Records: w.records(all, stamped), Parts: w.parts(all, stamped)}
	if !known {
		var err error
		if columns, err = eval.InferColumns(ctx, t.Records); err != nil {
			return err
		}
		if !slices.Contains(w.inferred, table) {
			w.inferred = append(w.inferred, table)
		}
	}
	t.Columns, t.Open = columns, open
	w.sources[table], w.tables[table] = all, t
	return nil
}

// AddTable gives the workspace a table, in place of what it has under this name.
func (w *Workspace) AddTable(t *eval.Table) { w.tables[t.Name] = t }

// Inferred lists the tables whose columns were found in their records.
func (w *Workspace) Inferred() []string { return slices.Clone(w.inferred) }

// AddFunctions adds the saved functions of files and directories, as LoadFunctions reads them. Of two functions with
// one name, that added first counts.
func (w *Workspace) AddFunctions(paths ...string) error {
	functions, err := LoadFunctions(paths...)
	w.functions = append(w.functions, functions)
	clear(w.called)
	return err
}

// Table finds a table that has records.
func (w *Workspace) Table(name string) (*eval.Table, bool) {
	t, ok := w.tables[name]
	return t, ok
}

// TableSchema gives the columns of a table that has records or is known.
func (w *Workspace) TableSchema(name string) (columns []eval.Column, open, ok bool) {
	if t, ok := w.tables[name]; ok {
		return t.Columns, t.Open, true
	}
	return w.knownColumns(name)
}

// TableNames gives the names of all tables that have records or are known, in order: those that
// union T*, find and search look through.
func (w *Workspace) TableNames() []string {
	names := append(catalog.Tables(), slices.Collect(maps.Keys(w.tables))...)
	names = append(names, slices.Collect(maps.Keys(w.schemas))...)
	slices.Sort(names)
	return slices.Compact(names)
}

// recordTables lists the tables that have records, in order.
func (w *Workspace) recordTables() []string { return slices.Sorted(maps.Keys(w.tables)) }

// StoredFunction finds a saved function by its name. One whose file cannot be read is not found; BrokenFunctions tells why.
func (w *Workspace) StoredFunction(name string) (eval.StoredFunction, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if f, ok := w.called[name]; ok {
		return f, true
	}
	for _, functions := range w.functions {
		f, ok, err := functions.Lookup(name)
		if err != nil {
			w.broken[name] = err
			return eval.StoredFunction{}, false
		}
		if ok {
			stored := eval.StoredFunction{Name: f.Name, Params: "(" + f.Params + ")", Body: f.Body, Path: f.Path, Syntax: &eval.FunctionSyntax{}}
			w.called[name] = stored
			return stored, true
		}
	}
	return eval.StoredFunction{}, false
}

// FunctionNames lists the names of all saved functions.
func (w *Workspace) FunctionNames() []string {
	var names []string
	for _, functions := range w.functions {
		names = append(names, functions.Names()...)
	}
	return names
}

// BrokenFunctions joins the errors of the saved functions that were asked for and whose files cannot be read.
func (w *Workspace) BrokenFunctions() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	var failures []error
	for _, name := range slices.Sorted(maps.Keys(w.broken)) {
		failures = append(failures, w.broken[name])
	}
	return errors.Join(failures...)
}

// Watchlist finds the rows of a watchlist by its alias.
func (w *Workspace) Watchlist(alias string) (*eval.Table, bool) {
	t, ok := w.watchlists[alias]
	return t, ok
}

// Options are those that bind a query to the workspace.
func (w *Workspace) Options() []eval.Option {
	options := []eval.Option{eval.WithSchemas(w), eval.WithFunctions(w), eval.WithWatchlists(w), eval.WithExternalData(w.ExternalData)}
	if w.Memory > 0 {
		options = append(options, eval.WithMemory(w.Memory))
	}
	if w.TempDir != "" {
		options = append(options, eval.WithSpill(w.TempDir))
	}
	return options
}

// LastEvent gives the latest TimeGenerated in the workspace's tables, or the zero time where there is none. It reads all records.
func (w *Workspace) LastEvent(ctx context.Context) (time.Time, error) {
	_, last, err := w.Span(ctx)
	return last, err
}

// Span gives the earliest and the latest TimeGenerated in the workspace's tables, or zero times where there is none. It reads all records.
func (w *Workspace) Span(ctx context.Context) (first, last time.Time, err error) {
	for _, name := range w.recordTables() {
		if !hasTime(w.tables[name]) {
			continue
		}
		program, err := eval.Compile("table("+strconv.Quote(name)+") | summarize min("+timeGenerated+"), max("+timeGenerated+")", w.Options()...)
		if err != nil {
			return first, last, err
		}
		rows, err := program.Collect(ctx, w)
		if err != nil {
			return first, last, err
		}
		if v := rows[0][0]; !v.IsNull() && (first.IsZero() || v.DateTime().Time().Before(first)) {
			first = v.DateTime().Time()
		}
		if v := rows[0][1]; !v.IsNull() && v.DateTime().Time().After(last) {
			last = v.DateTime().Time()
		}
	}
	return first, last, nil
}

// timeGenerated is the column that says when an event took place.
const timeGenerated = "TimeGenerated"

// knownColumns gives the columns that the catalogue and the schemas added say. They are found once and shared.
func (w *Workspace) knownColumns(name string) (columns []eval.Column, open, ok bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	table, found := w.known[name]
	if !found {
		table.columns, table.open, table.ok = w.findColumns(name)
		if table.ok {
			w.known[name] = table
		}
	}
	return slices.Clip(table.columns), table.open, table.ok
}

func (w *Workspace) findColumns(name string) (columns []eval.Column, open, ok bool) {
	listed, open, known := catalog.Table(name)
	columns = make([]eval.Column, 0, len(listed))
	for _, c := range listed {
		columns = append(columns, eval.Column{Name: c.Name, Type: columnType(c.Type)})
	}
	added, has := w.schemas[name]
	for _, c := range added {
		if !slices.ContainsFunc(columns, func(listed eval.Column) bool { return listed.Name == c.Name }) {
			columns = append(columns, c)
		}
	}
	return columns, open, known || has
}

// columnType reads the name of a type; one that Kusto does not know is a string, as Log Analytics shows it.
func columnType(name string) scalar.Type {
	t, _ := scalar.ParseType(name)
	return cmp.Or(t, scalar.String)
}

// records yields the records of sources one after the other; stamped says that a Timestamp may be their time.
func (w *Workspace) records(sources []ingest.Source, stamped bool) func(context.Context) iter.Seq2[[]byte, error] {
	return func(ctx context.Context) iter.Seq2[[]byte, error] {
		return func(yield func([]byte, error) bool) {
			for _, source := range sources {
				for record, err := range w.read(source.Records(ctx), stamped) {
					if !yield(record, err) {
						return
					}
				}
			}
		}
	}
}

// parts yields the parts of sources one after the other; a source without parts is one.
func (w *Workspace) parts(sources []ingest.Source, stamped bool) func(context.Context) iter.Seq[iter.Seq2[[]byte, error]] {
	return func(ctx context.Context) iter.Seq[iter.Seq2[[]byte, error]] {
		return func(yield func(iter.Seq2[[]byte, error]) bool) {
			for _, source := range sources {
				parted, ok := source.(ingest.Parted)
				if !ok {
					if !yield(w.records([]ingest.Source{source}, stamped)(ctx)) {
						return
					}
					continue
				}
				for part := range parted.Parts(ctx) {
					if !yield(w.read(part, stamped)) {
						return
					}
				}
			}
		}
	}
}

// read yields records as tables have them.
func (w *Workspace) read(records iter.Seq2[[]byte, error], stamped bool) iter.Seq2[[]byte, error] {
	if stamped {
		records = withTimeGenerated(records)
	}
	return func(yield func([]byte, error) bool) {
		for record, err := range records {
			if !yield(record, w.skipping(err)) {
				return
			}
		}
	}
}

// skipping lets reading go on behind a bad record, but in strict mode.
func (w *Workspace) skipping(err error) error {
	if bad, ok := err.(*ingest.BadRecord); ok && !w.Strict {
		return badRecord{bad}
	}
	return err
}

// badRecord is a bad record behind which reading goes on.
type badRecord struct{ *ingest.BadRecord }

// Skip says that the error concerns one record only.
func (badRecord) Skip() bool { return true }

// Unwrap gives the ingest error.
func (b badRecord) Unwrap() error { return b.BadRecord }
