package function

import "github.com/seed-2512943d/picket/eval/scalar"

// highestDegree bounds series_fit_poly: beyond it reals cannot tell the powers apart.
const highestDegree = 64

func polynomialParts(args []scalar.Value) scalar.Value {
	y, ok := numbers(args[0])
	var x []float64
	if v, given := optional(args, 1); given {
		var ok2 bool
		x, ok2 = numbers(v)
		ok = ok && ok2 && len(x) == len(y)
	} else {
		for i := range y {
			x = append(x, float64(i+1))
		}
	}
	degree := 1
	if v, given := optional(args, 2); given {
		degree = int(v.Long())
	}
	if !ok || degree < 0 || degree > highestDegree {
		return nullParts(5)
	}
	coefficients, fit := fitPolynomial(x, y, degree)
	rsquare, total, rest := quality(y, fit)
	return scalar.NewArray([]scalar.Value{
		scalar.NewReal(rsquare), array(coefficients), scalar.NewReal(total), scalar.NewReal(rest), array(fit),
	})
}

// fitPolynomial builds polynomials that are orthogonal over the points (Forsythe's method),
// which stays exact where the powers of x would not, and sums the series' share of each.
// The coefficients run from the highest power down.
func fitPolynomial(x, y []float64, degree int) (coefficients, fit []float64) {
	rising := make([]float64, degree+1)
	fit = make([]float64, len(x))
	current, last := ones(len(x)), make([]float64, len(x))
	term, before := make([]float64, degree+1), make([]float64, degree+1)
	term[0] = 1
	norm, lastNorm := dot(current, current), 0.0
	for k := 0; ; k++ {
		left := make([]float64, len(y))
		for i := range y {
			left[i] = y[i] - fit[i]
		}
		share := dot(left, current) / norm
		for i := range fit {
			fit[i] += share * current[i]
		}
		for i := range rising {
			rising[i] += share * term[i]
		}
		if k == degree {
			break
		}
		alpha, beta := 0.0, 0.0
		for i, f := range current {
			alpha += x[i] * f * f / norm
		}
		if k > 0 {
			beta = norm / lastNorm
		}
		for i := range current {
			current[i], last[i] = (x[i]-alpha)*current[i]-beta*last[i], current[i]
		}
		next := make([]float64, degree+1)
		for i := range term {
			next[i] = -alpha*term[i] - beta*before[i]
			if i > 0 {
				next[i] += term[i-1]
			}
		}
		term, before = next, term
		if lastNorm, norm = norm, dot(current, current); norm <= 1e-20*lastNorm {
			break // fewer points than powers
		}
	}
	for i := range rising {
		coefficients = append(coefficients, rising[degree-i])
	}
	return coefficients, fit
}

func ones(n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = 1
	}
	return out
}
