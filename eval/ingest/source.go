package ingest

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"sync"
	"time"
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

// Parted is a [Source] that can be read in pieces side by side; the sources of [Open] and [FromBytes] are Parted.
type Parted interface {
	Source

	// Parts yields pieces of the source in order: what they yield one after the other is what Records
	// yields. Each may be read by another goroutine, and once. A file is a piece, and large files of one record a
	// line that are not packed are cut into several.
	Parts(ctx context.Context) iter.Seq[iter.Seq2[[]byte, error]]
}

// Counted is a [Source] that counts what it reads; the sources of [Open] and [FromBytes] are Counted.
type Counted interface {
	Source

	// Stats returns the counts of the read that ended last, complete or not.
	Stats() Stats
}

// Stats counts what one read of a [Source] met.
type Stats struct {
	Files   int   // files opened, archives and their members too
	Records int64 // records yielded
	Bad     int64 // *BadRecord errors yielded
	Other   int64 // records left out because they belong to another table than Options.Table
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

	// JSONSpacing applies to the JSON text that raw logs have in string columns. Which of the two the service
	// writes is not documented; rules that use has or contains on such a column can see the difference.
	JSONSpacing JSONSpacing

	// Table is the table that the records are read for. Of formats whose records belong to several tables, as Azure's
	// diagnostic logs do by their category, those of others are left out and counted, with a note for each kind.
	// Without it all records are read; what is converted tells its table in the column Type.
	Table string

	// TempDir is the directory of temporary files, in which standard input and pipes are kept: see [Keep]. It is that of the system
	// (os.TempDir) if empty.
	TempDir string

	// Now is the instant before which times without a year lie, those of RFC 3164; zero is the time of reading.
	Now time.Time

	// Notes, if set, receives remarks on what is skipped or has no column: one sentence each,
	// not repeated, and no more than 1000 in a pass.
	Notes func(string)
}

// Open returns the records of all paths in the order given. A path is a file, a directory (read
// recursively, in lexical order), a glob, or "-" for standard input. A path that names nothing
// is an error; the content is not looked at before it is read. A file in a directory or of a glob
// that cannot be opened then is a bad record, one that is named itself a failure.
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
		p := s.begin()
		r := newReading(ctx, p, yield)
		defer p.end(r)
		for _, in := range s.inputs {
			if !r.input(in, s.format) {
				return
			}
		}
	}
}

// pass is what the readings of one pass over a source have in common.
type pass struct {
	source  *files
	options Options

	blocks sync.Pool // of *block, for the next reading

	mu    sync.Mutex
	stats Stats
	noted map[string]bool // notes of this pass
}

func (s *files) begin() *pass { return &pass{source: s, options: s.options} }

// end adds the counts of a reading to those of the pass, which are the source's from now on.
func (p *pass) end(r *reading) {
	p.blocks.Put(r.in)
	p.mu.Lock()
	p.stats.Files += r.stats.Files
	p.stats.Records += r.stats.Records
	p.stats.Bad += r.stats.Bad
	p.stats.Other += r.stats.Other
	stats := p.stats
	p.mu.Unlock()
	p.source.mu.Lock()
	p.source.stats = stats
	p.source.mu.Unlock()
}

// maxNotes bounds the notes of one pass, whose texts may come from the files.
const maxNotes = 1000

// note passes a remark to Options.Notes, once for each key.
func (p *pass) note(key, text string) {
	if p.options.Notes == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.noted[key] || len(p.noted) == maxNotes {
		return
	}
	if p.noted == nil {
		p.noted = map[string]bool{}
	}
	p.noted[key] = true
	p.options.Notes(text)
}
