package ingest

import (
	"bytes"
	"io"
)

// readLines hands on each line of text without its line end; blank lines are skipped.
func readLines(r *reading) error {
	for {
		line, at, err := r.in.readLine()
		switch err {
		case nil:
			if line = bytes.TrimSpace(line); len(line) > 0 {
				err = r.record(line, at)
			}
		case io.EOF:
			return nil
		case errTooLong:
			err = r.bad(at, "%v", err)
		}
		if err != nil {
			return err
		}
	}
}
