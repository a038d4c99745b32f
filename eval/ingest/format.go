package ingest

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/tidwall/gjson"
)

// Format is the container and kind of the records in a file.
type Format uint8

const (
	Auto       Format = iota // recognised for each file by its content, then by its name
	NDJSON                   // one JSON object a line
	JSONArray                // arrays of objects, {"Records":[…]} or {"records":[…]}, or objects over several lines
	CSV                      // a header line, then rows; separated by comma, semicolon or tab
	CloudTrail               // raw AWS CloudTrail in any JSON container → rows of the AWSCloudTrail table
)

var formatNames = [...]string{Auto: "auto", NDJSON: "ndjson", JSONArray: "json", CSV: "csv", CloudTrail: "cloudtrail"}

// String returns the name that [ParseFormat] reads.
func (f Format) String() string {
	if int(f) < len(formatNames) {
		return formatNames[f]
	}
	return fmt.Sprintf("Format(%d)", uint8(f))
}

// ParseFormat returns the format of that name: auto, ndjson, json, csv or cloudtrail.
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
		if format, err = detect(head, r.name); err != nil {
			return nil, err
		}
	}
	r.wrappers = []string{"Records", "records"}
	switch format {
	case CSV:
		return readCSV, nil
	case CloudTrail:
		r.wrappers = append(r.wrappers, "Events", "events", "logEvents")
		r.convert = newConverter(r).record
		if !byLine(head, r.name, r.wrappers) {
			return readDocuments, nil
		}
	case JSONArray:
		r.convert = r.firstRecord
		return readDocuments, nil
	default:
		r.convert, r.plain = r.firstRecord, true
	}
	return readNDJSON, nil
}

// detect recognises the format from the beginning of a file's text.
func detect(head []byte, name string) (Format, error) {
	text := bytes.TrimLeft(head, " \t\r\n")
	if len(text) == 0 {
		return NDJSON, nil
	}
	extension := logExtension(name)
	first, _, _ := bytes.Cut(text, []byte{'\n'})
	switch {
	case text[0] == '{' || text[0] == '[':
		switch {
		case holdsCloudTrail(text):
			return CloudTrail, nil
		case byLine(text, name, []string{"Records", "records"}):
			return NDJSON, nil
		}
		return JSONArray, nil
	case extension == ".csv":
		return CSV, nil
	case byLine(text, name, nil):
		return NDJSON, nil
	}
	for _, known := range []struct{ magic, what string }{
		{"\xff\xfe", "UTF-16 text: save it as UTF-8"},
		{"\xfe\xff", "UTF-16 text: save it as UTF-8"},
		{"PK\x03\x04", "a zip archive: unpack it first"},
		{"PAR1", "a Parquet file: export it as JSON or CSV"},
		{"ElfFile", "a Windows event log (EVTX): export it as JSON"},
	} {
		if bytes.HasPrefix(head, []byte(known.magic)) {
			return Auto, fmt.Errorf("byte 0: this is %s", known.what)
		}
	}
	if extension == "" && bytes.ContainsAny(first, ",;\t") {
		return CSV, nil
	}
	return Auto, fmt.Errorf("byte %d: expected JSON objects or CSV, found %s", len(head)-len(text), abridge(first))
}

// byLine says whether a JSON text has one record a line. A broken first line does not change that,
// so two lines are tried; neither can be an object of its own if the text is one large value.
func byLine(text []byte, name string, wrappers []string) bool {
	if extension := logExtension(name); extension == ".ndjson" || extension == ".jsonl" {
		return true
	}
	if wrapperExtent(text, wrappers) > 0 {
		return false
	}
	for range 2 {
		text = bytes.TrimLeft(text, " \t\r\n")
		line, rest, _ := bytes.Cut(text, []byte{'\n'})
		line = bytes.TrimSpace(line)
		if braced(line) && checkJSON(line) == nil {
			return true
		}
		text = rest
	}
	return false
}

// holdsCloudTrail says whether the first record of a JSON text is a CloudTrail event, in any of
// its containers. The text may be cut anywhere behind it.
func holdsCloudTrail(text []byte) bool {
	for _, at := range []string{"", "0.", "Records.0.", "detail.", "0.detail."} {
		if gjson.GetBytes(text, at+"eventVersion").Exists() && gjson.GetBytes(text, at+"eventSource").Exists() {
			return true
		}
	}
	for _, at := range []string{"Events.0.CloudTrailEvent", "0.CloudTrailEvent", "CloudTrailEvent", "events.0.message", "logEvents.0.message"} {
		event := gjson.GetBytes(text, at).String()
		if gjson.Get(event, "eventVersion").Exists() && gjson.Get(event, "eventSource").Exists() {
			return true
		}
	}
	return false
}
