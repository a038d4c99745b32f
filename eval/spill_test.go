package eval_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
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
	"T | join kind=innerunique (U | where isnotempty(many)) on many",
	"T | join kind=inner (U | where isnotempty(many)) on many",
	"T | join kind=leftouter (U | project many, l, d, r) on many, $left.l == $right.l",
	"T | join kind=rightouter U on l, few",
	"T | join kind=fullouter U on many, few, i",
	"T | join kind=leftsemi U on l",
	"T | join kind=leftanti U on l",
	"T | join kind=leftsemi U on l | where isnotnull(d) | project-away d | sort by l, many",
	"T | join kind=rightsemi U on l, few",
	"T | join kind=rightanti U on l, few",
	"T | join kind=inner U on l | summarize count(), take_any(many1) by few, many | sort by many, few",
	"T | lookup (U | project l, more = many, d) on l",
	"T | lookup kind=inner (U | project l, more = many, d) on l",
	"T | extend k = tolong(r) | join kind=leftouter (U | extend k = l) on k | project k, l, l1, m1, d1",
	"T | sort by l, many | extend p = prev(many, 2, 'none'), n = next(d), far = strcat(next(many, 900), prev(few, 700), prev(many, 1500))",
	"T | serialize | where prev(l) < l and next(l, 40) > l",
	"let M = materialize(T | where l > 20); M | join kind=inner (M | summarize n = count() by l) on l | project l, many, n",
	"let M = materialize(T); union M, M | where l % 7 == 1 | project l, d, many",
	"T | where isnotempty(many) | make-series count() default = 0 on t from datetime(2024-02-01) to datetime(2024-03-01) step 7d by l = l / 50",
}

