package function

import (
	"math"

	"github.com/seed-2512943d/picket/eval/scalar"
)

var (
	lineColumns = []Column{
		{"rsquare", scalar.Real}, {"slope", scalar.Real}, {"variance", scalar.Real},
		{"rvariance", scalar.Real}, {"interception", scalar.Real}, {"line_fit", scalar.Dynamic},
	}
	twoLineColumns = []Column{
		{"rsquare", scalar.Real}, {"split_idx", scalar.Long}, {"variance", scalar.Real}, {"rvariance", scalar.Real}, {"line_fit", scalar.Dynamic},
		{"right_rsquare", scalar.Real}, {"right_slope", scalar.Real}, {"right_interception", scalar.Real}, {"right_variance", scalar.Real}, {"right_rvariance", scalar.Real},
		{"left_rsquare", scalar.Real}, {"left_slope", scalar.Real}, {"left_interception", scalar.Real}, {"left_variance", scalar.Real}, {"left_rvariance", scalar.Real},
	}
)

// seriesFits lay lines and polynomials through a series by least squares.
func seriesFits() []Function {
	return []Function{
		{
			Sig:  "series_fit_line(series: array): columns",
			Doc:  "The line through a series over the places 1, 2, 3 …: how well it fits (1 is best), its slope, the variance of the series and of what the line leaves, its height at place 0, and its points.",
			Impl: Raw(func(args []scalar.Value) scalar.Value { return scalar.NewArray(lineParts(args[0])) }),
			Examples: []string{
				`round(todouble(series_fit_line(dynamic([2, 5, 6, 8, 11, 15, 17, 18, 25, 26, 30, 30]))[1]), 6) == 2.730769`,
				`round(todouble(series_fit_line(dynamic([1, 3, 5]))[4]), 9) == -1`,
			},
		},
		{
			Sig:  "series_fit_line_dynamic(series: array): dynamic",
			Doc:  "The results of series_fit_line as a bag.",
			Impl: Raw(func(args []scalar.Value) scalar.Value { return bag(lineColumns, lineParts(args[0])) }),
			Examples: []string{
				`todouble(series_fit_line_dynamic(dynamic([1, 3, 5])).slope) == 2`,
				`tostring(series_fit_line_dynamic(dynamic([1, 3, 5])).line_fit) == "[1.0,3.0,5.0]"`,
			},
		},
		{
			Sig:  "series_fit_2lines(array: array): columns",
			Doc:  "The two lines, one up to a place and one from it on, that together fit a series best: how well, the place, the variances, the points, and the results of each line over its own part.",
			Impl: Raw(func(args []scalar.Value) scalar.Value { return scalar.NewArray(twoLineParts(args[0])) }),
			Examples: []string{
				`toint(series_fit_2lines(dynamic([1, 2, 3, 9, 7, 5]))[1]) == 3`,
				`toint(series_fit_2lines(dynamic([1, 2.2, 2.5, 4.7, 5.0, 12, 10.3, 10.3, 9, 8.3, 6.2]))[1]) == 5`,
			},
		},
		{
			Sig:  "series_fit_2lines_dynamic(series: array): dynamic",
			Doc:  "The results of series_fit_2lines as a bag, with those of the two lines in the bags right and left.",
			Impl: Raw(twoLinesBag),
			Examples: []string{
				`toint(series_fit_2lines_dynamic(dynamic([1, 2, 3, 9, 7, 5])).split_idx) == 3`,
				`round(todouble(series_fit_2lines_dynamic(dynamic([1, 2, 3, 9, 7, 5])).right.slope), 9) == -2`,
			},
		},
		{
			Sig:  "series_fit_poly(y_series: array, x_series: array?, degree: int?): columns",
			Doc:  "The polynomial of a degree, 1 unless said otherwise, through a series over its places, from 1, or over another series: how well it fits, its coefficients from the highest power down, the variance of the series and of what the polynomial leaves, and its points.",
			Impl: Raw(polynomialParts),
			Examples: []string{
				`round(todouble(series_fit_poly(dynamic([1, 3, 7, 13]), dynamic([0, 1, 2, 3]), 2)[1][0]), 9) == 1`,
				`round(todouble(series_fit_poly(dynamic([1, 3, 5]))[1][0]), 9) == 2`,
				`round(todouble(series_fit_poly(dynamic([1, 3, 5]))[1][1]), 9) == -1`,
			},
		},
	}
}

