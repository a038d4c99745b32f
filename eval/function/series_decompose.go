package function

import (
	"github.com/seed-2512943d/picket/eval/scalar"
)

// seriesDecompositions take a series apart into what repeats, the trend and the rest.
func seriesDecompositions() []Function {
	return []Function{
		{
			Sig:  "series_decompose(series: array, period: integer?, trend: string?, test_points: integer?, seasonality_threshold: number?): columns",
			Doc:  "A series as baseline, seasonal part, trend and residual; the baseline is the two in the middle together. The period is looked for (-1) unless given, 0 being none; the trend is avg, linefit or none; test points at the end are not learnt from.",
			Impl: Raw(decompose),
			Examples: []string{
				`tostring(series_decompose(dynamic([1, 3, 5, 1, 3, 5, 2, 4, 6]), 3)[1]) == "[1.0,3.0,5.0,1.0,3.0,5.0,1.0,3.0,5.0]"`,
				`tostring(series_decompose(dynamic([1, 2, 3]), 0, "linefit")[3]) == "[0.0,0.0,0.0]"`,
				`tostring(series_decompose(dynamic([1, 2, 3]), 0)[2]) == "[2.0,2.0,2.0]"`,
			},
		},
		{
			Sig:  "series_decompose_anomalies(series: array, threshold: number?, period: integer?, trend: string?, test_points: integer?, method: string?, seasonality_threshold: number?): columns",
			Doc:  "The anomalies of a series, by the outliers of what its baseline leaves: 1 above, -1 below or 0, where the score is beyond the threshold, 1.5 unless said otherwise; the scores; and the baseline.",
			Impl: Raw(decomposeAnomalies),
			Examples: []string{
				`tostring(series_decompose_anomalies(dynamic([1, 2, 1, 2, 1, 50, 2, 1, 2, 1, 2]), 1.5, 0)[0]) == "[0,0,0,0,0,1,0,0,0,0,0]"`,
				`toint(series_decompose_anomalies(dynamic([9, 8, 9, 8, 9, -50, 9, 8, 9, 8, 9]), 1.5, 0)[0][5]) == -1`,
			},
		},
		{
			Sig:  "series_decompose_forecast(series: array, test_points: integer, period: integer?, trend: string?, seasonality_threshold: number?): columns",
			Doc:  "The forecast of the last elements of a series from those before them, as the baseline of series_decompose, and its parts. The trend is linefit unless said otherwise.",
			Impl: Raw(decomposeForecast),
			Examples: []string{
				`round(todouble(series_decompose_forecast(dynamic([1, 2, 3, 4, 0, 0]), 2, 0)[0][5]), 9) == 6`,
				`todouble(series_decompose_forecast(dynamic([1, 3, 1, 3, 0, 0]), 2, 2, "none")[0][5]) == 3`,
			},
		},
	}
}

// decomposition says how a series is taken apart.
type decomposition struct {
	period int64   // 0 for none, -1 to look for it
	trend  string  // avg, linefit or none
	test   int64   // how many elements at the end are not learnt from
	least  float64 // the score of a period that is found
}

// settings reads a decomposition from arguments, by the place of each; trend is the default.
func settings(args []scalar.Value, period, trend, test, least int, by string) decomposition {
	d := decomposition{period: -1, trend: by, least: seasonScore}
	if v, ok := optional(args, period); ok {
		d.period = v.Long()
	}
	if v, ok := optional(args, trend); ok {
		d.trend = v.Str()
	}
	if v, ok := optional(args, test); ok {
		d.test = v.Long()
	}
	if v, ok := optional(args, least); ok {
		d.least = element(v)
	}
	return d
}

// of takes a series apart; ok is false where it is none, or the trend is unknown.
func (d decomposition) of(v scalar.Value) (baseline, season, trend, residual []float64, n int, ok bool) {
	series, ok := numbers(v)
	if !ok {
		return nil, nil, nil, nil, 0, false
	}
	n = learnable(len(series), d.test)
	season = seasonal(series, n, seasonPeriod(series[:n], d.period, d.least))
	left := make([]float64, n)
	for i := range left {
		left[i] = series[i] - season[i]
	}
	l := line{}
	switch d.trend {
	case "avg":
		l.a = mean(left)
	case "linefit":
		l = fitLine(left)
	case "none":
	default:
		return nil, nil, nil, nil, 0, false
	}
	for i, f := range series {
		trend = append(trend, l.a+l.b*float64(i))
		baseline = append(baseline, season[i]+trend[i])
		residual = append(residual, f-baseline[i])
	}
	return baseline, season, trend, residual, n, true
}

func (d decomposition) parts(v scalar.Value) scalar.Value {
	baseline, season, trend, residual, _, ok := d.of(v)
	if !ok {
		return nullParts(4)
	}
	return scalar.NewArray([]scalar.Value{array(baseline), array(season), array(trend), array(residual)})
}

func decompose(args []scalar.Value) scalar.Value {
	return settings(args, 1, 2, 3, 4, "avg").parts(args[0])
}

func decomposeForecast(args []scalar.Value) scalar.Value {
	return settings(args, 2, 3, 1, 4, "linefit").parts(args[0])
}

func decomposeAnomalies(args []scalar.Value) scalar.Value {
	threshold := 1.5
	if v, ok := optional(args, 1); ok {
		threshold = element(v)
	}
	low, high := 0.10, 0.90
	if v, ok := optional(args, 5); ok && v.Str() == "tukey" {
		low, high = 0.25, 0.75
	}
	baseline, _, _, residual, n, ok := settings(args, 2, 3, 4, 6, "avg").of(args[0])
	if !ok {
		return nullParts(3)
	}
	scores := outlierScores(residual, n, low, high)
	var flags scalar.ArrayBuilder
	for _, score := range scores {
		flag := int64(0)
		switch {
		case score > threshold:
			flag = 1
		case score < -threshold:
			flag = -1
		}
		flags.Append(scalar.NewLong(flag))
	}
	return scalar.NewArray([]scalar.Value{flags.Value(), array(scores), array(baseline)})
}
