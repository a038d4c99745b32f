package function

import (
	"github.com/seed-2512943d/picket/eval/scalar"
)

// periodFunctions give the first or the last instant of a day, week, month or year.
func periodFunctions() []Function {
	return []Function{
		{
			Sig:   "startofday(date: datetime, offset: long?): datetime",
			Doc:   "The first instant of the day, or of the day so many days later.",
			Names: NameRule{Kind: FirstArgument},
			Bind:  startOf(day),
			Examples: []string{
				`startofday(datetime(2017-01-01 10:10:17)) == datetime(2017-01-01)`,
				`startofday(datetime(2017-01-01 10:10:17), -1) == datetime(2016-12-31)`,
			},
		},
		{
			Sig:  "startofweek(date: datetime, offset: long?): datetime",
			Doc:  "The first instant of the week, which starts on Sunday, or of the week so many weeks later.",
			Bind: startOf(week),
			Examples: []string{
				`startofweek(datetime(2017-01-01 10:10:17)) == datetime(2017-01-01)`,
				`startofweek(datetime(2017-01-01 10:10:17), -1) == datetime(2016-12-25)`,
			},
		},
		{
			Sig:  "startofmonth(date: datetime, offset: long?): datetime",
			Doc:  "The first instant of the month, or of the month so many months later.",
			Bind: startOf(month),
			Examples: []string{
				`startofmonth(datetime(2017-01-01 10:10:17)) == datetime(2017-01-01)`,
				`startofmonth(datetime(2017-01-01 10:10:17), 1) == datetime(2017-02-01)`,
			},
		},
		{
			Sig:  "startofyear(date: datetime, offset: long?): datetime",
			Doc:  "The first instant of the year, or of the year so many years later.",
			Bind: startOf(year),
			Examples: []string{
				`startofyear(datetime(2017-01-01 10:10:17)) == datetime(2017-01-01)`,
				`startofyear(datetime(2017-01-01 10:10:17), -1) == datetime(2016-01-01)`,
			},
		},
		{
			Sig:  "endofday(date: datetime, offset: long?): datetime",
			Doc:  "The last instant of the day, or of the day so many days later.",
			Bind: endOf(day),
			Examples: []string{
				`endofday(datetime(2017-01-01 10:10:17)) == datetime(2017-01-01 23:59:59.9999999)`,
				`endofday(datetime(2017-01-01 10:10:17), -1) == datetime(2016-12-31 23:59:59.9999999)`,
			},
		},
		{
			Sig:  "endofweek(date: datetime, offset: long?): datetime",
			Doc:  "The last instant of the week, which ends on Saturday, or of the week so many weeks later.",
			Bind: endOf(week),
			Examples: []string{
				`endofweek(datetime(2017-01-01 10:10:17)) == datetime(2017-01-07 23:59:59.9999999)`,
				`endofweek(datetime(2017-01-01 10:10:17), 1) == datetime(2017-01-14 23:59:59.9999999)`,
			},
		},
		{
			Sig:  "endofmonth(date: datetime, offset: long?): datetime",
			Doc:  "The last instant of the month, or of the month so many months later.",
			Bind: endOf(month),
			Examples: []string{
				`endofmonth(datetime(2017-01-01 10:10:17)) == datetime(2017-01-31 23:59:59.9999999)`,
				`endofmonth(datetime(2017-01-01 10:10:17), 1) == datetime(2017-02-28 23:59:59.9999999)`,
			},
		},
		{
			Sig:  "endofyear(date: datetime, offset: long?): datetime",
			Doc:  "The last instant of the year, or of the year so many years later.",
			Bind: endOf(year),
			Examples: []string{
				`endofyear(datetime(2017-01-01 10:10:17)) == datetime(2017-12-31 23:59:59.9999999)`,
				`endofyear(datetime(2017-01-01 10:10:17), -1) == datetime(2016-12-31 23:59:59.9999999)`,
			},
		},
	}
}

// period gives the start of the period that t lies in, or of the one offset
// periods later. It is false outside the range of datetime.
type period func(t scalar.Instant, offset int64) (scalar.Instant, bool)

// startOf binds a startof… function: with an offset, or without.
func startOf(p period) func([]Arg) (Impl, error) {
	return byCount(
		N1(func(t scalar.Instant) (scalar.Instant, bool) { return p(t, 0) }),
		N2(func(t scalar.Instant, offset int64) (scalar.Instant, bool) { return p(t, offset) }))
}

// endOf binds an endof… function: the last tick before the next period.
func endOf(p period) func([]Arg) (Impl, error) {
	end := func(t scalar.Instant, offset int64) (scalar.Instant, bool) {
		if offset > maxPeriods {
			return 0, false
		}
		if next, ok := p(t, offset+1); ok {
			return next - 1, next > scalar.MinInstant
		}
		_, ok := p(t, offset)
		return scalar.MaxInstant, ok
	}
	return byCount(
		N1(func(t scalar.Instant) (scalar.Instant, bool) { return end(t, 0) }),
		N2(end))
}

// maxPeriods exceeds the number of days in the range of datetime.
const maxPeriods = 4_000_000

func day(t scalar.Instant, offset int64) (scalar.Instant, bool) {
	if offset < -maxPeriods || offset > maxPeriods {
		return 0, false
	}
	start := t - t%scalar.TicksPerDay + scalar.Instant(offset*scalar.TicksPerDay)
	return start, start.Valid()
}

func week(t scalar.Instant, offset int64) (scalar.Instant, bool) {
	if offset < -maxPeriods || offset > maxPeriods {
		return 0, false
	}
	return day(t, 7*offset-sinceSunday(t))
}

func month(t scalar.Instant, offset int64) (scalar.Instant, bool) {
	if offset < -maxPeriods || offset > maxPeriods {
		return 0, false
	}
	y, m, _ := t.Date()
	months := int64(12*y+m-1) + offset
	if months < 0 {
		return 0, false
	}
	return scalar.NewDate(int(months/12), int(months%12)+1, 1)
}

func year(t scalar.Instant, offset int64) (scalar.Instant, bool) {
	if offset < -maxPeriods || offset > maxPeriods {
		return 0, false
	}
	y, _, _ := t.Date()
	return scalar.NewDate(y+int(offset), 1, 1)
}
