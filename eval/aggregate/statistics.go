package aggregate

import (
	"encoding/binary"
	"math"

	"github.com/seed-2512943d/picket/eval/scalar"
)

func statisticsAggregates() []Aggregate {
	variance := overSummable(1, always(scalar.Real, func() Accumulator { return &spread{statistic: sampleVariance} }))
	variancep := overSummable(1, always(scalar.Real, func() Accumulator { return &spread{statistic: populationVariance} }))
	stdev := overSummable(1, always(scalar.Real, func() Accumulator { return &spread{statistic: sampleDeviation} }))
	stdevp := overSummable(1, always(scalar.Real, func() Accumulator { return &spread{statistic: populationDeviation} }))
	covariance := overSummable(2, always(scalar.Real, func() Accumulator { return &cospread{statistic: sampleVariance} }))
	covariancep := overSummable(2, always(scalar.Real, func() Accumulator { return &cospread{statistic: populationVariance} }))
	return []Aggregate{
		{
			Sig:   "variance(expr: summable): real",
			Doc:   "variance gives the variance of a sample, rounded to 10 decimal places as the engine does. Nulls are left out; of fewer than two values it is 0.",
			Names: prefixed("variance"),
			New:   variance,
			Examples: []string{
				`toscalar(range x from 1 to 5 step 1 | summarize variance(x)) == 2.5`,
				`toscalar(datatable(x:long)[] | summarize variance(x)) == 0`,
			},
		},
		{
			Sig:   "varianceif(expr: summable, predicate: bool): real",
			Doc:   "varianceif gives the variance of a sample: the rows for which the predicate is true.",
			Names: prefixed("varianceif"),
			New:   filter(1, variance),
			Examples: []string{
				`toscalar(range x from 1 to 100 step 1 | summarize varianceif(x, x % 2 == 0)) == 850`,
				`toscalar(range x from 1 to 100 step 1 | summarize varianceif(x, x > 100)) == 0`,
			},
		},
		{
			Sig:   "variancep(expr: summable): real",
			Doc:   "variancep gives the variance of a whole population, rounded to 10 decimal places as the engine does.",
			Names: prefixed("variancep"),
			New:   variancep,
			Examples: []string{
				`toscalar(range x from 1 to 5 step 1 | summarize variancep(x)) == 2`,
				`toscalar(datatable(x:long)[7] | summarize variancep(x)) == 0`,
			},
		},
		{
			Sig:   "variancepif(expr: summable, predicate: bool): real",
			Doc:   "variancepif gives the variance of a whole population: the rows for which the predicate is true.",
			Names: prefixed("variancepif"),
			New:   filter(1, variancep),
			Examples: []string{
				`toscalar(range x from 1 to 100 step 1 | summarize variancepif(x, x % 2 == 0)) == 833`,
				`toscalar(range x from 1 to 100 step 1 | summarize variancepif(x, x > 100)) == 0`,
			},
		},
		{
			Sig:   "stdev(expr: summable): real",
			Doc:   "stdev gives the standard deviation of a sample. Nulls are left out; of fewer than two values it is 0.",
			Names: prefixed("stdev"),
			New:   stdev,
			Examples: []string{
				`abs(toscalar(range x from 1 to 5 step 1 | summarize stdev(x)) - 1.58113883008419) < 1e-9`,
				`toscalar(datatable(x:real)[] | summarize stdev(x)) == 0`,
			},
		},
		{
			Sig:   "stdevif(expr: summable, predicate: bool): real",
			Doc:   "stdevif gives the standard deviation of a sample: the rows for which the predicate is true.",
			Names: prefixed("stdevif"),
			New:   filter(1, stdev),
			Examples: []string{
				`abs(toscalar(range x from 1 to 100 step 1 | summarize stdevif(x, x % 2 == 0)) - 29.1547594742265) < 1e-9`,
				`toscalar(range x from 1 to 100 step 1 | summarize stdevif(x, x > 100)) == 0`,
			},
		},
		{
			Sig:   "stdevp(expr: summable): real",
			Doc:   "stdevp gives the standard deviation of a whole population.",
			Names: prefixed("stdevp"),
			New:   stdevp,
			Examples: []string{
				`abs(toscalar(range x from 1 to 5 step 1 | summarize stdevp(x)) - 1.4142135623730951) < 1e-9`,
				`toscalar(datatable(x:real)[3.5, real(null)] | summarize stdevp(x)) == 0`,
			},
		},
		{
			// The engine names the column covariance_x_y, the analyzer covariance_x.
			Sig:   "covariance(x: summable, y: summable): real",
			Doc:   "covariance gives the covariance of a sample of pairs, rounded to 10 decimal places as the engine does. Pairs with a null are left out.",
			Names: prefixed("covariance"),
			New:   covariance,
			Examples: []string{
				`toscalar(datatable(x:real, y:real)[1.0, 14.0, 2.0, 10.0, 3.0, 17.0, 4.0, 20.0, 5.0, 50.0] | summarize covariance(x, y)) == 20.5`,
				`toscalar(range x from 1 to 5 step 1 | summarize covariance(x, x)) == 2.5`,
			},
		},
		{
			Sig:   "covarianceif(x: summable, y: summable, predicate: bool): real",
			Doc:   "covarianceif gives the covariance of a sample: the rows for which the predicate is true.",
			Names: prefixed("covarianceif"),
			New:   filter(2, covariance),
			Examples: []string{
				`toscalar(range x from 1 to 100 step 1 | extend y = iff(x % 2 == 0, x * 2, x * 3) | summarize covarianceif(x, y, x % 3 == 0)) == 2142`,
				`toscalar(range x from 1 to 5 step 1 | summarize covarianceif(x, -x, x < 4)) == -1`,
			},
		},
		{
			Sig:   "covariancep(x: summable, y: summable): real",
			Doc:   "covariancep gives the covariance of a whole population of pairs, rounded to 10 decimal places as the engine does.",
			Names: prefixed("covariancep"),
			New:   covariancep,
			Examples: []string{
				`toscalar(datatable(x:real, y:real)[1.0, 14.0, 2.0, 10.0, 3.0, 17.0, 4.0, 20.0, 5.0, 50.0] | summarize covariancep(x, y)) == 16.4`,
				`toscalar(range x from 1 to 5 step 1 | summarize covariancep(x, x)) == 2`,
			},
		},
		{
			Sig:   "covariancepif(x: summable, y: summable, predicate: bool): real",
			Doc:   "covariancepif gives the covariance of a whole population: the rows for which the predicate is true.",
			Names: prefixed("covariancepif"),
			New:   filter(2, covariancep),
			Examples: []string{
				`toscalar(range x from 1 to 100 step 1 | extend y = iff(x % 2 == 0, x * 2, x * 3) | summarize covariancepif(x, y, x % 3 == 0)) == 2077.0909090909`,
				`toscalar(range x from 1 to 5 step 1 | summarize covariancepif(x, x, x < 3)) == 0.25`,
			},
		},
	}
}

