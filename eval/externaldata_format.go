package eval

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"path"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/seed-2512943d/picket/eval/ingest"
)

// externalRecord is one record of external data: the cells of a line, or the text of a JSON value.
type externalRecord struct {
	cells []string
	json  string
}

// readRecords takes a text apart and hands on each record, which is good until the next one.
type readRecords func(text io.Reader, record func(externalRecord) error) error

// externalFormats are the formats of Kusto, by name; nil is one that cannot be read here
// (Kusto docs, "Data formats supported by Azure Data Explorer for ingestion").
var externalFormats = map[string]readRecords{
	"csv": readDelimited(','), "tsv": readDelimited('\t'), "psv": readDelimited('|'), "scsv": readDelimited(';'), "sohsv": readDelimited('\x01'),
	"tsve": readEscaped, "txt": readLines, "raw": readWhole, "json": readJSON, "multijson": readJSON, "singlejson": readJSON,
	"avro": nil, "apacheavro": nil, "parquet": nil, "orc": nil, "sstream": nil, "w3clogfile": nil,
}

// externalReader finds how to read a text: as its format says, else as the end of its address
// does, else as CSV.
func externalReader(format, uri string) (readRecords, error) {
	if format == "" {
		format = "csv"
		if extension := addressExtension(uri); extension != "" {
			if _, known := externalFormats[extension]; known {
				format = extension
			}
		}
	}
	read := externalFormats[format]
	if read == nil {
		return nil, fmt.Errorf("the format %s cannot be read here; give the data as CSV or JSON", format)
	}
	return read, nil
}

// addressExtension is csv of https://host/a.csv.gz?key;secret.
func addressExtension(uri string) string {
	uri, _, _ = strings.Cut(uri, ";")
	name := uri
	if u, err := url.Parse(uri); err == nil {
		name = u.Path
	}
	name = strings.ToLower(path.Base(name))
	for _, packed := range []string{".gz", ".zip"} {
		name = strings.TrimSuffix(name, packed)
	}
	return strings.TrimPrefix(path.Ext(name), ".")
}

// unpacked hands on the plain text of src, without its byte order mark: of a ZIP archive, each file
// whose name fits the pattern, or all of them where there is none.
func unpacked(src io.Reader, pattern string, read func(io.Reader) error) error {
	text, release, err := ingest.Decompress(src)
	if err != nil {
		return err
	}
	defer release()
	plain := bufio.NewReader(text)
	if magic, _ := plain.Peek(4); string(magic) != "PK\x03\x04" {
		return read(unmarked(plain))
	}
	all, err := io.ReadAll(plain)
	if err != nil {
		return err
	}
	archive, err := zip.NewReader(bytes.NewReader(all), int64(len(all)))
	if err != nil {
		return err
	}
	for _, file := range archive.File {
		fits, err := path.Match(pattern, path.Base(file.Name))
		if err != nil {
			return fmt.Errorf("zipPattern %q: %w", pattern, err)
		}
		if strings.HasSuffix(file.Name, "/") || pattern != "" && !fits {
			continue
		}
		if err := readFile(file, read); err != nil {
			return err
		}
	}
	return nil
}

func readFile(file *zip.File, read func(io.Reader) error) error {
	f, err := file.Open()
	if err != nil {
		return fmt.Errorf("%s: %w", file.Name, err)
	}
	defer f.Close()
	return read(unmarked(bufio.NewReader(f)))
}

// unmarked drops the byte order mark.
func unmarked(text *bufio.Reader) io.Reader {
	if mark, _ := text.Peek(3); string(mark) == "\xef\xbb\xbf" {
		text.Discard(len(mark))
	}
	return text
}

// readDelimited reads rows of cells, which may stand in quotes.
func readDelimited(separator rune) readRecords {
	return func(text io.Reader, record func(externalRecord) error) error {
		rows := csv.NewReader(text)
		rows.Comma, rows.FieldsPerRecord, rows.LazyQuotes, rows.ReuseRecord = separator, -1, true, true
		for {
			cells, err := rows.Read()
			if err == io.EOF {
				return nil
			}
			if err != nil {
				return err
			}
			if err := record(externalRecord{cells: cells}); err != nil {
				return err
			}
		}
	}
}

// readLines reads each line that is not empty as one cell.
func readLines(text io.Reader, record func(externalRecord) error) error {
	lines := bufio.NewReader(text)
	for {
		line, err := lines.ReadString('\n')
		if cell := strings.TrimRight(line, "\r\n"); cell != "" {
			if err := record(externalRecord{cells: []string{cell}}); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// readEscaped reads cells parted by tabs, in which a backslash stands before what would end them.
func readEscaped(text io.Reader, record func(externalRecord) error) error {
	unescape := strings.NewReplacer(`\\`, `\`, `\t`, "\t", `\n`, "\n", `\r`, "\r")
	return readLines(text, func(line externalRecord) error {
		cells := strings.Split(line.cells[0], "\t")
		for i, cell := range cells {
			cells[i] = unescape.Replace(cell)
		}
		return record(externalRecord{cells: cells})
	})
}

// readWhole reads the text as one cell.
func readWhole(text io.Reader, record func(externalRecord) error) error {
	all, err := io.ReadAll(text)
	if err != nil {
		return err
	}
	return record(externalRecord{cells: []string{string(all)}})
}

// readJSON reads JSON values that follow one another; of an array each element is a record.
func readJSON(text io.Reader, record func(externalRecord) error) error {
	values := json.NewDecoder(text)
	for {
		var value json.RawMessage
		err := values.Decode(&value)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("byte %d: %w", values.InputOffset(), err)
		}
		if value[0] != '[' {
			if err := record(externalRecord{json: string(value)}); err != nil {
				return err
			}
			continue
		}
		gjson.ParseBytes(value).ForEach(func(_, element gjson.Result) bool {
			err = record(externalRecord{json: element.Raw})
			return err == nil
		})
		if err != nil {
			return err
		}
	}
}
