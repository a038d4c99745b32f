package ingest

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/tidwall/gjson"
)

// readAll returns a source's records and the errors among them.
func readAll(t testing.TB, s Source) (records []string, errs []error) {
	t.Helper()
	for rec, err := range s.Records(t.Context()) {
		if err != nil {
			errs = append(errs, err)
			continue
		}
		if !gjson.ValidBytes(rec) || rec[0] != '{' {
			t.Errorf("%s: record is no JSON object: %q", s.Name(), rec)
		}
		records = append(records, string(rec))
	}
	return records, errs
}

func open(t testing.TB, o Options, format Format, paths ...string) Source {
	t.Helper()
	s, err := o.Open(format, paths...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

const (
	row1 = `{"TimeGenerated":"2026-03-01T10:00:01Z","Type":"AWSCloudTrail","EventName":"GetCallerIdentity","EventSource":"sts.amazonaws.com",` +
		`"SourceIpAddress":"203.0.113.10","AWSRegion":"us-east-1","ReadOnly":true,"AwsEventId":"e-1","EventVersion":"1.08",` +
		`"OperationName":"CloudTrail","TenantId":"00000000-0000-0000-0000-000000000000"}`
)

var row2 = strings.NewReplacer("10:00:01Z", "10:00:02Z", "e-1", "e-2").Replace(row1)

// formats are the files of testdata with their own format and the records in them.
var formats = []struct {
	file   string
	format Format
	want   []string
}{
	{"lines.ndjson", NDJSON, []string{`{"A":1}`, `{"A":2}`, `{"A":3}`}},
	{"array.json", JSONArray, []string{`{"A": 1}`, `{"A": 2}`, `{"A": 3}`}},
	{"object.json", JSONArray, []string{"{\n  \"A\": 1,\n  \"B\": {\n    \"C\": \"}\"\n  }\n}"}},
	{"records.json", JSONArray, []string{`{"A":1}`, `{"A":2}`}},
	{"portal.json", JSONArray, []string{`{"TimeGenerated":"2021-02-04T23:57:03.001Z","Start":"2021-02-04T01:00:00Z","N":1}`}},
	{"portal.csv", CSV, []string{
		`{"TimeGenerated":"2021-09-09T07:00:02.898Z","EventName":"CreateKey","Note":"say \"hi\",\nplease"}`,
		`{"TimeGenerated":"2021-12-31T12:00:00Z","EventName":"PutKeyPolicy","Note":""}`}},
	{"semicolon.csv", CSV, []string{
		`{"TenantId":"t","TimeGenerated":"2021-09-28T17:20:00.412Z","Start [Jerusalem]":"9/28/2021, 5:20:00.412 PM","A":"1","A1":"2"}`}},
	{"cloudtrail-s3.json", CloudTrail, []string{row1, row2}},
	{"cloudtrail-lines.jsonl", CloudTrail, []string{row1, row2}},
	{"cloudtrail-single.json", CloudTrail, []string{row1}},
	{"cloudtrail-array.json", CloudTrail, []string{row1, row2}},
	{"cloudtrail-lookup.json", CloudTrail, []string{row1, row2}},
	{"cloudtrail-eventbridge.json", CloudTrail, []string{row1, row2}},
	{"cloudtrail-cloudwatch.json", CloudTrail, []string{row1, row2}},
}

// TestFormats reads every file as its own format and as Auto, plain and compressed, twice.
func TestFormats(t *testing.T) {
	for _, tt := range formats {
		plain, err := os.ReadFile(filepath.Join("testdata", tt.file))
		if err != nil {
			t.Fatal(err)
		}
		for name, data := range map[string][]byte{
			"": plain, ".gz": gzipped(t, plain), ".zst": zstded(t, plain),
		} {
			for _, format := range []Format{Auto, tt.format} {
				t.Run(tt.file+name+"/"+format.String(), func(t *testing.T) {
					s := FromBytes(format, tt.file+name, data)
					for range 2 {
						got, errs := readAll(t, s)
						if len(errs) > 0 {
							t.Fatalf("errors: %v", errs)
						}
						if !slices.Equal(got, tt.want) {
							t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
						}
						if stats, want := s.(Counted).Stats(), (Stats{Files: 1, Records: int64(len(tt.want))}); stats != want {
							t.Errorf("stats %+v, want %+v", stats, want)
						}
					}
				})
			}
		}
	}
}

// gzipped compresses data as two members, zstded as two frames.
func gzipped(t testing.TB, data []byte) []byte {
	return twice(t, data, func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) })
}

