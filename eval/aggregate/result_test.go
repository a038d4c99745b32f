package aggregate

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/seed-2512943d/picket/eval/function"
	"github.com/seed-2512943d/picket/eval/scalar"
)

// column turns texts into values of a type; "null" is null, also in a dynamic.
func column(t scalar.Type, texts ...string) []scalar.Value {
	values := make([]scalar.Value, len(texts))
	for i, s := range texts {
		switch {
		case s == "null":
			values[i] = scalar.Null(t)
		case t == scalar.Dynamic:
			values[i] = scalar.ParseJSON(s)
		default:
			values[i] = scalar.Convert(scalar.NewString(s), t)
		}
	}
	return values
}

// TestResults gives one column, and constants behind it, to aggregates.
func TestResults(t *testing.T) {
	numbers := func(ns ...int64) (vs []scalar.Value) {
		for _, n := range ns {
			vs = append(vs, scalar.NewLong(n))
		}
		return vs
	}
	const long, real, str, dyn = scalar.Long, scalar.Real, scalar.String, scalar.Dynamic
	for _, c := range []struct {
		aggregate string
		of        scalar.Type
		values    string // between bars
		constants []scalar.Value
		want      string // JSON
	}{
		{"count", long, "1|null", nil, "2"},
		{"count", long, "", nil, "0"},
		{"dcount", long, "1|null|1|2", nil, "2"},
		{"dcount", long, "", nil, "0"},
		{"dcount", str, "a||a", nil, "2"},
		{"dcount", dyn, `1|"1"|1.0|{"a": 1}|{"a":1}`, numbers(4), "3"},
		{"count_distinct", real, "1|1.5|null|1", nil, "2"},

		{"sum", scalar.Int, "1|2|null", nil, "3"},
		{"sum", long, "", nil, "0"},
		{"sum", long, "9223372036854775807|1", nil, "-9223372036854775808"},
		{"sum", real, "", nil, "0.0"},
		{"sum", scalar.TimeSpan, "1h|30m", nil, `"01:30:00"`},
		{"avg", long, "1|2|null", nil, "1.5"},
		{"avg", long, "", nil, `"NaN"`},
		{"avg", real, "", nil, `"NaN"`},
		{"avg", real, "27.5|21.0|19.0|23.6|17.0|17.9|16.9|20.1|21.9|22.6|23.1|19.6|19.0|21.7|21.4", nil, "20.819999999999997"},
		{"avg", scalar.TimeSpan, "-1s|-2s", nil, `"-00:00:01.5000000"`},
		{"avg", scalar.TimeSpan, "null", nil, "null"},
		{"avg", scalar.DateTime, "9999-12-31|9999-12-31|9999-12-29|9999-12-29", nil, `"9999-12-30T00:00:00.0000000Z"`},

		{"sum", scalar.DateTime, "9999-12-31|2020-01-01", nil, "null"},

		{"min", long, "3|null|2", nil, "2"},
		{"min", str, "b||B", nil, `""`},
		{"max", str, "b||B", nil, `"b"`},
		{"max", str, "", nil, `""`},
		{"max", scalar.Bool, "false|true|null", nil, "true"},
		{"max", scalar.DateTime, "", nil, "null"},
		{"take_anyif", long, "", nil, "null"},

		{"make_list", long, "3|null|1|3", nil, "[3,1,3]"},
		{"make_list", str, "a||b", nil, `["a","","b"]`},
		{"make_list", real, "1|2.5", nil, "[1.0,2.5]"},
		{"make_list", dyn, `[1]|{"a":null}|null`, nil, `[1,{"a":null}]`},
		{"make_list", long, "1|2|3", numbers(2), "[1,2]"},
		{"make_list", long, "", nil, "[]"},
		{"make_list_with_nulls", long, "3|null", nil, "[3,null]"},
		{"make_list_with_nulls", dyn, `null|"null"`, nil, `[null,"null"]`},
		{"make_set", long, "3|null|1|3", nil, "[3,1]"},
		{"make_set", str, "b|a|b", nil, `["b","a"]`},
		{"make_set", dyn, `[1,2]|[2,[3]]|"a"`, nil, `[1,2,[3],"a"]`},
		{"make_set", long, "1|2|1|3", numbers(2), "[1,2]"},
		{"make_set", long, "", nil, "[]"},
		{"make_bag", dyn, `{"a":1,"b":2}|7|null|{"a":3,"c":4}`, nil, `{"a":1,"b":2,"c":4}`},
		{"make_bag", dyn, `{"a":1,"b":2}|{"c":4}`, numbers(2), `{"a":1,"b":2}`},
		{"make_bag", dyn, "", nil, "{}"},
		{
			"buildschema", dyn, `{"x":1,"y":3.5}|{"x":"somevalue","z":[1,2,3]}|{"y":{"w":"zzz"},"t":["aa","bb"],"z":["foo"]}`, nil,
			"{\"x\":[\"long\",\"string\"],\"y\":[{\"w\":\"string\"},\"double\"],\"z\":{\"`indexer`\":[\"long\",\"string\"]},\"t\":{\"`indexer`\":\"string\"}}",
		},
		{"buildschema", dyn, "null", nil, "null"},

		{"variance", long, "1|2|3|4|5", nil, "2.5"},
		{"variancep", long, "1|2|3|4|5", nil, "2.0"},
		{"stdev", long, "1|2|3|4|5", nil, "1.5811388300841898"},
		{"stdevp", long, "1|2|3|4|5|null", nil, "1.4142135623730951"},
		{"variance", real, "27.5|21.0|19.0|23.6|17.0|17.9|16.9|20.1|21.9|22.6|23.1|19.6|19.0|21.7|21.4", nil, "7.8674285714"},
		{"variance", long, "7", nil, "0.0"},
		{"stdev", long, "", nil, "0.0"},

		{"percentile", long, "40|10|30|20|null", numbers(50), "20"},
		{"percentile", long, "40|10|30|20", numbers(0), "10"},
		{"percentile", long, "40|10|30|20", numbers(100), "40"},
		{"percentile", scalar.Decimal, "1.5|2.5", numbers(99), "2.5"},
		{"percentile", str, "b|a|c", numbers(50), `"b"`},
		{"percentile", long, "", numbers(50), "null"},
		{"percentiles_array", long, "1|2|3|4|5|6|7|8|9|10", numbers(5, 50, 95), "[1,5,10]"},
		{"percentiles_array", long, "", numbers(5), "null"},

		{"hll", long, "", nil, "null"},
		{"hll_merge", dyn, `"no sketch"`, nil, "null"},
		{"tdigest", long, "null", nil, "null"},
		{"tdigest", long, "2|1|2", nil, `["long",[1.0,2.0],[1.0,2.0]]`},
		{"tdigest_merge", dyn, `["long",[1.0,2.0],[1.0,2.0]]|["long",[3.0]]|["long",[0.0],[5]]`, nil, `["long",[0.0,1.0,2.0],[5.0,1.0,2.0]]`},

		{"binary_all_or", long, "5|null|2", nil, "7"},
		{"binary_all_and", scalar.Int, "6|3", nil, "2"},
		{"binary_all_xor", long, "", nil, "null"},
	} {
		e, ok := Lookup(c.aggregate)
		if !ok {
			t.Fatalf("%s is not declared", c.aggregate)
		}
		args := []function.Arg{{Type: c.of}}
		for _, v := range c.constants {
			args = append(args, function.Arg{Type: v.Type(), Const: true, Value: v})
		}
		if strings.HasSuffix(c.aggregate, "if") {
			args = append(args, function.Arg{Type: scalar.Bool})
		}
		fresh, _, err := e.New(args)
		if err != nil {
			t.Errorf("%s: %v", c.aggregate, err)
			continue
		}
		acc := fresh()
		if c.values != "" {
			for _, v := range column(c.of, strings.Split(c.values, "|")...) {
				acc.Add(append([]scalar.Value{v}, c.constants...))
			}
		}
		if got := text(acc.Result()); got != c.want {
			t.Errorf("%s of %s %q gives %s, not %s", c.aggregate, c.of, c.values, got, c.want)
		}
	}
}

