package scalar

import (
	"time"
)

// Lengths of time in ticks of 100 ns.
const (
	TicksPerMicrosecond = 10
	TicksPerMillisecond = 1000 * TicksPerMicrosecond
	TicksPerSecond      = 1000 * TicksPerMillisecond
	TicksPerMinute      = 60 * TicksPerSecond
	TicksPerHour        = 60 * TicksPerMinute
	TicksPerDay         = 24 * TicksPerHour
)

// The range of datetime: 0001-01-01T00:00:00 to 9999-12-31T23:59:59.9999999.
const (
	MinInstant Instant = 0
	MaxInstant Instant = daysTo9999*TicksPerDay - 1

	daysTo9999    = 3652059
	unixEpochDays = 719162
)

// Valid reports whether t lies within the range of datetime.
func (t Instant) Valid() bool { return t >= MinInstant && t <= MaxInstant }

// FromTime returns t in UTC, cut to 100 ns. A time outside the range of
// datetime comes back as the nearer end of the range.
func FromTime(t time.Time) Instant {
	const unixEpoch = unixEpochDays * 86400
	seconds := t.Unix()
	switch {
	case seconds < -unixEpoch:
		return MinInstant
	case seconds >= daysTo9999*86400-unixEpoch:
		return MaxInstant
	}
	return Instant((seconds+unixEpoch)*TicksPerSecond + int64(t.Nanosecond()/100))
}

// Time returns t as a time in UTC.
func (t Instant) Time() time.Time {
	seconds, ticks := int64(t)/TicksPerSecond, int64(t)%TicksPerSecond
	return time.Unix(seconds-unixEpochDays*86400, ticks*100).UTC()
}

// Date returns the year, the month (1 to 12) and the day of the month of t.
func (t Instant) Date() (y, m, d int) {
	// Counting from 0000-03-01 puts the leap day at the end of a year, so that
	// month lengths follow one linear formula: Howard Hinnant, "chrono-Compatible
	// Low-Level Date Algorithms".
	z := uint32(int64(t)/TicksPerDay) + 306
	era := z / 146097
	dayOfEra := z % 146097
	yearOfEra := (dayOfEra - dayOfEra/1460 + dayOfEra/36524 - dayOfEra/146096) / 365
	dayOfYear := dayOfEra - (365*yearOfEra + yearOfEra/4 - yearOfEra/100)
	mp := (5*dayOfYear + 2) / 153
	d = int(dayOfYear - (153*mp+2)/5 + 1)
	m = int(mp) + 3
	y = int(yearOfEra + era*400)
	if m > 12 {
		m -= 12
		y++
	}
	return y, m, d
}

// NewDate returns the first instant of a day, and false if there is no such day.
func NewDate(y, m, d int) (Instant, bool) {
	if y < 1 || y > 9999 || m < 1 || m > 12 || d < 1 || d > 28 && d > daysIn(y, m) {
		return 0, false
	}
	if m <= 2 {
		y--
		m += 12
	}
	era := uint32(y) / 400
	yearOfEra := uint32(y) % 400
	dayOfYear := uint32(153*(m-3)+2)/5 + uint32(d) - 1
	dayOfEra := yearOfEra*365 + yearOfEra/4 - yearOfEra/100 + dayOfYear
	return Instant(int64(era*146097+dayOfEra-306) * TicksPerDay), true
}

func daysIn(y, m int) int {
	switch m {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if y%4 == 0 && (y%100 != 0 || y%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// Add returns t+d, and false if that leaves the range of datetime.
func (t Instant) Add(d Span) (Instant, bool) {
	sum := t + Instant(d)
	return sum, (sum < t) == (d < 0) && sum.Valid()
}

// AppendDateTime appends t as ISO 8601 text in UTC. With full the fraction has 7
// digits always ("2017-10-15T12:00:00.0000000Z", as tostring() prints it);
// without, trailing zeros go, and the point with them ("2017-10-15T12:00:00Z",
// as a datetime column prints).
func AppendDateTime(b []byte, t Instant, full bool) []byte {
	y, m, d := t.Date()
	ticks := int64(t) % TicksPerDay
	seconds := int(ticks / TicksPerSecond)
	b = append(b, byte('0'+y/1000), byte('0'+y/100%10), byte('0'+y/10%10), byte('0'+y%10), '-')
	b = append(appendTwo(b, m), '-')
	b = append(appendTwo(b, d), 'T')
	b = append(appendTwo(b, seconds/3600), ':')
	b = append(appendTwo(b, seconds/60%60), ':')
	b = appendTwo(b, seconds%60)
	if fraction := ticks % TicksPerSecond; full || fraction != 0 {
		b = appendFraction(append(b, '.'), fraction)
		for !full && b[len(b)-1] == '0' {
			b = b[:len(b)-1]
		}
	}
	return append(b, 'Z')
}

func appendTwo(b []byte, n int) []byte { return append(b, byte('0'+n/10), byte('0'+n%10)) }

// appendFraction appends the ticks of a fraction of a second as 7 digits.
func appendFraction(b []byte, ticks int64) []byte {
	for unit := int64(TicksPerSecond / 10); unit > 0; unit /= 10 {
		b = append(b, byte('0'+ticks/unit%10))
	}
	return b
}

// ticksOf returns f as ticks, and false if f does not fit.
func ticksOf(f float64) (int64, bool) {
	if f >= -(1<<63) && f < 1<<63 {
		return int64(f), true
	}
	return 0, false
}
