package describe

import (
	"slices"
	"strconv"

	"github.com/seed-2512943d/picket/kql"
)

// table is what is known of a tabular expression: its columns, and the tables that its rows come from.
type table struct {
	columns []column
	open    bool   // there may be further columns
	opener  string // the operator that makes columns known only when run, if any
	reads   []string
}

// column is a column with the operator that made it; made is empty for one that a table of the workspace has and nothing has changed.
type column struct{ name, made string }

// Output is a column of the result that the query makes.
type Output struct {
	Name string `json:"name"`
	Made string `json:"made"` // the operator that made it first
}

// outputs lists the columns that operators have made.
func (t *table) outputs() []Output {
	var outputs []Output
	for _, c := range t.columns {
		if c.made != "" {
			outputs = append(outputs, Output{Name: c.name, Made: c.made})
		}
	}
	return outputs
}

// copy is a table to change.
func (t *table) copy() *table {
	out := *t
	out.columns = slices.Clone(t.columns)
	return &out
}

// emptied is a table of the same rows without columns.
func (t *table) emptied() *table { return &table{reads: t.reads} }

func (t *table) find(name string) int {
	return slices.IndexFunc(t.columns, func(c column) bool { return c.name == name })
}

// put adds a column. One that an operator has made before keeps its place and maker; one of a table is made anew.
func (t *table) put(name, made string) {
	if i := t.find(name); i >= 0 {
		if t.columns[i].made != "" {
			return
		}
		t.columns = slices.Delete(t.columns, i, i+1)
	}
	t.columns = append(t.columns, column{name, made})
}

// remove drops the columns of a name.
func (t *table) remove(name string) {
	t.columns = slices.DeleteFunc(t.columns, func(c column) bool { return c.name == name })
}

// free is a name that no column has: name itself, or with the least number behind it that makes it free.
func (t *table) free(name string) string {
	out := name
	for i := 1; t.find(out) >= 0; i++ {
		out = name + strconv.Itoa(i)
	}
	return out
}

// source reads the source of a pipeline: its table, and what kind of stage it is if it is more than a source.
func (a *analysis) source(stage *Stage, x kql.Expr, s *scope) (t *table, kind string) {
	switch x := unparen(x).(type) {
	case *kql.Pipe:
		return a.leg(stage, 0, "source", x, s), ""
	case *kql.NamedExpr:
		return a.source(stage, x.X, s)
	case *kql.Name:
		return a.named(x.Name, s), ""
	case *kql.Wildcard:
		a.tables[x.Pattern] = true
		return &table{open: true, reads: []string{x.Pattern}}, ""
	case *kql.Member:
		return a.workspaceTable(x.Name.Name), ""
	case *kql.Call:
		return a.tableCall(stage, x, s), ""
	case *kql.MethodCall:
		return a.tableCall(stage, x.Call, s), ""
	case *kql.Union:
		return a.union(stage, x, nil, s), "union"
	case *kql.Datatable:
		return schemaTable(x.Schema, "datatable"), "datatable"
	case *kql.ExternalData:
		return schemaTable(x.Schema, "externaldata"), "externaldata"
	case *kql.Range:
		return &table{columns: []column{{x.Name.Name, "range"}}}, "range"
	case *kql.Print:
		t = &table{}
		for i, item := range x.Columns {
			t.put(nameOrText(item, "print_"+number(i)), "print")
		}
		return t, "print"
	case *kql.Find:
		for _, selector := range x.Tables {
			a.source(stage, selector, s)
		}
		t = &table{open: true, opener: "find"}
		stage.Predicate = a.where(x.Predicate, t, s)
		return t, "find"
	case *kql.Search:
		for _, selector := range x.Tables {
			a.source(stage, selector, s)
		}
		t = &table{open: true, columns: []column{{"$table", "search"}}}
		stage.Predicate = a.where(x.Predicate, t, s)
		return t, "search"
	case *kql.Evaluate:
		return &table{open: true, opener: "evaluate"}, "evaluate"
	}
	return &table{open: true}, ""
}

// named is the table of a name: of a let, or of the workspace.
func (a *analysis) named(name string, s *scope) *table {
	if d, ok := s.lookup(name); ok {
		if d.table != nil {
			return d.table
		}
		return &table{open: true}
	}
	return a.workspaceTable(name)
}

// workspaceTable is a table, or a stored function called without parentheses.
func (a *analysis) workspaceTable(name string) *table {
	a.tables[name] = true
	columns, open, ok := a.schemas.TableSchema(name)
	t := &table{open: open || !ok, reads: []string{name}}
	for _, c := range columns {
		t.columns = append(t.columns, column{name: c.Name})
	}
	return t
}

// tableCall is the table that a call gives. What a stored function reads and gives is not looked into.
func (a *analysis) tableCall(stage *Stage, call *kql.Call, s *scope) *table {
	name := call.Func.Name
	if name == "table" && len(call.Args) > 0 {
		if names := a.tableNames(call.Args[0], s); len(names) > 0 {
			return a.oneOf(names)
		}
	}
	if tableCalls[name] || name == "toscalar" {
		if len(call.Args) > 0 && s.isTabular(call.Args[0]) {
			return a.leg(stage, 0, name, call.Args[0], s)
		}
		return &table{open: true}
	}
	a.subqueries(stage, call, s)
	if d, ok := s.lookup(name); ok && d.table != nil {
		return d.table
	}
	return &table{open: true, reads: []string{name}}
}

// tableNames are the names that the argument of table() may have.
func (a *analysis) tableNames(x kql.Expr, s *scope) []string {
	if name, ok := unparen(x).(*kql.Name); ok {
		if d, ok := s.lookup(name.Name); ok && d.texts != nil {
			return d.texts
		}
	}
	var names []string
	for _, c := range a.constants(x, s) {
		if c.isText && !c.reference {
			names = append(names, c.text)
		}
	}
	return names
}

// oneOf is one table of several: it has the columns of all, as far as is known here.
func (a *analysis) oneOf(names []string) *table {
	t := a.workspaceTable(names[0]).copy()
	for _, name := range names[1:] {
		other := a.workspaceTable(name)
		t.open = true
		t.reads = append(slices.Clone(t.reads), other.reads...)
		for _, c := range other.columns {
			if t.find(c.name) < 0 {
				t.columns = append(t.columns, c)
			}
		}
	}
	return t
}

// schemaTable is a table with the columns that a schema lists.
func schemaTable(schema *kql.Schema, made string) *table {
	t := &table{}
	if schema == nil {
		t.open = true
		return t
	}
	t.open = schema.Open
	for _, c := range schema.Columns {
		if !c.Star {
			t.put(c.Name.Name, made)
		}
	}
	return t
}
