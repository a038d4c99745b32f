package ingest

import (
	"bytes"
	"errors"
	"io"
	"slices"
)

// readDocuments reads JSON values one after the other: arrays of objects, objects that wrap an
// array as their first member, and objects that are records themselves, over any number of lines.
func readDocuments(r *reading) error {
	for {
		c, err := r.in.skipSpace()
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		case c == '[':
			r.in.skip(1)
			err = r.elements()
		case c == '{':
			err = r.document()
		default:
			if err := r.in.atLeast(1024); err != nil {
				return err
			}
			first, _, _ := bytes.Cut(r.in.unread(), []byte{'\n'})
			if isRecordHeading(first) {
				r.in.skip(len(first))
				continue
			}
			at := r.in.place()
			return r.bad(at, "byte %d: expected a JSON object or array, found %s; the rest of the file is not read", at.offset, abridge(first))
		}
		if err == errLost {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// errLost says that the rest of the file cannot be read, which has been reported.
var errLost = errors.New("lost")

// lost reports the end of reading in the current file.
func (r *reading) lost(at place, format string, args ...any) error {
	if err := r.bad(at, format, args...); err != nil {
		return err
	}
	return errLost
}

// document reads the object at the start of the unread text.
func (r *reading) document() error {
	if err := r.in.atLeast(1024); err != nil {
		return err
	}
	n := wrapperExtent(r.in.unread(), r.wrappers)
	if n == 0 {
		return r.value(true)
	}
	r.in.skip(n)
	if err := r.elements(); err != nil {
		return err
	}
	return r.restOfObject()
}

// wrapperExtent returns the length of the text up to and with the [ of {"Records":[, for any of
// the keys; 0 if it does not start so.
func wrapperExtent(text []byte, keys []string) int {
	const space = " \t\r\n"
	rest, ok := bytes.CutPrefix(bytes.TrimLeft(text, space), []byte{'{'})
	if !ok {
		return 0
	}
	rest = bytes.TrimLeft(rest, space)
	if len(rest) == 0 || rest[0] != '"' {
		return 0
	}
	n := stringExtent(rest)
	if n == 0 || !slices.Contains(keys, string(unquote(rest[:n]))) {
		return 0
	}
	rest = bytes.TrimLeft(rest[n:], space)
	rest, ok = bytes.CutPrefix(rest, []byte{':'})
	rest = bytes.TrimLeft(rest, space)
	if !ok || len(rest) == 0 || rest[0] != '[' {
		return 0
	}
	return len(text) - len(rest) + 1
}

// elements reads the records of an array behind its [.
func (r *reading) elements() error {
	for {
		c, err := r.in.skipSpace()
		switch {
		case err == io.EOF:
			return r.lost(r.in.place(), "the file ends inside an array")
		case err != nil:
			return err
		case c == ']':
			r.in.skip(1)
			return nil
		case c == ',':
			r.in.skip(1)
			continue
		}
		if err := r.value(true); err != nil {
			return err
		}
	}
}

// restOfObject skips the members behind the array of a wrapper.
func (r *reading) restOfObject() error {
	for {
		c, err := r.in.skipSpace()
		switch {
		case err == io.EOF:
			return r.lost(r.in.place(), "the file ends inside an object")
		case err != nil:
			return err
		case c == '}':
			r.in.skip(1)
			return nil
		case c == ',' || c == ':':
			r.in.skip(1)
		default:
			if err := r.value(false); err != nil {
				return err
			}
		}
	}
}

// value takes the JSON value at the start of the unread text; a wanted one is a record.
func (r *reading) value(wanted bool) error {
	at := r.in.place()
	length, depth, ok := extent(r.in.unread())
	for !ok {
		if r.in.eof {
			return r.lost(at, "the file ends inside a record: %s", abridge(r.in.unread()))
		}
		if err := r.in.fill(); err == errTooLong {
			return r.lost(at, "%v; the rest of the file is not read", err)
		} else if err != nil {
			return err
		}
		length, depth, ok = extent(r.in.unread())
	}
	if length == 0 {
		return r.lost(at, "byte %d: expected a JSON value, found %s; the rest of the file is not read", at.offset, abridge(r.in.unread()))
	}
	text := r.in.unread()[:length]
	defer r.in.skip(length)
	switch {
	case !wanted:
		return nil
	case text[0] != '{':
		return r.bad(at, "record is not a JSON object: %s", abridge(text))
	case depth > maxDepth:
		return r.bad(at, "%v", errDeep)
	}
	if err := checkSyntax(text); err != nil {
		return r.bad(at, "%v", err)
	}
	return r.record(text, at)
}