// line is a fitted line: a + b x over the places of a series, counted from 0.
type line struct {
	a, b                         float64
	rsquare, variance, rvariance float64
	fit                          []float64
}

// fitLine lays the line through a series that is not empty.
func fitLine(series []float64) line {
	n := len(series)
	middle, square, slope := float64(n-1)/2, 0.0, 0.0
	for i, f := range series {
		x := float64(i) - middle
		square += x * x
		slope += x * f
	}
	if n > 1 {
		slope /= square
	}
	l := line{a: mean(series) - slope*middle, b: slope, fit: make([]float64, n)}
	for i := range l.fit {
		l.fit[i] = l.a + l.b*float64(i)
	}
	l.rsquare, l.variance, l.rvariance = quality(series, l.fit)
	return l
}

// quality tells how well fit stands for a series.
func quality(series, fit []float64) (rsquare, total, rest float64) {
	total = variance(series)
	left := make([]float64, len(series))
	for i, f := range series {
		left[i] = f - fit[i]
	}
	rest = variance(left)
	if total == 0 {
		return 1, total, rest
	}
	return 1 - rest/total, total, rest
}

func lineParts(v scalar.Value) []scalar.Value {
	series, ok := numbers(v)
	if !ok {
		return nulls(len(lineColumns))
	}
	l := fitLine(series)
	return append(realValues(l.rsquare, l.b, l.variance, l.rvariance, l.interception()), array(l.fit))
}

func realValues(reals ...float64) []scalar.Value {
	out := make([]scalar.Value, len(reals))
	for i, f := range reals {
		out[i] = scalar.NewReal(f)
	}
	return out
}

// interception is the height of the line at the place before the first, as the engine
// counts places from 1.
func (l line) interception() float64 { return l.a - l.b }

// values gives the columns that series_fit_2lines has for each of its lines.
func (l line) values() []scalar.Value {
	return realValues(l.rsquare, l.b, l.interception(), l.variance, l.rvariance)
}

func twoLineParts(v scalar.Value) []scalar.Value {
	series, ok := numbers(v)
	if !ok || len(series) < 2 {
		return nulls(len(twoLineColumns))
	}
	split := bestSplit(series)
	left, right := fitLine(series[:split]), fitLine(series[split:])
	fit := append(append([]float64(nil), left.fit...), right.fit...)
	rsquare, total, rest := quality(series, fit)
	parts := realValues(rsquare, float64(split), total, rest)
	parts[1] = scalar.NewLong(int64(split))
	parts = append(parts, array(fit))
	return append(append(parts, right.values()...), left.values()...)
}

// bestSplit finds the place where a second line begins such that the two leave the least.
func bestSplit(series []float64) int {
	series = centered(series)
	n := len(series)
	before, after := make([]float64, n+1), make([]float64, n+1)
	var grown lineSums
	for i, f := range series {
		grown.add(float64(i), f)
		before[i+1] = grown.rest()
	}
	grown = lineSums{}
	for i := n - 1; i >= 0; i-- {
		grown.add(float64(n-1-i), series[i])
		after[i] = grown.rest()
	}
	best := 1
	for i := 1; i < n; i++ {
		if before[i]+after[i] < before[best]+after[best] {
			best = i
		}
	}
	return best
}

// lineSums grows by points and knows what the line through them leaves.
type lineSums struct{ n, x, y, xx, xy, yy float64 }

func (s *lineSums) add(x, y float64) {
	s.n++
	s.x, s.y = s.x+x, s.y+y
	s.xx, s.xy, s.yy = s.xx+x*x, s.xy+x*y, s.yy+y*y
}

// rest is the sum of the squares of what the line leaves.
func (s *lineSums) rest() float64 {
	if s.n < 3 {
		return 0
	}
	xx, xy, yy := s.xx-s.x*s.x/s.n, s.xy-s.x*s.y/s.n, s.yy-s.y*s.y/s.n
	return math.Max(0, yy-xy*xy/xx)
}

func twoLinesBag(args []scalar.Value) scalar.Value {
	parts := twoLineParts(args[0])
	side := []Column{{"rsquare", scalar.Real}, {"slope", scalar.Real}, {"interception", scalar.Real}, {"variance", scalar.Real}, {"rvariance", scalar.Real}}
	cols := append(twoLineColumns[:5:5], Column{"right", scalar.Dynamic}, Column{"left", scalar.Dynamic})
	return bag(cols, append(parts[:5:5], bag(side, parts[5:10]), bag(side, parts[10:15])))
}
