package eval_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// exampleLogs are tables with one, of three records.
func exampleLogs() eval.TableMap {
	columns := []eval.Column{{Name: "TimeGenerated", Type: scalar.DateTime}, {Name: "User", Type: scalar.String}, {Name: "Size", Type: scalar.Long}}
	return eval.TableMap{"Logs": eval.RecordTable("Logs", columns,
		[]byte(`{"TimeGenerated":"2026-03-01T08:00:00Z","User":"ada","Size":10}`),
		[]byte(`{"TimeGenerated":"2026-03-01T09:00:00Z","User":"bob","Size":30}`),
		[]byte(`{"TimeGenerated":"2026-03-01T10:00:00Z","User":"ada","Size":5,"Origin":"test"}`),
	)}
}

// Two programs read a table once. Programs that are to be read for together are compiled with one SharedColumns.
func ExampleShare() {
	ctx, tables := context.Background(), exampleLogs()
	columns := new(eval.SharedColumns)
	var programs []*eval.Program
	for _, query := range []string{`Logs | where User == "ada" | summarize sum(Size)`, `Logs | where User == "bob" | project Size`} {
		program, err := eval.Compile(query, eval.WithSchemas(tables), eval.WithSharedColumns(columns), eval.WithWorkers(1))
		if err != nil {
			fmt.Println(err)
			return
		}
		programs = append(programs, program)
	}
	shared, err := eval.Share(ctx, tables, 1<<20, programs...)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, program := range programs {
		rows, err := program.Collect(ctx, shared)
		fmt.Println(program.Columns()[0].Name, rows[0][0].Long(), err)
	}
	// Output:
	// sum_Size 15 <nil>
	// Size 30 <nil>
}

func ExampleProgram_Seeing() {
	tables := exampleLogs()
	program, err := eval.Compile(`Logs | count`, eval.WithSchemas(tables))
	if err != nil {
		fmt.Println(err)
		return
	}
	rows, err := program.Seeing(func(record string) bool { return !strings.Contains(record, `"Origin":"test"`) }).Collect(context.Background(), tables)
	fmt.Println(rows[0][0].Long(), err)
	// Output: 2 <nil>
}

func ExampleWithWindow() {
	tables := exampleLogs()
	nine := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	program, err := eval.Compile(`Logs | project User`, eval.WithSchemas(tables), eval.WithWindow(eval.Window{Start: nine, End: nine.Add(time.Hour)}))
	if err != nil {
		fmt.Println(err)
		return
	}
	rows, err := program.Collect(context.Background(), tables)
	fmt.Println(len(rows), rows[0][0].Str(), err)
	// Output: 1 bob <nil>
}

func ExampleWithLimits() {
	program, err := eval.Compile(`range n from 1 to 1000000 step 1 | sort by n`, eval.WithLimits(eval.Limits{Memory: 1 << 20}))
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = program.Collect(context.Background(), nil)
	var limit *eval.LimitError
	fmt.Println(errors.As(err, &limit), err)
	// Output: true sort at 1:36 needs more than its limit of memory (1048576 bytes); filter or project before it, raise the limit, or let the run use temporary files
}

// A sort that does not fit into its limit of memory goes on in files of a directory.
func ExampleWithSpill() {
	dir, err := os.MkdirTemp("", "spill")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	program, err := eval.Compile(`range n from 1 to 100000 step 1 | sort by n desc | where n < 3`, eval.WithMemory(1<<20), eval.WithSpill(dir))
	if err != nil {
		fmt.Println(err)
		return
	}
	rows, err := program.Collect(context.Background(), nil)
	fmt.Println(rows[0][0].Long(), rows[1][0].Long(), err)
	// Output: 2 1 <nil>
}

// A query of fork gives a table for each of its legs.
func ExampleProgram_Dataset() {
	program, err := eval.Compile(`range n from 1 to 10 step 1 | fork Small = (where n < 3) Sum = (summarize total = sum(n))`)
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, table := range program.Results() {
		fmt.Println(table.Name, table.Columns[0].Name, i == program.PrimaryResult())
	}
	tables, err := program.Dataset(context.Background(), nil)
	fmt.Println(len(tables[0].Rows), tables[1].Rows[0][0].Long(), err)
	// Output:
	// Small n true
	// Sum total false
	// 2 55 <nil>
}

// texts are functions and watchlists by their names.
type texts map[string]string

func (t texts) StoredFunction(name string) (eval.StoredFunction, bool) {
	body, ok := t[name]
	return eval.StoredFunction{Name: name, Params: "(least: long = 0)", Body: body}, ok
}

func (t texts) Watchlist(alias string) (*eval.Table, bool) {
	key, ok := t[alias]
	return eval.TableOf(alias, []eval.Column{{Name: "SearchKey", Type: scalar.String}}, []scalar.Value{scalar.NewString(key)}), ok
}

