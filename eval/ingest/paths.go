package ingest

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// input is one file, or what stands for one, that can be opened repeatedly.
type input struct {
	name   string
	open   func() (io.ReadCloser, error)
	isFile bool
}

func fileInput(path string) input {
	return input{path, func() (io.ReadCloser, error) { return os.Open(path) }, true}
}

func bytesInput(name string, data []byte) input {
	return input{name, func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }, false}
}

// stdin is read to its end on the first opening and kept.
func stdin() input {
	all := sync.OnceValues(func() ([]byte, error) { return io.ReadAll(os.Stdin) })
	return input{"-", func() (io.ReadCloser, error) {
		data, err := all()
		return io.NopCloser(bytes.NewReader(data)), err
	}, false}
}

// expand turns paths into inputs; a file reached twice is read once.
func (o Options) expand(format Format, paths []string) ([]input, error) {
	var inputs []input
	seen := map[string]bool{}
	add := func(path string) {
		switch clean := filepath.Clean(path); {
		case seen[clean]:
			o.note("%s: named twice, read once", path)
		case format.skips(path):
			seen[clean] = true
			o.note("%s: skipped: CloudTrail digest and Insights files hold no events", path)
		default:
			seen[clean] = true
			inputs = append(inputs, fileInput(path))
		}
	}
	for _, path := range paths {
		if path == "-" {
			if !seen[path] {
				seen[path] = true
				inputs = append(inputs, stdin())
			}
			continue
		}
		matches, err := glob(path)
		if err != nil {
			return nil, err
		}
		for _, match := range matches {
			if err := o.walk(match, add); err != nil {
				return nil, err
			}
		}
	}
	if len(seen) == 0 {
		return nil, fmt.Errorf("no log files in %s", strings.Join(paths, ", "))
	}
	return inputs, nil
}

// glob returns path itself if it exists, else the files that match it.
func glob(path string) ([]string, error) {
	_, err := os.Stat(path)
	if err == nil {
		return []string{path}, nil
	}
	if !strings.ContainsAny(path, "*?[") {
		return nil, err
	}
	matches, err := filepath.Glob(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if len(matches) == 0 {
		return nil, fmt.Errorf("%s: no file matches", path)
	}
	return matches, nil
}

// walk adds path, or the log files below it if it is a directory.
func (o Options) walk(path string, add func(string)) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if !info.IsDir() {
		add(path)
		return nil
	}
	return filepath.WalkDir(path, func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir():
		case logExtension(p) == "":
			o.note("%s: skipped: not named like a log file (.json, .jsonl, .ndjson, .log, .csv, each also with .gz, .zst); name the file itself to read it", p)
		default:
			add(p)
		}
		return nil
	})
}

// logExtension returns the file name's extension behind .gz, .zst or .zstd, if it is one of a log file.
func logExtension(path string) string {
	name := strings.ToLower(path)
	for _, packed := range []string{".gz", ".zst", ".zstd"} {
		name = strings.TrimSuffix(name, packed)
	}
	switch ext := filepath.Ext(name); ext {
	case ".json", ".jsonl", ".ndjson", ".log", ".csv":
		return ext
	}
	return ""
}

func (o Options) note(format string, args ...any) {
	if o.Notes != nil {
		o.Notes(fmt.Sprintf(format, args...))
	}
}
