package ingest

import (
	"bytes"
	"strings"
	"time"
)

// isoTime is the layout of rewritten times, down to the 100 ns of a datetime.
const isoTime = "2006-01-02T15:04:05.9999999Z"

// portalName splits a column name of a portal export, "TimeGenerated [UTC]", into name and time zone.
func portalName(header string) (name, zone string) {
	name, zone, found := strings.Cut(header, " [")
	if !found || !strings.HasSuffix(zone, "]") {
		return header, ""
	}
	return name, strings.TrimSuffix(zone, "]")
}

// portalTime reads the portal's form of a datetime, 9/9/2021, 7:00:02.898 AM. The form is exact:
// anything else is not taken for a time. Browsers differ in the space before AM, which may be U+202F.
func portalTime(text []byte) (time.Time, bool) {
	if len(text) < len("1/1/2021, 1:00:00.000 AM") || len(text) > len("12/31/2021, 12:00:00.0000000\u202fAM") ||
		text[0] < '0' || text[0] > '9' || !bytes.Contains(text, []byte(", ")) {
		return time.Time{}, false
	}
	plain := strings.ReplaceAll(strings.ToUpper(string(text)), "\u202f", " ")
	t, err := time.Parse("1/2/2006, 3:04:05 PM", plain)
	return t, err == nil && bytes.IndexByte(text, '.') > 0
}

// firstRecord decides by the first record whether a JSON file is a portal export.
func (r *reading) firstRecord(rec []byte, at place) error {
	r.convert = nil
	if isPortal(rec) {
		r.convert = r.portalRecord
	}
	return r.record(rec, at)
}

// isPortal says whether a record is of a portal export: a column is named with its time zone, or a time is in its form.
func isPortal(rec []byte) bool {
	members := membersOf(rec)
	for key, value, ok := members.next(); ok; key, value, ok = members.next() {
		_, zone := portalName(string(unquote(key)))
		if _, isTime := portalMember(value); zone != "" || isTime {
			return true
		}
	}
	return false
}

// portalMember is portalTime on a JSON value.
func portalMember(value []byte) (time.Time, bool) {
	if value[0] != '"' {
		return time.Time{}, false
	}
	return portalTime(unquote(value))
}

// portalRecord rewrites the names and times of a portal export.
func (r *reading) portalRecord(rec []byte, _ place) error {
	out := append(r.out[:0], '{')
	members := membersOf(rec)
	for key, value, ok := members.next(); ok; key, value, ok = members.next() {
		name, zone := portalName(string(unquote(key)))
		local := zone != "" && zone != "UTC"
		if local {
			name = string(unquote(key))
			r.note("column %q is in local time and left as it is; export it in UTC", name)
		}
		if len(out) > 1 {
			out = append(out, ',')
		}
		out = append(out, '"')
		out = append(out, name...)
		out = append(out, '"', ':')
		if iso, ok := portalMember(value); ok && !local {
			out = append(out, '"')
			out = append(iso.AppendFormat(out, isoTime), '"')
		} else {
			out = append(out, value...)
		}
	}
	r.out = append(out, '}')
	return r.row(r.out)
}