func TestRefusedArguments(t *testing.T) {
	typed := func(t scalar.Type) function.Arg { return function.Arg{Type: t} }
	constant := func(s string) function.Arg {
		v := scalar.ParseJSON(s)
		return function.Arg{Type: v.Type(), Const: true, Value: v}
	}
	for _, c := range []struct {
		aggregate string
		args      []function.Arg
		want      string
	}{
		{"sum", []function.Arg{typed(scalar.Dynamic)}, "values of type dynamic cannot be added up"},
		{"avg", []function.Arg{typed(scalar.String)}, "values of type string have no mean"},
		{"stdev", []function.Arg{typed(scalar.Dynamic)}, "values of type dynamic cannot be added up"},
		{"covariance", []function.Arg{typed(scalar.Long), typed(scalar.Bool)}, "values of type bool cannot be added up"},
		{"make_list", []function.Arg{typed(scalar.Long), typed(scalar.Long)}, "maxSize must be a constant"},
		{"make_set", []function.Arg{typed(scalar.Long), constant("-1")}, "maxSize must be a whole number from 0 to 1048576"},
		{"dcount", []function.Arg{typed(scalar.Long), constant("5")}, "accuracy must be a whole number from 0 to 4"},
		{"percentile", []function.Arg{typed(scalar.Long), typed(scalar.Long)}, "a percentile must be a constant"},
		{"percentile", []function.Arg{typed(scalar.Long), constant("101")}, "a percentile must be a number from 0 to 100, not 101"},
		{"percentiles_array", []function.Arg{typed(scalar.Long), constant("[]")}, "at least one percentile is needed"},
	} {
		e, _ := Lookup(c.aggregate)
		if _, _, err := e.New(c.args); err == nil || err.Error() != c.want {
			t.Errorf("%s: %v, want %s", c.aggregate, err, c.want)
		}
	}
}

