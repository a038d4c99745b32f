package function

import (
	"math"

	"github.com/seed-2512943d/picket/eval/scalar"
)

func makeTimeFunctions() []Function {
	return []Function{
		{
			Sig: `make_datetime(year: number, month: number, day: number, hour: number?, minute: number?, second: number?): datetime
				make_datetime(value: scalar): datetime`,
			Doc:   "A datetime of its parts, the seconds with a fraction if need be; null if there is no such time. Of one value it is todatetime().",
			Names: NameRule{Kind: OnlyArgument},
			Impl:  Raw(makeDateTime),
			Examples: []string{
				`make_datetime(2017, 10, 1) == datetime(2017-10-01)`,
				`make_datetime(2017, 10, 1, 12, 10) == datetime(2017-10-01 12:10)`,
				`make_datetime(2017, 10, 1, 12, 11, 0.1234567) == datetime(2017-10-01 12:11:00.1234567)`,
				`isnull(make_datetime(2017, 2, 29))`,
			},
		},
		{
			// The engine takes seconds with a fraction; the analyzer asks for an integer.
			Sig: `make_timespan(days: integer, hours: integer, minutes: integer, seconds: number): timespan
				make_timespan(hours: integer, minutes: integer, seconds: number?): timespan
				make_timespan(value: scalar): timespan`,
			Doc:   "A timespan of its parts, the seconds with a fraction if need be; null if a part is out of its range. Of one value it is totimespan().",
			Names: NameRule{Kind: OnlyArgument},
			Impl:  Raw(makeTimeSpan),
			Examples: []string{
				`make_timespan(1, 12, 30, 55.123) == time(1.12:30:55.123)`,
				`make_timespan(2, 30) == 2.5h`,
				`isnull(make_timespan(24, 0))`,
			},
		},
	}
}

func makeDateTime(args []scalar.Value) scalar.Value {
	if len(args) == 1 {
		return scalar.Convert(args[0], scalar.DateTime)
	}
	y, ok1 := smallNumberOf(args[0])
	m, ok2 := smallNumberOf(args[1])
	d, ok3 := smallNumberOf(args[2])
	date, ok4 := scalar.NewDate(int(y), int(m), int(d))
	clock, ok5 := clockOf(args[3:])
	if !ok1 || !ok2 || !ok3 || !ok4 || !ok5 {
		return scalar.Null(scalar.DateTime)
	}
	return scalar.NewDateTime(date + scalar.Instant(clock))
}

func makeTimeSpan(args []scalar.Value) scalar.Value {
	if len(args) == 1 {
		return scalar.Convert(args[0], scalar.TimeSpan)
	}
	days, ok := int64(0), true
	if len(args) == 4 {
		days, ok = smallNumberOf(args[0])
		args = args[1:]
	}
	clock, ok2 := clockOf(args)
	if !ok || !ok2 || days < 0 {
		return scalar.Null(scalar.TimeSpan)
	}
	return scalar.NewTimeSpan(scalar.Span(days*scalar.TicksPerDay) + clock)
}

// clockOf reads hours, minutes and seconds, as many as there are.
func clockOf(args []scalar.Value) (scalar.Span, bool) {
	var ticks int64
	for i, unit := range [...]int64{scalar.TicksPerHour, scalar.TicksPerMinute, scalar.TicksPerSecond} {
		if i == len(args) {
			break
		}
		part, ok := scalar.ToReal(args[i])
		limit := 60.0
		if i == 0 {
			limit = 24
		}
		if !ok || !(part >= 0 && part < limit) {
			return 0, false
		}
		if i < 2 {
			part = math.Trunc(part)
		}
		ticks += int64(math.Round(part * float64(unit)))
	}
	return scalar.Span(ticks), true
}

// smallNumberOf reads a count of years, months or days.
func smallNumberOf(v scalar.Value) (int64, bool) {
	n, ok := scalar.ToLong(v)
	return n, ok && n >= -maxPeriods && n <= maxPeriods
}

// unixEpoch is 1970-01-01.
const unixEpoch scalar.Instant = 719162 * scalar.TicksPerDay

func unixTimeFunctions() []Function {
	return []Function{
		{
			Sig:  "unixtime_seconds_todatetime(number: number): datetime",
			Doc:  "The datetime so many seconds after 1970-01-01; null outside the range of datetime.",
			Impl: fromUnix(scalar.TicksPerSecond, 1),
			Examples: []string{
				`unixtime_seconds_todatetime(1546300800) == datetime(2019-01-01)`,
				`unixtime_seconds_todatetime(0.5) == datetime(1970-01-01 00:00:00.5)`,
				`isnull(unixtime_seconds_todatetime(long(null)))`,
			},
		},
		{
			Sig:  "unixtime_milliseconds_todatetime(number: number): datetime",
			Doc:  "The datetime so many milliseconds after 1970-01-01; null outside the range of datetime.",
			Impl: fromUnix(scalar.TicksPerMillisecond, 1),
			Examples: []string{
				`unixtime_milliseconds_todatetime(1546300800000) == datetime(2019-01-01)`,
				`unixtime_milliseconds_todatetime(-1) == datetime(1969-12-31 23:59:59.999)`,
			},
		},
		{
			Sig:  "unixtime_microseconds_todatetime(number: number): datetime",
			Doc:  "The datetime so many microseconds after 1970-01-01; null outside the range of datetime.",
			Impl: fromUnix(scalar.TicksPerMicrosecond, 1),
			Examples: []string{
				`unixtime_microseconds_todatetime(1546300800000000) == datetime(2019-01-01)`,
				`unixtime_microseconds_todatetime(0) == datetime(1970-01-01)`,
			},
		},
		{
			Sig:  "unixtime_nanoseconds_todatetime(number: number): datetime",
			Doc:  "The datetime so many nanoseconds after 1970-01-01; null outside the range of datetime.",
			Impl: fromUnix(1, 100),
			Examples: []string{
				`unixtime_nanoseconds_todatetime(1546300800000000000) == datetime(2019-01-01)`,
				`unixtime_nanoseconds_todatetime(0) == datetime(1970-01-01)`,
			},
		},
	}
}

// fromUnix converts a number of units of ticks/per ticks each. Whole numbers
// convert exactly.
func fromUnix(ticks, per int64) Impl {
	return Raw(func(args []scalar.Value) scalar.Value {
		if args[0].Kind().Integer() {
			n := args[0].Long()
			if most := math.MaxInt64 / ticks; n <= most && n >= -most {
				return afterEpoch(n * ticks / per)
			}
		} else if f, ok := scalar.ToReal(args[0]); ok {
			if f *= float64(ticks) / float64(per); math.Abs(f) < 1<<62 {
				return afterEpoch(int64(math.Round(f)))
			}
		}
		return scalar.Null(scalar.DateTime)
	})
}

func afterEpoch(ticks int64) scalar.Value {
	t, ok := unixEpoch.Add(scalar.Span(ticks))
	if !ok {
		return scalar.Null(scalar.DateTime)
	}
	return scalar.NewDateTime(t)
}
