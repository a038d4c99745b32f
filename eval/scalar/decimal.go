package scalar

import (
	"fmt"
	"strconv"
	"strings"

	// shopspring/decimal carries any precision, is kept by many users, and takes nothing to load: apd, which
	// rounds to 34 digits by itself, fills tables of powers of ten in every process that links it, for several
	// milliseconds; woodsbury/decimal128 lets some results keep 35 digits; govalues/decimal stops at 19.
	"github.com/shopspring/decimal"
)

// Dec is a decimal of up to 34 significant digits. It is comparable: equal
// numbers are equal values (1.0 and 1.00 are the same), and the zero Dec is 0.
//
// Source: Kusto docs, "The decimal data type".
type Dec struct {
	text string // canonical: no trailing zeros; "" for zero
}

// precision is how many digits a decimal has, and maxExponent bounds the decimal point's distance from the
// first of them, as in the 128-bit format of IEEE 754.
const (
	precision   = 34
	maxExponent = 6144
)

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
	d, err := decimal.NewFromString(s)
	if err != nil {
		return Dec{}, false
	}
	return makeDec(d)
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

// leading is the exponent of the first digit of d, which is not 0: 2 for 314.
func leading(d decimal.Decimal) int64 { return int64(d.Exponent()) + int64(d.NumDigits()) - 1 }

// makeDec rounds d to 34 digits, half to even, and brings it into canonical form. It is false for what is too
// large; what is too small is 0.
func makeDec(d decimal.Decimal) (Dec, bool) {
	if d.IsZero() {
		return Dec{}, true
	}
	first := leading(d)
	switch {
	case first < -maxExponent:
		return Dec{}, true
	case first > maxExponent:
		return Dec{}, false
	}
	if d.NumDigits() > precision {
		d = d.RoundBank(int32(precision - 1 - first))
		if first = leading(d); first > maxExponent {
			return Dec{}, false
		}
	}
	digits := d.Coefficient().String()
	sign := ""
	if digits[0] == '-' {
		sign, digits = "-", digits[1:]
	}
	digits = strings.TrimRight(digits, "0")
	point := int(first) + 1 // how many digits stand before the point
	switch behind := len(digits) - point; {
	case behind < -40 || behind > 60:
		text := sign + digits[:1]
		if len(digits) > 1 {
			text += "." + digits[1:]
		}
		return Dec{fmt.Sprintf("%sE%+d", text, first)}, true
	case behind <= 0:
		return Dec{sign + digits + strings.Repeat("0", -behind)}, true
	case point <= 0:
		return Dec{sign + "0." + strings.Repeat("0", -point) + digits}, true
	default:
		return Dec{sign + digits[:point] + "." + digits[point:]}, true
	}
}

func (d Dec) load() decimal.Decimal {
	if d.text == "" {
		return decimal.Decimal{}
	}
	x, _ := decimal.NewFromString(d.text) // the canonical text always parses
	return x
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
	x := d.load()
	if !x.IsZero() && leading(x) > 18 {
		return 0, false
	}
	whole := x.BigInt()
	return whole.Int64(), whole.IsInt64()
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
	return d.load().Cmp(e.load())
}

// AddDec returns a+b, and false if the sum is too large.
func AddDec(a, b Dec) (Dec, bool) { return makeDec(a.load().Add(b.load())) }

// SubDec returns a-b, and false if the difference is too large.
func SubDec(a, b Dec) (Dec, bool) { return makeDec(a.load().Sub(b.load())) }

// MulDec returns a*b, and false if the product is too large.
func MulDec(a, b Dec) (Dec, bool) { return makeDec(a.load().Mul(b.load())) }

// DivDec returns a/b, and false if b is 0 or the quotient too large.
func DivDec(a, b Dec) (Dec, bool) {
	x, y := a.load(), b.load()
	switch {
	case y.IsZero():
		return Dec{}, false
	case x.IsZero():
		return Dec{}, true
	}
	// Two digits more than are kept, and a third that says whether anything follows, as ties go to even.
	places := int32(precision + 2 - (leading(x) - leading(y)))
	quotient, rest := x.QuoRem(y, places)
	if !rest.IsZero() {
		quotient = quotient.Add(decimal.New(int64(a.Sign()*b.Sign()), -places-1))
	}
	return makeDec(quotient)
}

// ModDec returns the remainder of a/b that is not negative, as KQL's % does, and
// false if b is 0 or the quotient has more than 34 digits.
func ModDec(a, b Dec) (Dec, bool) {
	x, y := a.load(), b.load()
	if y.IsZero() || !x.IsZero() && leading(x)-leading(y) > precision {
		return Dec{}, false
	}
	quotient, rest := x.QuoRem(y, 0)
	if quotient.NumDigits() > precision {
		return Dec{}, false
	}
	if rest.Sign() < 0 {
		rest = rest.Add(y.Abs())
	}
	return makeDec(rest)
}

// RoundDec rounds d to places digits behind the point, half away from zero;
// negative places round before the point.
func RoundDec(d Dec, places int) (Dec, bool) {
	if places < -maxExponent || places > maxExponent {
		return d, places > 0
	}
	return makeDec(d.load().Round(int32(places)))
}

// wholeLong returns d as a long, and false if it is not exactly one.
func (d Dec) wholeLong() (int64, bool) {
	if d.text == "" {
		return 0, true
	}
	n, err := strconv.ParseInt(d.text, 10, 64)
	return n, err == nil
}
