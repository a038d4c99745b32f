package eval

import (
	"context"
	"time"

	"github.com/seed-2512943d/picket/kql"
)

// late is a call of a plugin whose columns its rows decide, such as bag_unpack. It reads the
// rows and says what the columns are.
type late func(env) decided

// decided are the columns that the rows of a late plugin have decided.
type decided struct {
	columns []Column
	empty   bool // there were no rows, so that any column may be named
}

// decide files a late plugin and gives its columns, if those of this call are known.
func (b *binder) decide(call *kql.Call, l late) (decided, bool) {
	if b.around != nil {
		name := call.Func.Name
		b.fail(call, "", name+" would give other columns for each row around it", "write its columns: evaluate "+name+"(…) : (a: string, b: long)")
	}
	n := len(b.late)
	b.late = append(b.late, l)
	if n < len(b.decided) {
		return b.decided[n], true
	}
	return decided{}, false
}

// awaiting is a relation whose further columns its rows will decide: every name stands for
// a column of an unknown type.
func awaiting(in *relation, cols []*column) *relation {
	out := in.with(cols)
	out.open, out.want = true, nil
	return out
}

// undecided reports whether a plugin has been bound whose columns are not known yet. What is
// bound after it may get columns from it, on whatever way, so that a name without a column
// is no error yet: it is one when the program is resolved.
func (b *binder) undecided() bool { return len(b.late) > len(b.decided) }

// onTrial binds a tabular expression for its errors only: its late plugins and the tables that it reads do not count.
func (b *binder) onTrial(x kql.Expr) {
	filed, known, scans := b.late, b.decided, len(b.scans)
	b.decided = nil
	b.source(x)
	b.late, b.decided, b.scans = filed, known, b.scans[:scans]
}

// Resolve gives the program with the columns that plugins such as bag_unpack and pivot decide
// by the rows of tables. As the service does, it runs what stands before each such plugin and
// binds the query anew with the columns found, so that their names and types are known in all
// that follows; the error is of type kql.Errors where the query does not fit them. A program
// without such plugins is its own resolution. Bad records are passed over.
func (p *Program) Resolve(ctx context.Context, tables Tables) (*Program, error) {
	if len(p.late) == len(p.decided) {
		return p, nil
	}
	opts := p.opts
	opts.shared = nil // programs that share columns may be running, and these no longer change
	if opts.now.IsZero() {
		opts.now = time.Now()
	}
	for len(p.decided) < len(p.late) {
		r := p.At(opts.now).newRun(ctx, tables)
		r.warning = func(error) bool { return true }
		found := p.late[len(p.decided)](env{run: r})
		r.ends.run()
		if r.err == nil && ctx.Err() != nil {
			r.err = context.Cause(ctx)
		}
		if r.err != nil {
			return nil, r.err
		}
		known := append(p.decided[:len(p.decided):len(p.decided)], found)
		bound, err := bindProgram(p.text, p.query, opts, known)
		if err != nil {
			return nil, err
		}
		bound.sees = p.sees
		p = bound
	}
	return p, nil
}

// Result is the outcome of a run.
type Result struct {
	Name    string // of a table among several: see ResultTable
	Columns []Column
	Rows    []Row // each in the order of Columns
}

// Result resolves and runs the program and gives its columns and all of its rows. Bad records
// are left out.
func (p *Program) Result(ctx context.Context, tables Tables) (*Result, error) {
	p, err := p.Resolve(ctx, tables)
	if err != nil {
		return nil, err
	}
	rows, err := p.Collect(ctx, tables)
	if err != nil {
		return nil, err
	}
	return &Result{p.primary.rel.name, p.Columns(), rows}, nil
}
