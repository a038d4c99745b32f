package eval_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/eval/scalar"
)

// badLine stands for a record that cannot be read.
type badLine int

func (b badLine) Error() string { return fmt.Sprintf("bad record %d", int(b)) }
func (badLine) Skip() bool      { return true }

// partedTable is a table of n records, some of them bad, in parts of a few.
func partedTable(n int) *eval.Table {
	records := func(from, to int) iter.Seq2[[]byte, error] {
		return func(yield func([]byte, error) bool) {
			buf := make([]byte, 0, 64) // used again for each record, as a reader does
			for i := from; i < min(to, n); i++ {
				if i%97 == 13 {
					if !yield(nil, badLine(i)) {
						return
					}
					continue
				}
				buf = fmt.Appendf(buf[:0], `{"i":%d,"s":"s%d","r":%d.25,"d":{"k":[%d,%d]}}`, i, i%7, i%11, i%3, i)
				if !yield(buf, nil) {
					return
				}
			}
		}
	}
	cols := []eval.Column{{Name: "i", Type: scalar.Long}, {Name: "s", Type: scalar.String}, {Name: "r", Type: scalar.Real}, {Name: "d", Type: scalar.Dynamic}}
	return &eval.Table{Name: "T", Columns: cols,
		Records: func(context.Context) iter.Seq2[[]byte, error] { return records(0, n) }, Parts: partsOf(n, records)}
}

// partsOf gives n records in parts of a few.
func partsOf(n int, records func(from, to int) iter.Seq2[[]byte, error]) func(context.Context) iter.Seq[iter.Seq2[[]byte, error]] {
	return func(context.Context) iter.Seq[iter.Seq2[[]byte, error]] {
		return func(yield func(iter.Seq2[[]byte, error]) bool) {
			for from := 0; from < n; from += 31 {
				if !yield(records(from, from+31)) {
					return
				}
			}
		}
	}
}

// tableQueries read the table T in many ways.
var tableQueries = []string{
	`T`,
	`T | where i % 2 == 0 and s in ("s1", "s4")`,
	`T | where s == "none"`,
	`T | extend k = d.k[0] | where toint(k) == 1 | project i, k`,
	`T | where i > 100 | take 7`,
	`T | summarize count(), sum(r), avg(r), make_list(i, 5), take_any(i) by s`,
	`T | summarize count(), sum(i), avg(i), min(s), max(tostring(i)), dcount(i), countif(r > 5), count_distinct(r) by s, r`,
	`T | summarize count(), sum(i), dcount(i) by i % 700`,
	`T | summarize count(), dcountif(i % 50, r > 2), min(i), max(todatetime("2024-01-01") + i * 1s)`,
	`T | where s == "none" | summarize count(), max(i)`,
	`T | where s == "none" | summarize count(), max(i) by s`,
	`T | summarize binary_all_xor(i), hll(i) by strcat(s, r)`,
	`T | serialize | summarize count() by row = row_number() % 3`,
	`T | where s has "s3" | summarize arg_max(i, *), dcount(i), percentile(r, 50)`,
	`T | mv-expand k = d.k to typeof(long) | where k > 5 | summarize make_set(k, 4) by s`,
	`T | where i >= toscalar(T | summarize avg(i)) | count`,
	`T | where s in ((T | where i == 5 | project s)) | sort by r desc, i asc | take 20`,
	`let big = materialize(T | where r > 5); big | join kind=inner (big | where i < 50 | project s, j = i) on s | summarize count(), max(j)`,
	`T | where i < 400 | join kind=leftouter (T | where i > 2900 | project s, j = i) on s`,
	`union withsource=From T, (T | where i == 1) | summarize count() by From`,
	`T | sort by i desc | extend before = prev(i), n = row_number() | where n % 500 == 0`,
	`T | serialize n = row_number() | where n == 100 or n == 2000`,
	`T | where rand() < 2 | count`,
	`T | distinct s, r | top 5 by r`,
	`T | parse-where s with "s" n: long | where n > 4 | summarize sum(n)`,
}

