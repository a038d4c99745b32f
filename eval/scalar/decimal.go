package scalar

import (
	"math/big"
	"strconv"
	"strings"

	// apd carries any precision and rounds per operation, which 34 digits need:
	// govalues/decimal stops at 19 digits, and shopspring/decimal allocates a
	// big.Int for every number where apd keeps up to 128 bits inline.
	"github.com/cockroachdb/apd/v3"
)

// Dec is a decimal of up to 34 significant digits. It is comparable: equal
// numbers are equal values (1.0 and 1.00 are the same), and the zero Dec is 0.
//
// Source: Kusto docs, "The decimal data type".
type Dec struct {
	text string // canonical: no trailing zeros; "" for zero
}

// maxExponent bounds the decimal point's distance from the digits, as in the
// 128-bit format of IEEE 754.
const maxExponent = 6144

var decimalContext = apd.Context{
	Precision:   34,
	MaxExponent: maxExponent,
	MinExponent: -maxExponent,
	Rounding:    apd.RoundHalfEven,
}

// NewDecimal returns a decimal.
func NewDecimal(d Dec) Value { return Value{typ: Decimal, kind: Decimal, s: d.text} }

// Decimal returns the payload of a decimal.
func (v Value) Decimal() Dec {
	if v.kind == Decimal {
		return Dec{v.s}
	}
	return Dec{}
}

// ParseDecimal reads digits with an optional sign, point and exponent, and
// rounds to 34 digits. Infinities and NaN are no decimals.
func ParseDecimal(s string) (Dec, bool) {
	s = strings.TrimSpace(s)
	if !plainNumber(s) {
		return Dec{}, false
	}
	var d apd.Decimal
	if _, _, err := decimalContext.SetString(&d, s); err != nil {
		return Dec{}, false
	}
	return makeDec(&d)
}