// TestSpill asks the same with a small budget and without: the answers are the same, and so is their order.
func TestSpill(t *testing.T) {
	tables := eval.TableMap{"T": spilledTable("T", 2000, 1), "U": spilledTable("U", 1200, 2)}
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
	const small = 16 << 10
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

// spillRun runs a query over T with a small budget.
func spillRun(t *testing.T, query string, opts ...eval.Option) (*eval.Program, eval.TableMap) {
	tables := eval.TableMap{"T": spilledTable("T", 2000, 1)}
	p, err := eval.Compile(query, append(opts, eval.WithSchemas(tables), eval.WithLimits(eval.Limits{Memory: 24 << 10}))...)
	if err != nil {
		t.Fatal(err)
	}
	return p, tables
}

// TestMemoryLimit runs beyond the budget where nothing can be put away.
func TestMemoryLimit(t *testing.T) {
	for _, c := range []struct {
		query, operator string
		line, column    int
		spill           bool
	}{
		{"T\n| sort by l", "sort", 2, 3, false},
		{"T | where l > 0 | top 400 by l", "top", 1, 19, false},
		{"T | summarize count() by many", "summarize", 1, 5, false},
		{"T | summarize make_list(many)", "summarize", 1, 5, false},
		{"T | summarize make_list(many)", "summarize", 1, 5, true},
		{"T | distinct many", "distinct", 1, 5, false},
		{"T\n| join T on l", "join", 2, 3, false},
		{"T | join kind=inner T on few", "join", 1, 5, true},
		{"T | join kind=leftsemi (T | sort by l) on l", "sort", 1, 29, false},
		{"T | serialize | where l > prev(l)", "where", 1, 17, false},
		{"T | top-nested of many by count()", "top-nested", 1, 5, true},
		{"T | partition by few (top 3 by l)", "partition", 1, 5, true},
		{"let f = () { T | sort by l }; f | take 1", "sort", 1, 18, false},
	} {
		t.Run(fmt.Sprintf("%s spill=%t", c.query, c.spill), func(t *testing.T) {
			var opts []eval.Option
			if c.spill {
				opts = append(opts, inTemporaryFiles(t, eval.WithSpill))
			}
			p, tables := spillRun(t, c.query, opts...)
			_, err := p.Collect(context.Background(), tables)
			var limit *eval.LimitError
			if !errors.As(err, &limit) {
				t.Fatalf("got %v", err)
			}
			want := eval.LimitError{What: "memory", Limit: 24 << 10, Operator: c.operator, Line: c.line, Column: c.column, Offset: limit.Offset, Hint: limit.Hint}
			if *limit != want || limit.Hint == "" || !strings.HasPrefix(c.query[limit.Offset:], c.operator) {
				t.Errorf("got %+v, want %+v", *limit, want)
			}
			if text := fmt.Sprintf("%s at %d:%d needs more than its limit of memory (24576 bytes); ", c.operator, c.line, c.column); !strings.HasPrefix(err.Error(), text) {
				t.Errorf("got %q, want %q …", err, text)
			}
		})
	}
}

// TestTopHoldsNoMore reads far more rows than fit into the budget, each of which is among the first for a while.
func TestTopHoldsNoMore(t *testing.T) {
	p, err := eval.Compile("range x from 1 to 50000 step 1 | top 3 by x | project x", eval.WithLimits(eval.Limits{Memory: 2 << 10}))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := p.Collect(context.Background(), nil)
	if err != nil || len(rows) != 3 || rows[0][0].Long() != 50000 {
		t.Errorf("%v %v", rows, err)
	}
}

// TestSpillFails runs where temporary files cannot be made, written or read.
func TestSpillFails(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "missing")
	for _, c := range []struct {
		name   string
		option func(dir string) eval.Option
		text   string
	}{
		{"no directory", func(string) eval.Option { return eval.WithSpill(missing) }, "fails: no such file or directory; name a directory"},
		{"full", func(dir string) eval.Option { return eval.WithFullDisk(dir, 0) }, "fails: no space left on device; name a directory"},
		{"full later", func(dir string) eval.Option { return eval.WithFullDisk(dir, 3000) }, "fails: no space left on device; name a directory"},
		{"bad", eval.WithBadDisk, "fails: what is read is not what was written; name a directory"},
	} {
		for query, column := range map[string]int{
			"T | sort by l": 5, "T | summarize count() by many": 5, "T | distinct many": 5, "T | join T on l": 5, "T | serialize | extend p = prev(l)": 17,
		} {
			t.Run(c.name+" "+query, func(t *testing.T) {
				p, tables := spillRun(t, query, inTemporaryFiles(t, c.option))
				_, err := p.Collect(context.Background(), tables)
				var spill *eval.SpillError
				if !errors.As(err, &spill) || !strings.Contains(err.Error(), c.text) || spill.Line != 1 || spill.Column != column || spill.Operator == "" {
					t.Errorf("got %v", err)
				}
			})
		}
	}
}

// TestSpillEnds ends runs before they are through: their files are gone.
func TestSpillEnds(t *testing.T) {
	for _, query := range spilledQueries {
		if strings.Contains(query, "U") {
			query = strings.ReplaceAll(strings.ReplaceAll(query, "U on", "T on"), "(U", "(T")
		}
		t.Run(query, func(t *testing.T) {
			p, tables := spillRun(t, query, inTemporaryFiles(t, eval.WithEarlySpill))
			for range p.Run(context.Background(), tables) {
				break
			}
			for _, after := range []int{1, 700, 1900} {
				ctx, cancel := context.WithCancelCause(context.Background())
				stop := errors.New("stopped")
				records := tables["T"].Records
				left := after
				own := *tables["T"]
				own.Records = func(ctx context.Context) iter.Seq2[[]byte, error] {
					return func(yield func([]byte, error) bool) {
						for rec, err := range records(ctx) {
							if left--; left == 0 {
								cancel(stop)
							}
							if !yield(rec, err) {
								return
							}
						}
					}
				}
				_, err := p.Collect(ctx, eval.TableMap{"T": &own})
				if left <= 0 && !errors.Is(err, stop) {
					t.Errorf("cancelled after %d records: %v", after, err)
				}
				cancel(nil)
			}
		})
	}
}
