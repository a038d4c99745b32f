package eval

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"sync/atomic"

	"github.com/cespare/xxhash/v2"
	"github.com/klauspost/compress/s2"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// spilling is where a run may put rows that its budget has no room for.
type spilling struct {
	dir   string
	early int                     // tests have operators put away what they hold from so many bytes on; 0 is never
	files atomic.Int64            // that were made,
	bytes atomic.Int64            // and what was written to them
	wrap  func(tempFile) tempFile // tests put a disk in between that fails
}

// tempFile is what an *os.File does for a spillFile.
type tempFile interface {
	io.ReaderAt
	io.WriterAt
	io.Closer
	Name() string
}

// SpillError says that a temporary file of an operator cannot be made, written or read.
type SpillError struct {
	Operator string // such as sort
	Offset   int    // where it stands in the query, in bytes
	Line     int    // and by line and column, from 1; 0 where that is not known
	Column   int
	Stored   bool   // the place is one in the text of a stored function
	Dir      string // of the file
	Err      error
}

func (e *SpillError) Error() string {
	return fmt.Sprintf("%s has more rows than fit into the limit of memory, and its temporary file in %s fails: %v; name a directory with more room, or raise the limit",
		subject(e.Operator, e.Line, e.Column, e.Stored), e.Dir, e.Err)
}

// Unwrap gives what went wrong with the file.
func (e *SpillError) Unwrap() error { return e.Err }

// spillFile holds runs of rows that one operator has put away. It has no name in its directory where the system lets an open file
// lose it, so that nothing stays behind whatever happens to the process.
type spillFile struct {
	env   env
	file  tempFile // nil until something is written
	named bool
	end   int64
	block int    // bytes that a run collects before it writes them
	disk  []byte // a block as it is written
}

func (e env) spillFile() *spillFile { return &spillFile{env: e, block: e.run.blockSize()} }

// Sizes of what is put away, for the budgets from which they follow: see run.blockSize.
const (
	minBlock = 1 << 10
	maxBlock = 256 << 10
	fanOut   = 16 // parts that rows are put away in by their keys
	fanIn    = 32 // runs that are merged at a time
)

// blockSize is how many bytes a run of rows collects before it writes them. The buffers of all parts together, and those of all runs
// that are merged at a time, are an eighth of the budget at most, save that no block is smaller than minBlock.
func (r *run) blockSize() int { return min(max(r.limits.Memory/(8*fanIn), minBlock), maxBlock) }

// fail ends the run because of the file.
func (s *spillFile) fail(err error) bool {
	var of *os.PathError
	if errors.As(err, &of) {
		err = of.Err // the path is one that nobody has seen
	}
	e := &SpillError{Dir: s.env.run.spill.directory(), Err: err}
	if p := s.env.at; p != nil {
		e.Operator, e.Stored, e.Offset = p.operator, p.stored, p.span.Start
		e.Line, e.Column = p.src.Position(e.Offset)
	}
	s.env.run.fail(e)
	return false
}

func (s *spilling) directory() string {
	if s.dir == "" {
		return os.TempDir()
	}
	return s.dir
}

// close gives the file back.
func (s *spillFile) close() {
	if s == nil || s.file == nil {
		return
	}
	s.file.Close()
	if s.named {
		os.Remove(s.file.Name())
	}
	s.file = nil
}

// spillBlock is where a block stands in its file.
type spillBlock struct {
	at, sum uint64
	size    int // in the file
	length  int // of what it holds; the block is not compressed where that is its size
	first   int // which row of its run it begins with
}

// write appends a block. S2 is the codec because it makes a third to a quarter of the bytes for less CPU time than the system takes to
// write the whole; zstd would make a sixth of them, at a third of the speed.
func (s *spillFile) write(b []byte) (spillBlock, bool) {
	if s.file == nil {
		f, err := os.CreateTemp(s.env.run.spill.directory(), "picket-*.spill")
		if err != nil {
			return spillBlock{}, s.fail(err)
		}
		s.file, s.named = f, os.Remove(f.Name()) != nil
		if wrap := s.env.run.spill.wrap; wrap != nil {
			s.file = wrap(f)
		}
		s.env.run.spill.files.Add(1)
	}
	if need := s2.MaxEncodedLen(len(b)); cap(s.disk) < need {
		s.disk = make([]byte, need)
	}
	out := s2.Encode(s.disk[:cap(s.disk)], b)
	if len(out) >= len(b) {
		out = b
	}
	at := spillBlock{at: uint64(s.end), sum: xxhash.Sum64(out), size: len(out), length: len(b)}
	if _, err := s.file.WriteAt(out, s.end); err != nil {
		return at, s.fail(err)
	}
	s.end += int64(len(out))
	s.env.run.spill.bytes.Add(int64(len(out)))
	return at, true
}

