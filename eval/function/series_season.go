package function

import (
	"cmp"
	"math"
	"slices"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// seriesSeasons find what repeats in a series.
func seriesSeasons() []Function {
	return []Function{
		{
			Sig: `series_seasonal(series: array): dynamic
				series_seasonal(series: array, period: integer): dynamic
				series_seasonal(series: array, period: integer, test_points: integer): dynamic`,
			Doc:  "The part of a series that repeats: for each place in the period the median of the elements there. The period is looked for unless given, and where there is none the part is 0. Test points at the end are not learnt from.",
			Impl: Raw(seasonalSeries),
			Examples: []string{
				`tostring(series_seasonal(dynamic([1, 3, 5, 1, 3, 5, 2, 4, 6]), 3)) == "[1.0,3.0,5.0,1.0,3.0,5.0,1.0,3.0,5.0]"`,
				`tostring(series_seasonal(dynamic([1, 3, 5, 2, 4, 6, 1, 3, 5, 2, 4, 6]))) == "[0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0]"`,
				`todouble(series_seasonal(dynamic([8, 12, 14, 12, 10, 10, 12, 14, 12, 10, 10, 12, 14, 12, 10, 10, 12, 14, 12, 10]))[0]) == 10`,
			},
		},
		{
			Sig:  "series_periods_detect(series: array, min_period: number, max_period: number, num_periods: long): columns",
			Doc:  "The periods of a series between two lengths that repeat best, and their scores from 0 to 1; zeros fill up the number asked for. A period has at least 4 elements and at most half of the series.",
			Impl: Raw(detectPeriods),
			Examples: []string{
				`todouble(series_periods_detect(dynamic([8, 12, 14, 12, 10, 8, 12, 14, 12, 10, 8, 12, 14, 12, 10, 8, 12, 14, 12, 10]), 4, 10, 1)[0][0]) == 5`,
				`tostring(series_periods_detect(dynamic([1, 1, 1, 1, 1, 1, 1, 1, 1, 1]), 4, 5, 2)[0]) == "[0.0,0.0]"`,
			},
		},
		{
			Sig:  "series_periods_validate(series: array, period: number{1,16}): columns",
			Doc:  "Given periods and the score of each in a series, from 0 to 1; 0 for one that does not repeat, or has less than 4 elements or more than half of the series.",
			Impl: Raw(validatePeriods),
			Examples: []string{
				`tostring(series_periods_validate(dynamic([1, 2, 3, 4, 5, 6, 7, 8]), 3)[1]) == "[0.0]"`,
				`todouble(series_periods_validate(dynamic([8, 12, 14, 12, 10, 8, 12, 14, 12, 10, 8, 12, 14, 12, 10, 8, 12, 14, 12, 10]), 5)[1][0]) > 0.6`,
			},
		},
	}
}

// seasonScore is the least score of a period that is taken for one.
const seasonScore = 0.6

func seasonalSeries(args []scalar.Value) scalar.Value {
	series, ok := numbers(args[0])
	if !ok {
		return scalar.Null(scalar.Dynamic)
	}
	period, test := int64(-1), int64(0)
	if v, ok := optional(args, 1); ok {
		period = v.Long()
	}
	if v, ok := optional(args, 2); ok {
		test = v.Long()
	}
	n := learnable(len(series), test)
	return array(seasonal(series, n, seasonPeriod(series[:n], period, seasonScore)))
}

// learnable is how many of n elements stand before the test points; one at least.
func learnable(n int, test int64) int { return n - int(min(max(test, 0), int64(n-1))) }

// seasonPeriod is the period to use: the one given; the best one for -1; 0 for none.
func seasonPeriod(series []float64, given int64, least float64) int {
	switch {
	case given > 0 && given <= int64(len(series)):
		return int(given)
	case given == -1:
		if found := periods(series, 4, len(series)/2); len(found) > 0 && found[0].score >= least {
			return found[0].length
		}
	}
	return 0
}

// seasonal repeats the medians of the first n elements of a series by their place in the
// period; without a period it is 0.
func seasonal(series []float64, n, period int) []float64 {
	out := make([]float64, len(series))
	for phase := range period {
		var same []float64
		for i := phase; i < n; i += period {
			same = append(same, series[i])
		}
		slices.Sort(same)
		for i := phase; i < len(out); i += period {
			out[i] = quantile(same, 0.5)
		}
	}
	return out
}

type cycle struct {
	length int
	score  float64
}

// periods finds the peaks of a series' autocorrelation, best first. A multiple of a period
// that scores no better says nothing new.
func periods(series []float64, least, most int) []cycle {
	most = min(most, len(series)/2)
	score := autocorrelation(series, len(series)/2)
	var found []cycle
	for p := max(least, 4); p <= most; p++ {
		if peak(score, p) {
			found = append(found, cycle{p, score[p]})
		}
	}
	found = slices.DeleteFunc(found, func(p cycle) bool {
		for d := 4; d <= p.length/2; d++ {
			if p.length%d == 0 && peak(score, d) && score[d] >= p.score {
				return true
			}
		}
		return false
	})
	slices.SortStableFunc(found, func(a, b cycle) int { return cmp.Compare(b.score, a.score) })
	return found
}

// peak reports whether the score of a period stands above those of its neighbours, and above
// what noise reaches in a series of twice as many elements as there are scores.
func peak(score []float64, p int) bool {
	noise := 2 / math.Sqrt(2*float64(len(score)))
	return p+1 < len(score) && score[p] > noise && score[p] > score[p-1] && score[p] > score[p+1]
}

// autocorrelation is a series' likeness to itself by the distance, 0 to most. The service
// does not document its score of a period; this one weighs a distance by the root of the
// part of the series that it leaves, and so lies between the two customary definitions.
func autocorrelation(series []float64, most int) []float64 {
	n := len(series)
	size := 1
	for size < 2*n {
		size *= 2
	}
	// The spectrum's squares transform back into the products at all distances at once.
	wave := make([]complex128, size)
	for i, f := range centered(series) {
		wave[i] = complex(f, 0)
	}
	wave = fourier(wave)
	for i, c := range wave {
		wave[i] = complex(real(c)*real(c)+imag(c)*imag(c), 0)
	}
	wave = inverseFourier(wave)
	out := make([]float64, most+1)
	total := real(wave[0])
	for p := range out {
		f := real(wave[p]) / total * math.Sqrt(float64(n)/float64(n-p))
		if total > 1e-12 {
			out[p] = min(f, 1)
		}
	}
	return out
}

func detectPeriods(args []scalar.Value) scalar.Value {
	series, ok := numbers(args[0])
	least, most := element(args[1]), element(args[2])
	wanted := args[3].Long()
	if !ok || math.IsNaN(least) || math.IsNaN(most) || args[3].IsNull() || wanted < 0 || wanted > int64(len(series)) {
		return nullParts(2)
	}
	found := periods(series, int(math.Ceil(min(max(least, 0), float64(len(series))))), int(min(max(most, 0), float64(len(series)))))
	lengths, scores := make([]float64, wanted), make([]float64, wanted)
	for i := range min(len(found), int(wanted)) {
		lengths[i], scores[i] = float64(found[i].length), found[i].score
	}
	return scalar.NewArray([]scalar.Value{array(lengths), array(scores)})
}

func validatePeriods(args []scalar.Value) scalar.Value {
	series, ok := numbers(args[0])
	if !ok {
		return nullParts(2)
	}
	score := autocorrelation(series, len(series)/2)
	lengths, scores := make([]float64, len(args)-1), make([]float64, len(args)-1)
	for i, v := range args[1:] {
		lengths[i] = element(v)
		if p := math.Round(lengths[i]); p >= 4 && p < float64(len(score)) && peak(score, int(p)) {
			scores[i] = score[int(p)]
		}
	}
	return scalar.NewArray([]scalar.Value{array(lengths), array(scores)})
}
