package ingest

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// archiveMembers are members of archives: log files, packed ones, and what is none.
func archiveMembers(t testing.TB) map[string]string {
	return map[string]string{
		"a.json":                       `[{"A":1},{"A":2}]`,
		"logs/b.jsonl.gz":              string(gzipped(t, []byte("{\"A\":3}\n{\"A\":4}\n"))),
		"logs/c.csv":                   "A\n5\n",
		"README":                       "{}",
		"x/CloudTrail-Digest/d.json":   "{}",
		"bad.jsonl":                    "{\"A\":6}\nno record\n",
		"logs/nothing but a folder.d/": "",
	}
}

var archiveRecords = []string{`{"A":1}`, `{"A":2}`, `{"A":6}`, `{"A":3}`, `{"A":4}`, `{"A":"5"}`}

func zipOf(t testing.TB, members map[string]string) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	err := writeMembers(members, func(name string, _ int) (io.Writer, error) { return w.Create(name) })
	if err = errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func tarOf(t testing.TB, members map[string]string) []byte {
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	err := writeMembers(members, func(name string, size int) (io.Writer, error) {
		return w, w.WriteHeader(&tar.Header{Name: name, Size: int64(size), Mode: 0o600})
	})
	if err = errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func writeMembers(members map[string]string, create func(name string, size int) (io.Writer, error)) error {
	names := make([]string, 0, len(members))
	for name := range members {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		w, err := create(name, len(members[name]))
		if err != nil {
			return err
		}
		if !strings.HasSuffix(name, "/") {
			if _, err := io.WriteString(w, members[name]); err != nil {
				return err
			}
		}
	}
	return nil
}

// TestArchives reads members of archives as the files of a directory, from memory and from disk.
func TestArchives(t *testing.T) {
	members := archiveMembers(t)
	zipped, tarred := zipOf(t, members), tarOf(t, members)
	for name, data := range map[string][]byte{
		"logs.zip":     zipped,
		"logs.tar":     tarred,
		"logs.tar.gz":  gzipped(t, tarred),
		"logs.tar.zst": zstded(t, tarred),
		"logs.zip.gz":  gzipped(t, zipped),
		"outer.zip":    zipOf(t, map[string]string{"inner.zip": string(zipped)}),
		"outer.tgz":    gzipped(t, tarOf(t, map[string]string{"inner.zip": string(zipped)})),
	} {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		archives := 1 + strings.Count(name, "outer")
		var notes []string
		o := Options{Notes: func(note string) { notes = append(notes, note) }}
		for kind, s := range map[string]Source{"file": open(t, o, Auto, path), "directory": open(t, o, Auto, filepath.Dir(path)), "memory": o.FromBytes(Auto, name, data)} {
			t.Run(name+"/"+kind, func(t *testing.T) {
				for range 2 {
					notes = nil
					records, errs := readAll(t, s)
					if diff := cmp.Diff(archiveRecords, records); diff != "" {
						t.Errorf("-want +got:\n%s", diff)
					}
					if len(errs) != 1 || !strings.Contains(errs[0].Error(), "bad.jsonl:2: line is not a JSON object") {
						t.Errorf("errors %v", errs)
					}
					if stats, want := s.(Counted).Stats(), (Stats{Files: 4 + archives, Records: 6, Bad: 1}); stats != want {
						t.Errorf("%+v, want %+v", stats, want)
					}
					if len(notes) != 2 {
						t.Errorf("want notes on README and the digest, got %q", notes)
					}
				}
			})
		}
	}
}

func TestBrokenArchives(t *testing.T) {
	deep := []byte(`{"A":1}`)
	for i := range maxArchives + 1 {
		deep = zipOf(t, map[string]string{fmt.Sprintf("%d.json", i): string(deep)})
	}
	records, errs := readAll(t, FromBytes(Auto, "f.zip", deep))
	if len(records) > 0 || len(errs) != 1 || !strings.Contains(errs[0].Error(), "inside each other more than 3 deep") {
		t.Errorf("deep: %v, %v", records, errs)
	}
	encrypted := bytes.Clone(zipOf(t, map[string]string{"a.json": `{"A":1}`}))
	directory := bytes.Index(encrypted, []byte("PK\x01\x02"))
	encrypted[directory+8] |= 1
	_, errs = readAll(t, FromBytes(Auto, "f.zip", encrypted))
	if len(errs) != 1 || errs[0].Error() != "f.zip/a.json:1: the member is encrypted" {
		t.Errorf("encrypted: %v", errs)
	}
	whole := zipOf(t, archiveMembers(t))
	if _, errs := readAll(t, FromBytes(Auto, "f.zip", whole[:len(whole)-30])); len(errs) != 1 || !strings.Contains(errs[0].Error(), "f.zip:1: zip: not a valid zip file; the rest") {
		t.Errorf("cut zip: %v", errs)
	}
	tarred := tarOf(t, archiveMembers(t))
	if _, errs := readAll(t, FromBytes(Auto, "f.tar", tarred[:3*512+5])); len(errs) == 0 || !strings.Contains(errs[0].Error(), "unexpected EOF; the rest") {
		t.Errorf("cut tar: %v", errs)
	}
}

// TestPipe reads a pipe by its name, which gives its content once, twice.
func TestPipe(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	path := fmt.Sprintf("/dev/fd/%d", r.Fd())
	if _, err := os.Stat(path); err != nil {
		t.Skip("pipes have no names on " + runtime.GOOS)
	}
	if _, err := io.WriteString(w, "{\"A\":1}\n{\"A\":2}\n"); err != nil {
		t.Fatal(err)
	}
	w.Close()
	s := open(t, Options{}, Auto, path)
	for range 2 {
		if got, errs := readAll(t, s); len(got) != 2 || len(errs) > 0 {
			t.Errorf("%q, %v", got, errs)
		}
	}
}

func TestGlob(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"1.json", "a/2.json", "a/b/3.json", "a/b/c/4.json", "a/b/c/5.csv", "d/b/6.json"} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, nil, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	for pattern, want := range map[string]string{
		"*.json":        "1.json",
		"**/*.json":     "1.json a/2.json a/b/3.json a/b/c/4.json d/b/6.json",
		"a/**":          "a/2.json a/b/3.json a/b/c/4.json a/b/c/5.csv",
		"**/b/**/?.*":   "a/b/3.json a/b/c/4.json a/b/c/5.csv d/b/6.json",
		"*/**/b/*.json": "a/b/3.json d/b/6.json",
		"**/*.none":     "error",
		"**/[":          "error",
		"none/**":       "error",
	} {
		var got []string
		matches, err := glob(filepath.Join(dir, filepath.FromSlash(pattern)))
		for _, match := range matches {
			below, err := filepath.Rel(dir, match)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, filepath.ToSlash(below))
		}
		if err != nil {
			got = []string{"error"}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v %v, want %s", pattern, got, err, want)
		}
	}
}

