package aggregate

import (
	"encoding/binary"
	"fmt"
	"math"

	"github.com/seed-2512943d/picket/eval/function"
	"github.com/seed-2512943d/picket/eval/scalar"
)

func sumAggregates() []Aggregate {
	return []Aggregate{
		{
			Sig:   "sum(expr: summable): arg0",
			Doc:   "sum adds up the values. Nulls are left out; the sum of nothing is 0. An int column sums to a long.",
			Names: prefixed("sum"),
			New:   prepareSum,
			Examples: []string{
				`toscalar(datatable(x:long)[1, 2, 3] | summarize sum(x)) == 6`,
				`toscalar(datatable(x:timespan)[1h, 30m] | summarize sum(x)) == 90m`,
				`toscalar(datatable(x:real)[real(null), 5.0, 5.0] | summarize sum(x)) == 10`,
				`toscalar(datatable(x:long)[] | summarize sum(x)) == 0`,
			},
		},
		{
			Sig:   "sumif(expr: summable, predicate: bool): arg0",
			Doc:   "sumif adds up the values of the rows for which the predicate is true.",
			Names: prefixed("sumif"),
			New:   filter(1, prepareSum),
			Examples: []string{
				`toscalar(range x from 1 to 10 step 1 | summarize sumif(x, x > 8)) == 19`,
				`toscalar(range x from 1 to 10 step 1 | summarize sumif(x, bool(null))) == 0`,
			},
		},
		{
			Sig: `avg(expr: integer): real
			      avg(expr: real): real
			      avg(expr: decimal): decimal
			      avg(expr: timespan): timespan
			      avg(expr: datetime): datetime`,
			Doc:   "avg gives the mean of the values. Nulls are left out; the mean of no numbers is NaN.",
			Names: prefixed("avg"),
			New:   prepareAvg,
			Examples: []string{
				`toscalar(range x from 1 to 4 step 1 | summarize avg(x)) == 2.5`,
				`toscalar(datatable(x:real)[real(null), 5.0, 5.0] | summarize avg(x)) == 5`,
				`toscalar(datatable(t:datetime)[datetime(2020-01-01), datetime(2020-01-03)] | summarize avg(t)) == datetime(2020-01-02)`,
				`isnan(toscalar(datatable(x:long)[] | summarize avg(x)))`,
			},
		},
		{
			Sig: `avgif(expr: integer, predicate: bool): real
			      avgif(expr: real, predicate: bool): real
			      avgif(expr: decimal, predicate: bool): decimal
			      avgif(expr: timespan, predicate: bool): timespan
			      avgif(expr: datetime, predicate: bool): datetime`,
			Doc:   "avgif gives the mean of the values of the rows for which the predicate is true.",
			Names: prefixed("avgif"),
			New:   filter(1, prepareAvg),
			Examples: []string{
				`toscalar(range x from 1 to 10 step 1 | summarize avgif(x, x > 8)) == 9.5`,
				`isnan(toscalar(range x from 1 to 10 step 1 | summarize avgif(x, x > 20)))`,
			},
		},
	}
}

func prepareSum(args []function.Arg) (func() Accumulator, scalar.Type, error) {
	switch t := args[0].Type; t {
	case scalar.Int, scalar.Long:
		return func() Accumulator { return &wholeSum{result: scalar.Long} }, scalar.Long, nil
	case scalar.TimeSpan, scalar.DateTime:
		return func() Accumulator { return &wholeSum{result: t} }, t, nil
	case scalar.Real:
		return func() Accumulator { return new(realSum) }, t, nil
	case scalar.Decimal:
		return func() Accumulator { return new(decimalSum) }, t, nil
	default:
		return nil, scalar.NoType, fmt.Errorf("values of type %s cannot be added up", t)
	}
}

func prepareAvg(args []function.Arg) (func() Accumulator, scalar.Type, error) {
	switch t := args[0].Type; t {
	case scalar.Int, scalar.Long:
		return func() Accumulator { return &wholeMean{result: scalar.Real} }, scalar.Real, nil
	case scalar.TimeSpan, scalar.DateTime:
		return func() Accumulator { return &wholeMean{result: t} }, t, nil
	case scalar.Real:
		return func() Accumulator { return &realSum{mean: true} }, t, nil
	case scalar.Decimal:
		return func() Accumulator { return &decimalSum{mean: true} }, t, nil
	default:
		return nil, scalar.NoType, fmt.Errorf("values of type %s have no mean", t)
	}
}

// wholeSum sums int, long, or ticks. It wraps around on overflow.
type wholeSum struct {
	sum    int64
	result scalar.Type
}

func (s *wholeSum) Add(args []scalar.Value) {
	if !args[0].IsNull() {
		s.sum += whole(args[0])
	}
}

func (s *wholeSum) Merge(other Accumulator) { s.sum += other.(*wholeSum).sum }
func (s *wholeSum) Result() scalar.Value    { return ofWhole(s.result, s.sum) }
func (s *wholeSum) Size() int               { return 16 }

