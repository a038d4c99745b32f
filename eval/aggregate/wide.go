package aggregate

import "math/bits"

// wide is a signed number of 128 bits in two's complement.
type wide struct {
	high int64
	low  uint64
}

// wideOf widens n.
func wideOf(n int64) wide { return wide{n >> 63, uint64(n)} }

func (w wide) plus(o wide) wide {
	low, carry := bits.Add64(w.low, o.low, 0)
	return wide{w.high + o.high + int64(carry), low}
}

// magnitude gives w without its sign.
func (w wide) magnitude() wide {
	if w.high >= 0 {
		return w
	}
	low, carry := bits.Add64(^w.low, 1, 0)
	return wide{^w.high + int64(carry), low}
}

// over divides by n > 0, towards zero. The quotient must fit, as it does when w
// is the sum of n numbers of 64 bits.
func (w wide) over(n int64) int64 {
	m := w.magnitude()
	q, _ := bits.Div64(uint64(m.high), m.low, uint64(n))
	if w.high < 0 {
		return -int64(q)
	}
	return int64(q)
}

// real gives w as a floating-point number.
func (w wide) real() float64 {
	m := w.magnitude()
	f := float64(m.high)*(1<<64) + float64(m.low)
	if w.high < 0 {
		return -f
	}
	return f
}
