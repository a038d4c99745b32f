package function

import (
	"math"

	"github.com/seed-2512943d/picket/eval/scalar"
)

var statisticColumns = []Column{
	{"min", scalar.Real}, {"min_idx", scalar.Long}, {"max", scalar.Real}, {"max_idx", scalar.Long},
	{"avg", scalar.Real}, {"stdev", scalar.Real}, {"variance", scalar.Real},
}

// seriesStatistics describe a series, and find the points that stand out.
func seriesStatistics() []Function {
	return []Function{
		{
			Sig: "series_stats(series: array, ignore_nonfinite: bool constant?): columns",
			Doc: "The least and the greatest element of a series and their places, the average, the sample's standard deviation and its variance; all null where an element is no finite number, unless such are to be ignored.",
			Impl: Raw(func(args []scalar.Value) scalar.Value {
				return scalar.NewArray(statistics(args)[:len(statisticColumns)])
			}),
			Examples: []string{
				`todouble(series_stats(dynamic([23, 46, 2, 87]))[0]) == 2`,
				`tostring(series_stats(dynamic([1, 2, 3]))) == "[1.0,0,3.0,2,2.0,1.0,1.0]"`,
			},
		},
		{
			Sig:  "series_stats_dynamic(series: array, ignore_nonfinite: bool constant?): dynamic",
			Doc:  "The statistics of series_stats as a bag, with the sum and the number of elements.",
			Impl: Raw(statisticsBag),
			Examples: []string{
				`todouble(series_stats_dynamic(dynamic([23, 46, 2, 87])).min) == 2`,
				`toint(series_stats_dynamic(dynamic([23, 46, 2, 87])).max_idx) == 3`,
				`todouble(series_stats_dynamic(dynamic([1, null, 3]), true).avg) == 2`,
			},
		},
		{
			Sig: `series_outliers(series: array, kind: string?, ignore_val: number?): dynamic
				series_outliers(series: array, kind: string, ignore_val: real, min_percentile: real, max_percentile: real?, test_points: integer?): dynamic`,
			Doc:   "How far each element stands outside the percentiles of its series, by Tukey's test: beyond 1.5 or -1.5 it is an outlier. The kind is ctukey, between the 10th and the 90th percentile unless said otherwise, or tukey, between the 25th and the 75th.",
			Names: NameRule{Kind: FirstArgument},
			Impl:  Raw(outliers),
			Examples: []string{
				`round(todouble(series_outliers(dynamic([-3, 2.4, 15, 3.9, 5, 6, 4.5, 5.2, 3, 4, 5, 16, 7, 5, 5, 4]))[0]), 6) == -1.904079`,
				`todouble(series_outliers(dynamic([1, 2, 3, 4, 5]), "tukey")[2]) == 0`,
				`todouble(series_outliers(dynamic([1, 2, 3, 4, 10]), "tukey")[4]) == 3`,
			},
		},
	}
}

// statistics gives the columns of series_stats, then the sum and the length.
func statistics(args []scalar.Value) []scalar.Value {
	ignore := false
	if v, ok := optional(args, 1); ok {
		ignore = v.Bool()
	}
	series, _ := reals(args[0])
	finite := make([]float64, 0, len(series))
	least, most := -1, -1
	for i, f := range series {
		if math.IsNaN(f) || math.IsInf(f, 0) {
			continue
		}
		finite = append(finite, f)
		if least < 0 || f < series[least] {
			least = i
		}
		if most < 0 || f > series[most] {
			most = i
		}
	}
	if len(finite) == 0 || len(finite) < len(series) && !ignore {
		return nulls(len(statisticColumns) + 2)
	}
	v := variance(finite)
	return []scalar.Value{
		scalar.NewReal(series[least]), scalar.NewLong(int64(least)),
		scalar.NewReal(series[most]), scalar.NewLong(int64(most)),
		scalar.NewReal(mean(finite)), scalar.NewReal(math.Sqrt(v)), scalar.NewReal(v),
		scalar.NewReal(sum(finite)), scalar.NewLong(int64(len(finite))),
	}
}

func statisticsBag(args []scalar.Value) scalar.Value {
	all := append(statisticColumns[:len(statisticColumns):len(statisticColumns)], Column{"sum", scalar.Real}, Column{"len", scalar.Long})
	return bag(all, statistics(args))
}

// variance is that of a sample; 0 for a single element.
func variance(series []float64) float64 {
	if len(series) < 2 {
		return 0
	}
	off := centered(series)
	return dot(off, off) / float64(len(series)-1)
}
