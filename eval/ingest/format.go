package ingest

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

// Format is the container and kind of the records in a file. The kinds of raw logs stand in the package's documentation.
type Format uint8

const (
	Auto        Format = iota // recognised for each file by its content, then by its name
	NDJSON                    // one JSON object a line
	JSONArray                 // arrays of objects, {"Records":[…]} or {"records":[…]}, or objects over several lines
	CSV                       // a header line, then rows; separated by comma, semicolon or tab
	CloudTrail                // raw AWS CloudTrail → AWSCloudTrail
	Diagnostics               // Azure's diagnostic and activity logs, Defender's streaming API → the table of each record's category
	Graph                     // sign-ins and audits of Microsoft Graph → SigninLogs, AADNonInteractiveUserSignInLogs, AuditLogs
	Office                    // Office 365 Management Activity API and audit log search → OfficeActivity
	Windows                   // Windows events as JSON → SecurityEvent, Event or WindowsEvent
	CEF                       // lines of Common Event Format, with a syslog header or without → CommonSecurityLog
	Syslog                    // lines of RFC 3164 or RFC 5424 → Syslog
	CustomLog                 // what is sent to the HTTP Data Collector API → a custom table with type suffixes; never recognised
)

var formatNames = [...]string{
	Auto: "auto", NDJSON: "ndjson", JSONArray: "json", CSV: "csv", CloudTrail: "cloudtrail",
	Diagnostics: "diagnostics", Graph: "graph", Office: "office", Windows: "windows", CEF: "cef", Syslog: "syslog", CustomLog: "customlog",
}

// Formats returns all formats, Auto first.
func Formats() []Format {
	formats := make([]Format, len(formatNames))
	for i := range formats {
		formats[i] = Format(i)
	}
	return formats
}

// String returns the name that [ParseFormat] reads.
func (f Format) String() string {
	if int(f) < len(formatNames) {
		return formatNames[f]
	}
	return fmt.Sprintf("Format(%d)", uint8(f))
}

// ParseFormat returns the format of that name, that of its constant in small letters; that of JSONArray is json.
func ParseFormat(name string) (Format, error) {
	if i := slices.Index(formatNames[:], strings.ToLower(name)); i >= 0 {
		return Format(i), nil
	}
	return Auto, fmt.Errorf("unknown log format %q: want one of %s", name, strings.Join(formatNames[:], ", "))
}

// skips says whether a file of this name holds no records of the format.
func (f Format) skips(path string) bool {
	if f != CloudTrail && f != Auto {
		return false
	}
	path = filepath.ToSlash(path)
	return strings.Contains(path, "CloudTrail-Digest") || strings.Contains(path, "CloudTrail-Insight")
}

// readerOf returns what reads the current file, and sets the conversion of its records.
func (r *reading) readerOf(format Format) (func(*reading) error, error) {
	head := r.in.unread()
	r.convert, r.plain = nil, false
	if format == Auto {
		var err error
		if format, err = r.detect(head); err != nil {
			return nil, err
		}
	}
	r.wrappers = recordWrappers
	switch format {
	case NDJSON:
		r.convert, r.plain = r.firstRecord, true
		return readNDJSON, nil
	case JSONArray:
		r.convert = r.firstRecord
		return readDocuments, nil
	case CSV:
		return readCSV, nil
	case CEF:
		r.convert = cef(r)
		return readLines, nil
	case Syslog:
		r.convert = syslogLines(r)
		return readLines, nil
	case CloudTrail:
		r.wrappers = cloudTrailWrappers
		r.convert = newConverter(r).record
	case Diagnostics:
		r.convert = diagnostics(r)
	case Graph:
		r.convert = graph(r)
	case Office:
		r.convert = office(r)
	case Windows:
		r.convert = windows(r)
	case CustomLog:
		r.convert = customLog(r)
	}
	return containerOf(head, r.name, r.wrappers), nil
}

// The first keys whose array holds records.
var (
	recordWrappers     = []string{"Records", "records"}
	cloudTrailWrappers = append([]string{"Events", "events", "logEvents"}, recordWrappers...)
)

// containerOf returns what finds the records in raw logs, whose JSON may stand in any container; the results of an audit log
// search are CSV.
func containerOf(head []byte, name string, wrappers []string) func(*reading) error {
	switch {
	case isAuditSearch(head):
		return readCSV
	case byLine(head, name, wrappers):
		return readNDJSON
	}
	return readDocuments
}
