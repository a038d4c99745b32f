package eval_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/eval/scalar"
)

// assertion is a one-cell check from a reference page.
type assertion struct {
	ID       string
	Query    string
	Expected string
	Type     string `json:"expected_type"`
}

// assertsFloor is how many assertions hold; fewer is a step back.
const assertsFloor = 178

// TestConformanceAsserts checks what the reference pages say of single calls. They print the
// empty string and null alike, as nothing.
func TestConformanceAsserts(t *testing.T) {
	passed, total := 0, 0
	for _, c := range readCases[assertion](t, "asserts.jsonl") {
		total++
		if err := checkAssertion(c); err != nil {
			t.Logf("%s: %v: %s", c.ID, err, c.Query)
			continue
		}
		passed++
	}
	t.Logf("asserts.jsonl: %d of %d cases pass", passed, total)
	if passed < assertsFloor {
		t.Errorf("%d assertions hold, want %d at least", passed, assertsFloor)
	}
}

func checkAssertion(c assertion) (err error) {
	rows, cols, err := runQuery(c.Query)
	if err != nil {
		return err
	}
	if len(rows) != 1 || len(rows[0]) != 1 {
		return fmt.Errorf("%d rows, want one cell", len(rows))
	}
	if got, want := displayed(rows[0][0]), displayedWant(c.Expected, cols[0].Type); got != want {
		return fmt.Errorf("got %s, want %s", got, want)
	}
	return nil
}

// runQuery compiles and runs a query without tables.
func runQuery(query string) (rows []eval.Row, cols []eval.Column, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	p, err := eval.Compile(query)
	if err != nil {
		return nil, nil, err
	}
	rows, err = p.Collect(ctx, nil)
	return rows, p.Columns(), err
}

// displayed writes a value as the reference pages show it: null and the empty string as
// nothing, numbers by their value.
func displayed(v scalar.Value) string {
	if v.IsNull() || v.Type() == scalar.String && v.Str() == "" {
		return ""
	}
	if v.Type() == scalar.String {
		return v.Str()
	}
	text := cellText(v)
	if v.Type() == scalar.Dynamic {
		text = strings.ReplaceAll(text, "real ", "")
	}
	return text
}

// displayedWant reads what a page shows as a value of the column's type.
func displayedWant(text string, t scalar.Type) string {
	switch text {
	case "", "null":
		return ""
	case "∞":
		text = "Infinity"
	case "-∞":
		text = "-Infinity"
	}
	switch t {
	case scalar.String:
		return text
	case scalar.Dynamic:
		if json.Valid([]byte(text)) {
			return strings.ReplaceAll(jsonText([]byte(text)), "real ", "")
		}
		return jsonText([]byte(strconv.Quote(text)))
	case scalar.Real:
		if f, err := strconv.ParseFloat(text, 64); err == nil {
			return realText(f)
		}
	}
	return displayed(scalar.Convert(scalar.NewString(text), t))
}

// document is an example of a reference page with its table.
type document struct {
	ID               string
	Query            string
	Columns          []struct{ Name, Type string }
	Rows             [][]*string
	CorrectedRows    [][]*string                   `json:"corrected_rows"`
	CorrectedColumns []struct{ Name, Type string } `json:"corrected_columns"`
	Ordered          bool
	Use              string
}

// documentsFloor is how many documented examples come out; fewer is a step back.
const documentsFloor = 28

func TestConformanceDocuments(t *testing.T) {
	passed, total := 0, 0
	for _, c := range readCases[document](t, "docs.jsonl") {
		if c.Use != "exact" {
			continue
		}
		total++
		if err := checkDocument(c); err != nil {
			t.Logf("%s: %v", c.ID, err)
			continue
		}
		passed++
	}
	t.Logf("docs.jsonl: %d of %d cases pass", passed, total)
	if passed < documentsFloor {
		t.Errorf("%d documented examples come out, want %d at least", passed, documentsFloor)
	}
}

func checkDocument(c document) error {
	rows, cols, err := runQuery(c.Query)
	if err != nil {
		return err
	}
	wantRows, wantCols := c.Rows, c.Columns
	if c.CorrectedRows != nil {
		wantRows = c.CorrectedRows
	}
	if c.CorrectedColumns != nil {
		wantCols = c.CorrectedColumns
	}
	if len(cols) != len(wantCols) {
		return fmt.Errorf("columns: got %v, want %v", cols, wantCols)
	}
	var got, want []string
	for _, row := range rows {
		var cells []string
		for _, v := range row {
			cells = append(cells, displayed(v))
		}
		got = append(got, strings.Join(cells, " | "))
	}
	for _, row := range wantRows {
		var cells []string
		for i, cell := range row {
			text := ""
			if cell != nil {
				text = *cell
			}
			cells = append(cells, displayedWant(text, cols[i].Type))
		}
		want = append(want, strings.Join(cells, " | "))
	}
	if !c.Ordered {
		slices.Sort(got)
		slices.Sort(want)
	}
	if !slices.Equal(got, want) {
		return fmt.Errorf("rows differ: got %v, want %v", got, want)
	}
	return nil
}

// TestConformanceErrors runs queries that must fail.
func TestConformanceErrors(t *testing.T) {
	for _, c := range readCases[assertion](t, "errors.jsonl") {
		if _, _, err := runQuery(c.Query); err == nil {
			t.Errorf("accepted: %s: %s", c.ID, c.Query)
		}
	}
}
