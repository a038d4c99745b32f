package ingest

import (
	"bytes"
	"context"
	"errors"
	"io"
)

const (
	blockSize = 1 << 18
	headSize  = 1 << 16 // the first block, enough for most small files
	pageSize  = 4096
	maxRecord = 64 << 20 // a longer record is an error
)

// errTooLong says that more than block.limit bytes are unread and no record has ended.
var errTooLong = errors.New("record is longer than 64 MiB")

// block is a window on a file's text that moves forward as records are taken from it. It grows
// to hold the record at its start.
type block struct {
	ctx   context.Context
	src   io.Reader
	buf   []byte
	start int   // of the unread bytes in buf
	end   int   // of the bytes read into buf
	base  int64 // place of buf[0] in the text
	line  int   // number of the line at start
	limit int   // maxRecord
	eof   bool
	err   error // of reading, reported when what is read before it is taken
}

func newBlock(ctx context.Context) *block {
	return &block{ctx: ctx, buf: make([]byte, headSize), limit: maxRecord}
}

// clear begins an empty text.
func (b *block) clear() {
	*b = block{ctx: b.ctx, buf: b.buf, limit: b.limit, line: 1, eof: true}
}

// reset begins a new text, which stands at base in its file, and reads its first block, without the byte order mark.
func (b *block) reset(src io.Reader, base int64) error {
	start := int(base % pageSize)
	*b = block{ctx: b.ctx, src: src, buf: b.buf, start: start, end: start, base: base - int64(start), limit: b.limit, line: 1}
	if err := b.fill(); err != nil {
		return err
	}
	if base == 0 && bytes.HasPrefix(b.unread(), []byte("\xef\xbb\xbf")) {
		b.start = 3
	}
	return nil
}

func (b *block) unread() []byte { return b.buf[b.start:b.end] }

// place is that of the first unread byte.
func (b *block) place() place { return place{b.line, b.base + int64(b.start)} }

// fill reads until the buffer is full or the text ends, having moved the unread bytes near the
// front. Slices of the buffer taken before are lost. It reports errTooLong rather than keep more
// than limit bytes.
func (b *block) fill() error {
	if err := b.ctx.Err(); err != nil {
		return err
	}
	// A file's bytes are copied fastest to a place that lies in its page as theirs does in the file's.
	if b.start >= pageSize {
		unread := b.unread()
		b.base += int64(b.start)
		b.start = int(b.base % pageSize)
		b.base -= int64(b.start)
		b.end = b.start + copy(b.buf[b.start:], unread)
	}
	if b.end >= b.limit {
		return errTooLong
	}
	size := len(b.buf)
	if first := b.base == 0 && b.end == 0; !first {
		size = max(size, blockSize)
	}
	if size == b.end {
		size *= 2
	}
	if size > len(b.buf) {
		b.buf = append(b.buf, make([]byte, size-len(b.buf))...)
	}
	before := b.end
	for b.end < len(b.buf) && !b.eof && b.err == nil {
		n, err := b.src.Read(b.buf[b.end:])
		b.end += n
		if err == io.EOF {
			b.eof = true
		} else {
			b.err = err
		}
	}
	if b.end > before {
		return nil
	}
	return b.err
}

// atLeast reads on where less than n bytes are unread and the text does not end before.
func (b *block) atLeast(n int) error {
	if b.eof || b.end-b.start >= n {
		return nil
	}
	return b.fill()
}

// skip drops n unread bytes and counts their lines.
func (b *block) skip(n int) {
	b.line += bytes.Count(b.buf[b.start:b.start+n], []byte{'\n'})
	b.start += n
}

// readLine returns the next line without its line feed, and its place; io.EOF behind the last.
// A line that is too long is dropped up to its end and reported as errTooLong.
func (b *block) readLine() ([]byte, place, error) {
	at := b.place()
	for searched := 0; ; {
		unread := b.unread()
		if i := bytes.IndexByte(unread[searched:], '\n'); i >= 0 {
			line := unread[:searched+i]
			b.start += len(line) + 1
			b.line++
			return line, at, nil
		}
		if b.eof {
			b.start = b.end
			if len(unread) == 0 {
				return nil, at, io.EOF
			}
			return unread, at, nil
		}
		searched = len(unread)
		if err := b.fill(); err == errTooLong {
			return nil, at, b.dropLine()
		} else if err != nil {
			return nil, at, err
		}
	}
}

// dropLine reads on behind the next line feed.
func (b *block) dropLine() error {
	for {
		if i := bytes.IndexByte(b.unread(), '\n'); i >= 0 {
			b.skip(i + 1)
			return errTooLong
		}
		b.start = b.end
		if b.eof {
			return errTooLong
		}
		if err := b.fill(); err != nil {
			return err
		}
	}
}

// skipSpace moves to the next byte that is not JSON white space, and returns it; io.EOF if none.
func (b *block) skipSpace() (byte, error) {
	for {
		for b.start < b.end {
			switch c := b.buf[b.start]; c {
			case '\n':
				b.line++
			case ' ', '\t', '\r':
			default:
				return c, nil
			}
			b.start++
		}
		if b.eof {
			return 0, io.EOF
		}
		if err := b.fill(); err != nil {
			return 0, err
		}
	}
}
