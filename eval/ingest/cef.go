package ingest

import (
	"bytes"
	"errors"
	"strings"
	"time"
)

// Common Event Format: a syslog line whose message is
//
//	CEF:0|vendor|product|version|event class|name|severity|key=value key=value…
//
// In the header \| and \\ are escapes, in the extension \=, \\, \n and \r.

// A cefEvent is the CEF part of a line.
type cefEvent struct {
	header    [7]string // behind "CEF:": version, vendor, product, version, class, name, severity
	extension []cefField
}

type cefField struct{ key, value string }

// cefHeader are the columns of the header's fields.
var cefHeader = [7]string{"", "DeviceVendor", "DeviceProduct", "DeviceVersion", "DeviceEventClassID", "Activity", "LogSeverity"}

// findCEF returns where CEF begins in a line, or -1.
func findCEF(line []byte) int {
	for from := 0; ; {
		i := bytes.Index(line[from:], []byte("CEF:"))
		if i < 0 {
			return -1
		}
		from += i
		if version := from + len("CEF:"); version < len(line) && (line[version] == ' ' || line[version] >= '0' && line[version] <= '9') {
			return from
		}
		from += len("CEF:")
	}
}

// parseCEF reads text, which starts with "CEF:".
func parseCEF(text string) (*cefEvent, error) {
	e := &cefEvent{}
	rest := strings.TrimPrefix(text, "CEF:")
	for i := range e.header {
		end := unescaped(rest, '|')
		if end < 0 && i < len(e.header)-1 {
			return nil, errors.New("the header of CEF has less than 7 fields")
		}
		if end < 0 {
			end = len(rest)
		}
		e.header[i] = strings.TrimSpace(unescapeCEF(rest[:end]))
		rest = rest[min(end+1, len(rest)):]
	}
	var err error
	e.extension, err = parseExtension(strings.TrimSpace(rest))
	return e, err
}

// parseExtension reads keys and values. A value goes on up to the next key, which follows a blank; an equals sign behind
// what cannot be a key, as in an address, belongs to the value also where it has no backslash.
func parseExtension(text string) ([]cefField, error) {
	var fields []cefField
	from := 0 // of the current value
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '=':
			start := strings.LastIndexByte(text[from:i], ' ') + 1 + from
			if !isCEFKey(text[start:i]) || len(fields) > 0 && start == from {
				continue
			}
			if len(fields) > 0 {
				fields[len(fields)-1].value = unescapeCEF(strings.TrimSpace(text[from:start]))
			} else if start > 0 {
				return nil, errors.New("the extension of CEF does not begin with a key: " + abridge([]byte(text)))
			}
			fields = append(fields, cefField{key: text[start:i]})
			from = i + 1
		}
	}
	if len(fields) > 0 {
		fields[len(fields)-1].value = unescapeCEF(strings.TrimSpace(text[from:]))
	} else if text != "" {
		return nil, errors.New("the extension of CEF has no key: " + abridge([]byte(text)))
	}
	return fields, nil
}

func isCEFKey(text string) bool {
	for _, c := range []byte(text) {
		switch {
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9':
		case c == '_' || c == '-' || c == '.' || c == '[' || c == ']':
		default:
			return false
		}
	}
	return text != ""
}

// unescaped returns the place of the first c without a backslash before it, or -1.
func unescaped(text string, c byte) int {
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case c:
			return i
		}
	}
	return -1
}

// unescapeCEF resolves escapes; a backslash before anything else is itself.
func unescapeCEF(text string) string {
	if !strings.Contains(text, `\`) {
		return text
	}
	return cefEscapes.Replace(text)
}

var cefEscapes = strings.NewReplacer(`\\`, `\`, `\|`, `|`, `\=`, `=`, `\n`, "\n", `\r`, "\r")

// cef makes rows of CommonSecurityLog of lines that hold CEF. TimeGenerated is the time of the syslog header, where
// there is none that of the keys rt, end and start.
func cef(r *reading) func([]byte, place) error {
	w, header := newRow(r.options), newSyslogParser(r.options.Now)
	return func(line []byte, at place) error {
		start := findCEF(line)
		if start < 0 {
			return r.bad(at, "line holds no CEF: %s", abridge(line))
		}
		e, err := parseCEF(string(line[start:]))
		if err != nil {
			return r.bad(at, "%v", err)
		}
		if !r.wants(commonSecurityLog, "CEF") {
			return nil
		}
		w.begin(commonSecurityLog)
		if start > 0 {
			if m, err := header.parse(line); err == nil {
				w.time("TimeGenerated", m.time)
				w.string("Computer", m.host)
			}
		}
		for i, column := range cefHeader {
			if column != "" {
				w.string(column, e.header[i])
			}
		}
		e.write(w)
		if !w.has["TimeGenerated"] {
			r.note("CEF without a time in the syslog header, rt, end or start has no TimeGenerated, so that no time window of a rule holds it")
		}
		return r.row(w.end())
	}
}

const commonSecurityLog = "CommonSecurityLog"

// write writes the extension. Keys without a column are AdditionalExtensions, "key=value;key=value".
func (e *cefEvent) write(w *row) {
	columns := cefColumns()
	values := map[string]string{}
	times := map[string]time.Time{}
	var further []string
	for _, f := range e.extension {
		column := columns[strings.ToLower(f.key)]
		instant, isTime := time.Time{}, false
		switch column {
		case cefReceipt, cefEnd, cefStart:
			if instant, isTime = readTime(f.value); isTime {
				times[column] = instant
			}
		}
		switch {
		case column == "":
			further = append(further, f.key+"="+f.value)
		case isTime && column != cefReceipt:
			w.time(column, instant)
		default:
			w.string(column, f.value)
			values[column] = f.value
		}
	}
	for _, c := range cefCopies {
		w.string(c.column, values[c.of])
	}
	w.string("AdditionalExtensions", strings.Join(further, ";"))
	for _, column := range [...]string{cefReceipt, cefEnd, cefStart} {
		if instant, ok := times[column]; ok {
			w.time("TimeGenerated", instant)
		}
	}
}
