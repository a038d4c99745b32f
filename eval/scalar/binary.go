package scalar

import "math"

// Arithmetic returns a op b for op one of + - * / %, as a value of type result.
// The kinds of a and b decide how it is computed, so that dynamics work as the
// values in them do; a kind of pair that KQL knows no operation for, a null on
// either side, a whole number divided by 0 and an instant out of range all give
// the null of result.
//
//	int, long   +  -  *  /  %   cut division, overflow wraps around
//	real        +  -  *  /  %   as IEEE 754
//	decimal     +  -  *  /  %   34 digits
//	datetime ± timespan, datetime - datetime, datetime / timespan, datetime % timespan
//	timespan    +  -  /  %  timespan, timespan * / number, number * timespan
//
// % is never negative. Further operations on times, which the analyzer has types for and the
// documentation does not tell of (datetime * number, timespan % number), are done on their ticks.
//
// Source: Kusto docs, "Numerical operators", "Datetime / timespan arithmetic".
func Arithmetic(op byte, a, b Value, result Type) Value {
	var v Value
	switch x, y := a.kind, b.kind; {
	case x.Integer() && y.Integer():
		v = longArithmetic(op, a.Long(), b.Long())
	case x == Decimal && y.Numeric() || x.Numeric() && y == Decimal:
		v = decimalArithmetic(op, a, b)
	case x.Numeric() && y.Numeric():
		f, _ := ToReal(a)
		g, _ := ToReal(b)
		v = realArithmetic(op, f, g)
	default:
		v = timeArithmetic(op, a, b)
	}
	if v.typ == result {
		return v
	}
	if v.kind == NoType {
		return Null(result)
	}
	return Convert(v, result)
}

func longArithmetic(op byte, a, b int64) Value {
	switch op {
	case '+':
		return NewLong(a + b)
	case '-':
		return NewLong(a - b)
	case '*':
		return NewLong(a * b)
	}
	if b == 0 {
		return Null(Long)
	}
	if op == '/' {
		return NewLong(a / b)
	}
	return NewLong(modulo(a, b))
}

// modulo returns the remainder of a/b in the range 0 to |b|-1.
func modulo(a, b int64) int64 {
	r := a % b
	switch {
	case r >= 0:
		return r
	case b < 0:
		return r - b
	}
	return r + b
}

func realArithmetic(op byte, a, b float64) Value {
	switch op {
	case '+':
		return NewReal(a + b)
	case '-':
		return NewReal(a - b)
	case '*':
		return NewReal(a * b)
	case '/':
		return NewReal(a / b)
	}
	r := math.Mod(a, b)
	if r < 0 {
		r += math.Abs(b)
	}
	return NewReal(r)
}

func decimalArithmetic(op byte, a, b Value) Value {
	x, ok := ToDecimal(a)
	y, ok2 := ToDecimal(b)
	if !ok || !ok2 {
		return Null(Decimal)
	}
	var z Dec
	switch op {
	case '+':
		z, ok = AddDec(x, y)
	case '-':
		z, ok = SubDec(x, y)
	case '*':
		z, ok = MulDec(x, y)
	case '/':
		z, ok = DivDec(x, y)
	default:
		z, ok = ModDec(x, y)
	}
	if !ok {
		return Null(Decimal)
	}
	return NewDecimal(z)
}

// timeArithmetic computes pairs with a datetime or a timespan in them.
func timeArithmetic(op byte, a, b Value) Value {
	switch x, y := a.kind, b.kind; {
	case x == DateTime && y == TimeSpan:
		return instantArithmetic(op, a.DateTime(), b.TimeSpan())
	case x == TimeSpan && y == DateTime && op == '+':
		return instantArithmetic(op, b.DateTime(), a.TimeSpan())
	case x == TimeSpan && y == DateTime && op == '-':
		return instantArithmetic(op, Instant(a.TimeSpan()), Span(b.DateTime()))
	case x == DateTime && y == DateTime && op == '-':
		return NewTimeSpan(Span(a.n - b.n))
	case x == DateTime && y == DateTime:
		return instantArithmetic(op, a.DateTime(), Span(b.DateTime()))
	case x == DateTime && y.Numeric() && op != '+' && op != '-':
		return instantOf(timeArithmetic(op, NewTimeSpan(Span(a.DateTime())), b))
	case x.Numeric() && y == DateTime && op == '*':
		return timeArithmetic(op, b, a)
	case x == TimeSpan && y.Numeric() && op == '%':
		n, ok := ToLong(b)
		if !ok {
			return Null(TimeSpan)
		}
		return spanArithmetic(op, a.TimeSpan(), Span(n))
	case x == TimeSpan && y == TimeSpan:
		return spanArithmetic(op, a.TimeSpan(), b.TimeSpan())
	case x == TimeSpan && y.Numeric() && (op == '*' || op == '/'):
		return scaleSpan(op, a.TimeSpan(), b)
	case x.Numeric() && y == TimeSpan && op == '*':
		return scaleSpan(op, b.TimeSpan(), a)
	}
	return Value{}
}

// instantOf takes the ticks of a timespan for those of an instant.
func instantOf(ticks Value) Value {
	if t := Instant(ticks.TimeSpan()); !ticks.IsNull() && t.Valid() {
		return NewDateTime(t)
	}
	return Null(DateTime)
}

func instantArithmetic(op byte, t Instant, d Span) Value {
	ok := true
	switch op {
	case '+':
		t, ok = t.Add(d)
	case '-':
		t, ok = t.Add(-d)
	case '/':
		return NewReal(float64(t) / float64(d))
	case '%':
		return spanArithmetic(op, Span(t), d)
	default:
		ok = false
	}
	if !ok {
		return Null(DateTime)
	}
	return NewDateTime(t)
}

func spanArithmetic(op byte, a, b Span) Value {
	switch op {
	case '+':
		if sum := a + b; (sum < a) == (b < 0) {
			return NewTimeSpan(sum)
		}
	case '-':
		if difference := a - b; (difference > a) == (b < 0) {
			return NewTimeSpan(difference)
		}
	case '/':
		return NewReal(float64(a) / float64(b))
	case '%':
		if b != 0 {
			return NewTimeSpan(Span(modulo(int64(a), int64(b))))
		}
	}
	return Null(TimeSpan)
}

// scaleSpan multiplies or divides a timespan by a number, exactly where the
// number is whole.
func scaleSpan(op byte, d Span, by Value) Value {
	if by.kind.Integer() {
		n := by.Long()
		switch {
		case op == '/' && n == 0:
			return Null(TimeSpan)
		case op == '/':
			return NewTimeSpan(d / Span(n))
		case n == 0 || int64(d)*n/n == int64(d) && !(n == -1 && d == math.MinInt64):
			return NewTimeSpan(d * Span(n))
		}
		return Null(TimeSpan)
	}
	f, _ := ToReal(by)
	if op == '/' {
		f = float64(d) / f
	} else {
		f *= float64(d)
	}
	ticks, ok := ticksOf(math.Round(f))
	if !ok {
		return Null(TimeSpan)
	}
	return NewTimeSpan(Span(ticks))
}
