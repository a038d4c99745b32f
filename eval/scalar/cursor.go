package scalar

import "strings"

// cursor walks over the text of a date or time. After the first thing that does
// not fit, failed stays set and the results no longer matter.
type cursor struct {
	s      string
	i      int
	failed bool
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isLetter(c byte) bool { c |= 0x20; return 'a' <= c && c <= 'z' }

func (c *cursor) done() bool { return c.i == len(c.s) }

// peek returns the next byte, 0 at the end.
func (c *cursor) peek() byte {
	if c.i < len(c.s) {
		return c.s[c.i]
	}
	return 0
}

// take steps over b if it comes next.
func (c *cursor) take(b byte) bool {
	if c.peek() != b || c.done() {
		return false
	}
	c.i++
	return true
}

// need steps over b, which has to come next.
func (c *cursor) need(b byte) {
	if !c.take(b) {
		c.failed = true
	}
}

// blanks steps over blanks and reports whether there were any.
func (c *cursor) blanks() bool {
	start := c.i
	for c.i < len(c.s) && (c.s[c.i] == ' ' || c.s[c.i] == '\t') {
		c.i++
	}
	return c.i > start
}

// number reads 1 to max digits.
func (c *cursor) number(max int) int {
	n, start := 0, c.i
	for c.i < len(c.s) && isDigit(c.s[c.i]) && c.i-start < max {
		n = n*10 + int(c.s[c.i]-'0')
		c.i++
	}
	if c.i == start || c.i < len(c.s) && isDigit(c.s[c.i]) {
		c.failed = true
	}
	return n
}

// fraction reads the digits behind a decimal point as ticks; digits after the
// seventh are cut off.
func (c *cursor) fraction() int64 {
	ticks, unit, start := int64(0), int64(TicksPerSecond/10), c.i
	for c.i < len(c.s) && isDigit(c.s[c.i]) {
		ticks += int64(c.s[c.i]-'0') * unit
		unit /= 10
		c.i++
	}
	if c.i == start {
		c.failed = true
	}
	return ticks
}

// word reads a run of ASCII letters, which may be empty.
func (c *cursor) word() string {
	start := c.i
	for c.i < len(c.s) && isLetter(c.s[c.i]) {
		c.i++
	}
	return c.s[start:c.i]
}

// monthNamed returns the number of an English month, in full or its first three
// letters, in any case; 0 for any other word.
func monthNamed(word string) int { return indexOfName(word, monthNames[:]) + 1 }

// isWeekday reports whether word is an English day of the week, in full or its
// first three letters.
func isWeekday(word string) bool { return indexOfName(word, weekdayNames[:]) >= 0 }

var (
	monthNames = [...]string{"january", "february", "march", "april", "may", "june",
		"july", "august", "september", "october", "november", "december"}
	weekdayNames = [...]string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}
)

func indexOfName(word string, names []string) int {
	for i, name := range names {
		if strings.EqualFold(word, name) || strings.EqualFold(word, name[:3]) {
			return i
		}
	}
	return -1
}
