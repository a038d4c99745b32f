package ingest

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/tidwall/gjson"
)

// detect recognises the format from the beginning of a file's text.
func (r *reading) detect(head []byte) (Format, error) {
	name := r.name
	text := bytes.TrimLeft(head, " \t\r\n")
	if len(text) == 0 {
		return NDJSON, nil
	}
	extension := logExtension(name)
	first, _, _ := bytes.Cut(text, []byte{'\n'})
	switch {
	case text[0] == '{' || text[0] == '[':
		if format := rawFormat(text, r.options.Table); format != Auto {
			return format, nil
		}
		if byLine(text, name, recordWrappers) {
			return NDJSON, nil
		}
		return JSONArray, nil
	case r.options.Table == "Syslog" && isSyslog(bytes.TrimSpace(first)):
		return Syslog, nil // CEF also is syslog, where it is asked for
	case isAuditSearch(text):
		return Office, nil
	case isRecordHeading(first):
		return Windows, nil
	case extension == ".csv":
		return CSV, nil
	case findCEF(first) >= 0:
		return CEF, nil
	case isSyslog(bytes.TrimSpace(first)):
		return Syslog, nil
	case byLine(text, name, nil):
		return NDJSON, nil
	}
	for _, known := range []struct{ magic, what string }{
		{"\xff\xfe", "UTF-16 text: save it as UTF-8"},
		{"\xfe\xff", "UTF-16 text: save it as UTF-8"},
		{"\xfd7zXZ", "an xz archive: unpack it first"},
		{"7z\xbc\xaf", "a 7z archive: unpack it first"},
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
	return Auto, fmt.Errorf("byte %d: expected JSON objects, CSV, CEF or syslog, found %s", len(head)-len(text), abridge(first))
}

// rawFormat recognises raw logs by the first record of a JSON text, which may be cut anywhere behind it;
// Auto if it is none. What has a TimeGenerated is a row of a table already, and what is read for a custom table stays as it is.
func rawFormat(text []byte, table string) Format {
	if holdsCloudTrail(text) {
		return CloudTrail
	}
	if strings.HasSuffix(table, "_CL") {
		return Auto
	}
	for _, at := range []string{"@this", "0", "Records.0", "records.0", "value.0"} {
		rec := gjson.GetBytes(text, at)
		switch {
		case !rec.IsObject() || rec.Get("TimeGenerated").Exists():
		case isDiagnostic(rec):
			return Diagnostics
		case isGraphSignIn(rec), isGraphAudit(rec):
			return Graph
		case isWindowsEvent(rec):
			return Windows
		case isOffice(rec):
			return Office
		}
	}
	return Auto
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