// TestFileThatCannotBeOpened reads what stands beside a file that cannot be opened, unless that file is asked for by its name.
func TestFileThatCannotBeOpened(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"a.json": `{"A":1}`, "c.json": `{"A":3}`} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	dangling := filepath.Join(dir, "b.json")
	if err := os.Symlink(filepath.Join(dir, "nothing"), dangling); err != nil {
		t.Skip("links cannot be made here:", err)
	}
	for _, path := range []string{dir, filepath.Join(dir, "*.json")} {
		s := open(t, Options{}, Auto, path)
		for range 2 {
			records, errs := readAll(t, s)
			if diff := cmp.Diff([]string{`{"A":1}`, `{"A":3}`}, records); diff != "" {
				t.Errorf("%s, -want +got:\n%s", path, diff)
			}
			var bad *BadRecord
			if len(errs) != 1 || !errors.As(errs[0], &bad) || bad.File != dangling || !strings.HasPrefix(bad.Reason, "the file cannot be opened: ") {
				t.Errorf("%s: %v", path, errs)
			}
		}
		records, errs := readAll(t, open(t, Options{Strict: true}, Auto, path))
		if len(records) != 1 || len(errs) != 1 {
			t.Errorf("strict, %s: %v, %v", path, records, errs)
		}
	}
	if _, err := Open(Auto, dangling); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("by its name: %v", err)
	}
}
