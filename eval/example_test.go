package eval_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

func ExampleCompile() {
	events := eval.RecordTable("Events", []eval.Column{{Name: "Name", Type: scalar.String}, {Name: "Size", Type: scalar.Long}},
		[]byte(`{"Name":"read","Size":10}`),
		[]byte(`{"Name":"write","Size":30}`),
		[]byte(`{"Name":"write","Size":5}`),
	)
	tables := eval.TableMap{"Events": events}
	program, err := eval.Compile(`Events | where Name == "write" | summarize sum(Size)`, eval.WithSchemas(tables))
	if err != nil {
		fmt.Println(err)
		return
	}
	rows, err := program.Collect(context.Background(), tables)
	fmt.Println(program.Columns()[0].Name, scalar.ToString(rows[0][0]), err)
	// Output: sum_Size 35 <nil>
}

func ExampleCompile_errors() {
	query := `print x = 1 | where y == 2`
	_, err := eval.Compile(query)
	var errs kql.Errors
	if errors.As(err, &errs) {
		fmt.Println(errs.Format(kql.NewSource(query)))
	}
	// Output:
	// 1:21: KS142 The name 'y' does not refer to any known column, table, variable or function.
	//     print x = 1 | where y == 2
	//                         ^
}

func ExampleProgram_Run() {
	program, err := eval.Compile(`range n from 1 to 3 step 1 | extend square = n * n`)
	if err != nil {
		fmt.Println(err)
		return
	}
	for row, err := range program.Run(context.Background(), nil) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(row[0].Long(), row[1].Long())
	}
	// Output:
	// 1 1
	// 2 4
	// 3 9
}

func ExampleWithNow() {
	program, _ := eval.Compile(`print ago(1d)`, eval.WithNow(time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC)))
	rows, _ := program.Collect(context.Background(), nil)
	fmt.Println(scalar.ToString(rows[0][0]))
	// Output: 2024-02-29T00:00:00.0000000Z
}

func ExampleProgram_Over() {
	at := func(hour int) time.Time { return time.Date(2026, 3, 1, hour, 0, 0, 0, time.UTC) }
	logs := eval.RecordTable("Logs", []eval.Column{{Name: "TimeGenerated", Type: scalar.DateTime}},
		[]byte(`{"TimeGenerated":"2026-03-01T08:30:00Z"}`), []byte(`{"TimeGenerated":"2026-03-01T10:00:00Z"}`))
	tables := eval.TableMap{"Logs": logs}
	program, err := eval.Compile(`Logs | count`, eval.WithSchemas(tables))
	if err != nil {
		fmt.Println(err)
		return
	}
	for hour := 8; hour < 11; hour++ {
		rows, err := program.Over(eval.Window{Start: at(hour), End: at(hour + 1)}).Collect(context.Background(), tables)
		fmt.Println(hour, scalar.ToString(rows[0][0]), err)
	}
	// Output:
	// 8 1 <nil>
	// 9 0 <nil>
	// 10 1 <nil>
}

func ExampleParameters() {
	program, _ := eval.Compile(`declare query_parameters(limit: long = 5); print limit`,
		eval.Parameters(map[string]scalar.Value{"limit": scalar.NewLong(7)}))
	rows, _ := program.Collect(context.Background(), nil)
	fmt.Println(rows[0][0].Long())
	// Output: 7
}

func ExampleWithExternalData() {
	files := map[string]string{"https://example.org/nets.csv": "Net,Site\n10.0.0.0/8,office\n"}
	program, err := eval.Compile(
		`externaldata(Net: string, Site: string)["https://example.org/nets.csv"] with (format="csv", ignoreFirstRecord=true)`,
		eval.WithExternalData(func(_ context.Context, uri string) (io.ReadCloser, error) {
			return io.NopCloser(strings.NewReader(files[uri])), nil
		}))
	if err != nil {
		fmt.Println(err)
		return
	}
	rows, err := program.Collect(context.Background(), nil)
	fmt.Println(rows[0][0].Str(), rows[0][1].Str(), err)
	// Output: 10.0.0.0/8 office <nil>
}

func ExampleProgram_Rendering() {
	program, err := eval.Compile(`range x from 1 to 3 step 1 | extend y = x * x | render linechart with (title="squares", ycolumns=x, y)`)
	if err != nil {
		fmt.Println(err)
		return
	}
	chart := program.Rendering()
	fmt.Println(chart.Chart, chart.Properties["title"], chart.Properties["ycolumns"])
	// Output: linechart [squares] [x y]
}

func ExampleProgram_RunAll() {
	program, err := eval.Compile(`range x from 1 to 5 step 1 | fork total = (summarize sum(x)) large = (where x > 3)`)
	if err != nil {
		fmt.Println(err)
		return
	}
	for table, rows := range program.RunAll(context.Background(), nil) {
		for row, err := range rows {
			fmt.Println(table.Name, table.Columns[0].Name, row[0].Long(), err)
		}
	}
	// Output:
	// total sum_x 15 <nil>
	// large x 4 <nil>
	// large x 5 <nil>
}

func ExampleWithService() {
	program, err := eval.Compile(`print strcat("by ", current_principal(), " in ", current_database())`, eval.WithService(eval.Service{
		Database: "Samples", Principal: eval.Principal{FQN: "aadapp=4c7e82bd;contoso.com"},
	}))
	if err != nil {
		fmt.Println(err)
		return
	}
	rows, err := program.Collect(context.Background(), nil)
	fmt.Println(rows[0][0].Str(), err)
	// Output: by aadapp=4c7e82bd;contoso.com in Samples <nil>
}
