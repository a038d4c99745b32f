package kql

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

const (
	ticksPerSecond = 10_000_000
	ticksPerDay    = 24 * 60 * 60 * ticksPerSecond
)

// units are the units of a timespan literal such as 5m, in ticks.
var units = unitTable()

func unitTable() map[string]float64 {
	table := map[string]float64{}
	for _, unit := range []struct {
		ticks float64
		words string
	}{
		{ticksPerDay, "d day days"},
		{3600 * ticksPerSecond, "h hr hrs hour hours"},
		{60 * ticksPerSecond, "m min minute minutes"},
		{ticksPerSecond, "s sec second seconds"},
		{ticksPerSecond / 1e3, "ms milli millis millisec millisecs millisecond milliseconds"},
		{ticksPerSecond / 1e6, "micro micros microsec microsecs microsecond microseconds"},
		{ticksPerSecond / 1e9, "nano nanos nanosec nanosecs nanosecond nanoseconds"},
		{1, "tick ticks"},
	} {
		for _, word := range strings.Fields(unit.words) {
			table[word] = unit.ticks
		}
	}
	return table
}

// parseTimeSpan reads a timespan: a number with a unit, days, or d.hh:mm:ss.fffffff.
func parseTimeSpan(text string) (ticks int64, ok bool) {
	text, negative := signed(strings.TrimSpace(text))
	sign := int64(1)
	if negative {
		sign = -1
	}
	switch text {
	case "min":
		return math.MinInt64, true
	case "max":
		return math.MaxInt64, true
	}
	if strings.IndexByte(text, ':') >= 0 {
		ticks, ok = parseClockSpan(text)
		return sign * ticks, ok
	}
	end := strings.LastIndexAny(text, "0123456789.") + 1
	unit := strings.TrimSpace(text[end:])
	if unit == "" {
		unit = "d"
	}
	size, known := units[unit]
	if !known || end == 0 || strings.Trim(text[:end], "0123456789.") != "" {
		return 0, false
	}
	number, err := strconv.ParseFloat(text[:end], 64)
	if value := number * size; err != nil || value > math.MaxInt64 {
		return 0, false
	}
	if whole, err := strconv.ParseInt(text[:end], 10, 64); err == nil && size >= 1 {
		return sign * whole * int64(size), true
	}
	return sign * int64(math.Round(number*size)), true
}

// parseClockSpan reads [d.]hh:mm[:ss[.fffffff]].
func parseClockSpan(text string) (ticks int64, ok bool) {
	s := timeScanner{text: text}
	days, _, ok := s.number()
	if !ok {
		return 0, false
	}
	hours := days
	switch {
	case s.take('.'):
		if hours, _, ok = s.number(); !ok || !s.take(':') {
			return 0, false
		}
	case s.take(':'):
		days = 0
	default:
		return 0, false
	}
	rest, ok := s.minutes()
	if !ok || !s.done() || hours > 23 || days > math.MaxInt64/ticksPerDay-1 {
		return 0, false
	}
	return int64(days)*ticksPerDay + int64(hours)*3600*ticksPerSecond + rest, true
}

// parseDateTime reads the forms of the page "The datetime data type": ISO 8601, RFC 822, 850 and 1123, month
// names, and numbers with the month first. A time without an offset is UTC.
func parseDateTime(text string) (ticks int64, ok bool) {
	switch text = strings.TrimSpace(text); text {
	case "min":
		return 0, true
	case "max":
		return 3652059*ticksPerDay - 1, true
	}
	s := timeScanner{text: text}
	if weekday := s.word(); weekday != "" {
		if _, isMonth := monthOf(weekday); isMonth {
			s.at = 0
		} else if !isWeekday(weekday) {
			return 0, false
		}
		s.skip(" ,")
	}
	year, month, day, ok := s.date()
	if !ok {
		return 0, false
	}
	var clock, offset int64
	s.skip(" ,")
	s.take('T')
	if hour, _, given := s.number(); given {
		if !s.take(':') || hour > 23 {
			return 0, false
		}
		rest, sound := s.minutes()
		if !sound {
			return 0, false
		}
		s.skip(" ")
		if half := strings.ToUpper(s.peekWord()); half == "AM" || half == "PM" {
			s.word()
			hour %= 12
			if half == "PM" {
				hour += 12
			}
		}
		clock = int64(hour)*3600*ticksPerSecond + rest
		s.skip(" ")
		if offset, ok = s.offset(); !ok {
			return 0, false
		}
		if year < 0 { // Fri Dec 2 13:45:56 2022
			s.skip(" ")
			year, _, _ = s.number()
		}
	}
	date := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if !s.done() || year < 1 || year > 9999 || date.Day() != day || int(date.Month()) != month {
		return 0, false
	}
	days := date.Unix()/86400 + 719162
	ticks = days*ticksPerDay + clock - offset
	return ticks, 0 <= ticks && ticks < 3652059*ticksPerDay
}

// timeScanner walks over the text of a date or time.
type timeScanner struct {
	text string
	at   int
}

func (s *timeScanner) done() bool { return s.at == len(s.text) }

func (s *timeScanner) take(c byte) bool {
	if !s.done() && s.text[s.at] == c {
		s.at++
		return true
	}
	return false
}

func (s *timeScanner) skip(chars string) {
	for !s.done() && strings.IndexByte(chars, s.text[s.at]) >= 0 {
		s.at++
	}
}

// number reads digits; width is how many there were.
func (s *timeScanner) number() (n, width int, ok bool) {
	start := s.at
	for !s.done() && '0' <= s.text[s.at] && s.text[s.at] <= '9' {
		s.at++
	}
	n, err := strconv.Atoi(s.text[start:s.at])
	return n, s.at - start, err == nil
}

