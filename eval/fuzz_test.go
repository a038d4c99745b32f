package eval_test

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// FuzzRun runs any query over three rows: it ends, within its limits, in rows or in an
// error that says what is wrong with the query.
func FuzzRun(f *testing.F) {
	for _, q := range []string{
		`T | where s has "x" and n > 1 | extend m = n * 2 | project m, s`,
		`T | summarize count(), make_set(s), arg_max(n, *) by bin(t, 1h)`,
		`T | join kind=leftouter (T | project n, z = s) on n | sort by n asc, s`,
		`T | mv-expand d | extend a = tostring(d.a) | where isnotempty(a)`,
		`let f = (x: long) { x + 1 }; T | extend y = f(n) | top 2 by y`,
		`union (T | project a = n), (T | project a = s) | distinct a_long`,
		`T | extend p = prev(n) | serialize r = row_number()`,
		`range i from 1 to 100000000 step 1 | count`,
		`print split("a,b", ",")[-1], extract(@"(\d+)", 1, "x12"), datetime(2024-01-01) - 1d`,
	} {
		f.Add(q)
	}
	for _, file := range dataFiles(f) {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for sample := range strings.SplitSeq(string(text), "\n\n") {
			query, _, _ := strings.Cut(sample, "\n----")
			f.Add(query)
		}
	}
	cols := []eval.Column{{Name: "n", Type: scalar.Long}, {Name: "s", Type: scalar.String}, {Name: "t", Type: scalar.DateTime}, {Name: "d", Type: scalar.Dynamic}}
	tables := eval.TableMap{"T": eval.RecordTable("T", cols,
		[]byte(`{"n":1,"s":"x y","t":"2024-01-01T00:00:00Z","d":[{"a":1},{"a":"b"}]}`),
		[]byte(`{"n":null,"s":"","d":{"a":[1.5,null]}}`),
		[]byte(`{"n":-9223372036854775808,"s":"\u00e9\"","t":"bad","d":"text"}`),
	)}
	f.Fuzz(func(t *testing.T, query string) {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		p, err := eval.Compile(query, eval.WithSchemas(tables), eval.WithNow(fixedNow), eval.WithLimits(eval.Limits{Memory: 64 << 20, Rows: 10000, Steps: 100_000}))
		if err != nil {
			var errs kql.Errors
			if !errors.As(err, &errs) {
				t.Fatalf("an error without a place: %v", err)
			}
			return
		}
		for row, err := range p.Run(ctx, tables) {
			if err != nil {
				var limit *eval.LimitError
				if !errors.As(err, &limit) && !errors.Is(err, context.DeadlineExceeded) {
					t.Fatalf("the run failed: %v", err)
				}
				return
			}
			for i, v := range row {
				if want := p.Columns()[i].Type; v.Type() != want {
					t.Fatalf("column %d holds a %s, and is %s", i, v.Type(), want)
				}
			}
		}
	})
}
