// Package eval binds and runs KQL queries over tables of JSON records.
//
// # The life of a query
//
// [Compile] parses a text (package kql) and binds it: names are resolved to columns, lets,
// functions and tables; types are worked out as Kusto does; calls find their overloads;
// constants are folded; and every expression becomes a closure. What is wrong is reported
// then, all of it at once, each error with Microsoft's code, its place and what may be meant.
// Nothing that cannot be run is half-run.
//
// A bound tabular expression is a relation: a list of columns, each an expression, and a way
// to get its rows. project, extend and their kin only change the list. Rows stream: one frame
// serves every row of a stretch, and expressions read from it what they need, when they need
// it, so that a column which no expression asks for is never decoded. Operators that must
// collect (sort, summarize, the right side of a join) hold values of their own and are charged
// to the run's budget.
//
// A [Program] holds no state of a run; it may run any number of times, concurrently.
//
// # Adding an operator
//
//  1. Its syntax: a struct in package kql.
//  2. Here, op_NAME.go with its binder, func (b *binder) bindNAME(op *kql.NAME, in *relation)
//     *relation. Report errors by b.fail and b.nothing. Wrap in.rows by in.through for an
//     operator that streams; make a relation by b.held for one that collects. Whoever keeps a
//     value beyond its row clones it.
//  3. A case in binder.operator.
//  4. testdata/operator/NAME.kt: the documented behaviours, nulls, empty input, errors. Write
//     the queries, and let go test ./eval -run TestData -update fill in the answers; read them.
//
// A scalar function or an aggregate is one literal in packages function and aggregate; only
// those that do not evaluate all of their arguments are bound here (bind_special.go).
package eval
