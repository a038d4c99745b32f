package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
)

// errStop ends a read because the consumer wants no more; it is never yielded.
var errStop = errors.New("stop")

// place is where a record starts.
type place struct {
	line   int
	offset int64
}

// reading is the state of reading one file after another; buffers are reused from file to file.
type reading struct {
	pass    *pass
	options Options
	in      *block
	yield   func([]byte, error) bool
	stats   Stats

	name     string                           // of the current file
	convert  func(rec []byte, at place) error // turns a record of the current file into rows; nil hands it on unchanged
	plain    bool                             // the current file is NDJSON whose records are rows, unless the first says otherwise
	wrappers []string                         // first keys whose array holds the records
	lines    func() int                       // how many lines stand before those that are read, where these are not all of the file
	out      []byte                           // the row being built, where it is not a slice of the block
}

func newReading(ctx context.Context, p *pass, yield func([]byte, error) bool) *reading {
	in, ok := p.blocks.Get().(*block)
	if !ok {
		in = newBlock(ctx)
	}
	return &reading{pass: p, options: p.options, in: in, yield: yield}
}

// input reads one input and reports whether the next one can be read.
func (r *reading) input(in input, format Format) bool {
	err := r.broken(r.file(in, format))
	if err != nil && err != errStop {
		r.yield(nil, fmt.Errorf("%s: %w", in.name, err))
	}
	return err == nil
}

// broken turns the error of a packed file or an archive that cannot be unpacked into a bad record, behind which the next file is
// read. Failures of the files themselves and the end of the context are none.
func (r *reading) broken(err error) error {
	var failure *fs.PathError
	if err == nil || err == errStop || errors.As(err, &failure) || r.in.ctx.Err() != nil {
		return err
	}
	return r.bad(r.in.place(), "%v; the rest of the file is not read", err)
}

// file reads one input. The error is nil when the next file can be read.
func (r *reading) file(in input, format Format) error {
	src, err := in.open()
	if err != nil {
		return r.closed(in, err)
	}
	defer src.Close()
	return r.content(in.name, src, format, 0)
}

// closed tells of an input that cannot be opened. One that was found, not asked for by its name, is a bad record, and does not keep the others
// from being read.
func (r *reading) closed(in input, err error) error {
	if !in.found {
		return err
	}
	var failure *fs.PathError
	if errors.As(err, &failure) {
		err = failure.Err
	}
	r.name, r.lines = in.name, nil
	return r.bad(place{line: 1}, "the file cannot be opened: %v", err)
}

// text reads a text, which src holds from its beginning.
func (r *reading) text(src io.Reader, format Format) error {
	if err := r.in.reset(src, 0); err != nil {
		return err
	}
	read, err := r.readerOf(format)
	if err != nil {
		return r.bad(r.in.place(), "%v", err)
	}
	return read(r)
}

// record hands a record to the file's converter, or straight to the consumer.
func (r *reading) record(rec []byte, at place) error {
	if r.convert != nil {
		return r.convert(rec, at)
	}
	return r.row(rec)
}

// row yields one finished row.
func (r *reading) row(rec []byte) error {
	r.stats.Records++
	if !r.yield(rec, nil) {
		return errStop
	}
	return nil
}

// bad yields a BadRecord; a strict read ends there.
func (r *reading) bad(at place, format string, args ...any) error {
	r.stats.Bad++
	if r.lines != nil {
		at.line += r.lines()
	}
	more := r.yield(nil, &BadRecord{r.name, at.line, at.offset, fmt.Sprintf(format, args...)})
	if !more || r.options.Strict {
		return errStop
	}
	return nil
}

// note passes a remark on the current file to Options.Notes, once.
func (r *reading) note(format string, args ...any) {
	text := r.name + ": " + fmt.Sprintf(format, args...)
	r.pass.note(text, text)
}

// noteOfFormat passes a remark that holds for all files of a format, once a pass, with the
// name of the first file that it is met in.
func (r *reading) noteOfFormat(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	r.pass.note(text, r.name+": "+text)
}
