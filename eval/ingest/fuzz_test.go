package ingest

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tidwall/gjson"
)

// FuzzRecords reads any bytes in any format: no panic, whole records, honest counts, and the same again.
func FuzzRecords(f *testing.F) {
	paths, err := filepath.Glob("testdata/*.*")
	raw, rawErr := filepath.Glob("testdata/raw/*.*")
	paths = append(paths, raw...)
	err = errors.Join(err, rawErr)
	if err != nil || len(paths) == 0 {
		f.Fatal("no seeds", err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, format := range Formats() {
			f.Add(uint8(format), data)
		}
	}
	f.Fuzz(func(t *testing.T, format uint8, data []byte) {
		s := FromBytes(Format(format%uint8(len(formatNames))), "f", data)
		var passes [2][]string
		for i := range passes {
			var records, bad int64
			for rec, err := range s.Records(t.Context()) {
				if err != nil {
					if _, isBad := err.(*BadRecord); isBad {
						bad++
					}
					continue
				}
				records++
				if !braced(rec) {
					t.Fatalf("record %q", rec)
				}
				passes[i] = append(passes[i], string(rec))
			}
			if stats := s.(Counted).Stats(); stats.Records != records || stats.Bad != bad {
				t.Fatalf("stats %+v of %d records and %d bad", stats, records, bad)
			}
		}
		if !slices.Equal(passes[0], passes[1]) {
			t.Fatal("the second pass differs")
		}
		strict := Options{Strict: true}.FromBytes(Format(format%uint8(len(formatNames))), "f", data)
		for rec, err := range strict.Records(t.Context()) {
			if err == nil && !gjson.ValidBytes(rec) {
				t.Fatalf("strict record %q", rec)
			}
		}
	})
}

// FuzzCEF reads any text as CEF: what is read gives the same when it is written with all escapes and read again.
func FuzzCEF(f *testing.F) {
	for _, seed := range []string{
		`CEF:0|a|b\|c|d|e|f\\|5|src=1.2.3.4 msg=x y\=z \n http://h/?a=b cs1= cs1Label=L`,
		`CEF:0|a|b|c|d|e|5`, `CEF:1|||||||=`, `CEF:0|a|b|c|d|e|5|no key`, `CEF:0|a|b|c|d|e|5|a=\`, `CEF:`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		e, err := parseCEF(text)
		if err != nil {
			return
		}
		escape := strings.NewReplacer(`\`, `\\`, `|`, `\|`, `=`, `\=`, "\n", `\n`, "\r", `\r`)
		written := "CEF:"
		for _, field := range e.header {
			written += escape.Replace(field) + "|"
		}
		for _, field := range e.extension {
			written += field.key + "=" + escape.Replace(field.value) + " "
		}
		again, err := parseCEF(written)
		if err != nil {
			t.Fatalf("%q: %v", written, err)
		}
		if diff := cmp.Diff(e, again, cmp.AllowUnexported(cefEvent{}, cefField{})); diff != "" {
			t.Errorf("%q (-read +again):\n%s", written, diff)
		}
	})
}

// FuzzSyslog reads any line as syslog and as CEF: it is a valid row or one bad record.
func FuzzSyslog(f *testing.F) {
	for _, path := range []string{"testdata/raw/syslog.log", "testdata/raw/cef.log"} {
		text, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			f.Add(line)
		}
	}
	f.Fuzz(func(t *testing.T, line string) {
		want := int64(0)
		for line := range strings.SplitSeq(line, "\n") {
			if strings.TrimSpace(strings.TrimPrefix(line, "\ufeff")) != "" {
				want++
			}
		}
		for _, format := range []Format{Syslog, CEF} {
			s := rawOptions.FromBytes(format, "f", []byte(line))
			for rec, err := range s.Records(t.Context()) {
				if err == nil && !gjson.ValidBytes(rec) {
					t.Errorf("%v: %q is no JSON", format, rec)
				}
			}
			if stats := s.(Counted).Stats(); stats.Records+stats.Bad != want {
				t.Errorf("%v: %d lines, %+v", format, want, stats)
			}
		}
	})
}
