package aggregate

import (
	"fmt"
	"strings"

	"github.com/seed-2512943d/picket/eval/function"
	"github.com/seed-2512943d/picket/eval/scalar"
)

// Percentiles are exact here at any size: the value at the nearest rank, which
// is the smallest that at least p percent of the values do not exceed. The
// engine estimates them in large groups.

func percentileAggregates() []Aggregate {
	array := prefixed("percentiles")
	return []Aggregate{
		{
			Sig: "percentile(expr: scalar, percentile: number constant): columns",
			Doc: "percentile gives the value that the given percentage of the values does not exceed, never one in between. Nulls are left out; of nothing it is null. Its column is named by PercentileName.",
			New: preparePercentile(false),
			Examples: []string{
				`toscalar(range x from 1 to 10 step 1 | summarize percentile(x, 50)) == 5`,
				`toscalar(datatable(x:real)[1.5, real(null), 2.5] | summarize percentile(x, 99.9)) == 2.5`,
				`isnull(toscalar(datatable(x:long)[] | summarize percentile(x, 50)))`,
			},
		},
		{
			Sig: "percentilew(expr: scalar, weight: integer, percentile: number constant): columns",
			Doc: "percentilew is percentile of values that stand as often as their weights say.",
			New: preparePercentile(true),
			Examples: []string{
				`toscalar(datatable(w:long, x:long)[8, 10, 6, 20, 3, 30, 1, 40] | summarize percentilew(x, w, 75)) == 20`,
				`isnull(toscalar(datatable(w:long, x:long)[] | summarize percentilew(x, w, 75)))`,
			},
		},
		{
			Sig:     "percentiles(expr: scalar, percentile: number constant{1,*}): columns",
			Doc:     "percentiles gives a column for each percentage: see percentile.",
			Special: true,
			Examples: []string{
				`toscalar(range x from 1 to 100 step 1 | summarize percentiles(x, 5, 95) | project percentile_x_95) == 95`,
				`isnull(toscalar(datatable(x:long)[] | summarize percentiles(x, 5, 95) | project percentile_x_5))`,
			},
		},
		{
			Sig:     "percentilesw(expr: scalar, weight: integer, percentile: number constant{1,*}): columns",
			Doc:     "percentilesw gives a column for each percentage: see percentilew.",
			Special: true,
			Examples: []string{
				`toscalar(datatable(w:long, x:long)[8, 10, 6, 20, 3, 30, 1, 40] | summarize percentilesw(x, w, 50, 99.9) | project percentile_x_99_9) == 40`,
				`toscalar(datatable(w:long, x:long)[8, 10, 6, 20, 3, 30, 1, 40] | summarize percentilesw(x, w, 50, 99.9) | project percentile_x_50) == 20`,
			},
		},
		{
			Sig: `percentiles_array(expr: scalar, percentile: number constant{1,*}): dynamic
			      percentiles_array(expr: scalar, percentiles: array constant): dynamic`,
			Doc:   "percentiles_array gives an array of an element for each percentage: see percentile.",
			Names: array,
			New:   preparePercentiles(false),
			Examples: []string{
				`tostring(toscalar(range x from 1 to 100 step 1 | summarize percentiles_array(x, 5, 50, 95))) == "[5,50,95]"`,
				`tostring(toscalar(range x from 1 to 100 step 1 | summarize percentiles_array(x, dynamic([5, 95])))) == "[5,95]"`,
			},
		},
		{
			Sig: `percentilesw_array(expr: scalar, weight: integer, percentile: number constant{1,*}): dynamic
			      percentilesw_array(expr: scalar, weight: integer, percentiles: array constant): dynamic`,
			Doc:   "percentilesw_array gives an array of an element for each percentage: see percentilew.",
			Names: array,
			New:   preparePercentiles(true),
			Examples: []string{
				`tostring(toscalar(datatable(w:long, x:long)[8, 10, 6, 20, 3, 30, 1, 40] | summarize percentilesw_array(x, w, 50, 75, 99.9))) == "[20,20,40]"`,
				`tostring(toscalar(datatable(w:long, x:long)[8, 10, 6, 20, 3, 30, 1, 40] | summarize percentilesw_array(x, w, dynamic([50, 75, 99.9])))) == "[20,20,40]"`,
			},
		},
	}
}