func zstded(t testing.TB, data []byte) []byte {
	return twice(t, data, func(w io.Writer) io.WriteCloser {
		z, err := zstd.NewWriter(w)
		if err != nil {
			t.Fatal(err)
		}
		return z
	})
}

func twice(t testing.TB, data []byte, writer func(io.Writer) io.WriteCloser) []byte {
	var out bytes.Buffer
	for _, half := range [][]byte{data[:len(data)/2], data[len(data)/2:]} {
		w := writer(&out)
		_, err := w.Write(half)
		if err = errors.Join(err, w.Close()); err != nil {
			t.Fatal(err)
		}
	}
	return out.Bytes()
}

// TestBad holds inputs with errors: what is still read and what is reported, as "line@offset reason".
func TestBad(t *testing.T) {
	tests := []struct {
		name    string
		format  Format
		text    string
		records int
		errors  []string
	}{
		{"no object", NDJSON, "{\"A\":1}\nhello\n[1]\n{\"A\":2}\n", 2, []string{"2@8 not a JSON object: hello", "3@14 not a JSON object: [1]"}},
		{"cut line", NDJSON, "{\"A\":1}\n{\"A\":\n", 1, []string{"2@8 not a JSON object"}},
		{"broken first line", Auto, "{\"A\":\n{\"A\":2}\n{\"A\":3}\n", 2, []string{"1@0 not a JSON object"}},
		{"garbage first line", Auto, "hello\n{\"A\":2}\n", 1, []string{"1@0 not a JSON object: hello"}},
		{"invalid element", JSONArray, "[{\"A\":1},\n{\"A\":1,,},\n7,{\"A\":2}]", 2, []string{"2@10 invalid JSON at byte 8 of the record", "3@21 not a JSON object: 7"}},
		{"cut array", JSONArray, `[{"A":1},{"A":`, 1, []string{"1@9 the file ends inside a record"}},
		{"unclosed array", JSONArray, `[{"A":1},`, 1, []string{"1@9 the file ends inside an array"}},
		{"unclosed wrapper", JSONArray, `{"records":[{"A":1}]`, 1, []string{"1@20 the file ends inside an object"}},
		{"stray bracket", JSONArray, `[{"A":1}}]`, 1, []string{"1@8 byte 8: expected a JSON value, found }]"}},
		{"text behind", JSONArray, "[{\"A\":1}]\nbye", 1, []string{"2@10 byte 10: expected a JSON object or array, found bye"}},
		{"deep", JSONArray, `[{"A":` + strings.Repeat("[", 2000) + strings.Repeat("]", 2000) + `},{"A":1}]`, 1, []string{"1@1 nested more than 1000 deep"}},
		{"wrong shape", Auto, "hello world", 0, []string{"1@0 byte 0: expected JSON objects, CSV, CEF or syslog, found hello world"}},
		{"UTF-16", Auto, "\xff\xfe{\x00", 0, []string{"1@0 UTF-16"}},
		{"zip", Auto, "PK\x03\x04abc", 0, []string{"1@0 zip: not a valid zip file"}},
		{"7z", Auto, "7z\xbc\xafabc", 0, []string{"1@0 7z archive"}},
		{"gzip", Auto, "\x1f\x8babc", 0, []string{"1@0 unexpected EOF; the rest of the file is not read"}},
		{"short row", CSV, "A,B\n1\n2,3\n", 1, []string{"2@4 row has 1 cells, the header 2"}},
		{"long row", CSV, "A,B\n1,2,3\n2,3,\n", 1, []string{"2@4 row has 3 cells, the header 2"}},
		{"after quote", CSV, "A,B\n\"1\"x,2\n2,3\n", 1, []string{"2@4 text follows the closing quote"}},
		{"open quote", CSV, "A,B\n2,3\n\"1,2\n5,6\n", 1, []string{"3@8 a quoted cell is not closed"}},
		{"no eventTime", CloudTrail, `{"Records":[{"eventName":"X"},{"eventTime":"2026-03-01T10:00:00Z"}]}`, 1, []string{`1@12 byte 12: not a CloudTrail event: no eventTime; first key is "eventName"`}},
		{"no time", CloudTrail, "{\"eventTime\":\"yesterday\"}\n{\"eventTime\":null}\n", 0, []string{"1@0 not an ISO 8601 time: \"yesterday\"", "2@26 without eventTime"}},
		{"wrong table", CloudTrail, `{"time":"x","properties":{}}`, 0, []string{`1@0 byte 0: not a CloudTrail event: no eventTime; first key is "time"`}},
		{"empty object", CloudTrail, `{}`, 0, []string{`first key is "none"`}},
		{"bad inner text", CloudTrail, `{"Events":[{"CloudTrailEvent":"{"},{"CloudTrailEvent":7}]}`, 0, []string{"1@11 event inside a string: invalid JSON", "1@35 not a JSON object: 7"}},
		{"no category", Diagnostics, `{"records":[{"time":"2026-03-01T10:00:00Z"},{"category":"AuditLogs","time":"soon"},{"category":"AuditLogs","time":"2026-03-01T10:00:00Z"}]}`, 1,
			[]string{"1@12 byte 12: not a diagnostic record: no category", `1@44 time of a diagnostic record is not a time: "soon"`}},
		{"no Graph", Graph, `{"value":[{"id":1},{"activityDateTime":"x","activityDisplayName":"y","targetResources":[]}]}`, 0,
			[]string{"1@0 neither a sign-in nor an audit", `1@0 time of an audit is not a time: "x"`}},
		{"no Office", Office, `[{"CreationTime":"x"},{"AuditData":"{"},{"AuditData":7},{"AuditData":"{\"CreationTime\":\"2026-03-01T10:00:00\"}"}]`, 1,
			[]string{`1@1 not a record of Office activity`, "1@22 AuditData: invalid JSON", "1@40 not a record of Office activity"}},
		{"no event", Windows, `{"EventID":1}{"a":1}Record 3` + "\n" + `{"Event":{"System":{"EventID":1,"TimeCreated":{"SystemTime":"2026-03-01T10:00:00Z"}}}} Record x`, 1,
			[]string{"1@0 not a Windows event with a time", "1@13 not a Windows event with a time", "2@116 byte 116: expected a JSON object or array, found Record x"}},
		{"no CEF", CEF, "hello\nCEF:0|a|b\nCEF:0|a|b|c|d|e|5|just text\nCEF:0|a|b|c|d|e|5|a=1\n", 1,
			[]string{"1@0 line holds no CEF: hello", "2@6 the header of CEF has less than 7 fields", "3@16 the extension of CEF has no key: just text"}},
		{"no syslog", Syslog, "<34>1 - h a - - - no time\nhello\n<13>Mar  1 10:00:00 h a: b\n", 1,
			[]string{"1@0 not a syslog line: no time", "2@26 not a syslog line"}},
		{"CSV as CloudTrail", CloudTrail, "a,b\n1,2\n", 0, []string{"1@0 byte 0: expected a JSON object or array, found a,b"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := FromBytes(tt.format, "f", []byte(tt.text))
			records, errs := readAll(t, s)
			if len(records) != tt.records {
				t.Errorf("%d records, want %d: %q", len(records), tt.records, records)
			}
			checkErrors(t, errs, tt.errors)
			if stats, want := s.(Counted).Stats(), (Stats{Files: 1, Records: int64(tt.records), Bad: int64(len(tt.errors))}); stats != want {
				t.Errorf("stats %+v, want %+v", stats, want)
			}
			_, errs = readAll(t, Options{Strict: true}.FromBytes(tt.format, "f", []byte(tt.text)))
			checkErrors(t, errs, tt.errors[:1])
		})
	}
}

