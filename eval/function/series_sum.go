package function

import (
	"math"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// seriesSums take one or two series together into a number.
func seriesSums() []Function {
	return []Function{
		{
			Sig:      "series_sum(series: array): real",
			Doc:      "The sum of a series; null where an element is no number.",
			Impl:     ofSeries(sum),
			Examples: []string{`series_sum(dynamic([1, 2, 3, 4])) == 10`, `isnull(series_sum(dynamic(["a"])))`},
		},
		{
			Sig:      "series_product(series: array): real",
			Doc:      "The product of a series; null where an element is no number.",
			Impl:     ofSeries(product),
			Examples: []string{`series_product(dynamic([1, 2, 3, 4])) == 24`, `isnull(series_product(dynamic(["a"])))`},
		},
		{
			Sig:      "series_magnitude(series: array): real",
			Doc:      "The length of a series as a vector: the root of the sum of its squares.",
			Impl:     ofSeries(magnitude),
			Examples: []string{`series_magnitude(dynamic([3, 4])) == 5`, `isnull(series_magnitude(dynamic(["a"])))`},
		},
		{
			Sig: `series_dot_product(series1: array, series2: array): real
				series_dot_product(series1: array, series2: number): real
				series_dot_product(series1: number, series2: array): real`,
			Doc:  "The dot product of two series of one length, either of which may be one number instead.",
			Impl: Raw(dotProduct),
			Examples: []string{
				`series_dot_product(dynamic([1, 2, 4]), dynamic([4, 2, 1])) == 12`,
				`series_dot_product(dynamic([2, 4, 8]), 2) == 28`,
			},
		},
		{
			Sig:  "series_pearson_correlation(series1: array, series2: array): real",
			Doc:  "Pearson's correlation coefficient of two series of one length; NaN where one is constant.",
			Impl: Raw(pearsonCorrelation),
			Examples: []string{
				`round(series_pearson_correlation(dynamic([1, 2, 3]), dynamic([2, 4, 6])), 9) == 1`,
				`round(series_pearson_correlation(dynamic([1, 2, 3]), dynamic([3, 2, 1])), 9) == -1`,
			},
		},
		{
			Sig:  "series_cosine_similarity(series1: array, series2: array, series1_magnitude: real?, series2_magnitude: real?): real",
			Doc:  "The cosine of the angle between two series as vectors of one length, whose magnitudes may be given.",
			Impl: Raw(cosineSimilarity),
			Examples: []string{
				`round(series_cosine_similarity(dynamic([0.1, 0.2, 0.1, 0.2]), dynamic([1, 2, 3, 4])), 8) == 0.92376043`,
				`series_cosine_similarity(dynamic([3, 4]), dynamic([3, 4]), 5.0, 5.0) == 1`,
			},
		},
	}
}

func sum(series []float64) (total float64) {
	for _, f := range series {
		total += f
	}
	return total
}

func product(series []float64) float64 {
	total := 1.0
	for _, f := range series {
		total *= f
	}
	return total
}

func dot(a, b []float64) (total float64) {
	for i, f := range a {
		total += f * b[i]
	}
	return total
}

func magnitude(series []float64) float64 { return math.Sqrt(dot(series, series)) }

// mean of a series that is not empty.
func mean(series []float64) float64 { return sum(series) / float64(len(series)) }

// twoSeries reads two series of one length.
func twoSeries(x, y scalar.Value) (a, b []float64, ok bool) {
	a, ok = numbers(x)
	b, ok2 := numbers(y)
	return a, b, ok && ok2 && len(a) == len(b)
}

func dotProduct(args []scalar.Value) scalar.Value {
	series, factor := args[0], args[1]
	if series.Type() != scalar.Dynamic {
		series, factor = factor, series
	}
	if factor.Type() != scalar.Dynamic {
		a, ok := numbers(series)
		if f := element(factor); ok && !math.IsNaN(f) {
			return scalar.NewReal(sum(a) * f)
		}
		return scalar.Null(scalar.Real)
	}
	if a, b, ok := twoSeries(series, factor); ok {
		return scalar.NewReal(dot(a, b))
	}
	return scalar.Null(scalar.Real)
}

func pearsonCorrelation(args []scalar.Value) scalar.Value {
	a, b, ok := twoSeries(args[0], args[1])
	if !ok {
		return scalar.Null(scalar.Real)
	}
	a, b = centered(a), centered(b)
	return scalar.NewReal(dot(a, b) / (magnitude(a) * magnitude(b)))
}

// centered is a series less its mean.
func centered(series []float64) []float64 {
	m := mean(series)
	out := make([]float64, len(series))
	for i, f := range series {
		out[i] = f - m
	}
	return out
}

func cosineSimilarity(args []scalar.Value) scalar.Value {
	a, b, ok := twoSeries(args[0], args[1])
	if !ok {
		return scalar.Null(scalar.Real)
	}
	lengths := [2]float64{magnitude(a), magnitude(b)}
	for i := range lengths {
		if given, ok := optional(args, 2+i); ok {
			lengths[i] = given.Real()
		}
	}
	return scalar.NewReal(dot(a, b) / (lengths[0] * lengths[1]))
}