func (s *wholeSum) MarshalBinary() ([]byte, error) { return binary.AppendVarint(nil, s.sum), nil }

func (s *wholeSum) UnmarshalBinary(b []byte) error {
	in := reader{b: b}
	s.sum = in.int()
	return in.close()
}

// realSum gives the sum or the mean of reals.
type realSum struct {
	sum  float64
	n    int64
	mean bool
}

func (s *realSum) Add(args []scalar.Value) {
	if !args[0].IsNull() {
		s.sum += args[0].Real()
		s.n++
	}
}

func (s *realSum) Merge(other Accumulator) {
	o := other.(*realSum)
	s.sum += o.sum
	s.n += o.n
}

func (s *realSum) Result() scalar.Value {
	if s.mean {
		return scalar.NewReal(s.sum / float64(s.n))
	}
	return scalar.NewReal(s.sum)
}

func (s *realSum) Size() int { return 24 }

func (s *realSum) MarshalBinary() ([]byte, error) {
	return binary.AppendVarint(appendReal(nil, s.sum), s.n), nil
}

func (s *realSum) UnmarshalBinary(b []byte) error {
	in := reader{b: b}
	s.sum, s.n = in.real(), in.int()
	return in.close()
}

// wholeMean gives the mean of int, long, or ticks. Its 128-bit sum holds any
// number of them exactly.
type wholeMean struct {
	sum    wide
	n      int64
	result scalar.Type
}

func (m *wholeMean) Add(args []scalar.Value) {
	if !args[0].IsNull() {
		m.sum = m.sum.plus(wideOf(whole(args[0])))
		m.n++
	}
}

func (m *wholeMean) Merge(other Accumulator) {
	o := other.(*wholeMean)
	m.sum = m.sum.plus(o.sum)
	m.n += o.n
}

// Result gives NaN for the mean of no numbers, null for that of no times.
func (m *wholeMean) Result() scalar.Value {
	switch {
	case m.result == scalar.Real && m.n == 0:
		return scalar.NewReal(math.NaN())
	case m.result == scalar.Real:
		return scalar.NewReal(m.sum.real() / float64(m.n))
	case m.n == 0:
		return scalar.Null(m.result)
	}
	return ofWhole(m.result, m.sum.over(m.n))
}

func (m *wholeMean) Size() int { return 32 }

func (m *wholeMean) MarshalBinary() ([]byte, error) {
	b := binary.AppendVarint(nil, m.sum.high)
	b = binary.AppendUvarint(b, m.sum.low)
	return binary.AppendVarint(b, m.n), nil
}

func (m *wholeMean) UnmarshalBinary(b []byte) error {
	in := reader{b: b}
	m.sum, m.n = wide{high: in.int(), low: in.uint()}, in.int()
	if high := m.sum.magnitude().high; m.n < 0 || high < 0 || high >= max(m.n, 1) {
		return errEncoding // no sum of n values is so large, and its mean would overflow
	}
	return in.close()
}

// decimalSum gives the sum or the mean of decimals.
type decimalSum struct {
	sum      scalar.Dec
	n        int64
	overflow bool // the sum is too large for a decimal
	mean     bool
}

func (s *decimalSum) Add(args []scalar.Value) {
	if !args[0].IsNull() {
		s.add(args[0].Decimal())
		s.n++
	}
}

func (s *decimalSum) add(d scalar.Dec) {
	sum, ok := scalar.AddDec(s.sum, d)
	s.sum, s.overflow = sum, s.overflow || !ok
}

func (s *decimalSum) Merge(other Accumulator) {
	o := other.(*decimalSum)
	s.add(o.sum)
	s.n += o.n
	s.overflow = s.overflow || o.overflow
}

// Result gives null for a sum that is too large and for the mean of nothing, as
// decimal has no NaN.
func (s *decimalSum) Result() scalar.Value {
	if s.overflow {
		return scalar.Null(scalar.Decimal)
	}
	if !s.mean {
		return scalar.NewDecimal(s.sum)
	}
	mean, ok := scalar.DivDec(s.sum, scalar.DecFromLong(s.n))
	if !ok {
		return scalar.Null(scalar.Decimal)
	}
	return scalar.NewDecimal(mean)
}

func (s *decimalSum) Size() int { return 40 + len(s.sum.String()) }

func (s *decimalSum) MarshalBinary() ([]byte, error) {
	var overflow int64
	if s.overflow {
		overflow = 1
	}
	b := binary.AppendVarint(nil, s.n)
	b = binary.AppendVarint(b, overflow)
	return scalar.NewDecimal(s.sum).AppendBinary(b), nil
}

func (s *decimalSum) UnmarshalBinary(b []byte) error {
	in := reader{b: b}
	s.n, s.overflow = in.int(), in.int() != 0
	s.sum = in.value().Decimal()
	return in.close()
}
