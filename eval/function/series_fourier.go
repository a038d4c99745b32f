package function

import (
	"math"
	"math/cmplx"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// seriesFourier are the transforms between time and frequency.
func seriesFourier() []Function {
	return []Function{
		{
			Sig:  "series_fft(series: array, series_imaginary: array?): columns",
			Doc:  "The discrete Fourier transform of a series, which may be complex, as a real and an imaginary series.",
			Impl: Raw(func(args []scalar.Value) scalar.Value { return transformed(args, fourier) }),
			Examples: []string{
				`tostring(series_fft(dynamic([1, 2, 3, 4]))[0]) == "[10.0,-2.0,-2.0,-2.0]"`,
				`tostring(series_fft(dynamic([1, 2, 3, 4]))[1]) == "[0.0,2.0,0.0,-2.0]"`,
			},
		},
		{
			Sig:  "series_ifft(series: array, series_imaginary: array?): columns",
			Doc:  "The inverse of series_fft.",
			Impl: Raw(func(args []scalar.Value) scalar.Value { return transformed(args, inverseFourier) }),
			Examples: []string{
				`tostring(series_ifft(dynamic([10, -2, -2, -2]), dynamic([0, 2, 0, -2]))[0]) == "[1.0,2.0,3.0,4.0]"`,
				`todouble(series_ifft(dynamic([4, 0]))[0][1]) == 2`,
			},
		},
	}
}

// transformed applies a transform to the series that the arguments hold.
func transformed(args []scalar.Value, transform func([]complex128) []complex128) scalar.Value {
	series, ok := numbers(args[0])
	imaginary := make([]float64, len(series))
	if v, given := optional(args, 1); given {
		var ok2 bool
		imaginary, ok2 = numbers(v)
		ok = ok && ok2 && len(imaginary) == len(series)
	}
	if !ok {
		return nullParts(2)
	}
	in := make([]complex128, len(series))
	for i := range in {
		in[i] = complex(series[i], imaginary[i])
	}
	for i, c := range transform(in) {
		series[i], imaginary[i] = real(c)+0, imag(c)+0 // + 0 makes a negative zero positive
	}
	return scalar.NewArray([]scalar.Value{array(series), array(imaginary)})
}

// fourier is the discrete Fourier transform of a series of any length: halves by
// Cooley and Tukey, odd lengths by Bluestein's convolution.
func fourier(x []complex128) []complex128 {
	n := len(x)
	switch {
	case n <= 1:
		return append([]complex128(nil), x...)
	case n%2 == 1:
		return bluestein(x)
	}
	even, odd := make([]complex128, n/2), make([]complex128, n/2)
	for i := range even {
		even[i], odd[i] = x[2*i], x[2*i+1]
	}
	even, odd = fourier(even), fourier(odd)
	out := make([]complex128, n)
	for i := range even {
		turned := odd[i] * root(-i, n)
		out[i], out[i+n/2] = even[i]+turned, even[i]-turned
	}
	return out
}

// root is exp(2πi k/n), exact on the axes.
func root(k, n int) complex128 {
	k = ((k % n) + n) % n
	switch {
	case k == 0:
		return 1
	case 4*k == n:
		return 1i
	case 2*k == n:
		return -1
	case 4*k == 3*n:
		return -1i
	}
	sin, cos := math.Sincos(2 * math.Pi * float64(k) / float64(n))
	return complex(cos, sin)
}

func inverseFourier(x []complex128) []complex128 {
	out := make([]complex128, len(x))
	for i, c := range x {
		out[i] = cmplx.Conj(c)
	}
	out = fourier(out)
	for i, c := range out {
		out[i] = cmplx.Conj(c) / complex(float64(len(x)), 0)
	}
	return out
}

// bluestein turns the transform into a convolution, whose length may be a power of two.
func bluestein(x []complex128) []complex128 {
	n, size := len(x), 1
	for size < 2*n {
		size *= 2
	}
	chirp := func(i int) complex128 { return root(-i*i, 2*n) }
	a, b := make([]complex128, size), make([]complex128, size)
	for i := range n {
		a[i] = x[i] * chirp(i)
		b[i] = cmplx.Conj(chirp(i))
		if i > 0 {
			b[size-i] = b[i]
		}
	}
	a, b = fourier(a), fourier(b)
	for i := range a {
		a[i] *= b[i]
	}
	a = inverseFourier(a)
	for i := range n {
		a[i] *= chirp(i)
	}
	return a[:n]
}