func checkErrors(t *testing.T, errs []error, want []string) {
	t.Helper()
	if len(errs) != len(want) {
		t.Fatalf("errors %v, want %q", errs, want)
	}
	for i, err := range errs {
		var bad *BadRecord
		if !errors.As(err, &bad) {
			t.Fatalf("%v is no *BadRecord", err)
		}
		at, reason, found := strings.Cut(want[i], " ")
		if strings.Contains(at, "@") && found {
			if got := strconv.Itoa(bad.Line) + "@" + strconv.Itoa(int(bad.Offset)); got != at {
				t.Errorf("%v is at %s, want %s", err, got, at)
			}
		} else {
			reason = want[i]
		}
		if !strings.Contains(bad.Reason, reason) {
			t.Errorf("%v: want %q", err, reason)
		}
		if want := "f:" + strconv.Itoa(bad.Line) + ": " + bad.Reason; err.Error() != want {
			t.Errorf("Error() = %q, want %q", err, want)
		}
	}
}

func TestStrictChecksJSON(t *testing.T) {
	text := []byte("{\"A\":1}\n{\"A\":1,,}\n{\"A\":2}\n")
	var lenient int
	for _, err := range FromBytes(NDJSON, "f", text).Records(t.Context()) {
		if err != nil {
			t.Error(err)
		}
		lenient++
	}
	records, errs := readAll(t, Options{Strict: true}.FromBytes(NDJSON, "f", text))
	if lenient != 3 || len(records) != 1 || len(errs) != 1 {
		t.Errorf("lenient %d, strict %d records and errors %v", lenient, len(records), errs)
	}
}