func ExampleWithFunctions() {
	tables := exampleLogs()
	program, err := eval.Compile(`Large(20) | project User`, eval.WithSchemas(tables), eval.WithFunctions(texts{"Large": "Logs | where Size >= least"}))
	if err != nil {
		fmt.Println(err)
		return
	}
	rows, err := program.Collect(context.Background(), tables)
	fmt.Println(rows[0][0].Str(), program.Tables(), program.Reads("Logs"), err)
	// Output: bob [Logs] true <nil>
}

// A watchlist that is not there reads as empty, which the program tells of.
func ExampleWithWatchlists() {
	program, err := eval.Compile(`_GetWatchlist("admins") | union (_GetWatchlist("guests")) | project SearchKey`, eval.WithWatchlists(texts{"admins": "ada"}))
	if err != nil {
		fmt.Println(err)
		return
	}
	rows, err := program.Collect(context.Background(), nil)
	fmt.Println(len(rows), rows[0][0].Str(), err)
	fmt.Println(program.Notes())
	for _, missing := range program.Empty() {
		fmt.Println(missing.Missing.Kind, missing.Missing.Name)
	}
	// Output:
	// 1 ada <nil>
	// [there is no watchlist 'guests': it reads as empty]
	// watchlist guests
}

// What a portal fills in before it runs a query, the caller does.
func ExampleWithTexts() {
	program, err := eval.Compile(`print Start = todatetime("{{StartTimeISO}}")`)
	if err != nil {
		fmt.Println(err)
		return
	}
	filled, err := program.With(eval.WithTexts(map[string]string{"{{StartTimeISO}}": "2026-03-01"}))
	if err != nil {
		fmt.Println(err)
		return
	}
	result, err := filled.Result(context.Background(), nil)
	fmt.Println(result.Columns[0].Name, scalar.ToString(result.Rows[0][0]), err)
	// Output: Start 2026-03-01T00:00:00.0000000Z <nil>
}

func ExampleCompileQuery() {
	const text = `print Noon = now() + 12h`
	query, err := kql.Parse(text)
	if err != nil {
		fmt.Println(err)
		return
	}
	program, err := eval.CompileQuery(text, query)
	if err != nil {
		fmt.Println(err)
		return
	}
	rows, err := program.At(time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)).Collect(context.Background(), nil)
	kept := rows[0].Clone() // as rows may be kept, this is for those who change them
	fmt.Println(scalar.ToString(kept[0]), err)
	// Output: 2026-03-01T12:00:00.0000000Z <nil>
}

func ExampleInferColumns() {
	logs, _ := exampleLogs().Table("Logs")
	columns, err := eval.InferColumns(context.Background(), logs.Records)
	for _, c := range columns {
		fmt.Println(c.Name, c.Type)
	}
	fmt.Println(err)
	// Output:
	// TimeGenerated datetime
	// User string
	// Size long
	// Origin string
	// <nil>
}

func ExampleTableMap() {
	tables := exampleLogs()
	columns, open, known := tables.TableSchema("Logs")
	fmt.Println(tables.TableNames(), len(columns), open, known)
	// Output: [Logs] 3 false true
}

// Whether records are searched before they are read changes how long that takes, not the result.
func ExampleWithPrefilter() {
	tables := exampleLogs()
	for _, when := range []eval.Prefilter{eval.PrefilterAuto, eval.PrefilterNever} {
		program, err := eval.Compile(`Logs | where User has "ada" | count`, eval.WithSchemas(tables), eval.WithPrefilter(when))
		if err != nil {
			fmt.Println(err)
			return
		}
		rows, err := program.Collect(context.Background(), tables)
		fmt.Println(rows[0][0].Long(), err)
	}
	// Output:
	// 2 <nil>
	// 2 <nil>
}

func ExampleLeaves() {
	const text = `T | where a == 1 and not(b has "x" or c > 2)`
	query, err := kql.Parse(text)
	if err != nil {
		fmt.Println(err)
		return
	}
	kql.Inspect(query, func(n kql.Node) bool {
		if where, ok := n.(*kql.Where); ok {
			for _, leaf := range eval.Leaves(where.Predicate) {
				all, part := leaf.Span(), eval.Subject(leaf).Span()
				fmt.Println(text[all.Start:all.End], "tests", text[part.Start:part.End])
			}
		}
		return true
	})
	// Output:
	// a == 1 tests a
	// b has "x" tests b
	// c > 2 tests c
}

func ExampleTableOf() {
	sites := eval.TableOf("Sites", []eval.Column{{Name: "Site", Type: scalar.String}, {Name: "Users", Type: scalar.Long}},
		[]scalar.Value{scalar.NewString("Kiel"), scalar.NewLong(3)},
		[]scalar.Value{scalar.NewString("Jena"), scalar.NewLong(4)},
	)
	tables := eval.TableMap{"Sites": sites}
	program, err := eval.Compile(`Sites | summarize sum(Users)`, eval.WithSchemas(tables))
	if err != nil {
		fmt.Println(err)
		return
	}
	rows, err := program.Collect(context.Background(), tables)
	fmt.Println(rows[0][0].Long(), err)
	// Output: 7 <nil>
}