// PercentileName gives the name of percentile's column of a percentage: for the
// argument named x and 99.9 it is percentile_x_99_9.
func PercentileName(argument string, percentage scalar.Value) string {
	return "percentile_" + argument + "_" + strings.ReplaceAll(scalar.ToString(percentage), ".", "_")
}

// PercentileType gives the type of a percentile of values of type t.
func PercentileType(t scalar.Type) scalar.Type {
	switch t {
	case scalar.Int:
		return scalar.Long
	case scalar.Decimal:
		return scalar.Real
	}
	return t
}

// preparePercentile prepares percentile or percentilew.
func preparePercentile(weighted bool) prepare {
	return func(args []function.Arg) (func() Accumulator, scalar.Type, error) {
		make, err := NewPercentiles(args, weighted)
		if err != nil {
			return nil, scalar.NoType, err
		}
		return func() Accumulator { return make() }, PercentileType(args[0].Type), nil
	}
}

// preparePercentiles prepares percentiles_array or percentilesw_array.
func preparePercentiles(weighted bool) prepare {
	return func(args []function.Arg) (func() Accumulator, scalar.Type, error) {
		make, err := NewPercentiles(args, weighted)
		if err != nil {
			return nil, scalar.NoType, err
		}
		return func() Accumulator { return &percentileArray{make()} }, scalar.Dynamic, nil
	}
}

// NewPercentiles prepares a call of percentiles, or of percentilesw if weighted:
// from its arguments it makes the maker of accumulators with a column, of type
// PercentileType, for each percentage. Percentages must be constant numbers from
// 0 to 100.
func NewPercentiles(args []function.Arg, weighted bool) (func() RowAccumulator, error) {
	first := 1
	if weighted {
		first = 2
	}
	var percentages []float64
	for _, arg := range args[first:] {
		if !arg.Const {
			return nil, fmt.Errorf("a percentile must be a constant")
		}
		numbers := []scalar.Value{arg.Value}
		if arg.Value.Kind() == scalar.Array {
			numbers = nil
			for v := range arg.Value.Elements() {
				numbers = append(numbers, v)
			}
		}
		for _, v := range numbers {
			p, ok := number(v)
			if !ok || !(p >= 0 && p <= 100) {
				return nil, fmt.Errorf("a percentile must be a number from 0 to 100, not %s", scalar.ToString(v))
			}
			percentages = append(percentages, p)
		}
	}
	if len(percentages) == 0 {
		return nil, fmt.Errorf("at least one percentile is needed")
	}
	switch t := args[0].Type; t {
	case scalar.Int, scalar.Long, scalar.DateTime, scalar.TimeSpan:
		return ranksOf(wholeOrder(PercentileType(t)), percentages, weighted), nil
	case scalar.Real, scalar.Decimal:
		return ranksOf(realOrder(), percentages, weighted), nil
	default:
		return ranksOf(valueOrder(t), percentages, weighted), nil
	}
}

// percentileArray gives the percentiles in one dynamic array.
type percentileArray struct{ RowAccumulator }

func (p *percentileArray) Merge(other Accumulator) {
	p.RowAccumulator.Merge(other.(*percentileArray).RowAccumulator)
}

// Result gives the array; that of nothing is null, as the single percentiles are.
func (p *percentileArray) Result() scalar.Value {
	row := p.Row()
	if row[0].IsNull() {
		return scalar.Null(scalar.Dynamic)
	}
	return scalar.NewArray(row)
}