// TestBlocks reads records that are cut by a block's end and larger than a block.
func TestBlocks(t *testing.T) {
	pad := strings.Repeat("x", 3*blockSize/2)
	const n = 5
	for format, text := range map[Format]string{
		NDJSON:    strings.Repeat(`{"A":"`+pad+`"}`+"\n", n),
		JSONArray: `[` + strings.TrimSuffix(strings.Repeat(`{"A":"`+pad+`"},`+"\n", n), ",\n") + `]`,
		CSV:       "A\n" + strings.Repeat(`"`+pad+"\"\r\n", n),
	} {
		records, errs := readAll(t, FromBytes(format, "f", []byte(text)))
		if len(errs) > 0 || len(records) != n {
			t.Fatalf("%v: %d records, errors %v", format, len(records), errs)
		}
		for _, rec := range records {
			if rec != `{"A":"`+pad+`"}` {
				t.Errorf("%v: record of %d bytes is altered", format, len(rec))
			}
		}
	}
}

func TestTooLong(t *testing.T) {
	long := strings.Repeat("x", 3*blockSize)
	for format, want := range map[Format]int{NDJSON: 2, JSONArray: 1, CSV: 1} {
		text := map[Format]string{
			NDJSON:    `{"A":1}` + "\n" + `{"A":"` + long + `"}` + "\n" + `{"A":2}` + "\n",
			JSONArray: `[{"A":1},{"A":"` + long + `"},{"A":2}]`,
			CSV:       "A\n1\n\"" + long + "\"\n2\n",
		}[format]
		var records, bad int
		r := &reading{in: newBlock(t.Context()), yield: func(_ []byte, err error) bool {
			if err != nil {
				bad++
			} else {
				records++
			}
			return true
		}}
		r.in.limit = 2 * blockSize
		if err := r.file(bytesInput("f", []byte(text)), format); err != nil {
			t.Error(err)
		}
		if records != want || bad != 1 {
			t.Errorf("%v: %d records and %d bad, want %d and 1", format, records, bad, want)
		}
	}
}

func TestFailures(t *testing.T) {
	full := gzipped(t, []byte(strings.Repeat("{\"A\":1}\n", 1000)))
	records, errs := readAll(t, FromBytes(Auto, "f.gz", full[:len(full)-10]))
	if len(records) < 900 || len(errs) != 1 || !strings.Contains(errs[0].Error(), "unexpected EOF; the rest of the file is not read") {
		t.Errorf("cut gzip: %d records, %v", len(records), errs)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, err := range FromBytes(NDJSON, "f", []byte("{}")).Records(ctx) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled: %v", err)
		}
	}
}

