package ingest

import (
	"bytes"
	"errors"
	"io"
	"strconv"
)

var (
	errOpenQuote = errors.New("a quoted cell is not closed before the end of the file")
	errAfterCell = errors.New("text follows the closing quote of a cell")
)

// table is the reader of one CSV file.
type table struct {
	r         *reading
	separator byte
	columns   []column
	cells     []cell
}

// cell is a span of the unread text.
type cell struct {
	start, end int
	doubled    bool // holds doubled quotes
}

// column is a CSV column as it appears in the records.
type column struct {
	key  []byte // `"Name":`
	name string // "" if the header cell is empty
	time bool   // values of the portal's form are UTC
}

// readCSV reads a header line and rows. A row is an object of string values, one for each column,
// also where the cell is empty. A quoted cell may hold line ends; a quote inside an unquoted
// cell is text. Rows without text are skipped. A row with another number of cells than the header
// is bad, unless the additional cells are empty.
func readCSV(r *reading) error {
	t := &table{r: r, separator: separatorOf(r.in.unread())}
	for {
		at := r.in.place()
		length, err := t.row()
		switch err {
		case nil:
		case io.EOF:
			return nil
		case errAfterCell:
			err = r.bad(at, "%v", err)
			r.in.skip(length)
			if err != nil {
				return err
			}
			continue
		case errOpenQuote, errTooLong:
			return r.bad(at, "%v; the rest of the file is not read", err)
		default:
			return err
		}
		switch {
		case t.blank():
		case t.columns == nil:
			t.header()
		default:
			err = t.record(at)
		}
		r.in.skip(length)
		if err != nil {
			return err
		}
	}
}

// separatorOf returns the separator most frequent in the header line.
func separatorOf(text []byte) byte {
	header, _, _ := bytes.Cut(text, []byte{'\n'})
	best, most := byte(','), 0
	for _, c := range []byte{',', ';', '\t'} {
		if n := bytes.Count(header, []byte{c}); n > most {
			best, most = c, n
		}
	}
	return best
}

// row finds the cells of the next row and returns its length with the line end; io.EOF behind the
// last. With errAfterCell the length is that of the line where the row breaks off.
func (t *table) row() (int, error) {
	for {
		length, err := t.split(t.r.in.unread(), t.r.in.eof)
		if err != io.ErrUnexpectedEOF {
			return length, err
		}
		if err := t.r.in.fill(); err != nil {
			return 0, err
		}
	}
}

// split is row on a text that may be cut, which gives io.ErrUnexpectedEOF.
func (t *table) split(text []byte, complete bool) (int, error) {
	t.cells = t.cells[:0]
	if len(text) == 0 && complete {
		return 0, io.EOF
	}
	for i := 0; ; i++ {
		var c cell
		if i < len(text) && text[i] == '"' {
			c.start = i + 1
			for i++; ; i += 2 {
				n := bytes.IndexByte(text[i:], '"')
				if n < 0 && complete {
					return 0, errOpenQuote
				} else if n < 0 {
					return 0, io.ErrUnexpectedEOF
				}
				i += n
				if i+1 == len(text) || text[i+1] != '"' {
					break
				}
				c.doubled = true
			}
			c.end = i
			i++
		} else {
			c.start = i
			for i < len(text) && text[i] != t.separator && text[i] != '\n' {
				i++
			}
			c.end = i
			if i > c.start && text[i-1] == '\r' && (i == len(text) || text[i] == '\n') {
				c.end--
			}
		}
		if i+1 >= len(text) && !complete {
			return 0, io.ErrUnexpectedEOF
		}
		t.cells = append(t.cells, c)
		switch {
		case i == len(text):
			return i, nil
		case text[i] == t.separator:
		case text[i] == '\n':
			return i + 1, nil
		case text[i] == '\r' && i+1 == len(text):
			return i + 1, nil
		case text[i] == '\r' && text[i+1] == '\n':
			return i + 2, nil
		default:
			n := bytes.IndexByte(text[i:], '\n')
			if n < 0 && !complete {
				return 0, io.ErrUnexpectedEOF
			} else if n < 0 {
				return len(text), errAfterCell
			}
			return i + n + 1, errAfterCell
		}
	}
}

// blank says whether the row is an empty line.
func (t *table) blank() bool { return len(t.cells) == 1 && t.cells[0].start == t.cells[0].end }

// text returns a cell's content; it is valid until the next call.
func (t *table) text(c cell) []byte {
	text := t.r.in.unread()[c.start:c.end]
	if c.doubled {
		text = bytes.ReplaceAll(text, []byte(`""`), []byte(`"`))
	}
	return text
}

// header takes the columns from the first row. A name that has occurred gets the lowest number
// that makes it new, as in the result of a Kusto join; a column without a name is called by its position.
func (t *table) header() {
	used := map[string]bool{}
	for i, c := range t.cells {
		raw := string(t.text(c))
		name, zone := portalName(raw)
		col := column{time: zone == "" || zone == "UTC"}
		if !col.time {
			name = raw
			t.r.note("column %q is in local time and left as it is; export it in UTC", raw)
		}
		col.name = name
		if name == "" {
			name = "Column" + strconv.Itoa(i+1)
		}
		for n, base := 1, name; used[name]; n++ {
			name = base + strconv.Itoa(n)
		}
		if col.name != "" && name != col.name {
			t.r.note("column %q occurs twice, the second is read as %q", col.name, name)
		}
		used[name] = true
		col.key = append(appendQuoted(nil, []byte(name)), ':')
		t.columns = append(t.columns, col)
	}
}

// record writes the row as an object.
func (t *table) record(at place) error {
	for _, extra := range t.cells[min(len(t.columns), len(t.cells)):] {
		if extra.start < extra.end {
			return t.r.bad(at, "row has %d cells, the header %d", len(t.cells), len(t.columns))
		}
	}
	if len(t.cells) < len(t.columns) {
		return t.r.bad(at, "row has %d cells, the header %d", len(t.cells), len(t.columns))
	}
	out := append(t.r.out[:0], '{')
	for i, col := range t.columns {
		text := t.text(t.cells[i])
		if col.name == "" && len(text) == 0 {
			continue
		}
		if len(out) > 1 {
			out = append(out, ',')
		}
		out = append(out, col.key...)
		if iso, ok := portalTime(text); col.time && ok {
			out = append(out, '"')
			out = append(iso.AppendFormat(out, isoTime), '"')
		} else {
			out = appendQuoted(out, text)
		}
	}
	t.r.out = append(out, '}')
	return t.r.record(t.r.out, at)
}
