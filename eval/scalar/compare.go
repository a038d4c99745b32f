package scalar

import (
	"cmp"
	"math"
	"strings"
)

// Equal reports whether a and b hold the same value, as == has it: numbers of
// any type are equal by value, NaN is equal to nothing, arrays and bags are equal
// by their compact text, and values of different kinds differ. Two nulls are
// equal here; the operators look for nulls first.
func Equal(a, b Value) bool {
	if a.kind == b.kind {
		switch a.kind {
		case NoType:
			return true
		case String, Decimal, Guid:
			return a.s == b.s
		case Real:
			return a.Real() == b.Real()
		case Array, Bag:
			return a.s == b.s || compact(a.s) == compact(b.s)
		}
		return a.n == b.n
	}
	if !a.kind.Numeric() || !b.kind.Numeric() || isNaN(a) || isNaN(b) {
		return false
	}
	return compareNumbers(a, b) == 0
}

// Compare returns -1, 0 or 1 as a sorts before, with or after b: a null is
// lowest, NaN next, strings go by their bytes. Values of different kinds, which
// only dynamics hold, go by kind.
//
// Source: Kusto docs, "sort operator".
func Compare(a, b Value) int {
	if a.kind == b.kind {
		switch a.kind {
		case NoType:
			return 0
		case String, Guid:
			return strings.Compare(a.s, b.s)
		case Real:
			return cmp.Compare(a.Real(), b.Real())
		case Decimal:
			return a.Decimal().Cmp(b.Decimal())
		case Array, Bag:
			if a.s == b.s {
				return 0
			}
			return strings.Compare(compact(a.s), compact(b.s))
		}
		return cmp.Compare(int64(a.n), int64(b.n))
	}
	if a.kind.Numeric() && b.kind.Numeric() {
		return compareNumbers(a, b)
	}
	return cmp.Compare(sortRank(a.kind), sortRank(b.kind))
}

// sortRank puts all numbers in one place.
func sortRank(kind Type) Type {
	if kind.Numeric() {
		return Long
	}
	return kind
}

// compareNumbers orders numbers of different types by value. A real meets a
// decimal as todecimal() makes it one.
func compareNumbers(a, b Value) int {
	switch {
	case a.kind.Integer() && b.kind.Integer():
		return cmp.Compare(a.Long(), b.Long())
	case a.kind == Real && b.kind.Integer():
		return compareReal(a.Real(), b.Long())
	case a.kind.Integer() && b.kind == Real:
		return -compareReal(b.Real(), a.Long())
	case a.kind == Real:
		return compareDecimal(a.Real(), b.Decimal())
	case b.kind == Real:
		return -compareDecimal(b.Real(), a.Decimal())
	}
	x, _ := ToDecimal(a)
	y, _ := ToDecimal(b)
	return x.Cmp(y)
}

// compareReal compares without rounding n to a real.
func compareReal(f float64, n int64) int {
	whole, ok := ticksOf(f)
	switch {
	case ok && whole != n:
		return cmp.Compare(whole, n)
	case ok:
		return cmp.Compare(f, math.Trunc(f))
	case f > 0:
		return 1
	}
	return -1 // NaN too
}

func compareDecimal(f float64, d Dec) int {
	x, ok := DecFromReal(f)
	switch {
	case ok:
		return x.Cmp(d)
	case f > 0:
		return 1
	}
	return -1 // NaN too
}

func isNaN(v Value) bool { return v.kind == Real && math.IsNaN(v.Real()) }

// compact returns the compact form of JSON text.
func compact(raw string) string { return string(appendCompact(make([]byte, 0, len(raw)), raw)) }
