package ingest

import (
	"bytes"
	"io"
)

// readNDJSON reads one object a line; blank lines are skipped.
func readNDJSON(r *reading) error {
	for {
		line, at, err := r.in.readLine()
		switch err {
		case nil:
		case io.EOF:
			return nil
		case errTooLong:
			if err := r.bad(at, "%v", err); err != nil {
				return err
			}
			continue
		default:
			return err
		}
		if err := r.jsonLine(line, at); err != nil {
			return err
		}
	}
}

func (r *reading) jsonLine(line []byte, at place) error {
	if !braced(line) {
		line = bytes.TrimSpace(line)
		if len(line) == 0 {
			return nil
		}
		if !braced(line) {
			return r.bad(at, "line is not a JSON object: %s", abridge(line))
		}
	}
	if r.options.Strict || r.convert != nil {
		if err := checkJSON(line); err != nil {
			return r.bad(at, "%v", err)
		}
	}
	return r.record(line, at)
}

// braced says whether text has the outer form of an object.
func braced(text []byte) bool {
	return len(text) >= 2 && text[0] == '{' && text[len(text)-1] == '}'
}

// abridge quotes the beginning and end of a text for a message.
func abridge(text []byte) string {
	const half = 30
	if len(text) <= 2*half {
		return string(bytes.ToValidUTF8(text, []byte("\ufffd")))
	}
	return string(bytes.ToValidUTF8(text[:half], nil)) + "…" + string(bytes.ToValidUTF8(text[len(text)-half:], nil))
}
