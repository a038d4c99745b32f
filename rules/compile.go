package rules

import (
	"errors"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/kql"
	"github.com/seed-2512943d/picket/rules/catalog"
)

// Compiled is a rule whose query has been bound to a workspace. It is safe for concurrent use.
type Compiled struct {
	Rule    *Rule
	Columns []eval.Column // of the query's result
	Open    bool          // the result may have further columns, known only when run

	program *eval.Program
}

// Compile binds the rule's query to a workspace. Options come on top of the workspace's own. Faults in the query give a
// *QueryError.
func (r *Rule) Compile(w *Workspace, options ...eval.Option) (*Compiled, error) {
	query, err := kql.Parse(r.Query)
	if err != nil {
		return nil, r.placed(err)
	}
	program, err := eval.CompileQuery(r.Query, query, append(w.Options(), options...)...)
	if err != nil {
		return nil, r.placed(err)
	}
	return &Compiled{Rule: r, Columns: program.Columns(), Open: program.Open(), program: program}, nil
}

// Diagnostics finds what is amiss between the rule's file and its query's result: see Rule.ValidateColumns.
func (c *Compiled) Diagnostics() []Diagnostic {
	columns := make([]catalog.Column, len(c.Columns))
	for i, column := range c.Columns {
		columns[i] = catalog.Column{Name: column.Name, Type: column.Type.String()}
	}
	return c.Rule.ValidateColumns(columns, c.Open)
}

// placed turns the faults of the rule's query into a QueryError; other errors stay.
func (r *Rule) placed(err error) error {
	var faults kql.Errors
	if errors.As(err, &faults) {
		return r.queryError(faults)
	}
	return err
}
