package ingest

import (
	"strconv"
	"strings"
	"time"

	"github.com/tidwall/gjson"
)

// timeLayouts are those of times with a year. Times without a zone are UTC.
var timeLayouts = [...]string{
	time.RFC3339Nano,
	"2006-01-02T15:04:05.999999999",
	"2006-01-02 15:04:05.999999999Z07:00",
	"2006-01-02 15:04:05.999999999",
	"2006-01-02 15:04:05.999999999 MST",
	"2006-01-02T15:04:05Z0700",
	"1/2/2006 3:04:05 PM",
	"1/2/2006 3:04:05 PM -07:00",
	"1/2/2006 15:04:05",
	"Jan _2 2006 15:04:05.999 MST",
	"Jan _2 2006 15:04:05.999",
}

// readTime reads a time with a year in one of the usual forms, or a number of seconds or milliseconds since 1970.
func readTime(text string) (time.Time, bool) {
	text = strings.TrimSpace(text)
	for _, layout := range timeLayouts {
		if t, err := time.Parse(layout, text); err == nil {
			return t.UTC(), true
		}
	}
	return epochTime(text)
}

// epochTime reads seconds or milliseconds since 1970; either has digits enough to tell them apart.
func epochTime(text string) (time.Time, bool) {
	n, err := strconv.ParseFloat(text, 64)
	switch {
	case err != nil:
		return time.Time{}, false
	case len(text) >= 13 && n > 1e11 && n < 1e14:
		return time.UnixMilli(int64(n)).UTC(), true
	case len(text) >= 9 && n > 1e8 && n < 1e11:
		return time.UnixMicro(int64(n * 1e6)).UTC(), true
	}
	return time.Time{}, false
}

// firstTime returns the first of the values that is a time.
func firstTime(values ...gjson.Result) (time.Time, bool) {
	for _, v := range values {
		if t, ok := readTime(v.String()); ok {
			return t, true
		}
	}
	return time.Time{}, false
}
