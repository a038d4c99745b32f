package eval_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/eval/scalar"
)

// inTemporaryFiles gives an option with a directory of temporary files, in which nothing may be left.
func inTemporaryFiles(t *testing.T, option func(dir string) eval.Option) eval.Option {
	dir := t.TempDir()
	t.Cleanup(func() {
		if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
			t.Errorf("temporary files are left: %v %v", left, err)
		}
	})
	return option(dir)
}

// spilledTable is a table of n rows of every type, with nulls, whose columns have few or many different values. Some records hold a
// dynamic that is no JSON.
func spilledTable(name string, n int, seed uint64) *eval.Table {
	r := rand.New(rand.NewPCG(seed, 1))
	cols := []eval.Column{
		{Name: "l", Type: scalar.Long}, {Name: "few", Type: scalar.String}, {Name: "many", Type: scalar.String}, {Name: "i", Type: scalar.Int},
		{Name: "r", Type: scalar.Real}, {Name: "m", Type: scalar.Decimal}, {Name: "t", Type: scalar.DateTime}, {Name: "s", Type: scalar.TimeSpan},
		{Name: "g", Type: scalar.Guid}, {Name: "b", Type: scalar.Bool}, {Name: "d", Type: scalar.Dynamic},
	}
	var records [][]byte
	for i := range n {
		k := r.IntN(n)
		fields := []string{
			fmt.Sprintf(`"l":%d`, k), fmt.Sprintf(`"few":"f%d"`, k%5), fmt.Sprintf(`"many":"value %d of many"`, k%(n/2)), fmt.Sprintf(`"i":%d`, k%7-3),
			fmt.Sprintf(`"r":%d.1`, k%11-5), fmt.Sprintf(`"m":"%d.000000000000000000001"`, k%13), fmt.Sprintf(`"t":"2024-02-%02dT00:00:%02dZ"`, k%28+1, i%60),
			fmt.Sprintf(`"s":"0%d:00:00"`, k%9), fmt.Sprintf(`"g":"00000000-0000-0000-0000-%012d"`, k%17), fmt.Sprintf(`"b":%t`, k%2 == 0),
			[]string{`"d":{"k":[1,"two"]}`, `"d":7`, `"d":["x",1]`, `"d":"text"`, `"d":{"bad":tru}`}[k%5],
		}
		kept := fields[:0]
		for _, f := range fields {
			if r.IntN(8) > 0 {
				kept = append(kept, f)
			}
		}
		records = append(records, []byte("{"+strings.Join(kept, ",")+"}"))
	}
	return eval.RecordTable(name, cols, records...)
}

// spilledQueries read T, and join it with U, in ways that collect more than a small budget.
var spilledQueries = []string{
	"T | sort by l",
	"T | sort by few asc, r desc nulls first, many",
	"T | sort by m asc | extend n = row_number(), c = row_cumsum(l)",
	"T | sort by t, g asc nulls last | project t, g, d",
	"T | top 400 by r asc",
	"T | distinct many, few",
	"T | project-away d | distinct *",
	"T | summarize count(), sum(l), avg(r), min(t), max(s), take_any(few), dcount(g) by many",
	"T | summarize sum(r), stdev(r), variance(m), sum(m), avg(m), covariance(r, l), tdigest(r) by many",
	"T | where isnotempty(many) | summarize make_set(l), make_list(r), make_list_with_nulls(few), make_set(d), make_bag(d), buildschema(d) by many",
	"T | summarize arg_max(r, *), arg_min(t, d, g) by many, b",
	"T | summarize percentiles(l, 5, 50, 95), percentilew(r, i, 50), percentiles_array(s, 10, 90) by many",
	"T | summarize binary_all_xor(l), countif(b), count_distinct(few), dcountif(l, b), hll(l), sumif(r, b), make_set_if(s, b) by many",
	"T | summarize n = count() by many, few, i, r, m, t, s, g, b",
	"T | summarize by many, few",
	"T | summarize count() by bin(t, 1d), many | sort by count_, many asc",
	"T | where isnotempty(many) | make-series count() default = 0 on t from datetime(2024-02-01) to datetime(2024-03-01) step 7d by l = l / 50",
}

// TestSpill asks the same with a small budget and without: the answers are the same, and so is their order.
func TestSpill(t *testing.T) {
	tables := eval.TableMap{"T": spilledTable("T", 3000, 1), "U": spilledTable("U", 2000, 2)}
	ask := func(t *testing.T, query string, opts ...eval.Option) (*eval.Program, *eval.Result) {
		p, err := eval.Compile(query, append(opts, eval.WithSchemas(tables), eval.WithNow(fixedNow))...)
		if err != nil {
			t.Fatal(err)
		}
		result, err := p.Result(context.Background(), tables)
		if err != nil {
			t.Fatal(err)
		}
		return p, result
	}
	const small = 24 << 10
	for _, query := range spilledQueries {
		t.Run(query, func(t *testing.T) {
			_, want := ask(t, query)
			if len(want.Rows) == 0 {
				t.Fatal("no rows")
			}
			for _, memory := range []int{small, 4 * small} {
				p, got := ask(t, query, eval.WithLimits(eval.Limits{Memory: memory}), inTemporaryFiles(t, eval.WithSpill))
				if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b scalar.Value) bool { return a == b })); diff != "" {
					t.Errorf("with %d bytes (-want +got):\n%s", memory, diff)
				}
				if memory == small && p.SpillFiles() == 0 {
					t.Errorf("with %d bytes nothing is put away", memory)
				}
			}
		})
	}
}
