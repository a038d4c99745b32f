package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
)

// seekable is a file, or what stands for one, that can be read at any place.
type seekable interface {
	io.ReadSeekCloser
	io.ReaderAt
}

// keptInMemory is the most that is kept in memory of a text that can be read once.
const keptInMemory = 1 << 20

// bytesInput is text as a file.
func bytesInput(name string, data []byte) input {
	return input{name: name, open: func() (seekable, error) { return memory{bytes.NewReader(data)}, nil }}
}

// Kept is a text that can be read once, such as standard input or a pipe, kept so that it can be read again and again, by several
// sources too: see [Options.FromKept].
type Kept struct {
	reader func() (func() seekable, error)
}

// Keep keeps what src gives. It is read to its end when a source first reads it: into memory up to 1 MiB, and beyond that into a temporary file
// in dir, or in that of the system (os.TempDir) if dir is empty. The file has no name, and is gone with the process at the latest;
// where the system does not let that be, all is kept in memory. A regular file is read where it lies, from the place where it stands; it must stay open.
func Keep(src io.Reader, dir string) *Kept {
	return &Kept{sync.OnceValues(func() (func() seekable, error) { return keep(src, dir) })}
}

// FromKept returns the records of what is kept, which is read as a file of that name would be.
func (o Options) FromKept(format Format, name string, kept *Kept) Source {
	return &files{name: name, format: format, options: o, inputs: []input{keptInput(name, kept)}}
}

func keptInput(name string, kept *Kept) input {
	return input{name: name, open: func() (seekable, error) {
		open, err := kept.reader()
		if err != nil {
			return nil, err
		}
		return open(), nil
	}}
}

// keepPipe keeps what a file that is no regular one gives.
func keepPipe(path, dir string) *Kept {
	return &Kept{sync.OnceValues(func() (func() seekable, error) {
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		return keep(f, dir)
	})}
}

// keep reads src to its end and gives readers of that.
func keep(src io.Reader, dir string) (func() seekable, error) {
	if f, ok := src.(*os.File); ok {
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
			if at, err := f.Seek(0, io.SeekCurrent); err == nil {
				return sections(f, at, info.Size()-at), nil
			}
		}
	}
	head, err := io.ReadAll(io.LimitReader(src, keptInMemory))
	if err != nil || len(head) < keptInMemory {
		return func() seekable { return memory{bytes.NewReader(head)} }, err
	}
	temp, err := temporary(dir)
	switch {
	case err != nil:
		return nil, err
	case temp == nil:
		rest, err := io.ReadAll(src)
		all := append(head, rest...)
		return func() seekable { return memory{bytes.NewReader(all)} }, err
	}
	size, err := io.Copy(temp, io.MultiReader(bytes.NewReader(head), src))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("it cannot be kept in a temporary file, so as to be read twice: %w", err), temp.Close())
	}
	return sections(temp, 0, size), nil
}

// temporary makes a file that is gone when it is closed, or no longer reached; nil where the system does not let an open file go without a
// name, so that it might be left.
func temporary(dir string) (*os.File, error) {
	f, err := os.CreateTemp(dir, "picket-input-*")
	if err != nil {
		return nil, err
	}
	if os.Remove(f.Name()) != nil {
		return nil, errors.Join(f.Close(), os.Remove(f.Name()))
	}
	return f, nil
}

// sections gives readers of a stretch of a file.
func sections(f *os.File, start, size int64) func() seekable {
	return func() seekable { return section{io.NewSectionReader(f, start, size)} }
}

// memory is a file in memory.
type memory struct{ *bytes.Reader }

func (memory) Close() error { return nil }

// section is a stretch of a file that others read too.
type section struct{ *io.SectionReader }

func (section) Close() error { return nil }