func TestOpen(t *testing.T) {
	dir := t.TempDir()
	write := func(name string) {
		path := filepath.Join(dir, filepath.FromSlash(name))
		err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte("{\"File\":\""+name+"\"}\n"), 0o644))
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"b/2.json", "a/1.jsonl.gz", "c.log", "README", "AWSLogs/1/CloudTrail-Digest/x.json"} {
		write(name)
	}
	names := func(records []string) (names []string) {
		for _, rec := range records {
			names = append(names, gjson.Get(rec, "File").String())
		}
		return names
	}
	var notes []string
	o := Options{Notes: func(note string) { notes = append(notes, note) }}

	got, errs := readAll(t, open(t, o, Auto, filepath.Join(dir, "c.log"), dir))
	if want := []string{"c.log", "a/1.jsonl.gz", "b/2.json"}; !slices.Equal(names(got), want) || len(errs) > 0 {
		t.Errorf("got %v, %v, want %v", names(got), errs, want)
	}
	if len(notes) != 3 {
		t.Errorf("want notes on README, the digest and the repeated file, got %q", notes)
	}
	got, _ = readAll(t, open(t, o, NDJSON, filepath.Join(dir, "?", "*.json*")))
	if want := []string{"a/1.jsonl.gz", "b/2.json"}; !slices.Equal(names(got), want) {
		t.Errorf("glob: %v, want %v", names(got), want)
	}
	for _, path := range []string{filepath.Join(dir, "absent.json"), filepath.Join(dir, "*.none"), filepath.Join(dir, "[")} {
		if _, err := Open(Auto, path); err == nil {
			t.Errorf("Open(%s) succeeds", path)
		}
	}
	if _, err := Open(Auto, t.TempDir()); err == nil {
		t.Error("Open of an empty directory succeeds")
	}
}

func TestStdin(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stdin")
	if err := os.WriteFile(path, gzipped(t, []byte("{\"A\":1}\n{\"A\":2}\n")), 0o644); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	defer func(before *os.File) { os.Stdin = before }(os.Stdin)
	os.Stdin = file
	s := open(t, Options{}, Auto, "-")
	for range 2 {
		if got, errs := readAll(t, s); len(got) != 2 || len(errs) > 0 {
			t.Errorf("%q, %v", got, errs)
		}
	}
}

func TestParseFormat(t *testing.T) {
	for _, f := range Formats() {
		if got, err := ParseFormat(f.String()); err != nil || got != f {
			t.Errorf("ParseFormat(%v) = %v, %v", f, got, err)
		}
	}
	if _, err := ParseFormat("xml"); err == nil {
		t.Error("xml is accepted")
	}
}

// TestNDJSONAllocs shows that records cost no allocation: twenty thousand take about as many as ten thousand.
func TestNDJSONAllocs(t *testing.T) {
	allocs := func(lines int) float64 {
		s := FromBytes(NDJSON, "f", bytes.Repeat([]byte("{\"EventName\":\"CreateKey\",\"N\":1}\n"), lines))
		return testing.AllocsPerRun(5, func() {
			for range s.Records(t.Context()) {
			}
		})
	}
	if few, many := allocs(10000), allocs(20000); many > few+10 { // a pool may have been emptied
		t.Errorf("%v allocations for 10,000 lines, %v for 20,000", few, many)
	}
}

// TestCustomTableKeepsRecords reads what looks like a raw log for a custom table as it is.
func TestCustomTableKeepsRecords(t *testing.T) {
	const record = `{"time":"2026-03-01T10:00:00Z","category":"AuditLogs","properties":{}}`
	records, errs := readAll(t, Options{Table: "T_CL"}.FromBytes(Auto, "f", []byte(record)))
	if len(errs) > 0 || !slices.Equal(records, []string{record}) {
		t.Errorf("%q, %v", records, errs)
	}
}
