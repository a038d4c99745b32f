package eval

import (
	"io/fs"
	"syscall"
)

// WithEarlySpill is WithSpill for a run whose operators put away what they hold after a few rows, whatever the budget.
func WithEarlySpill(dir string) Option {
	return func(o *options) { o.spill = &spilling{dir: dir, early: 256} }
}

// WithFullDisk is WithSpill on a disk that has room for so many bytes a file.
func WithFullDisk(dir string, room int64) Option {
	return func(o *options) {
		o.spill = &spilling{dir: dir, wrap: func(f tempFile) tempFile { return fullDisk{f, room} }}
	}
}

type fullDisk struct {
	tempFile
	room int64
}

func (d fullDisk) WriteAt(b []byte, at int64) (int, error) {
	if at+int64(len(b)) > d.room {
		return 0, &fs.PathError{Op: "write", Path: d.Name(), Err: syscall.ENOSPC}
	}
	return d.tempFile.WriteAt(b, at)
}

// WithBadDisk is WithSpill on a disk that gives back a byte that was not written.
func WithBadDisk(dir string) Option {
	return func(o *options) {
		o.spill = &spilling{dir: dir, wrap: func(f tempFile) tempFile { return badDisk{f} }}
	}
}

type badDisk struct{ tempFile }

func (d badDisk) ReadAt(b []byte, at int64) (int, error) {
	n, err := d.tempFile.ReadAt(b, at)
	if n > 0 {
		b[n/2] ^= 1
	}
	return n, err
}

// SpillFiles is how many temporary files the runs of a program have made.
func (p *Program) SpillFiles() int { return int(p.opts.spill.files.Load()) }

// SpillBytes is how many bytes the runs of a program have written to temporary files.
func (p *Program) SpillBytes() int { return int(p.opts.spill.bytes.Load()) }
