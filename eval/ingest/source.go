package ingest

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"sync"
)

// A Source is something that can be read again and again as JSON object records.
type Source interface {
	// Records yields each record's raw JSON object text; the slice is valid until the next
	// iteration. A bad record is yielded as an error of type *[BadRecord], after which reading
	// goes on unless the consumer stops; an I/O failure, or the end of ctx, is yielded as another
	// error and ends the sequence.
	Records(ctx context.Context) iter.Seq2[[]byte, error]

	// Name names the source in messages.
	Name() string
}

// Counted is a [Source] that counts what it reads; the sources of [Open] and [FromBytes] are Counted.
type Counted interface {
	Source

	// Stats returns the counts of the read that ended last, complete or not.
	Stats() Stats
}

// Stats counts what one read of a [Source] met.
type Stats struct {
	Files   int   // files opened
	Records int64 // records yielded
	Bad     int64 // *BadRecord errors yielded
}

// BadRecord is the error of a piece of input that cannot be read as a record.
type BadRecord struct {
	File   string // path as given or found
	Line   int    // line on which the record starts, from 1
	Offset int64  // byte at which the record starts, from 0, in the decompressed text
	Reason string
}

// Error returns "file:line: reason".
func (e *BadRecord) Error() string { return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Reason) }

// JSONSpacing is how JSON text inside a string column (RequestParameters and the like) is written.
type JSONSpacing uint8

const (
	Compact JSONSpacing = iota // {"a":1,"b":[2,3]}
	Spaced                     // {"a": 1, "b": [2, 3]}
)

// Options alter how a source is read. The zero value is what [Open] uses.
type Options struct {
	// Strict ends the sequence at the first bad record and checks the JSON of NDJSON lines.
	Strict bool

	// JSONSpacing applies to the JSON text columns of CloudTrail. Which of the two the service
	// writes is not documented; rules that use has or contains on such a column can see the difference.
	JSONSpacing JSONSpacing

	// Notes, if set, receives remarks on what is skipped or has no column: one sentence each,
	// not repeated, and no more than 1000 in a pass.
	Notes func(string)
}

// Open returns the records of all paths in the order given. A path is a file, a directory (read
// recursively, in lexical order), a glob, or "-" for standard input. A path that names nothing
// is an error; the content is not looked at before it is read.
func Open(format Format, paths ...string) (Source, error) { return Options{}.Open(format, paths...) }

// Open is like the function [Open] with options.
func (o Options) Open(format Format, paths ...string) (Source, error) {
	inputs, err := o.expand(format, paths)
	if err != nil {
		return nil, err
	}
	return &files{name: strings.Join(paths, ", "), format: format, options: o, inputs: inputs}, nil
}

// FromBytes returns the records of data, which is read as a file of that name would be.
func FromBytes(format Format, name string, data []byte) Source {
	return Options{}.FromBytes(format, name, data)
}

// FromBytes is like the function [FromBytes] with options.
func (o Options) FromBytes(format Format, name string, data []byte) Source {
	return &files{name: name, format: format, options: o, inputs: []input{bytesInput(name, data)}}
}

// files is the Source of a list of inputs read one after the other.
type files struct {
	name    string
	format  Format
	options Options
	inputs  []input

	mu    sync.Mutex
	stats Stats
}

func (s *files) Name() string { return s.name }

func (s *files) Stats() Stats {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stats
}

func (s *files) Records(ctx context.Context) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		r := &reading{options: s.options, in: newBlock(ctx), yield: yield}
		defer func() {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.stats = r.stats
		}()
		for _, in := range s.inputs {
			switch err := r.file(in, s.format); err {
			case nil:
			case errStop:
				return
			default:
				yield(nil, fmt.Errorf("%s: %w", in.name, err))
				return
			}
		}
	}
}
