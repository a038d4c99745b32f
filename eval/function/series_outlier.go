package function

import (
	"math"
	"slices"

	"github.com/seed-2512943d/picket/eval/scalar"
)

func outliers(args []scalar.Value) scalar.Value {
	series, ok := reals(args[0])
	if !ok {
		return scalar.Null(scalar.Dynamic)
	}
	low, high, test := 0.10, 0.90, 0
	tukey := false
	if v, ok := optional(args, 1); ok {
		switch v.Str() {
		case "tukey":
			tukey = true
		case "ctukey", "":
		default:
			return scalar.Null(scalar.Dynamic)
		}
	}
	if v, ok := optional(args, 2); ok {
		for i, f := range series {
			if f == element(v) {
				series[i] = math.NaN()
			}
		}
	}
	if v, ok := optional(args, 3); ok {
		low = element(v) / 100
	}
	if v, ok := optional(args, 4); ok {
		high = element(v) / 100
	}
	if v, ok := optional(args, 5); ok {
		test = int(min(max(v.Long(), 0), int64(len(series))))
	}
	if tukey {
		low, high = 0.25, 0.75
	}
	if !(0.02 <= low && low < high && high <= 0.98) {
		return scalar.Null(scalar.Dynamic)
	}
	return array(outlierScores(series, len(series)-test, low, high))
}

// outlierScores is Tukey's test with the fences of two quantiles of the first n elements.
// A missing element, NaN, scores 0.
func outlierScores(series []float64, n int, low, high float64) []float64 {
	scores := make([]float64, len(series))
	var learnt []float64
	for _, f := range series[:n] {
		if !math.IsNaN(f) {
			learnt = append(learnt, f)
		}
	}
	if len(learnt) == 0 {
		return scores
	}
	slices.Sort(learnt)
	from, to := quantile(learnt, low), quantile(learnt, high)
	unit := (to - from) / tukeyFactor(low, high)
	for i, f := range series {
		// Where the quantiles are one, an element beyond them is infinitely far out.
		switch {
		case f > to:
			scores[i] = (f - to) / unit
		case f < from:
			scores[i] = (f - from) / unit
		}
	}
	return scores
}

// quantile of a sorted series, interpolated between its elements.
func quantile(sorted []float64, q float64) float64 {
	at := q * float64(len(sorted)-1)
	i := int(at)
	if i+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[i] + (at-float64(i))*(sorted[i+1]-sorted[i])
}

// tukeyFactor makes scores of other quantiles comparable with those of the quartiles: where
// the elements are distributed normally, 1.5 is the same point.
func tukeyFactor(low, high float64) float64 {
	quartile := engineNormal(0.75)
	point := quartile + 1.5*2*quartile
	to := engineNormal(high)
	return 1.5 * (to - engineNormal(low)) / (point - to)
}

// engineNormal is the quantile of the normal distribution, bent so that the factor of the
// 10th and 90th percentile is that of the engine, 2.7726056, and not the exact 2.7147.
func engineNormal(q float64) float64 {
	const bend = 0.009389736895328937
	exact := math.Sqrt2 * math.Erfinv(2*q-1)
	quartile := math.Sqrt2 * math.Erfinv(0.5)
	return exact * (1 + bend*(exact*exact-quartile*quartile))
}