// plainNumber reports whether s has the form [sign]digits[.digits][e[sign]digits]
// with a digit before the exponent, and an exponent that fits in an int32.
func plainNumber(s string) bool {
	if s != "" && (s[0] == '-' || s[0] == '+') {
		s = s[1:]
	}
	digits, i := 0, 0
	for point := false; i < len(s) && (isDigit(s[i]) || s[i] == '.' && !point); i++ {
		if s[i] == '.' {
			point = true
		} else {
			digits++
		}
	}
	if digits == 0 {
		return false
	}
	if i == len(s) {
		return true
	}
	if s[i]|0x20 != 'e' {
		return false
	}
	s = s[i+1:]
	if s != "" && (s[0] == '-' || s[0] == '+') {
		s = s[1:]
	}
	for i := 0; i < len(s); i++ {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}

// makeDec brings d into canonical form. It is false for what is not finite.
func makeDec(d *apd.Decimal) (Dec, bool) {
	if d.Form != apd.Finite {
		return Dec{}, false
	}
	if d.IsZero() {
		return Dec{}, true
	}
	d.Reduce(d)
	if adjusted := int64(d.Exponent) + d.NumDigits() - 1; adjusted > maxExponent || adjusted < -maxExponent {
		return Dec{}, false
	}
	var room [64]byte
	format := byte('f')
	if d.Exponent > 40 || d.Exponent < -60 {
		format = 'E'
	}
	return Dec{string(d.Append(room[:0], format))}, true
}

func (d Dec) load(into *apd.Decimal) {
	if d.text == "" {
		into.SetInt64(0)
		return
	}
	// The canonical text always parses.
	_, _, _ = into.SetString(d.text)
}

// DecFromLong returns i as a decimal.
func DecFromLong(i int64) Dec {
	if i == 0 {
		return Dec{}
	}
	return Dec{strconv.FormatInt(i, 10)}
}

// DecFromReal returns f as a decimal of 17 digits, which shows the noise of
// binary fractions as the engine does: 2.2 gives 2.2000000000000002. It is false
// for NaN and the infinities.
func DecFromReal(f float64) (Dec, bool) {
	var room [32]byte
	return ParseDecimal(string(strconv.AppendFloat(room[:0], f, 'e', 16, 64)))
}

// String returns the digits without an exponent, such as "-12.5"; only numbers
// beyond 40 digits before or 60 digits behind the point have one.
func (d Dec) String() string {
	if d.text == "" {
		return "0"
	}
	return d.text
}

// Real returns the nearest real.
func (d Dec) Real() float64 {
	f, _ := strconv.ParseFloat(d.String(), 64) // out of range gives the infinity, as it should
	return f
}

// Long returns d cut to a whole number, and false if that is no long.
func (d Dec) Long() (int64, bool) {
	var x, whole apd.Decimal
	d.load(&x)
	if x.Exponent > 18 {
		return 0, false
	}
	x.Modf(&whole, nil)
	var unscaled big.Int
	unscaled.Set(whole.Coeff.MathBigInt())
	for e := whole.Exponent; e > 0; e-- {
		unscaled.Mul(&unscaled, big.NewInt(10))
	}
	if whole.Negative {
		unscaled.Neg(&unscaled)
	}
	return unscaled.Int64(), unscaled.IsInt64()
}

// Sign returns -1, 0 or 1.
func (d Dec) Sign() int {
	switch {
	case d.text == "":
		return 0
	case d.text[0] == '-':
		return -1
	}
	return 1
}

// Neg returns -d.
func (d Dec) Neg() Dec {
	switch {
	case d.text == "":
		return d
	case d.text[0] == '-':
		return Dec{d.text[1:]}
	}
	return Dec{"-" + d.text}
}

// Cmp returns -1, 0 or 1 as d is less than, equal to or greater than e.
func (d Dec) Cmp(e Dec) int {
	if d == e {
		return 0
	}
	var x, y apd.Decimal
	d.load(&x)
	e.load(&y)
	return x.Cmp(&y)
}

// AddDec returns a+b, and false if the sum is too large.
func AddDec(a, b Dec) (Dec, bool) { return calculate(a, b, decimalContext.Add) }

// SubDec returns a-b, and false if the difference is too large.
func SubDec(a, b Dec) (Dec, bool) { return calculate(a, b, decimalContext.Sub) }

// MulDec returns a*b, and false if the product is too large.
func MulDec(a, b Dec) (Dec, bool) { return calculate(a, b, decimalContext.Mul) }

// DivDec returns a/b, and false if b is 0 or the quotient too large.
func DivDec(a, b Dec) (Dec, bool) { return calculate(a, b, decimalContext.Quo) }

// ModDec returns the remainder of a/b that is not negative, as KQL's % does, and
// false if b is 0 or the quotient has more than 34 digits.
func ModDec(a, b Dec) (Dec, bool) {
	r, ok := calculate(a, b, decimalContext.Rem)
	if ok && r.Sign() < 0 {
		if b.Sign() < 0 {
			b = b.Neg()
		}
		return AddDec(r, b)
	}
	return r, ok
}

// RoundDec rounds d to places digits behind the point, half away from zero;
// negative places round before the point.
func RoundDec(d Dec, places int) (Dec, bool) {
	if places < -maxExponent || places > maxExponent {
		return d, places > 0
	}
	var x apd.Decimal
	d.load(&x)
	rounding := decimalContext
	rounding.Rounding = apd.RoundHalfUp
	if int64(x.Exponent) >= -int64(places) {
		return d, true
	}
	if _, err := rounding.Quantize(&x, &x, int32(-places)); err != nil {
		return Dec{}, false
	}
	return makeDec(&x)
}

func calculate(a, b Dec, op func(d, x, y *apd.Decimal) (apd.Condition, error)) (Dec, bool) {
	var x, y, z apd.Decimal
	a.load(&x)
	b.load(&y)
	if _, err := op(&z, &x, &y); err != nil {
		return Dec{}, false
	}
	return makeDec(&z)
}

// wholeLong returns d as a long, and false if it is not exactly one.
func (d Dec) wholeLong() (int64, bool) {
	if d.text == "" {
		return 0, true
	}
	n, err := strconv.ParseInt(d.text, 10, 64)
	return n, err == nil
}
