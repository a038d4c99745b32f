package eval_test

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tidwall/gjson"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/eval/scalar"
)

// writtenTexts are texts of the column Text of records as JSON may write them.
var writtenTexts = []string{
	`"keymaterial"`, `"KeyMaterial"`, `"\u006beymaterial"`, `"KEYMATERIA\u004c"`, `"Keymaterial"`, `"\u212aeymaterial"`, `"ſecret key"`, `"\u017fecret key"`,
	`"say \"keymaterial\""`, `"{\"a\":\"key\\u006daterial\"}"`, `"a\\keymaterial"`, `"a\/keymaterial/b"`, `"a/keymaterial\/b"`, `"none \"of\" them"`, `"none"`, `""`, `null`,
	`{"a":"keymaterial"}`, `"secret key"`, `"keymaterials"`, `"rekeymaterial"`, `12345`, `"12345"`, `"tab\tkeymaterial"`, `"tab\u0009keymaterial"`, `"k\u00e9ymaterial"`, `"kéymaterial"`,
}

// writtenTable has a record for each of writtenTexts, in parts of a few, and records without Text between them.
func writtenTable() *eval.Table {
	records := func(from, to int) iter.Seq2[[]byte, error] {
		return func(yield func([]byte, error) bool) {
			for i := from; i < to; i++ {
				record := fmt.Sprintf(`{"Id":%d,"Filler":"%s","Other":"x"}`, i, strings.Repeat("-", 50))
				if i%5 == 0 {
					record = fmt.Sprintf(`{"Id":%d,"Other":"o%d","Text":%s}`, i, i%3, writtenTexts[i/5%len(writtenTexts)])
				}
				if !yield([]byte(record), nil) {
					return
				}
			}
		}
	}
	n := 20 * len(writtenTexts)
	cols := []eval.Column{{Name: "Id", Type: scalar.Long}, {Name: "Other", Type: scalar.String}, {Name: "Text", Type: scalar.String}}
	return &eval.Table{Name: "W", Columns: cols,
		Records: func(context.Context) iter.Seq2[[]byte, error] { return records(0, n) },
		Parts: func(context.Context) iter.Seq[iter.Seq2[[]byte, error]] {
			return func(yield func(iter.Seq2[[]byte, error]) bool) {
				for from := 0; from < n && yield(records(from, min(from+100, n))); from += 100 {
				}
			}
		},
	}
}

// TestPrefilter wants of a search before records are read that it changes no result, whatever the way in which a text is written.
func TestPrefilter(t *testing.T) {
	tables := eval.TableMap{"W": writtenTable()}
	for _, predicate := range []string{
		`Text == "keymaterial"`, `Text =~ "keymaterial"`, `Text has "keymaterial"`, `Text has_cs "keymaterial"`, `Text contains "keymaterial"`, `Text contains_cs "Keymaterial"`,
		`Text startswith "keymat"`, `Text startswith_cs "KEYMAT"`, `Text endswith "material"`, `Text endswith_cs "material"`, `Text hasprefix "secre"`, `Text hassuffix "cret"`,
		`Text !contains "keymaterial"`, `Text !has "keymaterial"`, `Text !~ "keymaterial"`, `Text contains "\"keymaterial\""`, `Text contains "a/keymaterial"`, `Text contains "a\\keymaterial"`,
		`Text has "secret" or Text has "keymaterial"`, `Text has "secret" or isempty(Text)`, `not(Text has "keymaterial")`, `Text in ("keymaterial", "secret key")`, `Text in~ ("KEYMATERIAL", "secret key")`,
		`Text !in ("keymaterial", "secret key")`, `Text contains "12345"`, `Text contains "tab\tkeymaterial"`, `Text contains "kéymaterial"`, `Text has "other"`, `Text contains "Text"`,
		`Id > 20 and Text contains "keymaterial" and Other == "o1"`, `Text contains "keymaterial" and Text contains "\\"`, `Text contains ""`, `Text contains "k"`,
	} {
		query := "W | where " + predicate + " | project Id, Text"
		want := ""
		for _, prefilter := range []eval.Prefilter{eval.PrefilterNever, eval.PrefilterAlways, eval.PrefilterAuto} {
			for _, workers := range []int{1, 2, 7} {
				p, err := eval.Compile(query, eval.WithPrefilter(prefilter), eval.WithWorkers(workers), eval.WithSchemas(tables))
				if err != nil {
					t.Fatal(err)
				}
				got := strings.Join(transcript(p.Run(t.Context(), tables)), "\n")
				if prefilter == eval.PrefilterNever && workers == 1 {
					want = got
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s, prefilter %d, %d workers: -never +got:\n%s", predicate, prefilter, workers, diff)
				}
			}
		}
		// Rows of a datatable, whose texts no JSON spells, say what is right.
		var rows strings.Builder
		for i := range 20 * len(writtenTexts) {
			other, text := "x", ""
			if i%5 == 0 {
				other, text = fmt.Sprint("o", i%3), gjson.Parse(writtenTexts[i/5%len(writtenTexts)]).String()
			}
			fmt.Fprintf(&rows, "%d, %q, %+q,\n", i, other, text)
		}
		p, err := eval.Compile("datatable(Id: long, Other: string, Text: string)[" + rows.String() + "] | where " + predicate + " | count")
		if err != nil {
			t.Fatal(err)
		}
		count := strings.Join(transcript(p.Run(t.Context(), nil)), "")
		found := 0
		if want != "" {
			found = strings.Count(want, "\n") + 1
		}
		if got := fmt.Sprint(found); got != count {
			t.Errorf("%s: %s rows of records, %s of plain texts", predicate, got, count)
		}
	}
}
