package eval_test

import (
	"fmt"
	"math"
	"testing"
)

// theNumbers are 100,000 different texts and numbers in no order: a multiplier without a factor in common with the modulus
// goes through all of them.
const theNumbers = `range i from 0 to 99999 step 1 | project x = (i * 48271 + 12345) % 100000 + 1, part = i % 7 | extend s = strcat("user", x, "@contoso.com") | `

// TestApproximationsStayWithinTheirBounds holds what estimates to the errors that Kusto states, over 100,000 values. The standard
// error of dcount and hll is 1.6, 0.8, 0.4, 0.28 or 0.2 % by their accuracy, and 99.7 of 100 estimates are within three times of it
// (Kusto docs, "dcount()"). Percentiles are nearest ranks, estimated within 2 % of the rows (Kusto docs, "percentile()"). Each
// answer is the same in each run.
func TestApproximationsStayWithinTheirBounds(t *testing.T) {
	const n = 100_000
	type bounded struct {
		query string
		want  float64
		bound float64
	}
	var cases []bounded
	for accuracy, percent := range []float64{1.6, 0.8, 0.4, 0.28, 0.2} {
		bound := 3 * percent / 100 * n
		for _, of := range []string{"x", "s"} {
			cases = append(cases,
				bounded{fmt.Sprintf("summarize e = dcount(%s, %d)", of, accuracy), n, bound},
				bounded{fmt.Sprintf("summarize h = hll(%s, %d) | project dcount_hll(h)", of, accuracy), n, bound},
				bounded{fmt.Sprintf("summarize h = hll(%s, %d) by part | summarize m = hll_merge(h) | project dcount_hll(m)", of, accuracy), n, bound})
		}
	}
	for _, p := range []float64{0, 1, 5, 25, 50, 75, 90, 95, 99, 99.9, 100} {
		cases = append(cases,
			bounded{fmt.Sprintf("summarize percentile(x, %v)", p), p / 100 * n, 0.02 * n},
			bounded{fmt.Sprintf("summarize t = tdigest(x) | project tolong(percentile_tdigest(t, %v))", p), p / 100 * n, 0.02 * n},
			bounded{fmt.Sprintf("summarize t = tdigest(x) by part | summarize m = tdigest_merge(t) | project tolong(percentile_tdigest(m, %v))", p), p / 100 * n, 0.02 * n},
			bounded{fmt.Sprintf("summarize t = tdigest(x) | project tolong(rank_tdigest(t, %v))", p/100*n), p / 100 * n, 0.02 * n})
	}
	for _, c := range cases {
		var first int64
		for run := range 2 {
			rows, _, err := runQuery(theNumbers + c.query)
			if err != nil {
				t.Fatalf("%s: %v", c.query, err)
			}
			got := rows[0][0].Long()
			if off := math.Abs(float64(got) - c.want); off > c.bound {
				t.Errorf("%s gives %d, which is %.0f off %.0f; at most %.0f is stated", c.query, got, off, c.want, c.bound)
			}
			if run == 0 {
				first = got
			} else if got != first {
				t.Errorf("%s gives %d, and %d in another run", c.query, first, got)
			}
		}
	}
}

// TestSmallNumbersAreExact: what would be estimated is counted while there is little of it.
func TestSmallNumbersAreExact(t *testing.T) {
	for query, want := range map[string]int64{
		"range x from 1 to 60000 step 1 | summarize dcount(x, 0)":                                       60000,
		"range x from 1 to 60000 step 1 | summarize h = hll(x, 0) | project dcount_hll(h)":              60000,
		"range x from 1 to 4001 step 1 | summarize percentile(x, 50)":                                   2001,
		"range x from 1 to 4001 step 1 | summarize t = tdigest(x) | project percentile_tdigest(t, 50)":  2001,
		"range x from 1 to 4001 step 1 | summarize t = tdigest(x) | project tolong(rank_tdigest(t, 7))": 7,
	} {
		rows, _, err := runQuery(query)
		if err != nil || rows[0][0].Long() != want {
			t.Errorf("%s gives %v, want %d (%v)", query, rows, want, err)
		}
	}
}
