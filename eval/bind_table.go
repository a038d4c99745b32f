package eval

import (
	"iter"
	"strings"

	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// noRows is the source of an empty relation.
func noRows(env) iter.Seq[*frame] { return func(func(*frame) bool) {} }

// tabular binds a tabular expression.
func (b *binder) tabular(x kql.Expr) *relation { return b.aTable(x, b.source(x)) }

// source binds a tabular expression that may stand for a graph.
func (b *binder) source(x kql.Expr) *relation { return b.counted(x, b.uncounted(x)) }

// uncounted is source without an observer.
func (b *binder) uncounted(x kql.Expr) *relation {
	switch x.(type) {
	case *kql.Datatable, *kql.ExternalData, *kql.Union, *kql.Find, *kql.Search, *kql.Evaluate, *kql.MacroExpand:
		b.parameters(x, nil)
	}
	switch x := x.(type) {
	case *kql.Pipe:
		if x.Source == nil {
			return b.nothing(x, "KS006", "a table is missing before the pipe", "")
		}
		return b.pipe(x)
	case *kql.Paren:
		return b.source(x.X)
	case *kql.Name:
		return b.tableName(x, x.Name)
	case *kql.Call:
		return b.tableCall(x)
	case *kql.Datatable:
		return b.bindDatatable(x)
	case *kql.Range:
		return b.bindRange(x)
	case *kql.Print:
		return b.bindPrint(x)
	case *kql.Union:
		return b.bindUnion(x, nil)
	case *kql.NamedExpr:
		return b.tabular(x.X)
	case *kql.Member:
		return b.memberTable(x)
	case *kql.MethodCall:
		return b.tableCall(x.Call)
	case *kql.ExternalData:
		return b.bindExternalData(x)
	case *kql.Evaluate:
		return b.bindEvaluate(x, nil)
	case *kql.Find:
		return b.bindFind(x)
	case *kql.Search:
		return b.bindSearch(x, nil)
	case *kql.MacroExpand:
		return b.bindMacroExpand(x)
	case *kql.InlineExternalTable, *kql.MaterializedViewCombine:
		return b.nothing(x, "", operatorWord(x)+" cannot run here: it reads what a service keeps", "")
	}
	return b.nothing(x, "KS101", "a table is expected here", "")
}

// isTabular reports whether x stands for a table rather than for a scalar.
func (b *binder) isTabular(x kql.Expr, in *relation) bool {
	switch x := unparen(x).(type) {
	case *kql.Pipe, *kql.Datatable, *kql.Range, *kql.Print, *kql.Union, *kql.ExternalData, *kql.Find, *kql.Search, *kql.Evaluate,
		*kql.MacroExpand, *kql.InlineExternalTable, *kql.MaterializedViewCombine:
		return true
	case *kql.NamedExpr:
		return b.isTabular(x.X, in)
	case *kql.Name:
		if in != nil && in.find(x.Name) >= 0 {
			return false
		}
		if d, ok := b.scope.lookup(x.Name); ok {
			return d.tabular != nil || d.table != nil || d.fn != nil && b.returnsTable(d.fn)
		}
		if b.opts.schemas != nil {
			if _, _, ok := b.opts.schemas.TableSchema(x.Name); ok {
				return true
			}
		}
		fn := b.stored(x.Name)
		return fn != nil && b.returnsTable(fn)
	case *kql.Call:
		switch x.Func.Name {
		case "materialize", "table", "_GetWatchlist", "database", "cluster", "workspace", "app", "external_table", "graph", "materialized_view":
			return true
		}
		if d, ok := b.scope.lookup(x.Func.Name); ok && (d.fn != nil || d.pattern != nil) {
			return d.pattern != nil || b.returnsTable(d.fn)
		}
		fn := b.stored(x.Func.Name)
		return fn != nil && b.returnsTable(fn)
	case *kql.MethodCall:
		return b.isTabular(x.Call, in)
	case *kql.Member:
		switch unparen(x.X).(type) {
		case *kql.Call, *kql.MethodCall:
			return b.isTabular(x.X, in)
		case *kql.Name:
			_, ok := b.entity(x.X)
			return ok && !strings.HasPrefix(x.Name.Name, "$")
		}
	}
	return false
}

// tableName binds a name where a table stands: a let, a parameter, a function without
// arguments, or a table of the workspace.
func (b *binder) tableName(at kql.Node, name string) *relation {
	if d, ok := b.scope.lookup(name); ok {
		switch {
		case d.around != nil && (d.around != b.around || d.depth < b.pinning):
			return b.nothing(at, "", "'"+name+"' differs from row to row, and cannot be used outside of the rows that it is made for", "")
		case d.table != nil:
			rel := *d.table
			rel.name = name
			return &rel
		case d.tabular != nil:
			return b.letTable(at, d.tabular)
		case d.fn != nil:
			rel := *b.callTable(at, d.fn, nil, nil)
			rel.name = name
			return &rel
		}
		if d.scalar != nil && d.scalar.typ == scalar.NoType {
			return &relation{seg: newSegment(), bad: true, rows: noRows}
		}
		return b.nothing(at, "KS204", "'"+name+"' is "+d.what()+" where a table is expected", "")
	}
	// A stored function hides the table of its name, but for its own body.
	if fn := b.stored(name); fn != nil && !fn.active && b.scope.allows(name) {
		rel := *b.callTable(at, fn, nil, nil)
		rel.name = name
		return &rel
	}
	if rel, ok := b.table(name); ok {
		return rel
	}
	if !b.scope.allows(name) {
		return b.nothing(at, "KS204", "'"+name+"' is not among the tables that 'restrict access to' names", "")
	}
	return b.missing(at, kql.MissingTable, name, b.suggestTable(name))
}

// letTable binds a tabular let anew, in the scope where it stands, as Kusto does: a let
// is an abbreviation, not a result.
func (b *binder) letTable(at kql.Node, l *tabularLet) *relation {
	if b.depth++; b.depth > maxCalls {
		b.depth--
		return b.nothing(at, "", "'"+l.name+"' refers to others too deeply", "")
	}
	saved, agg := b.scope, b.agg
	b.scope, b.agg = l.scope, nil
	rel := b.source(l.body)
	b.scope, b.agg = saved, agg
	b.depth--
	out := *rel
	out.name = l.name
	return &out
}

// table binds a table of the workspace: its columns are read from records when asked for.
func (b *binder) table(name string) (*relation, bool) {
	if b.opts.schemas == nil {
		return nil, false
	}
	cols, open, ok := b.opts.schemas.TableSchema(name)
	if !ok || !b.scope.allows(name) {
		return nil, false
	}
	b.reads[name] = true
	seg := newSegment()
	seg.record = b.columns.plan(name)
	rel := &relation{seg: seg, name: name, open: open}
	for _, c := range cols {
		rel.cols = append(rel.cols, b.sourceColumn(seg, c))
	}
	rel.want = func(column string) *expr {
		t, known := suffixType(name, column)
		x := *b.sourceColumn(seg, Column{column, t}).expr()
		x.loose = !known
		return &x
	}
	scan := &tableScan{binder: b, seg: seg, name: name, columns: len(cols), table: func(r *run) (*Table, bool) { return r.tables.Table(name) }}
	if i := rel.find("TimeGenerated"); i >= 0 && rel.cols[i].typ == scalar.DateTime {
		scan.at = rel.cols[i].expr()
	}
	b.scans = append(b.scans, scan)
	return b.scoped(rel.scanning(scan)), true
}

// sourceColumn is a column of a table, which costs nothing until it is asked for.
func (b *binder) sourceColumn(seg *segment, c Column) *column {
	return &column{name: c.Name, typ: c.Type, make: func() *expr {
		return b.memoized(recordColumn(seg, c.Name, c.Type), seg)
	}}
}

// openColumn reads a column that the schema of an open table does not list.
func (rel *relation) openColumn(name string) *expr {
	if rel.want == nil {
		x := unknown()
		x.name, x.loose = name, true
		return x
	}
	x := *rel.want(name)
	x.name = name
	return &x
}

// suffixType gives the type of a column that the schema of a table does not list. In a custom
// log the end of its name tells it; elsewhere it is not known.
//
// Source: Azure Monitor docs, "HTTP Data Collector API".
func suffixType(table, column string) (t scalar.Type, known bool) {
	if !strings.HasSuffix(table, "_CL") || len(column) < 3 {
		return scalar.Dynamic, false
	}
	switch column[len(column)-2:] {
	case "_s":
		return scalar.String, true
	case "_d":
		return scalar.Real, true
	case "_b":
		return scalar.Bool, true
	case "_t":
		return scalar.DateTime, true
	case "_g":
		return scalar.Guid, true
	}
	return scalar.Dynamic, false
}

// materialized is rel computed once a run, however often it is read.
func (b *binder) materialized(rel *relation, name string) *relation {
	switch {
	case rel.graph != nil:
		return b.materializedGraph(rel.graph)
	case rel.tables != nil:
		out := *rel
		out.tables = nil
		for _, table := range rel.tables {
			out.tables = append(out.tables, b.materialized(table, table.name))
		}
		return &out
	}
	key := new(int)
	b.once(key)
	xs := rel.values()
	out := b.held(rel.schema(), func(e env) iter.Seq[[]scalar.Value] {
		return once(e.run, key, func() *keptRows {
			k := rel.keep(e, xs, true)
			e.run.ends.add(k.close)
			return k
		}).cursor(e).each()
	})
	out = out.like(rel)
	out.name, out.serialized = name, rel.serialized
	return out
}

// tableCall binds a call where a table stands.
func (b *binder) tableCall(x *kql.Call) *relation {
	name := x.Func.Name
	if d, ok := b.scope.lookup(name); ok && d.fn != nil {
		return b.callTable(x, d.fn, x.Args, nil)
	} else if d.pattern != nil {
		return b.patternTable(x, d.pattern, nil)
	}
	switch name {
	case "materialize":
		if len(x.Args) == 1 {
			return b.materialized(b.source(x.Args[0]), "")
		}
	case "table":
		if len(x.Args) > 0 {
			if e := b.expr(x.Args[0], nil); e.konst != nil && e.typ == scalar.String {
				return b.tableName(x.Args[0], e.konst.Str())
			}
		}
		return b.nothing(x, "KS140", "table() needs the name of a table as a constant string", "")
	case "_GetWatchlist":
		return b.watchlist(x)
	case "cluster", "adx", "arg", "external_table", "graph", "materialized_view", "stored_query_result":
		return b.nothing(x, "", name+"() cannot run here: it reads from a service", "")
	}
	if fn := b.stored(name); fn != nil {
		return b.callTable(x, fn, x.Args, nil)
	}
	if _, ok := b.table(name); ok && len(x.Args) == 0 {
		return b.nothing(x, "KS211", "'"+name+"' is a table, not a function", "leave the parentheses out")
	}
	return b.missing(x.Func, kql.MissingFunction, name, b.suggestFunction(name))
}

// watchlist binds _GetWatchlist('alias').
func (b *binder) watchlist(x *kql.Call) *relation {
	if len(x.Args) == 0 {
		return b.nothing(x, "KS119", "_GetWatchlist() takes the alias of a watchlist", "")
	}
	if len(x.Args) > 1 {
		return b.nothing(x.Args[1], "", "_GetWatchlist() takes only the alias here", "filter by where SearchKey in (…)")
	}
	e := b.expr(x.Args[0], nil)
	if e.konst == nil || e.typ != scalar.String {
		return b.nothing(x.Args[0], "KS140", "the alias must be a constant string", "")
	}
	alias := e.konst.Str()
	if b.opts.watchlists != nil {
		if t, ok := b.opts.watchlists.Watchlist(alias); ok {
			return b.fixedTable(t)
		}
	}
	b.emptyWatchlist(x.Args[0], alias)
	out := b.held(watchlistColumns(), func(env) iter.Seq[[]scalar.Value] { return each(nil) })
	out.open = true
	return out
}

// emptyWatchlist notes that a watchlist is not there. One that a stored function asks for has no place in the query.
func (b *binder) emptyWatchlist(at kql.Node, alias string) {
	text := "there is no watchlist '" + alias + "': it reads as empty"
	b.note("%s", text)
	if !b.lenient {
		b.empty = append(b.empty, &kql.Error{Span: at.Span(), Message: text, Missing: &kql.Missing{Kind: kql.MissingWatchlist, Name: alias}})
	}
}

// watchlistColumns are the columns that every watchlist has. In the service a watchlist that
// does not exist is an empty one, on which the parsers of ASIM rely.
func watchlistColumns() []Column {
	return []Column{
		{"_DTItemId", scalar.String}, {"LastUpdatedTimeUTC", scalar.DateTime},
		{"SearchKey", scalar.String}, {"WatchlistItem", scalar.Dynamic},
	}
}

// fixedTable binds a table that is known when the query is bound.
func (b *binder) fixedTable(t *Table) *relation {
	seg := newSegment()
	seg.record = new(recordPlan)
	rel := &relation{seg: seg, name: t.Name}
	for _, c := range t.Columns {
		rel.cols = append(rel.cols, b.sourceColumn(seg, c))
	}
	return rel.scanning(&tableScan{seg: seg, table: func(*run) (*Table, bool) { return t, true }})
}