// statistic makes a result of n values and the sum of their squared distances
// from the mean.
type statistic func(squares float64, n int64) float64

func sampleVariance(squares float64, n int64) float64 {
	if n < 2 {
		return 0
	}
	return tenPlaces(squares / float64(n-1))
}

func populationVariance(squares float64, n int64) float64 {
	if n < 2 {
		return 0
	}
	return tenPlaces(squares / float64(n))
}

func sampleDeviation(squares float64, n int64) float64 {
	if n < 2 {
		return 0
	}
	return math.Sqrt(squares / float64(n-1))
}

func populationDeviation(squares float64, n int64) float64 {
	if n < 2 {
		return 0
	}
	return math.Sqrt(squares / float64(n))
}

// tenPlaces rounds to 10 decimal places. A number from 2^20 on has hardly more
// and stays as it is.
func tenPlaces(f float64) float64 {
	const places = 1e10
	if math.Abs(f) >= 1<<20 {
		return f
	}
	return math.Round(f*places) / places
}

// year2020 is the first tick of 2020.
const year2020 = 637_134_336_000_000_000

// distance is number, but counts a datetime from 2020, for its ticks to be exact
// in a real for 28 years to either side. No spread depends on the origin.
func distance(v scalar.Value) (f float64, ok bool) {
	if v.Kind() == scalar.DateTime {
		return float64(v.DateTime() - year2020), true
	}
	return number(v)
}

// spread follows mean and squared distances in one pass by Welford's method.
type spread struct {
	statistic statistic
	n         int64
	mean      float64
	squares   float64
}

func (s *spread) Add(args []scalar.Value) {
	if x, ok := distance(args[0]); ok {
		s.n++
		d := x - s.mean
		s.mean += d / float64(s.n)
		s.squares += d * (x - s.mean)
	}
}

func (s *spread) Merge(other Accumulator) {
	o := other.(*spread)
	if o.n == 0 {
		return
	}
	d, n := o.mean-s.mean, float64(s.n+o.n)
	s.squares += o.squares + d*d*float64(s.n)*float64(o.n)/n
	s.mean += d * float64(o.n) / n
	s.n += o.n
}

func (s *spread) Result() scalar.Value { return scalar.NewReal(s.statistic(s.squares, s.n)) }
func (s *spread) Size() int            { return 32 }

func (s *spread) MarshalBinary() ([]byte, error) {
	b := binary.AppendVarint(nil, s.n)
	return appendReal(appendReal(b, s.mean), s.squares), nil
}

func (s *spread) UnmarshalBinary(b []byte) error {
	in := reader{b: b}
	s.n, s.mean, s.squares = in.int(), in.real(), in.real()
	return in.close()
}

// cospread is spread for the products of two columns' distances.
type cospread struct {
	statistic    statistic
	n            int64
	meanX, meanY float64
	products     float64
}

func (s *cospread) Add(args []scalar.Value) {
	x, okX := distance(args[0])
	y, okY := distance(args[1])
	if !okX || !okY {
		return
	}
	s.n++
	d := x - s.meanX
	s.meanX += d / float64(s.n)
	s.meanY += (y - s.meanY) / float64(s.n)
	s.products += d * (y - s.meanY)
}

func (s *cospread) Merge(other Accumulator) {
	o := other.(*cospread)
	if o.n == 0 {
		return
	}
	dx, dy, n := o.meanX-s.meanX, o.meanY-s.meanY, float64(s.n+o.n)
	s.products += o.products + dx*dy*float64(s.n)*float64(o.n)/n
	s.meanX += dx * float64(o.n) / n
	s.meanY += dy * float64(o.n) / n
	s.n += o.n
}

func (s *cospread) Result() scalar.Value { return scalar.NewReal(s.statistic(s.products, s.n)) }
func (s *cospread) Size() int            { return 40 }

func (s *cospread) MarshalBinary() ([]byte, error) {
	b := binary.AppendVarint(nil, s.n)
	return appendReal(appendReal(appendReal(b, s.meanX), s.meanY), s.products), nil
}

func (s *cospread) UnmarshalBinary(b []byte) error {
	in := reader{b: b}
	s.n, s.meanX, s.meanY, s.products = in.int(), in.real(), in.real(), in.real()
	return in.close()
}
