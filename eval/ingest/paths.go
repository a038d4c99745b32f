package ingest

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// input is one file, or what stands for one, that can be opened repeatedly.
type input struct {
	name   string
	open   func() (seekable, error)
	isFile bool
	found  bool // in a directory or by a pattern: where it cannot be opened, the others are read all the same
}

func (o Options) fileInput(path string) input {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return keptInput(path, keepPipe(path, o.TempDir))
	}
	return input{name: path, open: func() (seekable, error) { return os.Open(path) }, isFile: true}
}

// expand turns paths into inputs; a file reached twice is read once.
func (o Options) expand(format Format, paths []string) ([]input, error) {
	var inputs []input
	seen := map[string]bool{}
	matched := false // by a pattern
	add := func(path string, found bool) {
		clean := filepath.Clean(path)
		if seen[clean] {
			o.note("%s: named twice, read once", path)
			return
		}
		if reason := format.passesOver(path); reason != "" && (found || format.skips(path)) {
			seen[clean] = format.skips(path)
			if !seen[clean] {
				reason += "; name the file itself to read it"
			}
			o.note("%s: %s", path, reason)
			return
		}
		seen[clean] = true
		in := o.fileInput(path)
		in.found = found || matched
		inputs = append(inputs, in)
	}
	closed := func(path string, err error) {
		inputs = append(inputs, input{name: path, open: func() (seekable, error) { return nil, err }, found: true})
	}
	for _, path := range paths {
		if path == "-" {
			if !seen[path] {
				seen[path] = true
				inputs = append(inputs, keptInput(path, Keep(os.Stdin, o.TempDir)))
			}
			continue
		}
		matches, err := glob(path)
		if err != nil {
			return nil, err
		}
		for _, match := range matches {
			matched = match != path
			if err := o.walk(match, matched, add, closed); err != nil {
				return nil, err
			}
		}
	}
	if len(seen) == 0 && len(inputs) == 0 {
		return nil, fmt.Errorf("no log files in %s", strings.Join(paths, ", "))
	}
	return inputs, nil
}

// walk adds path, or the log files below it if it is a directory; closed is told of what cannot be looked into there. matched says that a
// pattern gave the path.
func (o Options) walk(path string, matched bool, add func(path string, found bool), closed func(path string, err error)) error {
	info, err := os.Stat(path)
	if err != nil && matched {
		closed(path, err)
		return nil
	}
	if err != nil {
		return err
	}
	if !info.IsDir() {
		add(path, false)
		return nil
	}
	return filepath.WalkDir(path, func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil && p != path:
			closed(p, err)
		case err != nil:
			return err
		case d.IsDir():
		default:
			add(p, true)
		}
		return nil
	})
}

func (o Options) note(format string, args ...any) {
	if o.Notes != nil {
		o.Notes(fmt.Sprintf(format, args...))
	}
}