func (s *timeScanner) peekWord() string {
	end := s.at
	for end < len(s.text) && ('a' <= s.text[end]|0x20 && s.text[end]|0x20 <= 'z') {
		end++
	}
	return s.text[s.at:end]
}

func (s *timeScanner) word() string {
	word := s.peekWord()
	s.at += len(word)
	return word
}

// minutes reads mm[:ss[.fffffff]] as ticks.
func (s *timeScanner) minutes() (ticks int64, ok bool) {
	minute, _, ok := s.number()
	if !ok || minute > 59 {
		return 0, false
	}
	ticks = int64(minute) * 60 * ticksPerSecond
	if !s.take(':') {
		return ticks, true
	}
	second, _, ok := s.number()
	if !ok || second > 59 {
		return 0, false
	}
	ticks += int64(second) * ticksPerSecond
	if !s.take('.') {
		return ticks, true
	}
	start := s.at
	if _, _, ok = s.number(); !ok {
		return 0, false
	}
	fraction, _ := strconv.ParseInt((s.text[start:s.at] + "0000000")[:7], 10, 64) // digits only
	return ticks + fraction, true
}

// offset reads a time zone: Z, GMT, UTC, ±hh:mm or nothing.
func (s *timeScanner) offset() (ticks int64, ok bool) {
	switch strings.ToUpper(s.peekWord()) {
	case "Z", "GMT", "UTC", "UT":
		s.word()
		return 0, true
	}
	negative := s.take('-')
	if !negative && !s.take('+') {
		return 0, true
	}
	hours, width, ok := s.number()
	minutes := 0
	switch {
	case !ok:
		return 0, false
	case width == 4:
		hours, minutes = hours/100, hours%100
	case s.take(':'):
		if minutes, _, ok = s.number(); !ok {
			return 0, false
		}
	}
	if hours > 14 || minutes > 59 {
		return 0, false
	}
	ticks = int64(hours*60+minutes) * 60 * ticksPerSecond
	if negative {
		ticks = -ticks
	}
	return ticks, true
}

// date reads a date. The year is -1 where it comes after the time, as in ANSI C's form.
func (s *timeScanner) date() (year, month, day int, ok bool) {
	if month, ok = monthOf(s.peekWord()); ok { // Dec 2, 2022
		s.word()
		s.skip(" ")
		if day, _, ok = s.number(); !ok {
			return 0, 0, 0, false
		}
		s.skip(" ,")
		mark := s.at
		year, width, given := s.number()
		if !given || width < 4 {
			s.at = mark
			return -1, month, day, true
		}
		return year, month, day, true
	}
	first, width, ok := s.number()
	if !ok {
		return 0, 0, 0, false
	}
	if width == 8 { // 20221202
		return first / 10000, first / 100 % 100, first % 100, true
	}
	start := s.at
	s.skip(" ,-/.")
	if month, isMonth := monthOf(s.peekWord()); isMonth { // 2 Dec 2022, 02-Dec-22
		s.word()
		s.skip(" -,")
		year, width, ok = s.number()
		if width == 2 {
			year = century(year)
		}
		return year, month, first, ok
	}
	second, _, ok := s.number()
	if !ok {
		s.at = start
		return first, 1, 1, width == 4 // a year alone
	}
	s.skip(" ,-/.")
	mark := s.at
	third, thirdWidth, ok := s.number()
	if !ok || !s.done() && s.text[s.at] == ':' { // a year and a month
		s.at = mark
		return first, second, 1, width == 4
	}
	if width == 4 {
		return first, second, third, true
	}
	if thirdWidth == 2 {
		third = century(third)
	}
	return third, first, second, true
}

// century completes a year of two digits: 00 to 49 are of this century.
func century(year int) int {
	if year < 50 {
		return 2000 + year
	}
	return 1900 + year
}

func monthOf(word string) (int, bool) {
	if len(word) < 3 {
		return 0, false
	}
	for m := time.January; m <= time.December; m++ {
		if name := m.String(); strings.EqualFold(word, name) || strings.EqualFold(word, name[:3]) {
			return int(m), true
		}
	}
	return 0, false
}

func isWeekday(word string) bool {
	for d := time.Sunday; d <= time.Saturday; d++ {
		if name := d.String(); strings.EqualFold(word, name) || strings.EqualFold(word, name[:3]) {
			return true
		}
	}
	return false
}

// formatDateTime writes ticks as 2020-01-31T13:45:56.1234567Z.
func formatDateTime(ticks int64) string {
	days, rest := ticks/ticksPerDay, ticks%ticksPerDay
	t := time.Unix((days-719162)*86400+rest/ticksPerSecond, rest%ticksPerSecond*100).UTC()
	return t.Format("2006-01-02T15:04:05.0000000Z")
}

// formatTimeSpan writes ticks as [-][d.]hh:mm:ss[.fffffff].
func formatTimeSpan(ticks int64) string {
	sign, size := "", uint64(ticks)
	if ticks < 0 {
		sign, size = "-", -size
	}
	days, rest := size/ticksPerDay, size%ticksPerDay
	text := fmt.Sprintf("%02d:%02d:%02d", rest/(3600*ticksPerSecond), rest/(60*ticksPerSecond)%60, rest/ticksPerSecond%60)
	if days > 0 {
		text = fmt.Sprintf("%d.%s", days, text)
	}
	if fraction := rest % ticksPerSecond; fraction > 0 {
		text = fmt.Sprintf("%s.%07d", text, fraction)
	}
	return sign + text
}
