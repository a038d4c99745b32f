package eval

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// Limits bound what one run may use. A zero limit is no limit.
type Limits struct {
	// Memory is how many bytes the operators that collect rows (sort, summarize, distinct, join …) may hold together: those of the
	// rows and groups, with what Go needs to keep them, but without what the collector has not freed yet, so that the process
	// takes up to about twice as much. Beyond it a run fails, or goes on in temporary files: see WithSpill.
	Memory int
	Rows   int // rows that a run may give
	Steps  int // edges that the searches of a run may go along in graphs
}

// DefaultLimits are the limits of a run that sets none.
var defaultLimits = Limits{Memory: 4 << 30, Steps: 100_000_000}

// LimitError says that a run went beyond one of its limits.
type LimitError struct {
	What     string // memory, rows …
	Limit    int
	Operator string // that needs more, such as summarize; "" where it is the query as a whole
	Offset   int    // where the operator stands in the query, in bytes
	Line     int    // and by line and column, from 1; 0 without an operator
	Column   int
	Stored   bool   // the place is one in the text of a stored function
	Hint     string // what helps; may be empty
}

func (e *LimitError) Error() string {
	var b strings.Builder
	b.WriteString(subject(e.Operator, e.Line, e.Column, e.Stored))
	fmt.Fprintf(&b, " needs more than its limit of %s (%d", e.What, e.Limit)
	if e.What == "memory" {
		b.WriteString(" bytes")
	}
	b.WriteByte(')')
	if e.Hint != "" {
		b.WriteString("; " + e.Hint)
	}
	return b.String()
}

// Schemas finds the columns of a table by its name. open says that the table may
// have further columns, which read as null where a record lacks them.
type Schemas interface {
	TableSchema(name string) (cols []Column, open, ok bool)
}

// StoredFunction is a function that the workspace holds: its parameter list and
// body as KQL text.
type StoredFunction struct {
	Name   string
	Params string // such as "(starttime: datetime = datetime(null), pack: bool = false)"
	Body   string
	Path   string // where it stands, for messages

	// Syntax, where it is not nil, keeps the function's syntax tree for the next query that calls it. One belongs to one name, parameter
	// list and body.
	Syntax *FunctionSyntax
}

// FunctionSyntax is room for the syntax tree of a stored function, which is made when a query first calls the function. The zero value is
// ready for use, by several goroutines too.
type FunctionSyntax struct {
	once   sync.Once
	parsed parsedFunction
}

// parsedFunction is a stored function as its text says it.
type parsedFunction struct {
	source *kql.Source
	def    *kql.Function // nil where the text is none of a function
	broken error         // why the text cannot be parsed
}

// parsed gives the function's syntax tree, which nobody changes.
func (f StoredFunction) parsed() parsedFunction {
	if f.Syntax == nil {
		return f.parse()
	}
	f.Syntax.once.Do(func() { f.Syntax.parsed = f.parse() })
	return f.Syntax.parsed
}

func (f StoredFunction) parse() parsedFunction {
	params := f.Params
	if params == "" {
		params = "()"
	}
	text := "let " + quoteName(f.Name) + " = " + params + "\n{\n" + f.Body + "\n}"
	out := parsedFunction{source: kql.NewSource(text)}
	q, err := kql.Parse(text)
	if err != nil {
		out.broken = err
	} else if let, ok := q.Statements[0].(*kql.Let); ok {
		out.def, _ = let.Value.(*kql.Function)
	}
	return out
}

// Functions finds stored functions by name.
type Functions interface {
	StoredFunction(name string) (StoredFunction, bool)
}

// Watchlists finds the rows of a watchlist by its alias, for _GetWatchlist.
type Watchlists interface {
	Watchlist(alias string) (*Table, bool)
}

// ExternalData opens what stands at an address that externaldata reads, as the query writes the
// address; text packed with gzip, zstd or ZIP is unpacked by the reader. The context is that of the run.
type ExternalData func(ctx context.Context, uri string) (io.ReadCloser, error)

// Option sets something about how a query is compiled or run.
type Option func(*options)

type options struct {
	schemas    Schemas
	functions  Functions
	watchlists Watchlists
	params     map[string]scalar.Value
	texts      map[string]string // what literals stand for
	limits     Limits
	spill      *spilling
	now        time.Time
	window     Window
	queryNow   time.Time // set query_now, which goes before now
	workers    int
	prefilter  Prefilter
	shared     *SharedColumns
	seed       uint64
	external   ExternalData
	service    Service
	observable bool
	observer   Observer
}

// WithSchemas says which columns tables have.
func WithSchemas(s Schemas) Option { return func(o *options) { o.schemas = s } }

// WithFunctions says where stored functions are found.
func WithFunctions(f Functions) Option { return func(o *options) { o.functions = f } }

// WithWatchlists says where the rows of watchlists are found.
func WithWatchlists(w Watchlists) Option { return func(o *options) { o.watchlists = w } }

// WithExternalData says how externaldata is read. Without it a query with externaldata binds, and
// fails when it runs: nothing is ever fetched by the package itself.
func WithExternalData(open ExternalData) Option { return func(o *options) { o.external = open } }

// WithLimits bounds the run.
func WithLimits(l Limits) Option { return func(o *options) { o.limits = l } }

// WithSpill lets a run go on in temporary files where it would go beyond its limit of memory: sort, top, summarize, make-series, distinct,
// join, lookup, prev, next and materialize put away what they hold; answers and their order do not change. Other operators fail there, and so does one group,
// or the rows of one key of the right side of a join, if larger than the limit. dir is the directory of the files; "" is
// that of the system (os.TempDir). The files are gone when the run ends, whichever way. Errors with them are of type *SpillError.
func WithSpill(dir string) Option { return func(o *options) { o.spill = &spilling{dir: dir} } }

// WithMemory bounds the memory of the run: see Limits.Memory. 0 is no limit.
func WithMemory(bytes int) Option { return func(o *options) { o.limits.Memory = bytes } }

// WithWorkers says how many goroutines may read one table whose records come in parts. Zero, the default, is as many
// as Go runs at once (GOMAXPROCS). The result is the same for any number.
func WithWorkers(n int) Option { return func(o *options) { o.workers = n } }

func (o *options) workersOrAll() int {
	if o.workers > 0 {
		return o.workers
	}
	return runtime.GOMAXPROCS(0)
}

// WithNow fixes the instant of now(), unless the query itself sets query_now. Without either a run
// takes the clock's time when it starts.
func WithNow(t time.Time) Option { return func(o *options) { o.now = t } }

// Parameters gives values to the parameters of declare query_parameters.
func Parameters(values map[string]scalar.Value) Option {
	return func(o *options) { o.params = values }
}

// Window is a stretch of time that bounds every table reference with a
// TimeGenerated column: Start is in it, End is not. The zero Window bounds nothing.
type Window struct{ Start, End time.Time }

// WithTexts gives string literals of a query another value than they show: each whose whole text is a key. That is how portals fill in the
// {{StartTimeISO}} of a query before they run it.
func WithTexts(texts map[string]string) Option { return func(o *options) { o.texts = texts } }

// WithWindow bounds all tables in time, as the period of a scheduled rule does.
func WithWindow(w Window) Option { return func(o *options) { o.window = w } }
