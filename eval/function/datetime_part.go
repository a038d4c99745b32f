package function

import (
	"fmt"
	"math"
	"strings"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// datetimePartFunctions are those that take the name of a part of a datetime. The
// name is a literal, so that it is looked up once.
func datetimePartFunctions() []Function {
	return []Function{
		{
			Sig:  "datetime_part(part: string literal, date: datetime): long", // the engine's type; the analyzer says int
			Doc:  "A part of a date: year, quarter, month, week_of_year, day, dayofyear, hour, minute, second, millisecond, microsecond or nanosecond.",
			Bind: bindDatetimePart,
			Examples: []string{
				`datetime_part("quarter", datetime(2017-10-30 01:02:03.7654321)) == 4`,
				`datetime_part("week_of_year", datetime(2017-10-30 01:02:03.7654321)) == 44`,
				`datetime_part("microsecond", datetime(2017-10-30 01:02:03.7654321)) == 765432`,
				`isnull(datetime_part("day", datetime(null)))`,
			},
		},
		{
			Sig:      "datepart(part: string literal, date: datetime): long",
			Doc:      "An obsolete name of datetime_part().",
			Alias:    "datetime_part",
			Examples: []string{`datepart("year", datetime(2017-10-30)) == 2017`, `datepart("Day", datetime(2017-10-30)) == 30`},
		},
		{
			Sig:  "datetime_add(part: string literal, value: integer, datetime: datetime): datetime",
			Doc:  "A date so many years, quarters, months, weeks, days, hours, minutes, seconds, milliseconds, microseconds or nanoseconds later. Where the month has no such day, its last day is taken.",
			Bind: bindDatetimeAdd,
			Examples: []string{
				`datetime_add("year", 1, datetime(2017-01-01)) == datetime(2018-01-01)`,
				`datetime_add("month", -1, datetime(2017-03-31)) == datetime(2017-02-28)`,
				`datetime_add("week", 5, datetime(2017-01-01)) == datetime(2017-02-05)`,
				`isnull(datetime_add("day", 1, datetime(null)))`,
			},
		},
		{
			Sig:  "datetime_diff(part: string literal, datetime1: datetime, datetime2: datetime): long",
			Doc:  "How many boundaries of years, quarters, months, weeks, days, hours, minutes, seconds, milliseconds, microseconds or nanoseconds lie between the second date and the first.",
			Bind: bindDatetimeDiff,
			Examples: []string{
				`datetime_diff("year", datetime(2017-01-01), datetime(2000-12-31)) == 17`,
				`datetime_diff("hour", datetime(2017-10-31 01:00), datetime(2017-10-30 23:59)) == 2`,
				`datetime_diff("week", datetime(2017-10-29 00:00), datetime(2017-09-30 23:59)) == 5`,
				`datetime_diff("day", datetime(2017-01-01), datetime(2017-01-02)) == -1`,
			},
		},
	}
}

// ticksOfPart gives the length of a part that always has the same.
func ticksOfPart(part string) int64 {
	switch part {
	case "week":
		return 7 * scalar.TicksPerDay
	case "day":
		return scalar.TicksPerDay
	case "hour":
		return scalar.TicksPerHour
	case "minute":
		return scalar.TicksPerMinute
	case "second":
		return scalar.TicksPerSecond
	case "millisecond":
		return scalar.TicksPerMillisecond
	case "microsecond":
		return scalar.TicksPerMicrosecond
	}
	return 0
}

// monthsOfPart gives the number of months in a part that consists of such.
func monthsOfPart(part string) int64 {
	switch part {
	case "year":
		return 12
	case "quarter":
		return 3
	case "month":
		return 1
	}
	return 0
}

// partName reads the name of a part, in any case of its letters.
func partName(args []Arg) string { return strings.ToLower(args[0].Value.Str()) }

func errPart(name string) error { return fmt.Errorf("%q is no part of a datetime", name) }

func bindDatetimePart(args []Arg) (Impl, error) {
	var fn func(t scalar.Instant) int64
	switch name := partName(args); name {
	case "year":
		fn = yearOf
	case "quarter":
		fn = func(t scalar.Instant) int64 { return (monthOf(t) + 2) / 3 }
	case "month":
		fn = monthOf
	case "week_of_year", "weekofyear":
		fn = weekOfYear
	case "day":
		fn = dayOfMonth
	case "dayofyear":
		fn = dayOfYear
	case "hour":
		fn = hourOfDay
	case "minute":
		fn = func(t scalar.Instant) int64 { return int64(t) / scalar.TicksPerMinute % 60 }
	case "second":
		fn = func(t scalar.Instant) int64 { return int64(t) / scalar.TicksPerSecond % 60 }
	case "millisecond", "microsecond":
		unit := ticksOfPart(name)
		fn = func(t scalar.Instant) int64 { return int64(t) % scalar.TicksPerSecond / unit }
	case "nanosecond":
		fn = func(t scalar.Instant) int64 { return int64(t) % scalar.TicksPerSecond * 100 }
	default:
		return Impl{}, errPart(name)
	}
	return F2(func(_ string, t scalar.Instant) int64 { return fn(t) }), nil
}

func bindDatetimeAdd(args []Arg) (Impl, error) {
	name := partName(args)
	months, ticks := monthsOfPart(name), ticksOfPart(name)
	var add func(t scalar.Instant, n int64) (scalar.Instant, bool)
	switch {
	case months > 0:
		add = func(t scalar.Instant, n int64) (scalar.Instant, bool) { return addMonths(t, n, months) }
	case ticks > 0:
		add = func(t scalar.Instant, n int64) (scalar.Instant, bool) {
			if most := math.MaxInt64 / ticks; n > most || n < -most {
				return 0, false
			}
			return t.Add(scalar.Span(n * ticks))
		}
	case name == "nanosecond":
		add = func(t scalar.Instant, n int64) (scalar.Instant, bool) { return t.Add(scalar.Span(n / 100)) }
	default:
		return Impl{}, errPart(name)
	}
	return Raw(func(args []scalar.Value) scalar.Value {
		n, ok := scalar.ToLong(args[1])
		if ok && !args[2].IsNull() {
			if t, ok := add(args[2].DateTime(), n); ok {
				return scalar.NewDateTime(t)
			}
		}
		return scalar.Null(scalar.DateTime)
	}), nil
}

// addMonths keeps the day of the month, or takes the last one of a month that is
// too short.
func addMonths(t scalar.Instant, n, monthsEach int64) (scalar.Instant, bool) {
	if n > maxPeriods || n < -maxPeriods {
		return 0, false
	}
	first, ok := month(t, n*monthsEach)
	if !ok {
		return 0, false
	}
	y, m, _ := first.Date()
	_, _, d := t.Date()
	date, ok := scalar.NewDate(y, m, d)
	for !ok {
		d--
		date, ok = scalar.NewDate(y, m, d)
	}
	return date + t%scalar.TicksPerDay, true
}

func bindDatetimeDiff(args []Arg) (Impl, error) {
	name := partName(args)
	months, ticks := monthsOfPart(name), ticksOfPart(name)
	var index func(t scalar.Instant) int64
	switch {
	case months > 0:
		index = func(t scalar.Instant) int64 { return (12*yearOf(t) + monthOf(t) - 1) / months }
	case name == "week":
		index = func(t scalar.Instant) int64 { return (int64(t)/scalar.TicksPerDay + 1) / 7 }
		// The engine counts weeks in a real.
		return Impl{Result: scalar.Real, Call: func(args []scalar.Value) scalar.Value {
			if args[1].IsNull() || args[2].IsNull() {
				return scalar.Null(scalar.Real)
			}
			return scalar.NewReal(float64(index(args[1].DateTime()) - index(args[2].DateTime())))
		}}, nil
	case ticks > 0:
		index = func(t scalar.Instant) int64 { return int64(t) / ticks }
	case name == "nanosecond":
		index = func(t scalar.Instant) int64 { return int64(t) }
	default:
		return Impl{}, errPart(name)
	}
	scale := int64(1)
	if name == "nanosecond" {
		scale = 100
	}
	return Raw(func(args []scalar.Value) scalar.Value {
		if args[1].IsNull() || args[2].IsNull() {
			return scalar.Null(scalar.Long)
		}
		n := index(args[1].DateTime()) - index(args[2].DateTime())
		if n > math.MaxInt64/scale || n < math.MinInt64/scale {
			return scalar.Null(scalar.Long)
		}
		return scalar.NewLong(n * scale)
	}), nil
}