// read reads a block into buf, or a larger one, by way of scratch.
func (s *spillFile) read(at spillBlock, buf, scratch []byte) (block, disk []byte, ok bool) {
	if cap(buf) < at.length {
		buf = make([]byte, max(at.length, s.block+s.block/4))
	}
	buf = buf[:at.length]
	disk = buf
	if at.size != at.length {
		if cap(scratch) < at.size {
			scratch = make([]byte, max(at.size, s.block+s.block/4))
		}
		disk = scratch[:at.size]
	}
	if _, err := s.file.ReadAt(disk, int64(at.at)); err != nil {
		return buf, scratch, s.fail(err)
	}
	if xxhash.Sum64(disk) != at.sum {
		return buf, scratch, s.fail(errors.New("what is read is not what was written"))
	}
	if at.size != at.length {
		if _, err := s2.Decode(buf, disk); err != nil {
			return buf, scratch, s.fail(err)
		}
	}
	return buf, scratch, true
}

// rowRun is rows in a file, in the order in which they were put there.
type rowRun struct {
	file   *spillFile
	blocks []spillBlock
	rows   int
	buf    []byte // of the block that is being filled
	first  int    // which row that begins with
}

func (s *spillFile) newRun() *rowRun { return &rowRun{file: s} }

// add appends a row and a number that goes with it.
func (r *rowRun) add(tag uint64, row ...[]scalar.Value) bool {
	b := binary.AppendUvarint(r.buf, tag)
	n := 0
	for _, part := range row {
		n += len(part)
	}
	b = binary.AppendUvarint(b, uint64(n))
	for _, part := range row {
		for _, v := range part {
			b = v.AppendPacked(b)
		}
	}
	r.buf = b
	r.rows++
	return len(b) < r.file.block || r.flush()
}

// flush writes what add has collected.
func (r *rowRun) flush() bool {
	if len(r.buf) == 0 {
		return true
	}
	at, ok := r.file.write(r.buf)
	if !ok {
		return false
	}
	at.first, r.first = r.first, r.rows
	r.blocks = append(r.blocks, at)
	r.buf = r.buf[:0]
	return true
}

// done writes the last block and lets go of the buffer.
func (r *rowRun) done() bool {
	ok := r.flush()
	r.buf = nil
	return ok
}

// rowReader reads the rows of a run.
type rowReader struct {
	run     *rowRun
	next    int // block
	block   []byte
	rest    []byte // of the block
	scratch []byte
	tag     uint64
	row     []scalar.Value // good until the next is read
}

func (r *rowRun) reader() *rowReader { return &rowReader{run: r} }

// read turns to the next row. It is false at the end, and where the run has failed.
func (r *rowReader) read() bool {
	if len(r.rest) == 0 {
		if r.next == len(r.run.blocks) || r.run.file.env.run.err != nil {
			return false
		}
		var ok bool
		if r.block, r.scratch, ok = r.run.file.read(r.run.blocks[r.next], r.block, r.scratch); !ok {
			return false
		}
		r.next++
		r.rest = r.block
	}
	var ok bool
	if r.tag, r.row, r.rest, ok = unpackRow(r.rest, r.row); !ok {
		return r.run.file.fail(errIncomplete)
	}
	return true
}

// unpackRow reads a row that add wrote.
func unpackRow(b []byte, into []scalar.Value) (tag uint64, row []scalar.Value, rest []byte, ok bool) {
	tag, n := binary.Uvarint(b)
	if n <= 0 {
		return 0, into, b, false
	}
	count, m := binary.Uvarint(b[n:])
	if m <= 0 {
		return 0, into, b, false
	}
	rest, row = b[n+m:], into[:0]
	for ; count > 0; count-- {
		var v scalar.Value
		if v, rest, ok = scalar.Unpack(rest); !ok {
			return 0, row, b, false
		}
		row = append(row, v)
	}
	return tag, row, rest, true
}
