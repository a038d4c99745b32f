package function

import (
	"slices"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// datetimeFunctions are the functions over datetimes and timespans. All times are
// UTC.
func datetimeFunctions() []Function {
	return slices.Concat(nowFunctions(), periodFunctions(), calendarFunctions(), datetimePartFunctions(),
		makeTimeFunctions(), unixTimeFunctions(), timeFormatFunctions(), zoneFunctions())
}

func nowFunctions() []Function {
	return []Function{
		{
			Sig:  "now(offset: timespan?): datetime",
			Doc:  "The instant of the run, the same throughout a query, or an instant so far from it.",
			Impl: InContext(now),
			Examples: []string{
				`now() == now()`,
				`now(-2d) == now() - 2d`,
			},
		},
		{
			Sig:  "ago(timespan: timespan): datetime",
			Doc:  "The instant so long before now().",
			Impl: InContext(ago),
			Examples: []string{
				`ago(1h) == now() - 1h`,
				`isnull(ago(timespan(null)))`,
			},
		},
	}
}

func now(ctx *Context, args []scalar.Value) scalar.Value {
	t := scalar.NewDateTime(ctx.Now)
	if len(args) == 0 {
		return t
	}
	return scalar.Arithmetic('+', t, args[0], scalar.DateTime)
}

func ago(ctx *Context, args []scalar.Value) scalar.Value {
	return scalar.Arithmetic('-', scalar.NewDateTime(ctx.Now), args[0], scalar.DateTime)
}

// calendarFunctions read a part of a date. The engine gives long where the analyzer
// says int.
func calendarFunctions() []Function {
	return []Function{
		{
			Sig:      "getyear(date: datetime): long",
			Doc:      "The year of a date.",
			Impl:     F1(yearOf),
			Examples: []string{`getyear(datetime(2015-10-12)) == 2015`, `isnull(getyear(datetime(null)))`},
		},
		{
			Sig:      "getmonth(date: datetime): int",
			Doc:      "The month of a date, 1 to 12.",
			Impl:     F1(asInt(monthOf)),
			Examples: []string{`getmonth(datetime(2015-10-12)) == 10`, `isnull(getmonth(datetime(null)))`},
		},
		{
			Sig:      "monthofyear(date: datetime): long",
			Doc:      "The month of a date, 1 to 12.",
			Impl:     F1(monthOf),
			Examples: []string{`monthofyear(datetime(2015-12-14)) == 12`, `isnull(monthofyear(datetime(null)))`},
		},
		{
			Sig:      "dayofmonth(date: datetime): int",
			Doc:      "The day of the month, 1 to 31.",
			Impl:     F1(asInt(dayOfMonth)),
			Examples: []string{`dayofmonth(datetime(2015-12-14)) == 14`, `isnull(dayofmonth(datetime(null)))`},
		},
		{
			Sig:      "dayofyear(date: datetime): int",
			Doc:      "The day of the year, 1 to 366.",
			Impl:     F1(asInt(dayOfYear)),
			Examples: []string{`dayofyear(datetime(2015-12-14)) == 348`, `dayofyear(datetime(2020-12-31)) == 366`},
		},
		{
			Sig:  "dayofweek(date: datetime): timespan",
			Doc:  "The whole days since the Sunday before, as a timespan.",
			Impl: F1(dayOfWeek),
			Examples: []string{
				`dayofweek(datetime(1947-11-30 10:00:05)) == 0s`,
				`dayofweek(datetime(1970-05-11)) == 1d`,
				`toint(dayofweek(datetime(1970-05-12)) / 1d) == 2`,
			},
		},
		{
			Sig:      "hourofday(date: datetime): long",
			Doc:      "The hour, 0 to 23.",
			Impl:     F1(hourOfDay),
			Examples: []string{`hourofday(datetime(2015-12-14 18:54)) == 18`, `isnull(hourofday(datetime(null)))`},
		},
		{
			Sig:  "week_of_year(date: datetime): int",
			Doc:  "The number of the week by ISO 8601: weeks start on Monday, and the first has the year's first Thursday.",
			Impl: F1(asInt(weekOfYear)),
			Examples: []string{
				`week_of_year(datetime(2020-12-31)) == 53`,
				`week_of_year(datetime(2020-06-15)) == 25`,
				`week_of_year(datetime(1970-01-01)) == 1`,
				`week_of_year(datetime(2000-01-01)) == 52`,
			},
		},
		{
			Sig:  "weekofyear(date: datetime): int",
			Doc:  "An obsolete number of the week: weeks start on Sunday, and the first has the year's first Wednesday.",
			Impl: F1(asInt(weekOfYearByWednesday)),
			Examples: []string{
				`weekofyear(datetime(2020-01-01)) == 1`,
				`weekofyear(datetime(2020-01-05)) == 2`,
			},
		},
	}
}

// asInt gives a part as an int. The engine's answers show year, hour and monthofyear as long;
// of the other parts there are none, and they have the analyzer's type.
func asInt(part func(scalar.Instant) int64) func(scalar.Instant) int32 {
	return func(t scalar.Instant) int32 { return int32(part(t)) }
}

func yearOf(t scalar.Instant) int64 {
	y, _, _ := t.Date()
	return int64(y)
}

func monthOf(t scalar.Instant) int64 {
	_, m, _ := t.Date()
	return int64(m)
}

func dayOfMonth(t scalar.Instant) int64 {
	_, _, d := t.Date()
	return int64(d)
}

func dayOfYear(t scalar.Instant) int64 {
	y, _, _ := t.Date()
	first, _ := scalar.NewDate(y, 1, 1)
	return int64(t-first)/scalar.TicksPerDay + 1
}

// sinceSunday counts the days since the last Sunday. 0001-01-01 is a Monday.
func sinceSunday(t scalar.Instant) int64 { return (int64(t)/scalar.TicksPerDay + 1) % 7 }

func dayOfWeek(t scalar.Instant) scalar.Span { return scalar.Span(sinceSunday(t) * scalar.TicksPerDay) }

func hourOfDay(t scalar.Instant) int64 { return int64(t) / scalar.TicksPerHour % 24 }

func weekOfYear(t scalar.Instant) int64 {
	_, week := t.Time().ISOWeek()
	return int64(week)
}

// weekOfYearByWednesday counts the weeks of the year that the week's Wednesday
// belongs to.
func weekOfYearByWednesday(t scalar.Instant) int64 {
	wednesday := t + scalar.Instant((3-sinceSunday(t))*scalar.TicksPerDay)
	if !wednesday.Valid() {
		wednesday = t // in the first and the last days of all time
	}
	return (dayOfYear(wednesday)-1)/7 + 1
}
