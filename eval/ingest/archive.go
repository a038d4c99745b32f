package ingest

import (
	"archive/tar"
	"archive/zip"
	"bufio"
	"bytes"
	"errors"
	"io"
	"path/filepath"
	"strings"
)

// maxArchives bounds how deep archives are read inside each other.
const maxArchives = 3

const (
	zipMagic = "PK\x03\x04"
	tarMagic = "ustar"
	tarPlace = 257 // of tarMagic
)

// content reads what src holds, a text or an archive, packed or not; depth is the number of archives around it.
func (r *reading) content(name string, src io.Reader, format Format, depth int) error {
	r.stats.Files++
	r.name, r.lines = name, nil
	r.in.clear()
	text, release, err := Decompress(src)
	if err != nil {
		return err
	}
	defer release()
	buffered, plain := text.(*bufio.Reader)
	if !plain {
		buffered = bufio.NewReader(text)
	}
	head, err := buffered.Peek(tarPlace + len(tarMagic))
	if err != nil && err != io.EOF {
		return err
	}
	isZip, isTar := bytes.HasPrefix(head, []byte(zipMagic)), bytes.HasSuffix(head, []byte(tarMagic)) && len(head) > tarPlace
	switch {
	case (isZip || isTar) && depth == maxArchives:
		return r.bad(r.in.place(), "archives stand inside each other more than %d deep", maxArchives)
	case isZip && plain:
		return r.zip(name, src, buffered, format, depth+1)
	case isZip:
		return r.zip(name, nil, buffered, format, depth+1)
	case isTar:
		return r.tar(name, buffered, format, depth+1)
	}
	return r.text(buffered, format)
}

// zip reads the members of a zip archive. Where the source cannot be read at any place, all of it is kept.
func (r *reading) zip(name string, src io.Reader, rest io.Reader, format Format, depth int) error {
	file, ok := src.(interface {
		io.ReaderAt
		io.Seeker
	})
	if !ok {
		data, err := io.ReadAll(rest)
		if err != nil {
			return err
		}
		file = bytes.NewReader(data)
	}
	size, err := file.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	archive, err := zip.NewReader(file, size)
	if err != nil {
		return err
	}
	for _, member := range archive.File {
		err := r.member(name, member.Name, member.FileInfo().IsDir(), format, depth, func() (io.ReadCloser, error) {
			const encrypted = 1
			if member.Flags&encrypted != 0 {
				return nil, errors.New("the member is encrypted")
			}
			return member.Open()
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// tar reads the members of a tar archive.
func (r *reading) tar(name string, src io.Reader, format Format, depth int) error {
	archive := tar.NewReader(src)
	for {
		member, err := archive.Next()
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		}
		err = r.member(name, member.Name, member.Typeflag != tar.TypeReg, format, depth, func() (io.ReadCloser, error) {
			return io.NopCloser(archive), nil
		})
		if err != nil {
			return err
		}
	}
}

// member reads a member of an archive if it is a log file, as those of directories are. One that cannot be opened is a bad record.
func (r *reading) member(archive, name string, skip bool, format Format, depth int, open func() (io.ReadCloser, error)) error {
	path := archive + "/" + name
	if skip {
		return nil
	}
	if reason := format.passesOver(path); reason != "" {
		r.pass.note(path, path+": "+reason)
		return nil
	}
	src, err := open()
	if err != nil {
		r.name = path
		return r.bad(place{line: 1}, "%v", err)
	}
	defer src.Close()
	return r.broken(r.content(path, src, format, depth))
}

// passesOver says why a file found in a directory or an archive is not read; "" if it is.
func (f Format) passesOver(path string) string {
	switch {
	case logExtension(path) == "" && !isArchive(path):
		return "skipped: not named like a log file (" + strings.Join(logExtensions[:], ", ") + ", each also with .gz, .zst, .bz2) or archive (.zip, .tar, .tgz)"
	case f.skips(path):
		return "skipped: CloudTrail digest and Insights files hold no events"
	}
	return ""
}

// logExtensions are those of log files.
var logExtensions = [...]string{".json", ".jsonl", ".ndjson", ".log", ".csv", ".cef", ".syslog"}

// logExtension returns the file name's extension before that of a packed file, if it is one of a log file.
func logExtension(path string) string {
	extension := filepath.Ext(unpackedName(path))
	for _, known := range logExtensions {
		if extension == known {
			return extension
		}
	}
	return ""
}

// isArchive says whether a file is named like an archive.
func isArchive(path string) bool {
	switch filepath.Ext(unpackedName(path)) {
	case ".zip", ".tar", ".tgz":
		return true
	}
	return false
}

// unpackedName returns a file's name in small letters, without the extension of a packed file.
func unpackedName(path string) string {
	name := strings.ToLower(path)
	for _, packed := range [...]string{".gz", ".zst", ".zstd", ".bz2"} {
		name = strings.TrimSuffix(name, packed)
	}
	return name
}
