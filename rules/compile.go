package rules

import (
	"errors"
	"fmt"
	"slices"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/kql"
	"github.com/seed-2512943d/picket/rules/catalog"
)

// Compiled is a rule whose query has been bound to a workspace. It is safe for concurrent use.
type Compiled struct {
	Rule    *Rule
	Columns []eval.Column // of the query's result
	Open    bool          // the result may have further columns, known only when run
	Tables  []string      // of the workspace, that the query reads

	empty   kql.Errors // the watchlists that are not there
	query   *kql.Query
	program *eval.Program
	ranged  bool // the query has the portal fill in the time range
}

// Query is the syntax tree of the rule's query, whose nodes an Observer is told of.
func (c *Compiled) Query() *kql.Query { return c.query }

// Compile binds the rule's query to a workspace. Options come on top of the workspace's own. Faults in the query give a
// *QueryError.
func (r *Rule) Compile(w *Workspace, options ...eval.Option) (*Compiled, error) {
	query, err := kql.Parse(r.Query)
	if err != nil {
		return nil, r.placed(err)
	}
	if w.Alone {
		if faults := foreignTables(query); len(faults) > 0 {
			return nil, r.queryError(faults)
		}
	}
	if faults := severalTables(query); len(faults) > 0 {
		return nil, r.queryError(faults)
	}
	program, err := eval.CompileQuery(r.Query, query, append(w.Options(), options...)...)
	if err != nil {
		return nil, r.placed(err)
	}
	return &Compiled{
		Rule: r, Columns: program.Columns(), Open: program.Open(), Tables: program.Tables(), empty: program.Empty(), query: query, program: program,
		ranged: r.asksForRange(query),
	}, nil
}

// Reads says whether the rule's query reads a table of this name.
func (c *Compiled) Reads(table string) bool { return c.program.Reads(table) }

// Observe gives the rule with an observer of its runs' query. It must have been compiled with the option eval.Observable.
func (c *Compiled) Observe(o eval.Observer) *Compiled {
	out := *c
	out.program = c.program.Observe(o)
	return &out
}

// Diagnostics finds what is amiss between the rule's file and its query's result: see Rule.ValidateColumns. Watchlists that the query
// names and the workspace lacks are noted (SR023); they read as empty.
func (c *Compiled) Diagnostics() []Diagnostic {
	columns := make([]catalog.Column, len(c.Columns))
	for i, column := range c.Columns {
		columns[i] = catalog.Column{Name: column.Name, Type: column.Type.String()}
	}
	found := c.Rule.ValidateColumns(columns, c.Open)
	if len(c.empty) == 0 {
		return found
	}
	for _, d := range c.Rule.queryError(c.empty).Diagnostics() {
		d.Severity = Note
		found = append(found, d)
	}
	SortDiagnostics(found)
	return found
}

// foreignTables finds what a query reads of other workspaces.
func foreignTables(query *kql.Query) (faults kql.Errors) {
	kql.Inspect(query, func(n kql.Node) bool {
		member, ok := n.(*kql.Member)
		if !ok {
			return true
		}
		if call, ok := member.X.(*kql.Call); ok && slices.Contains([]string{"workspace", "app", "resource"}, call.Func.Name) {
			faults = append(faults, &kql.Error{Span: member.Span(), Message: call.Func.Name + "() reads another workspace, and there is only this one", Hint: "name the table alone"})
		}
		return true
	})
	return faults
}

// severalTables finds the operators that give several tables, of which a rule could take none for its result.
func severalTables(query *kql.Query) (faults kql.Errors) {
	kql.Inspect(query, func(n kql.Node) bool {
		word := ""
		switch n.(type) {
		case *kql.Fork:
			word = "fork"
		case *kql.Facet:
			word = "facet"
		default:
			return true
		}
		faults = append(faults, &kql.Error{Span: n.Span(), Message: word + " gives several tables, and a rule has one result", Hint: "make a rule of each branch"})
		return true
	})
	return faults
}

// placed turns the faults of the rule's query into a QueryError; other errors stay.
func (r *Rule) placed(err error) error {
	var faults kql.Errors
	if errors.As(err, &faults) {
		return r.queryError(faults)
	}
	return err
}

// located gives an error of a run the place in the file of the operator that it names.
func (r *Rule) located(err error) error {
	offset := -1
	var limit *eval.LimitError
	var spill *eval.SpillError
	switch {
	case errors.As(err, &limit) && limit.Line > 0 && !limit.Stored:
		offset = limit.Offset
	case errors.As(err, &spill) && spill.Line > 0 && !spill.Stored:
		offset = spill.Offset
	default:
		return err
	}
	line, column := r.QueryPos.At(offset)
	return fmt.Errorf("line %d, column %d: %w", line, column, err)
}
