package ingest

import (
	"bytes"
	"context"
	"io"
	"iter"
	"os"
	"sync"
)

// partSize is how much of a large file one part is.
const partSize = 2 << 20

// Parts implements [Parted].
func (s *files) Parts(ctx context.Context) iter.Seq[iter.Seq2[[]byte, error]] {
	return func(yield func(iter.Seq2[[]byte, error]) bool) {
		p := s.begin()
		for _, in := range s.inputs {
			more := true
			switch size := s.divisible(ctx, p, in); size {
			case 0:
				more = yield(func(yield func([]byte, error) bool) {
					r := newReading(ctx, p, yield)
					defer p.end(r)
					r.input(in, s.format)
				})
			default:
				file := &largeFile{input: in, size: size}
				for start := int64(0); more && start < size; start += partSize {
					more = yield(func(yield func([]byte, error) bool) {
						r := newReading(ctx, p, yield)
						defer p.end(r)
						r.slice(file, start)
					})
				}
			}
			if !more {
				return
			}
		}
	}
}

// divisible gives the size of an input that is worth cutting into parts and can be cut: a large one with a row in each
// line. Of others, and of those that cannot be read, it is 0.
func (s *files) divisible(ctx context.Context, p *pass, in input) int64 {
	if in.isFile {
		if info, err := os.Stat(in.name); err != nil || !info.Mode().IsRegular() || info.Size() < 2*partSize {
			return 0
		}
	}
	f, err := in.open()
	if err != nil {
		return 0
	}
	defer f.Close()
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil || size < 2*partSize {
		return 0
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return 0
	}
	text, closeText, err := Decompress(f)
	if err != nil {
		return 0
	}
	defer closeText()
	r := newReading(ctx, p, nil)
	r.name = in.name
	if err := r.in.reset(text, 0); err != nil {
		return 0
	}
	if _, err := r.readerOf(s.format); err != nil || !r.plain || packed(f) {
		return 0
	}
	first, _, err := r.in.readLine()
	if err != nil || !braced(bytes.TrimSpace(first)) || isPortal(bytes.TrimSpace(first)) {
		return 0
	}
	return size
}

// packed says whether a file's own bytes are not its text.
func packed(f io.ReaderAt) bool {
	magic := make([]byte, 4)
	_, err := f.ReadAt(magic, 0)
	return err != nil || isGzip(magic) || isZstd(magic) || isBzip2(magic)
}

// largeFile is a file of lines that is read in slices.
type largeFile struct {
	input
	size int64

	mu      sync.Mutex
	counted int64 // the bytes whose lines are counted,
	lines   int   // and how many there are
}

// slice reads the lines that begin in the part of the file at start.
func (r *reading) slice(file *largeFile, start int64) {
	if err := r.sliceOf(file, start); err != nil && err != errStop {
		r.yield(nil, &os.PathError{Op: "read", Path: file.name, Err: err})
	}
}

func (r *reading) sliceOf(file *largeFile, start int64) error {
	f, err := file.open()
	if err != nil {
		return err
	}
	defer f.Close()
	src := &lineSlice{file: f, at: start, end: min(start+partSize, file.size)}
	if start == 0 {
		r.stats.Files++
	} else if err := src.skipLine(); err != nil {
		return err
	}
	first := src.at
	if _, err := f.Seek(first, io.SeekStart); err != nil {
		return err
	}
	r.name, r.convert, r.lines = file.name, nil, func() int { return file.linesBefore(f, first) }
	if err := r.in.reset(src, first); err != nil {
		return err
	}
	return readNDJSON(r)
}

// linesBefore counts the lines that end before a byte. It is asked only for the places of bad records.
func (file *largeFile) linesBefore(f io.ReaderAt, offset int64) int {
	file.mu.Lock()
	defer file.mu.Unlock()
	if offset < file.counted {
		file.counted, file.lines = 0, 0
	}
	buf := make([]byte, blockSize)
	for file.counted < offset {
		n, err := f.ReadAt(buf[:min(int64(len(buf)), offset-file.counted)], file.counted)
		file.lines += bytes.Count(buf[:n], []byte{'\n'})
		file.counted += int64(n)
		if err != nil {
			break
		}
	}
	return file.lines
}

// lineSlice reads a stretch of a file, and on to the end of the line that it ends in. The file stands at the place that
// is read next.
type lineSlice struct {
	file seekable
	at   int64 // where the next byte is read
	end  int64 // of the stretch
	last byte  // the byte read last
	done bool
}

// skipLine moves behind the line that the byte before the stretch belongs to.
func (s *lineSlice) skipLine() error {
	buf := make([]byte, pageSize)
	for s.at--; ; {
		n, err := s.file.ReadAt(buf, s.at)
		if i := bytes.IndexByte(buf[:n], '\n'); i >= 0 {
			s.at += int64(i) + 1
			break
		}
		s.at += int64(n)
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
	}
	s.done = s.at >= s.end
	return nil
}

// Read implements io.Reader.
func (s *lineSlice) Read(p []byte) (int, error) {
	if s.done || s.at >= s.end && s.last == '\n' {
		return 0, io.EOF
	}
	if s.at < s.end {
		n, err := s.file.Read(p[:min(int64(len(p)), s.end-s.at)])
		if n > 0 {
			s.at += int64(n)
			s.last = p[n-1]
			return n, nil
		}
		return 0, err
	}
	n, err := s.file.Read(p[:min(len(p), pageSize)])
	if i := bytes.IndexByte(p[:n], '\n'); i >= 0 {
		n, s.done = i+1, true
	}
	s.at += int64(n)
	if n > 0 {
		return n, nil
	}
	return 0, err
}
