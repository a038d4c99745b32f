package rules

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Duration is a length of time as rules write it. The zero value stands for an absent key.
type Duration time.Duration

const day = 24 * time.Hour

// ParseDuration reads the three forms in which rules and their exports write durations: the short form of rule files
// (5m, 1h, 7d; m is minutes), ISO 8601 as in ARM templates (PT5M, P1DT12H, P2W), and .NET's as the portal shows it
// ([d.]hh:mm:ss). Months and years have no fixed length and are refused, as are signs and fractions.
func ParseDuration(text string) (Duration, error) {
	s := strings.TrimSpace(text)
	var d time.Duration
	var ok bool
	switch {
	case s == "":
	case s[0] == 'P' || s[0] == 'p':
		d, ok = parseISO(strings.ToUpper(s[1:]))
	case strings.Contains(s, ":"):
		d, ok = parseDotNet(s)
	default:
		d, ok = parseUnit(s[:len(s)-1], s[len(s)-1:], shortUnits)
	}
	if !ok {
		return 0, fmt.Errorf("%q is no duration; write 5m, 1h or 7d, or ISO 8601 such as PT1H", text)
	}
	return Duration(d), nil
}

var (
	shortUnits = map[string]time.Duration{"s": time.Second, "m": time.Minute, "h": time.Hour, "d": day}
	dateUnits  = map[string]time.Duration{"W": 7 * day, "D": day}
	timeUnits  = map[string]time.Duration{"H": time.Hour, "M": time.Minute, "S": time.Second}
)

func parseUnit(number, unit string, units map[string]time.Duration) (time.Duration, bool) {
	size, known := units[unit]
	n, err := strconv.ParseUint(number, 10, 63)
	if !known || err != nil || n > uint64(math.MaxInt64/size) {
		return 0, false
	}
	return time.Duration(n) * size, true
}

func parseISO(s string) (total time.Duration, ok bool) {
	date, clock, hasClock := strings.Cut(s, "T")
	if hasClock && clock == "" {
		return 0, false
	}
	for _, part := range []struct {
		text  string
		units map[string]time.Duration
	}{{date, dateUnits}, {clock, timeUnits}} {
		for text := part.text; text != ""; {
			digits := strings.IndexFunc(text, func(r rune) bool { return r < '0' || r > '9' })
			if digits < 0 {
				return 0, false
			}
			d, valid := parseUnit(text[:digits], text[digits:digits+1], part.units)
			if total += d; !valid || total < 0 {
				return 0, false
			}
			text, ok = text[digits+1:], true
		}
	}
	return total, ok
}

func parseDotNet(s string) (time.Duration, bool) {
	days, clock, hasDays := strings.Cut(s, ".")
	if !hasDays {
		days, clock = "0", s
	}
	fields := strings.Split(clock, ":")
	if len(fields) != 3 {
		return 0, false
	}
	total, ok := parseUnit(days, "d", shortUnits)
	for i, limit := range []time.Duration{day, time.Hour, time.Minute} {
		unit := []string{"h", "m", "s"}[i]
		d, valid := parseUnit(fields[i], unit, shortUnits)
		ok = ok && valid && d < limit && len(fields[i]) <= 2
		total += d
	}
	return total, ok && total >= 0
}

// String writes the short form: whole days, else whole hours, minutes or seconds (14d, 25h, 5m).
func (d Duration) String() string {
	t := time.Duration(d)
	for _, unit := range []struct {
		size time.Duration
		name string
	}{{day, "d"}, {time.Hour, "h"}, {time.Minute, "m"}} {
		if t != 0 && t%unit.size == 0 {
			return strconv.FormatInt(int64(t/unit.size), 10) + unit.name
		}
	}
	return strconv.FormatInt(int64(t/time.Second), 10) + "s"
}

// ISO writes the ISO 8601 form of ARM templates (P14D, P1DT1H, PT5M).
func (d Duration) ISO() string {
	var text strings.Builder
	text.WriteByte('P')
	t := time.Duration(d)
	write := func(size time.Duration, letter byte) {
		if n := t / size; n > 0 {
			text.WriteString(strconv.FormatInt(int64(n), 10))
			text.WriteByte(letter)
			t %= size
		}
	}
	write(day, 'D')
	if t > 0 || text.Len() == 1 {
		text.WriteByte('T')
	}
	write(time.Hour, 'H')
	write(time.Minute, 'M')
	if t > 0 || text.Len() == 2 {
		text.WriteString(strconv.FormatInt(int64(t/time.Second), 10) + "S")
	}
	return text.String()
}

// DotNet writes .NET's form ([d.]hh:mm:ss), which the extended properties of alerts use.
func (d Duration) DotNet() string {
	t := time.Duration(d)
	clock := fmt.Sprintf("%02d:%02d:%02d", t%day/time.Hour, t%time.Hour/time.Minute, t%time.Minute/time.Second)
	if days := t / day; days > 0 {
		return strconv.FormatInt(int64(days), 10) + "." + clock
	}
	return clock
}
