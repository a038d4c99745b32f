package scalar

import "strings"

// ParseDateTime reads a datetime as todatetime() and the datetime literal do.
// Text without an offset is UTC; an offset is applied. Digits of a fraction
// beyond 100 ns are cut off. Accepted are
//
//	2022-12-02T13:45:56.1234567Z    2022-12-02 13:45    2022-12-02T13:45:56+02:00
//	2022-12-02    2022/12/02    2022-12    20221202    2022, 12, 2    2022 - 12 - 2
//	12-02-2022    12/2/2022 1:45:56 PM    12.02.2022    (the month comes first)
//	2 Dec 2022    Dec 2, 2022    Fri, 02 Dec 2022 13:45:56 GMT
//	Friday, 02-Dec-22 13:45:56 GMT
//
// Source: Kusto docs, "The datetime data type".
func ParseDateTime(s string) (Instant, bool) {
	if t, ok := parseISO(s); ok {
		return t, true
	}
	c := cursor{s: strings.TrimSpace(s)}
	day, ok := c.date()
	if !ok {
		return 0, false
	}
	clock := int64(0)
	switch {
	case c.done() || c.zoneFollows():
	case c.take('T') || c.take('t') || c.take(':'):
		clock = c.clock()
	default:
		c.take(',')
		if c.blanks(); isDigit(c.peek()) {
			clock = c.clock()
		}
	}
	c.blanks()
	offset := c.zone()
	if c.failed || !c.done() {
		return 0, false
	}
	t := day + Instant(clock-offset)
	return t, t.Valid()
}

// parseISO reads the form that nearly all logs use, without a cursor's calls:
// YYYY-MM-DD, T or a blank, hh:mm:ss, a fraction or none, Z or nothing.
func parseISO(s string) (Instant, bool) {
	if len(s) < 19 || s[4] != '-' || s[7] != '-' || s[10] != 'T' && s[10] != ' ' || s[13] != ':' || s[16] != ':' {
		return 0, false
	}
	century, bad1 := twoDigits(s[0], s[1])
	year, bad2 := twoDigits(s[2], s[3])
	month, bad3 := twoDigits(s[5], s[6])
	day, bad4 := twoDigits(s[8], s[9])
	hour, bad5 := twoDigits(s[11], s[12])
	minute, bad6 := twoDigits(s[14], s[15])
	second, bad7 := twoDigits(s[17], s[18])
	if bad1 || bad2 || bad3 || bad4 || bad5 || bad6 || bad7 || hour > 23 || minute > 59 || second > 59 {
		return 0, false
	}
	date, ok := NewDate(century*100+year, month, day)
	if !ok {
		return 0, false
	}
	ticks := int64(hour*3600+minute*60+second) * TicksPerSecond
	rest := s[19:]
	if len(rest) > 1 && rest[0] == '.' {
		unit, i := int64(TicksPerSecond/10), 1
		for ; i < len(rest) && isDigit(rest[i]); i++ {
			ticks += int64(rest[i]-'0') * unit
			unit /= 10
		}
		if i == 1 {
			return 0, false
		}
		rest = rest[i:]
	}
	return date + Instant(ticks), rest == "" || rest == "Z"
}

func twoDigits(a, b byte) (n int, bad bool) {
	a, b = a-'0', b-'0'
	return int(a)*10 + int(b), a > 9 || b > 9
}