// TestRows tests the accumulators of several columns, merging at every place.
func TestRows(t *testing.T) {
	percentiles := func() RowAccumulator {
		weights := []function.Arg{{Type: scalar.Int}, {Type: scalar.Long}}
		for _, p := range []float64{50, 75, 99.9} {
			weights = append(weights, function.Arg{Type: scalar.Real, Const: true, Value: scalar.NewReal(p)})
		}
		fresh, err := NewPercentiles(weights, true)
		if err != nil {
			t.Fatal(err)
		}
		return fresh()
	}
	for _, c := range []struct {
		name        string
		fresh       func() RowAccumulator
		first, next string // the columns, between bars
		want        string
	}{
		{"arg_max", func() RowAccumulator { return NewArgMax(2, false) }, "1|3|null|3", "10|20|30|40", "[3,20]"},
		{"arg_max of nulls", func() RowAccumulator { return NewArgMax(2, false) }, "null|null", "10|20", "[null,10]"},
		{"arg_min", func() RowAccumulator { return NewArgMax(2, true) }, "null|3|1|1", "10|20|30|40", "[1,30]"},
		{"arg_max of nothing", func() RowAccumulator { return NewArgMax(2, false) }, "", "", "[null,null]"},
		{"take_any", func() RowAccumulator { return NewTakeAny(2) }, "null|1", "null|2", "[null,null]"},
		{"take_any of one", func() RowAccumulator { return NewTakeAny(1) }, "null|7|8", "1|2|3", "[7]"},
		{"percentilesw", percentiles, "10|20|30|40", "8|6|3|1", "[20,20,40]"},
		{"percentilesw of nothing", percentiles, "10|20|null", "0|-1|5", "[null,null,null]"},
	} {
		var rows [][]scalar.Value
		if c.first != "" {
			next := column(scalar.Long, strings.Split(c.next, "|")...)
			for i, v := range column(scalar.Int, strings.Split(c.first, "|")...) {
				rows = append(rows, []scalar.Value{v, next[i]})
			}
		}
		for cut := range len(rows) + 1 {
			left, right, back := c.fresh(), c.fresh(), c.fresh()
			addReused(left, rows[:cut])
			addReused(right, rows[cut:])
			state, err := right.MarshalBinary()
			if err == nil {
				err = back.UnmarshalBinary(state)
			}
			if err != nil {
				t.Fatalf("%s: %v", c.name, err)
			}
			left.Merge(back)
			if got := text(scalar.NewArray(left.Row())); got != c.want {
				t.Errorf("%s merged at %d: %s, want %s", c.name, cut, got, c.want)
			}
		}
	}
}

func TestPercentileName(t *testing.T) {
	for p, want := range map[float64]string{50: "percentile_x_50", 99.9: "percentile_x_99_9", 0.5: "percentile_x_0_5"} {
		if got := PercentileName("x", scalar.NewReal(p)); got != want {
			t.Errorf("%v: %s, want %s", p, got, want)
		}
	}
}

