package eval_test

import (
	"context"
	"errors"
	"testing"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// TestStatementsOverTables runs statements that bear on which rows of which tables are read.
func TestStatementsOverTables(t *testing.T) {
	cols := []eval.Column{{Name: "TimeGenerated", Type: scalar.DateTime}, {Name: "Size", Type: scalar.Long}}
	tables := eval.TableMap{
		"A": eval.RecordTable("A", cols, []byte(`{"TimeGenerated":"2024-01-01","Size":1}`), []byte(`{"TimeGenerated":"2024-01-02","Size":2}`), []byte(`{"Size":3}`)),
		"B": eval.RecordTable("B", cols, []byte(`{"TimeGenerated":"2024-01-03","Size":4}`)),
	}
	const scope = `set query_datetimescope_column = "TimeGenerated"; `
	for _, test := range []struct {
		query string
		want  int64  // the sum of sizes
		code  string // or the code of an error
	}{
		{`A | summarize sum(Size)`, 6, ""},
		{scope + `A | summarize sum(Size)`, 6, ""},
		{scope + `set query_datetimescope_from = datetime(2024-01-02); A | summarize sum(Size)`, 2, ""},
		{scope + `set query_datetimescope_to = datetime(2024-01-02); union A, B | summarize sum(Size)`, 3, ""},
		{`set query_datetimescope_to = datetime(2024-01-01); A | summarize sum(Size)`, 6, ""},
		{`restrict access to (A); A | summarize sum(Size)`, 6, ""},
		{`restrict access to (A); B | summarize sum(Size)`, 0, "KS204"},
		{`restrict access to (*); B | summarize sum(Size)`, 4, ""},
		{`restrict access to (A); union * | summarize sum(Size)`, 6, ""},
		{`restrict access to (A); restrict access to (B); union * | summarize sum(Size)`, 0, "KS142"},
		{`let v = view () { B }; restrict access to (v); v | summarize sum(Size)`, 4, ""},
		{`let v = view () { B }; restrict access to (v); let w = B | count; w`, 0, "KS204"},
		{`let v = view () { B }; restrict access to (v); table("A") | count`, 0, "KS204"},
		{`alias database d = database("other"); database("d").B | summarize sum(Size)`, 4, ""},
		{`macro-expand entity_group [database("d")] as X (X.A | join kind=fullouter (X.B) on Size | count)`, 4, ""},
		{`declare pattern p = (s: string)[table_: string] { ("x").["a"] = { A }; ("x").["b"] = { B } }; p("x").b | summarize sum(Size)`, 4, ""},
	} {
		program, err := eval.Compile(test.query, eval.WithSchemas(tables))
		if test.code != "" {
			var errs kql.Errors
			if !errors.As(err, &errs) || errs[0].Code != test.code {
				t.Errorf("%s: %v, want %s", test.query, err, test.code)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", test.query, err)
			continue
		}
		rows, err := program.Collect(context.Background(), tables)
		if err != nil || len(rows) != 1 || rows[0][0].Long() != test.want {
			t.Errorf("%s: %v, %v, want %d", test.query, rows, err, test.want)
		}
	}
}
