package kql_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/seed-2512943d/picket/kql"
)

const (
	second = 10_000_000
	minute = 60 * second
	hour   = 60 * minute
	day    = 24 * hour
	// new2020 is 2020-01-01 in ticks since 0001-01-01.
	new2020 = 737424 * day
)

func literal(t *testing.T, text string) *kql.Literal {
	t.Helper()
	x, err := kql.ParseExpr(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	l, ok := x.(*kql.Literal)
	if !ok {
		t.Fatalf("%s is a %T", text, x)
	}
	return l
}

func TestTicks(t *testing.T) {
	for text, want := range map[string]int64{
		"datetime(2020-01-01)":                        new2020,
		"datetime(2020-1-1)":                          new2020,
		"datetime(2020/01/01)":                        new2020,
		"datetime(20200101)":                          new2020,
		"datetime(2020)":                              new2020,
		"datetime(2020-01)":                           new2020,
		"datetime(2020, 1, 1)":                        new2020,
		"datetime(01-31-2020)":                        new2020 + 30*day,
		"datetime(1/31/2020)":                         new2020 + 30*day,
		"datetime(01.31.2020)":                        new2020 + 30*day,
		"datetime(2020-01-01T10:20:30.1234567Z)":      new2020 + 10*hour + 20*minute + 30*second + 1234567,
		"datetime(2020-01-01 10:20:30.5)":             new2020 + 10*hour + 20*minute + 30*second + 5_000_000,
		"datetime(2020-01-01 10:20)":                  new2020 + 10*hour + 20*minute,
		"datetime(2020-01-01T10:00:00+02:00)":         new2020 + 8*hour,
		"datetime(2020-01-01T10:00:00-0230)":          new2020 + 12*hour + 30*minute,
		"datetime(1 Jan 2020)":                        new2020,
		"datetime(Jan 1, 2020)":                       new2020,
		"datetime(January 1 2020 1:00 PM)":            new2020 + 13*hour,
		"datetime(Wed, 01 Jan 2020 13:45:56 GMT)":     new2020 + 13*hour + 45*minute + 56*second,
		"datetime(Wednesday, 01-Jan-20 13:45:56 GMT)": new2020 + 13*hour + 45*minute + 56*second,
		"datetime(Wed Jan  1 13:45:56 2020)":          new2020 + 13*hour + 45*minute + 56*second,
		"datetime(\"2020-01-01\")":                    new2020,
		"datetime(min)":                               0,
		"datetime(max)":                               3652059*day - 1,
		"date(2020-02-29)":                            new2020 + 59*day,
		"1d":                                          day,
		"1.5h":                                        hour + 30*minute,
		"2tick":                                       2,
		"3microseconds":                               30,
		"100nanos":                                    1,
		"time(1.02:03:04.5)":                          day + 2*hour + 3*minute + 4*second + 5_000_000,
		"time(-00:00:01)":                             -second,
		"time(02:03)":                                 2*hour + 3*minute,
		"timespan(5)":                                 5 * day,
		"time(15 seconds)":                            15 * second,
		"time(-2d)":                                   -2 * day,
		"time(min)":                                   math.MinInt64,
		"time('1.00:00:00')":                          day,
	} {
		got, err := literal(t, text).Ticks()
		if err != nil || got != want {
			t.Errorf("%s is %d (%v), not %d", text, got, err, want)
		}
	}
}

func TestMalformedLiterals(t *testing.T) {
	for _, text := range []string{
		"datetime(13-01-2022)", "datetime(2020-02-30)", "datetime(x2020-01-01)", "datetime(2020-01-01 25:00)",
		"datetime(2020-01-01 10:00 Z tail)", "datetime(0000-01-01)", "time(x)", "time(1:2:3:4)", "time(24:00:00:00)",
		"time(5 weeks)", "time()", "time(99999999999999d)", "datetime(2020-01-01T10:00:00+99:00)",
	} {
		if got, err := literal(t, text).Ticks(); err == nil {
			t.Errorf("%s is %d", text, got)
		}
	}
	for _, text := range []string{"int(2147483648)", "long(1+1)", "long(9223372036854775808)", "int()", "int(--1)", "9223372036854775808"} {
		if got, err := literal(t, text).Int(); err == nil {
			t.Errorf("%s is %d", text, got)
		}
	}
	if _, err := literal(t, "real(1x)").Float(); err == nil {
		t.Error("real(1x) is a number")
	}
	if _, err := literal(t, "bool(yes)").Bool(); err == nil {
		t.Error("bool(yes) is a bool")
	}
}

func TestNumbers(t *testing.T) {
	for text, want := range map[string]int64{
		"0x1F": 31, "0XfF": 255, "long(min)": math.MinInt64, "int(max)": math.MaxInt32, "int(-5)": -5,
		"long(+5)": 5, "long(-0x10)": -16, "0xffffffffffffffff": -1, "9223372036854775807": math.MaxInt64,
	} {
		if got, err := literal(t, text).Int(); err != nil || got != want {
			t.Errorf("%s is %d (%v), not %d", text, got, err, want)
		}
	}
	for text, want := range map[string]float64{
		"1.": 1, "1.e3": 1000, "1E-3": 0.001, "real(1)": 1, "real(-inf)": math.Inf(-1), "double(1.5)": 1.5,
		"real(max)": math.MaxFloat64, "1e999": math.Inf(1),
	} {
		if got, err := literal(t, text).Float(); err != nil || got != want {
			t.Errorf("%s is %g (%v), not %g", text, got, err, want)
		}
	}
	if got, err := literal(t, "real(nan)").Float(); err != nil || !math.IsNaN(got) {
		t.Errorf("real(nan) is %g (%v)", got, err)
	}
	if !literal(t, "int(null)").IsNull() || literal(t, "\"null\"").IsNull() {
		t.Error("int(null) is null, a string is not")
	}
	if !literal(t, "datetime()").IsNow() || literal(t, "datetime(2020-01-01)").IsNow() {
		t.Error("datetime() is now, a date is not")
	}
}

func TestPositions(t *testing.T) {
	source := kql.NewSource("a\r\nbéc\n")
	for offset, want := range map[int][2]int{0: {1, 1}, 3: {2, 1}, 6: {2, 3}, 7: {2, 4}, 8: {3, 1}, 99: {3, 1}, -1: {1, 1}} {
		if line, column := source.Position(offset); line != want[0] || column != want[1] {
			t.Errorf("offset %d is at %d:%d, not %v", offset, line, column, want)
		}
	}
	if diff := cmp.Diff([]string{"a", "béc", "", ""}, []string{source.Line(1), source.Line(2), source.Line(3), source.Line(4)}); diff != "" {
		t.Error(diff)
	}
	text := "T  | where a == 1  // end\n| summarize count() by b"
	query, err := kql.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	kql.Inspect(query, func(n kql.Node) bool {
		if _, ok := n.(kql.Operator); ok {
			got = append(got, text[n.Span().Start:n.Span().End])
		}
		return true
	})
	if diff := cmp.Diff([]string{"where a == 1", "summarize count() by b"}, got); diff != "" {
		t.Error(diff)
	}
}
