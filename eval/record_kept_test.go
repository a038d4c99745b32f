package eval_test

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/eval/scalar"
)

// wideTable is a table of many columns and n records, in parts of a few, some of which lack columns or write them in unusual ways.
func wideTable(n int) *eval.Table {
	cols := []eval.Column{
		{Name: "l", Type: scalar.Long}, {Name: "s", Type: scalar.String}, {Name: "t", Type: scalar.DateTime}, {Name: "d", Type: scalar.Dynamic},
		{Name: "r", Type: scalar.Real}, {Name: "i", Type: scalar.Int}, {Name: "b", Type: scalar.Bool}, {Name: "g", Type: scalar.Guid},
		{Name: "m", Type: scalar.Decimal}, {Name: "p", Type: scalar.TimeSpan}, {Name: "never", Type: scalar.String},
	}
	records := func(from, to int) iter.Seq2[[]byte, error] {
		return func(yield func([]byte, error) bool) {
			buf := make([]byte, 0, 64) // used again for each record, as a reader does
			for i := from; i < min(to, n); i++ {
				k := i * 7919 % 1009
				buf = fmt.Appendf(buf[:0], `{"l":%d, "s":"s\u00%x","t":"2024-02-%02dT00:00:%02dZ"`, k, 0x41+k%5, k%28+1, i%60)
				if i%3 > 0 {
					buf = fmt.Appendf(buf, `,"d":{"k":[%d,"x\n"]},"r":%d.5 ,"i":%d,"b":%t`, k, k%13, k%17, k%2 == 0)
				}
				if i%5 > 0 {
					buf = fmt.Appendf(buf, `,"g":"00000000-0000-0000-0000-%012d","m":"%d.25","p":"0%d:00:00","l":-1,"other":{"l":2}`, k, k, k%9)
				}
				if !yield(append(buf, '}'), nil) {
					return
				}
			}
		}
	}
	return &eval.Table{Name: "T", Columns: cols,
		Records: func(context.Context) iter.Seq2[[]byte, error] { return records(0, n) }, Parts: partsOf(n, records)}
}

// TestKeptRecords runs queries that keep whole rows over a table, where the record is kept, and over the table's rows in memory, where the
// values are: rows are the same, in the same order, with one worker and several, with much memory and with little.
func TestKeptRecords(t *testing.T) {
	tables := eval.TableMap{"T": wideTable(1500)}
	for _, query := range []string{
		`T | sort by l asc, s desc`,
		`T | sort by t desc nulls first | extend before = prev(s), n = row_number() | where n % 7 == 0`,
		`T | sort by r asc | mv-expand d.k | take 40`,
		`T | extend n = strlen(s), k = d.k[0] | sort by tolong(k), n, g`,
		`T | where l > 500 | top 9 by m asc | project l, m, d`,
		`T | top 0 by m`,
		`T | top 30 by never nulls first`,
		`T | extend e = s, n = strlen(s) | summarize arg_max(t, *), count() by i`,
		`T | summarize arg_min(p, *), arg_max(l, *) by s`,
		`T | summarize arg_max(l, *, twice = l * 2)`,
		`T | summarize take_any(*) by b`,
		`T | summarize any(*)`,
		`T | extend n = strlen(s) | where l < -5 | summarize arg_max(l, *)`,
		`T | where l < -5 | summarize arg_max(l, *) by s`,
		`T | where s == "sA" | sort by l | union (T | where s == "sB" | top 3 by l)`,
		`T | sort by l | summarize arg_max(t, *) by s | sort by s asc`,
		`T | where l < 90 | sort by l | join kind=inner (T | where l < 90 | top 40 by l) on l | project l, s, s1, d, d1`,
		`T | where l < 40 | join kind=inner (T | where l < 60) on l, i`,
		`T | where l < 40 | join kind=innerunique (T | extend n = strlen(s)) on l`,
		`T | where l < 40 and l > 0 | join kind=leftouter (T | where l > 20) on l | project l, s, s1, t1, d1, never1`,
		`T | where l < 40 and l > 0 | join kind=rightouter (T | where l > 20 and l < 60) on l`,
		`T | where l < 40 and l > 0 | join kind=fullouter (T | where l > 20 and l < 60) on $left.l == $right.l | where d1.k[0] > 30`,
		`T | where l < 900 | join kind=rightanti (T | where l > 0) on l`,
		`T | where l < 40 | join kind=rightsemi (T | extend e = strcat(s, l)) on s`,
		`T | where l < 40 | lookup (T | where l > 20 | project-away p) on l, s`,
		`T | where l < 20 and l > 0 | join (T | where l > 0) on l | join (T | where l > 0) on l | summarize count(), sum(i2) by s, s1, s2`,
		`T | sort by l | sort by s | top 5 by g`,
		`T | summarize arg_max(l, *) by s | extend q = tostring(d), z = never | where isempty(z)`,
	} {
		compile := func(text string, opts ...eval.Option) []string {
			t.Helper()
			p, err := eval.Compile(text, append(opts, eval.WithSchemas(tables))...)
			if err != nil {
				t.Fatalf("%s: %v", query, err)
			}
			return transcript(p.Run(context.Background(), tables))
		}
		want := compile("let InMemory = materialize(T); "+strings.ReplaceAll(query, "T |", "InMemory |"), eval.WithWorkers(1))
		for name, opts := range map[string][]eval.Option{
			"one worker":         {eval.WithWorkers(1)},
			"7 workers":          {eval.WithWorkers(7)},
			"in temporary files": {eval.WithWorkers(2), inTemporaryFiles(t, eval.WithEarlySpill)},
		} {
			if diff := cmp.Diff(want, compile(query, opts...)); diff != "" {
				t.Errorf("%s\n%s (-values kept +records kept):\n%.1500s", query, name, diff)
			}
		}
	}
}
