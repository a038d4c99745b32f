package ingest

import (
	"errors"
	"net/netip"
	"regexp"
	"strings"
	"time"

	"github.com/leodido/go-syslog/v4"
	"github.com/leodido/go-syslog/v4/auto"
	"github.com/leodido/go-syslog/v4/rfc3164"
	"github.com/leodido/go-syslog/v4/rfc5424"
)

// syslogMessage is a line of RFC 3164 or 5424.
type syslogMessage struct {
	time               time.Time
	host               string
	facility, severity string // short names, "" without a priority
	process, id        string
	text               string
	structured         bool // there is structured data
}

// syslogParser reads lines. Beyond the two RFCs it takes what daemons write into files: lines without a priority, ISO 8601
// times, fractions of seconds, days with a leading zero, and the year that firewalls put into the time of RFC 3164.
type syslogParser struct {
	machine syslog.Machine
	now     time.Time
}

func newSyslogParser(now time.Time) *syslogParser {
	if now.IsZero() {
		now = time.Now()
	}
	return &syslogParser{now: now, machine: auto.NewMachine(
		auto.WithRFC3164Options(rfc3164.WithOptionalPriority(), rfc3164.WithRFC3339(), rfc3164.WithSecondFractions(), rfc3164.WithLenientDay()),
		auto.WithRFC5424Options(rfc5424.WithOptionalPriority()),
	)}
}

// stampWithYear is the time of RFC 3164 with a year, behind a priority.
var stampWithYear = regexp.MustCompile(`^(?:<\d{1,3}>)?([A-Z][a-z]{2} [ \d]\d \d{4} \d\d:\d\d:\d\d)`)

func (p *syslogParser) parse(line []byte) (syslogMessage, error) {
	text := strings.ToValidUTF8(string(line), "\ufffd")
	if at := stampWithYear.FindStringSubmatchIndex(text); at != nil {
		if t, err := time.Parse("Jan _2 2006 15:04:05", text[at[2]:at[3]]); err == nil {
			text = text[:at[2]] + t.Format(time.RFC3339) + text[at[3]:]
		}
	}
	parsed, err := p.machine.Parse([]byte(text))
	if err != nil {
		var failure *auto.ParseError
		if errors.As(err, &failure) {
			err = failure.Err
		}
		return syslogMessage{}, err
	}
	var m syslogMessage
	var base *syslog.Base
	switch parsed := parsed.(type) {
	case *rfc3164.SyslogMessage:
		base = &parsed.Base
	case *rfc5424.SyslogMessage:
		base = &parsed.Base
		m.structured = parsed.StructuredData != nil
	}
	if base.Timestamp == nil {
		return syslogMessage{}, errors.New("no time")
	}
	m.time = base.Timestamp.UTC()
	if m.time.Year() == 0 {
		m.time = withYear(m.time, p.now)
	}
	m.host, m.process, m.id = value(base.Hostname), value(base.Appname), value(base.ProcID)
	m.facility, m.severity = facilityName(base.Facility), value(base.SeverityShortLevel())
	m.text = strings.TrimPrefix(value(base.Message), "\ufeff")
	return m, nil
}

func value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// withYear gives a time of the year 0 the year that makes it the last such time before now, with a day's allowance for
// clocks and time zones.
func withYear(t, now time.Time) time.Time {
	for year := now.Year() + 1; ; year-- {
		dated := time.Date(year, t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
		if dated.Month() == t.Month() && dated.Before(now.Add(24*time.Hour)) { // a 29 February waits for its year
			return dated
		}
	}
}

// facilityName returns the name that the table has for a facility.
func facilityName(facility *uint8) string {
	names := [...]string{"kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron", "authpriv", "ftp",
		"ntp", "audit", "alert", "clock", "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7"}
	if facility == nil || int(*facility) >= len(names) {
		return ""
	}
	return names[*facility]
}

// syslogLines makes rows of Syslog of lines.
func syslogLines(r *reading) func([]byte, place) error {
	w, parser := newRow(r.options), newSyslogParser(r.options.Now)
	return func(line []byte, at place) error {
		m, err := parser.parse(line)
		if err != nil {
			return r.bad(at, "not a syslog line: %v: %s", err, abridge(line))
		}
		if !r.wants("Syslog", "a syslog line") {
			return nil
		}
		if m.facility == "" {
			r.note("lines have no priority, so that Facility and SeverityLevel are empty")
		}
		if m.structured {
			r.noteOfFormat("structured data has no column in Syslog")
		}
		w.begin("Syslog")
		w.time("TimeGenerated", m.time)
		w.time("EventTime", m.time)
		w.string("Computer", m.host)
		w.string("HostName", m.host)
		if _, err := netip.ParseAddr(m.host); err == nil {
			w.string("HostIP", m.host)
		}
		w.string("Facility", m.facility)
		w.string("SeverityLevel", m.severity)
		w.string("ProcessName", m.process)
		w.string("ProcessID", m.id)
		w.string("SyslogMessage", m.text)
		return r.row(w.end())
	}
}

// isSyslog says whether a line has the form of syslog.
func isSyslog(line []byte) bool {
	_, err := newSyslogParser(time.Time{}).parse(line)
	return err == nil
}
