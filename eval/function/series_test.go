package function

import (
	"bufio"
	"encoding/json"
	"math"
	"os"
	"testing"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// TestSeriesOfTheEngine computes anew, from the random series that the real engine recorded
// beside them, the results of its functions.
func TestSeriesOfTheEngine(t *testing.T) {
	tests := []struct {
		id       string
		function string
		args     []scalar.Value // after the series
		series   string         // the column of the series
		want     []string       // the columns of the results
	}{
		{"series-decompose-function-00", "series_decompose", nil, "y", decomposed},
		{"series-decompose-function-01", "series_decompose", nil, "y", decomposed},
		{"series-decompose-function-02", "series_decompose", []scalar.Value{scalar.NewLong(-1), scalar.NewString("linefit")}, "y", decomposed},
		{"series-outliers-function-00", "series_outliers", nil, "series", []string{"outliers"}},
		{"series-fit-2lines-dynamic-function-00", "series_fit_line_dynamic", nil, "y", []string{"LineFit"}},
		{"series-fit-2lines-dynamic-function-00", "series_fit_2lines_dynamic", nil, "y", []string{"LineFit2"}},
		{"series-fit-line-function-00", "series_fit_line", nil, "y", []string{"RSquare", "Slope", "Variance", "RVariance", "Interception", "LineFit"}},
	}
	recorded := recordings(t)
	for _, test := range tests {
		columns, ok := recorded[test.id]
		if !ok {
			t.Errorf("%s is not recorded", test.id)
			continue
		}
		f, ok := Lookup(test.function)
		if !ok {
			t.Errorf("%s is not declared", test.function)
			continue
		}
		got := f.Impl.Call(append([]scalar.Value{columns[test.series]}, test.args...))
		for i, name := range test.want {
			part := got
			switch {
			case got.Kind() == scalar.Bag:
				part = got.Field("line_fit")
			case len(test.want) > 1:
				part = got.At(i)
			}
			if !near(part, columns[name]) {
				t.Errorf("%s: %s gives %.60s…, want %.60s…", test.id, name, scalar.ToString(part), scalar.ToString(columns[name]))
			}
		}
	}
}

var decomposed = []string{"series_decompose_y_baseline", "series_decompose_y_seasonal", "series_decompose_y_trend", "series_decompose_y_residual"}

// recordings reads the first row of each recorded case, by its id and column.
func recordings(t *testing.T) map[string]map[string]scalar.Value {
	t.Helper()
	f, err := os.Open("../../../shared/conformance/engine.jsonl")
	if err != nil {
		t.Skipf("the conformance material does not stand beside the module: %v", err)
	}
	defer f.Close()
	cases := make(map[string]map[string]scalar.Value)
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var c struct {
			ID      string
			Columns []struct{ Name string }
			Rows    [][]json.RawMessage
		}
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		if len(c.Rows) == 0 {
			continue
		}
		cases[c.ID] = make(map[string]scalar.Value)
		for i, col := range c.Columns {
			cases[c.ID][col.Name] = scalar.RawJSON(string(c.Rows[0][i]))
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return cases
}

// near compares numbers, or series of them, to nine digits.
func near(got, want scalar.Value) bool {
	a, ok := reals(got)
	b, ok2 := reals(want)
	if !ok && !ok2 {
		a, b = []float64{element(got)}, []float64{element(want)}
	}
	if len(a) != len(b) || len(a) == 0 {
		return false
	}
	for i := range a {
		if !(math.Abs(a[i]-b[i]) <= 1e-9*math.Max(1, math.Abs(b[i]))) {
			return false
		}
	}
	return true
}

// TestFourierOfAnyLength compares the fast transform with its definition.
func TestFourierOfAnyLength(t *testing.T) {
	for n := 1; n <= 40; n++ {
		x := make([]complex128, n)
		for i := range x {
			x[i] = complex(float64(i*i%7), float64(i%3))
		}
		for k, got := range fourier(x) {
			var want complex128
			for i, c := range x {
				want += c * root(-i*k, n)
			}
			if d := got - want; math.Hypot(real(d), imag(d)) > 1e-9 {
				t.Fatalf("length %d, place %d: %v, want %v", n, k, got, want)
			}
		}
	}
}