// TestWorkers runs queries with one worker and with several, and these with much and with hardly any memory: rows and errors are the same, in
// the same order.
func TestWorkers(t *testing.T) {
	tables := eval.TableMap{"T": partedTable(3000)}
	for _, query := range tableQueries {
		p, err := eval.Compile(query, eval.WithSchemas(tables), eval.WithWorkers(1))
		if err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		want := transcript(p.Run(context.Background(), tables))
		subqueries := strings.Count(query, "T ") > 1 // whose bad records are told of where they are read, which may be earlier
		for _, workers := range []int{2, 7} {
			for _, memory := range [][]eval.Option{
				nil,
				{inTemporaryFiles(t, eval.WithEarlySpill)},
				{inTemporaryFiles(t, eval.WithSpill), eval.WithLimits(eval.Limits{Memory: 60_000})},
			} {
				p, err := eval.Compile(query, append(memory, eval.WithSchemas(tables), eval.WithWorkers(workers))...)
				if err != nil {
					t.Fatal(err)
				}
				got := transcript(p.Run(context.Background(), tables))
				if subqueries {
					got, want = rowsFirst(got), rowsFirst(want)
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s\nwith %d workers (-one worker +%[2]d workers):\n%.1500s", query, workers, diff)
				}
			}
		}
	}
}

// TestManyGroups groups rows that are seldom of one group, which workers leave to be grouped after a while.
func TestManyGroups(t *testing.T) {
	tables := eval.TableMap{"T": partedTable(20_000)}
	for _, query := range []string{`T | summarize count(), max(s), dcount(r) by i`, `T | summarize min(i), sum(i) by i % 9000, s`} {
		var want []string
		for _, workers := range []int{1, 2, 7} {
			p, err := eval.Compile(query, eval.WithSchemas(tables), eval.WithWorkers(workers))
			if err != nil {
				t.Fatal(err)
			}
			got := transcript(p.Run(context.Background(), tables))
			if workers == 1 {
				want = got
			} else if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s\nwith %d workers (-one worker +%[2]d workers):\n%.1500s", query, workers, diff)
			}
		}
	}
}

// transcript writes down what a run yields.
func transcript(rows iter.Seq2[eval.Row, error]) []string {
	var out []string
	for row, err := range rows {
		if err != nil {
			out = append(out, "error: "+err.Error())
			continue
		}
		var cells []string
		for _, v := range row {
			cells = append(cells, cellText(v))
		}
		out = append(out, strings.Join(cells, " | "))
	}
	return out
}

// rowsFirst puts the errors of a transcript behind its rows, in order.
func rowsFirst(lines []string) []string {
	isError := func(s string) bool { return strings.HasPrefix(s, "error: ") }
	rows, errs := slices.DeleteFunc(slices.Clone(lines), isError), slices.DeleteFunc(slices.Clone(lines), func(s string) bool { return !isError(s) })
	slices.Sort(errs)
	return append(rows, errs...)
}