// date reads the day, in any of the accepted orders.
func (c *cursor) date() (Instant, bool) {
	var y, m, d int
	if isLetter(c.peek()) {
		word := c.word()
		if isWeekday(word) {
			c.take(',')
			c.blanks()
			word = c.word()
		}
		if word != "" { // Dec 2, 2022
			m = monthNamed(word)
			c.take('.')
			c.blanks()
			d = c.number(2)
			c.take(',')
			c.blanks()
			y = c.year()
			return c.newDate(y, m, d)
		}
	}
	start := c.i
	first := c.number(8)
	switch c.i - start {
	case 8: // 20221202
		y, m, d = first/10000, first/100%100, first%100
	case 4: // 2022-12-02, 2022/12/02, 2022-12, 2022, 12, 2
		y, m, d = first, 1, 1
		c.blanks()
		switch sep := c.peek(); sep {
		case '-', '/', '.', ',':
			m = c.next(sep)
			if mark := c.i; c.nextIs(sep) {
				d = c.next(sep)
			} else {
				c.i = mark
			}
		default:
			c.failed = true // a year alone is no day
		}
	case 1, 2:
		sep := c.peek()
		c.i++
		if sep == ' ' || sep == '-' && isLetter(c.peek()) { // 2 Dec 2022, 02-Dec-22
			d, m = first, monthNamed(c.word())
			if !c.take(sep) {
				c.take(',')
				c.blanks()
			}
			y = c.year()
		} else if sep == '-' || sep == '/' || sep == '.' { // 12-02-2022
			m, d = first, c.number(2)
			c.need(sep)
			y = c.year()
		}
	}
	return c.newDate(y, m, d)
}

func (c *cursor) newDate(y, m, d int) (Instant, bool) {
	t, ok := NewDate(y, m, d)
	return t, ok && !c.failed
}

// nextIs steps over blanks and reports whether sep follows.
func (c *cursor) nextIs(sep byte) bool {
	c.blanks()
	return c.peek() == sep
}

// next reads a separator and the one or two digits behind it; blanks may stand
// before the digits, as in "2022 - 12 - 02".
func (c *cursor) next(sep byte) int {
	c.need(sep)
	c.blanks()
	return c.number(2)
}

// year reads a year of four digits, or of two: 50 to 99 are in the 20th century.
func (c *cursor) year() int {
	start := c.i
	y := c.number(4)
	switch c.i - start {
	case 2:
		if y < 50 {
			return 2000 + y
		}
		return 1900 + y
	case 4:
		return y
	}
	c.failed = true
	return 0
}

// clock reads hh[:mm[:ss[.fffffff]]] with AM or PM behind it, as ticks.
func (c *cursor) clock() int64 {
	hour, minute, second, fraction := c.number(2), 0, 0, int64(0)
	if c.take(':') {
		minute = c.number(2)
		if c.take(':') {
			second = c.number(2)
			if c.take('.') || c.take(',') {
				fraction = c.fraction()
			}
		}
	}
	mark := c.i
	c.blanks()
	switch half := c.word(); {
	case strings.EqualFold(half, "AM") && 1 <= hour && hour <= 12:
		hour %= 12
	case strings.EqualFold(half, "PM") && 1 <= hour && hour <= 12:
		hour = hour%12 + 12
	default:
		c.i = mark
	}
	if hour > 23 || minute > 59 || second > 59 {
		c.failed = true
	}
	return int64(hour*3600+minute*60+second)*TicksPerSecond + fraction
}

func (c *cursor) zoneFollows() bool {
	b := c.peek()
	return b == 'Z' || b == 'z' || b == '+' || b == '-'
}

// zone reads Z, UTC, GMT, ±hh:mm, ±hhmm or ±hh, or nothing, as ticks east of UTC.
func (c *cursor) zone() int64 {
	if isLetter(c.peek()) {
		if w := c.word(); !strings.EqualFold(w, "Z") && !strings.EqualFold(w, "GMT") && !strings.EqualFold(w, "UTC") {
			c.failed = true
		}
		return 0
	}
	sign := int64(1)
	switch {
	case c.take('-'):
		sign = -1
	case !c.take('+'):
		return 0
	}
	start := c.i
	hours, minutes := c.number(4), 0
	switch {
	case c.i-start > 2:
		hours, minutes = hours/100, hours%100
	case c.take(':'):
		minutes = c.number(2)
	}
	if hours > 14 || minutes > 59 {
		c.failed = true
	}
	return sign * int64(hours*60+minutes) * TicksPerMinute
}
