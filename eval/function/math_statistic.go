package function

import (
	"math"

	"github.com/seed-2512943d/picket/eval/scalar"
)

func statisticFunctions() []Function {
	first := NameRule{Kind: FirstArgument}
	return []Function{
		{
			Sig:      "gamma(number: number): real",
			Doc:      "The gamma function.",
			Names:    first,
			Impl:     F1(math.Gamma),
			Examples: []string{`gamma(5) == 24`, `isnull(gamma(int(null)))`},
		},
		{
			Sig:      "loggamma(number: number): real",
			Doc:      "The natural logarithm of the absolute value of the gamma function.",
			Names:    first,
			Impl:     F1(logGamma),
			Examples: []string{`round(loggamma(5), 6) == 3.178054`, `loggamma(1) == 0`},
		},
		{
			Sig:      "erf(number: number): real",
			Doc:      "The error function.",
			Names:    first,
			Impl:     F1(math.Erf),
			Examples: []string{`erf(0) == 0`, `round(erf(1), 6) == 0.842701`},
		},
		{
			Sig:      "erfc(number: number): real",
			Doc:      "The complementary error function, 1 - erf(x).",
			Names:    first,
			Impl:     F1(math.Erfc),
			Examples: []string{`erfc(0) == 1`, `round(erfc(1), 6) == 0.157299`},
		},
		{
			Sig:  "beta_pdf(x: number, alpha: number, beta: number): real",
			Doc:  "The density of the beta distribution; NaN where x is not between 0 and 1, or a parameter not above 0.",
			Impl: F3(betaDensity),
			Examples: []string{
				`round(beta_pdf(0.5, 10, 20), 6) == 0.746176`,
				`isnan(beta_pdf(1.5, 10, 20))`,
				`isnan(beta_pdf(0.1, -1, 20))`,
			},
		},
		{
			Sig:  "beta_cdf(x: number, alpha: number, beta: number): real",
			Doc:  "The probability that a value of the beta distribution is at most x; NaN where x is not from 0 to 1.",
			Impl: F3(betaProbability),
			Examples: []string{
				`round(beta_cdf(0.9, 10.0, 20.0), 9) == 1`,
				`isnan(beta_cdf(1.5, 10.0, 20.0))`,
				`beta_cdf(0.1, -1.0, 20.0) == 1`,
			},
		},
		{
			Sig:  "beta_inv(probability: number, alpha: number, beta: number): real",
			Doc:  "The x at which beta_cdf gives a probability; null where that is not from 0 to 1, NaN where a parameter is not above 0.",
			Impl: Raw(betaInverse),
			Examples: []string{
				`round(beta_inv(0.1, 10.0, 20.0), 6) == 0.226415`,
				`isnull(beta_inv(1.5, 10.0, 20.0))`,
				`isnan(beta_inv(0.1, -1.0, 20.0))`,
			},
		},
		{
			Sig:  "welch_test(mean1: number, variance1: number, count1: number, mean2: number, variance2: number, count2: number): real",
			Doc:  "The p-value of Welch's t-test: how likely two samples with such means differ by chance.",
			Impl: Raw(welchTest),
			Examples: []string{
				`round(welch_test(20.82, 7.8674285714, 15, 22.986666666666668, 3.8126666667, 15), 3) == 0.021`,
				`round(welch_test(5, 1, 10, 5, 2, 10), 9) == 1`,
			},
		},
	}
}

func logGamma(f float64) float64 {
	lg, _ := math.Lgamma(f)
	return lg
}

func betaDensity(x, alpha, beta float64) float64 {
	if !(x > 0 && x < 1 && alpha > 0 && beta > 0) {
		return math.NaN()
	}
	return math.Exp((alpha-1)*math.Log(x) + (beta-1)*math.Log1p(-x) - logBeta(alpha, beta))
}

func betaProbability(x, alpha, beta float64) float64 {
	switch {
	case !(x >= 0 && x <= 1):
		return math.NaN()
	case !(alpha > 0 && beta > 0):
		return 1 // as the engine has it, where the documentation says NaN
	}
	return incompleteBeta(x, alpha, beta)
}

func betaInverse(args []scalar.Value) scalar.Value {
	var f [3]float64
	for i, v := range args {
		var ok bool
		if f[i], ok = scalar.ToReal(v); !ok {
			return scalar.Null(scalar.Real)
		}
	}
	p, alpha, beta := f[0], f[1], f[2]
	switch {
	case !(p >= 0 && p <= 1):
		return scalar.Null(scalar.Real)
	case !(alpha > 0 && beta > 0):
		return scalar.NewReal(math.NaN())
	}
	low, high := 0.0, 1.0
	for {
		middle := low + (high-low)/2
		if middle <= low || middle >= high {
			return scalar.NewReal(middle)
		}
		if incompleteBeta(middle, alpha, beta) < p {
			low = middle
		} else {
			high = middle
		}
	}
}

// logBeta is the logarithm of the beta function.
func logBeta(a, b float64) float64 { return logGamma(a) + logGamma(b) - logGamma(a+b) }

// incompleteBeta is the regularised incomplete beta function I_x(a, b), by its
// continued fraction (DLMF 8.17.22), which converges fast for x below the mean.
func incompleteBeta(x, a, b float64) float64 {
	switch {
	case x <= 0:
		return 0
	case x >= 1:
		return 1
	case x > (a+1)/(a+b+2):
		return 1 - incompleteBeta(1-x, b, a)
	}
	front := math.Exp(a*math.Log(x)+b*math.Log1p(-x)-logBeta(a, b)) / a
	return front * betaFraction(x, a, b)
}

// betaFraction evaluates the fraction from its front by Lentz's method.
func betaFraction(x, a, b float64) float64 {
	const tiny, precision, most = 1e-300, 1e-16, 10000
	nonzero := func(f float64) float64 {
		if math.Abs(f) < tiny {
			return tiny
		}
		return f
	}
	c, d := 1.0, 1/nonzero(1-(a+b)*x/(a+1))
	fraction := d
	for m := 1.0; m < most; m++ {
		even := m * (b - m) * x / ((a + 2*m - 1) * (a + 2*m))
		odd := -(a + m) * (a + b + m) * x / ((a + 2*m) * (a + 2*m + 1))
		d = 1 / nonzero(1+even*d)
		c = nonzero(1 + even/c)
		fraction *= c * d
		d = 1 / nonzero(1+odd*d)
		c = nonzero(1 + odd/c)
		fraction *= c * d
		if math.Abs(c*d-1) < precision {
			break
		}
	}
	return fraction
}

func welchTest(args []scalar.Value) scalar.Value {
	var f [6]float64
	for i, v := range args {
		var ok bool
		if f[i], ok = scalar.ToReal(v); !ok {
			return scalar.Null(scalar.Real)
		}
	}
	n1, n2 := f[2], f[5]
	e1, e2 := f[1]/n1, f[4]/n2
	t := (f[0] - f[3]) / math.Sqrt(e1+e2)
	freedom := (e1 + e2) * (e1 + e2) / (e1*e1/(n1-1) + e2*e2/(n2-1))
	if math.IsNaN(t) || math.IsNaN(freedom) || freedom <= 0 {
		return scalar.NewReal(math.NaN())
	}
	// Both tails of Student's t distribution.
	return scalar.NewReal(incompleteBeta(freedom/(freedom+t*t), freedom/2, 0.5))
}
