package scalar

import (
	"math"
	"strconv"
	"strings"
)

// ParseTimeSpan reads a timespan: "[-][d.]hh:mm[:ss[.fffffff]]", a number with a
// unit ("1.5h", "15 seconds", "3d"), or a bare number, which counts days.
//
// Source: Kusto docs, "The timespan data type".
func ParseTimeSpan(s string) (Span, bool) {
	s = strings.TrimSpace(s)
	negative := strings.HasPrefix(s, "-")
	if negative {
		s = s[1:]
	}
	ticks, ok := uint64(0), false
	if strings.IndexByte(s, ':') >= 0 {
		ticks, ok = parseClock(s)
	} else {
		ticks, ok = parseQuantity(s)
	}
	if negative {
		return Span(-ticks), ok && ticks <= 1<<63
	}
	return Span(ticks), ok && ticks <= math.MaxInt64
}

// parseClock reads [d.]hh:mm[:ss[.fffffff]]; hours stay below 24.
func parseClock(s string) (uint64, bool) {
	c := cursor{s: s}
	days, hours := 0, c.number(8)
	if c.take('.') {
		days, hours = hours, c.number(2)
	}
	c.need(':')
	minutes, seconds, fraction := c.number(2), 0, int64(0)
	if c.take(':') {
		seconds = c.number(2)
		if c.take('.') {
			fraction = c.fraction()
		}
	}
	if c.failed || !c.done() || days > maxDays || hours > 23 || minutes > 59 || seconds > 59 {
		return 0, false
	}
	clock := hours*3600 + minutes*60 + seconds
	return uint64(days)*TicksPerDay + uint64(clock)*TicksPerSecond + uint64(fraction), true
}

// maxDays is the number of whole days in the longest timespan.
const maxDays = math.MaxInt64 / TicksPerDay

// parseQuantity reads a number and its unit, which may follow after blanks.
func parseQuantity(s string) (uint64, bool) {
	i := 0
	for i < len(s) && (isDigit(s[i]) || s[i] == '.') {
		i++
	}
	number, name := s[:i], strings.TrimLeft(s[i:], " \t")
	unit, ok := unitTicks(name)
	if !ok || number == "" || number[0] == '.' {
		return 0, false
	}
	if n, err := strconv.ParseUint(number, 10, 64); err == nil {
		if unit == nanosecond {
			return n / 100, true
		}
		return n * uint64(unit), n <= 1<<63/uint64(unit)
	}
	f, err := strconv.ParseFloat(number, 64)
	if err != nil {
		return 0, false
	}
	if unit == nanosecond {
		f, unit = f/100, 1
	}
	ticks, ok := ticksOf(math.Round(f * float64(unit)))
	return uint64(ticks), ok
}

// nanosecond stands for the one unit that is shorter than a tick.
const nanosecond = -100

// unitTicks returns the ticks of a unit; no unit means days.
func unitTicks(name string) (int64, bool) {
	switch name {
	case "", "d", "day", "days":
		return TicksPerDay, true
	case "h", "hr", "hrs", "hour", "hours":
		return TicksPerHour, true
	case "m", "min", "minute", "minutes":
		return TicksPerMinute, true
	case "s", "sec", "second", "seconds":
		return TicksPerSecond, true
	case "ms", "milli", "millis", "millisec", "millisecond", "milliseconds":
		return TicksPerMillisecond, true
	case "micro", "micros", "microsec", "microsecond", "microseconds":
		return TicksPerMicrosecond, true
	case "nano", "nanos", "nanosec", "nanosecond", "nanoseconds":
		return nanosecond, true
	case "tick", "ticks":
		return 1, true
	}
	return 0, false
}

// AppendTimeSpan appends d as "[-][d.]hh:mm:ss[.fffffff]", such as
// "16.00:00:00" or "00:00:55.1230000".
func AppendTimeSpan(b []byte, d Span) []byte {
	n := uint64(d)
	if d < 0 {
		b = append(b, '-')
		n = -n
	}
	if days := n / TicksPerDay; days > 0 {
		b = append(strconv.AppendUint(b, days, 10), '.')
	}
	seconds := int(n % TicksPerDay / TicksPerSecond)
	b = append(appendTwo(b, seconds/3600), ':')
	b = append(appendTwo(b, seconds/60%60), ':')
	b = appendTwo(b, seconds%60)
	if fraction := n % TicksPerSecond; fraction != 0 {
		b = appendFraction(append(b, '.'), int64(fraction))
	}
	return b
}