// TestSketchAtSize holds the sketches to their stated accuracy where they are
// no longer exact.
func TestSketchAtSize(t *testing.T) {
	const n = 300_000
	for accuracy, bound := range []float64{0.05, 0.025, 0.012, 0.009, 0.006} { // three usual errors
		fresh, _, err := All()["dcount"].New([]function.Arg{{Type: scalar.Long},
			{Type: scalar.Long, Const: true, Value: scalar.NewLong(int64(accuracy))}})
		if err != nil {
			t.Fatal(err)
		}
		whole, left, right := fresh(), fresh(), fresh()
		for i := range int64(n) {
			row := []scalar.Value{scalar.NewLong(i)}
			whole.Add(row)
			if i%5 == 0 {
				left.Add(row)
			} else {
				right.Add(row)
			}
		}
		left.Merge(right)
		if a, b := whole.Result().Long(), left.Result().Long(); a != b {
			t.Errorf("accuracy %d: %d, but merged %d", accuracy, a, b)
		}
		if got := float64(whole.Result().Long()); math.Abs(got-n)/n > bound {
			t.Errorf("accuracy %d: %v different values, not %d", accuracy, got, n)
		}
	}
}

func TestReducedSketch(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	fine, coarse := hyperLogLog{precision: 16}, hyperLogLog{precision: 12}
	for range 100_000 {
		hash := r.Uint64()
		fine.insert(hash)
		coarse.insert(hash)
	}
	parsed, ok := parseHyperLogLog(fine.value())
	if !ok {
		t.Fatal("a sketch cannot be read back")
	}
	parsed.reduce(12)
	if text(parsed.value()) != text(coarse.value()) {
		t.Error("a reduced sketch differs from one made so")
	}
}

func TestDigestAtSize(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	var d digest
	d.of = scalar.Real
	for _, i := range r.Perm(100_000) {
		d.insert(centroid{float64(i + 1), 1})
	}
	sketch := d.Result()
	if len(d.centroids) > exactCentroids {
		t.Errorf("%d centroids are left", len(d.centroids))
	}
	for _, p := range []float64{0, 0.1, 1, 25, 50, 75, 99, 99.9, 100} {
		got := PercentileTDigest([]scalar.Value{sketch, scalar.NewReal(p)}).Real()
		if want := p * 1000; math.Abs(got-want) > 0.002*100_000 {
			t.Errorf("percentile %v is %v, not about %v", p, got, want)
		}
	}
	if got := RankTDigest([]scalar.Value{sketch, scalar.NewLong(68_500)}).Real(); math.Abs(got-68_500) > 200 {
		t.Errorf("the rank of 68500 is %v", got)
	}
}

func TestSketchFunctions(t *testing.T) {
	sketchOf := func(name string, of scalar.Type, texts ...string) scalar.Value {
		fresh, _, err := All()[name].New([]function.Arg{{Type: of}})
		if err != nil {
			t.Fatal(err)
		}
		acc := fresh()
		for _, v := range column(of, texts...) {
			acc.Add([]scalar.Value{v})
		}
		return acc.Result()
	}
	a, b := sketchOf("hll", scalar.Long, "1", "2"), sketchOf("hll", scalar.Long, "2", "3")
	times := sketchOf("tdigest", scalar.DateTime, "2020-01-01", "2020-01-02", "2020-01-03")
	reals := sketchOf("tdigest", scalar.Real, "1", "Infinity")
	p50, null := scalar.NewLong(50), scalar.Null(scalar.Dynamic)
	for _, c := range []struct {
		got  scalar.Value
		want string
	}{
		{DcountHLL([]scalar.Value{MergeHLL([]scalar.Value{a, null, b})}), "3"},
		{DcountHLL([]scalar.Value{null}), "null"},
		{DcountHLL([]scalar.Value{scalar.ParseJSON(`[[65536,14],["x"],""]`)}), "null"},
		{MergeHLL([]scalar.Value{null}), "null"},
		{PercentileTDigest([]scalar.Value{times, p50}), `"2020-01-02T00:00:00.0000000Z"`},
		{PercentileTDigest([]scalar.Value{null, p50}), "null"},
		{PercentileTDigest([]scalar.Value{times, scalar.NewLong(101)}), "null"},
		{PercentilesArrayTDigest([]scalar.Value{reals, p50, scalar.NewLong(100)}), `[1.0,"Infinity"]`},
		{PercentilesArrayTDigest([]scalar.Value{MergeTDigests([]scalar.Value{reals, reals}), scalar.ParseJSON("[50,100]")}), `[1.0,"Infinity"]`},
		{RankTDigest([]scalar.Value{reals, scalar.NewReal(7)}), "1.0"},
		{RankTDigest([]scalar.Value{null, p50}), "null"},
	} {
		if got := text(c.got); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}