// TestWorkersEnd ends a run of several workers early: by its consumer, its context, a limit, a panic, and an error that ends reading.
func TestWorkersEnd(t *testing.T) {
	tables := eval.TableMap{"T": partedTable(100_000)}
	compile := func(query string, opts ...eval.Option) *eval.Program {
		p, err := eval.Compile(query, append(opts, eval.WithSchemas(tables), eval.WithWorkers(4))...)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	for range compile("T").Run(context.Background(), tables) {
		break
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := compile("T | count").Collect(ctx, tables); !errors.Is(err, context.Canceled) {
		t.Errorf("after its context: %v", err)
	}
	var limit *eval.LimitError
	if _, err := compile("T | where i in ((T | project i))", eval.WithLimits(eval.Limits{Rows: 10})).Collect(context.Background(), tables); !errors.As(err, &limit) {
		t.Errorf("beyond its limit: %v", err)
	}
	broken := errors.New("the disk is gone")
	table := partedTable(1000)
	parts := table.Parts
	table.Parts = func(ctx context.Context) iter.Seq[iter.Seq2[[]byte, error]] {
		return func(yield func(iter.Seq2[[]byte, error]) bool) {
			n := 0
			for part := range parts(ctx) {
				if n++; n == 9 {
					part = func(yield func([]byte, error) bool) { yield(nil, broken) }
				}
				if !yield(part) {
					return
				}
			}
		}
	}
	rows, err := compile("T").Collect(context.Background(), eval.TableMap{"T": table})
	if !errors.Is(err, broken) || len(rows) != 8*31-3 {
		t.Errorf("%d rows, then %v", len(rows), err)
	}
}

// TestOnce counts how often queries read a table that stands in them in several places: once where each of these wants only the records with some
// texts in a column, and has room to keep them. The rows are those of tables that are read in each place.
func TestOnce(t *testing.T) {
	const few = `T | where s == "s1" and i < 500 | join kind=inner (T | where s == "s2" | project r, j = i) on r | project i, j`
	for _, c := range []struct {
		query    string
		limits   eval.Limits
		readings int
	}{
		{few, eval.Limits{}, 1},
		{few, eval.Limits{Memory: 4 << 10}, 3}, // neither side has room
		{`union (T | where s in ("s1", "s2")), (T | where i == 5)`, eval.Limits{}, 1},
		{`union (T | where s in ("s1", "s2")), (T | where i > 5)`, eval.Limits{}, 2},
		{`T | where s == "s1" | count`, eval.Limits{}, 1},
	} {
		var readings atomic.Int64
		table := partedTable(3000)
		parts := table.Parts
		table.Parts = func(ctx context.Context) iter.Seq[iter.Seq2[[]byte, error]] {
			readings.Add(1)
			return parts(ctx)
		}
		p, err := eval.Compile(c.query, eval.WithSchemas(eval.TableMap{"T": table}), eval.WithWorkers(2), eval.WithLimits(c.limits), inTemporaryFiles(t, eval.WithSpill))
		if err != nil {
			t.Fatal(err)
		}
		got := rowsFirst(transcript(p.Run(context.Background(), eval.TableMap{"T": table})))
		if n := int(readings.Load()); n != c.readings {
			t.Errorf("%s\nreads the table %d times, not %d", c.query, n, c.readings)
		}
		other := partedTable(3000)
		other.Parts = nil
		each := eval.TableMap{"T": other}
		want := rowsFirst(transcript(p.Run(context.Background(), tablesInPlaces{each})))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s\n(-read in each place +read once):\n%.1500s", c.query, diff)
		}
	}
}

// tablesInPlaces gives another table for each place that asks for one, so that none is read for two.
type tablesInPlaces struct{ eval.TableMap }

func (m tablesInPlaces) Table(name string) (*eval.Table, bool) {
	t, ok := m.TableMap.Table(name)
	if ok {
		copied := *t
		t = &copied
	}
	return t, ok
}

// TestShare runs queries over tables that were read for all of them at once, with columns in common and apart, and with room for
// what is kept and without: each gives what it gives alone.
func TestShare(t *testing.T) {
	tables := eval.TableMap{"T": partedTable(3000)}
	queries := append(tableQueries,
		`T | where s == "s3" and r > 2 | count`,
		`T | where s =~ "S3" or s =~ "s5" | summarize sum(i)`,
		`T | where s in~ ("S0", "S6") | take 3`,
		`T | where i == 17`,
		`T | where i in (18, 19, 4000) or i == 20 | project i`,
		`T | where 18 == i | project i`,
		`T | where s == "s1" | join kind=inner (T | where s == "s2" | project r, j = i) on r | summarize count()`,
		`let few = T | where s == "s4"; union few, (few | where r < 3) | summarize count(), min(i)`,
	)
	for _, memory := range []int{1 << 30, 20_000, 0} {
		for _, columns := range []*eval.SharedColumns{new(eval.SharedColumns), nil} {
			var programs []*eval.Program
			for _, query := range queries {
				p, err := eval.Compile(query, eval.WithSchemas(tables), eval.WithWorkers(3), eval.WithSharedColumns(columns))
				if err != nil {
					t.Fatal(err)
				}
				programs = append(programs, p)
			}
			shared, err := eval.Share(context.Background(), tables, memory, programs...)
			if err != nil {
				t.Fatal(err)
			}
			for i, query := range queries {
				p, err := eval.Compile(query, eval.WithSchemas(tables), eval.WithWorkers(1))
				if err != nil {
					t.Fatal(err)
				}
				want := rowsFirst(transcript(p.Run(context.Background(), tables)))
				got := rowsFirst(transcript(programs[i].Run(context.Background(), shared)))
				if strings.Contains(query, "take 7") || strings.Contains(query, "take 3") { // which ends reading before all bad records are met
					isError := func(s string) bool { return strings.HasPrefix(s, "error: ") }
					want, got = slices.DeleteFunc(want, isError), slices.DeleteFunc(got, isError)
				}
				want, got = slices.Compact(want), slices.Compact(got) // a record that two places cannot read is told of by either
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s\n(-alone +shared, %d bytes):\n%.1500s", query, memory, diff)
				}
			}
		}
	}
}
