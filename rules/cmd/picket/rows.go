package main

import (
	"bufio"
	"encoding/csv"
	"io"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/eval/scalar"
)

// rowWriter writes the rows of a result, as they come where the format allows it.
type rowWriter interface {
	row(eval.Row) error
	end() error
}

func newRowWriter(w io.Writer, format string, columns []eval.Column) rowWriter {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.Name
	}
	switch format {
	case "json":
		return &jsonRows{w: bufio.NewWriter(w), names: names, open: "[\n", between: ",\n", close: "\n]\n"}
	case "jsonl":
		return &jsonRows{w: bufio.NewWriter(w), names: names, between: "\n", close: "\n"}
	case "csv":
		out := csv.NewWriter(w)
		return &csvRows{out, out.Write(names)}
	}
	t := newTable()
	header := make(table.Row, len(names))
	for i, name := range names {
		header[i] = name
	}
	t.AppendHeader(header)
	return &tableRows{w: w, t: t, markdown: format == "md"}
}

// newTable is a table whose header is as written.
func newTable() table.Writer {
	t := table.NewWriter()
	style := table.StyleLight
	style.Format.Header = text.FormatDefault
	style.Options.DrawBorder = false
	t.SetStyle(style)
	t.SuppressTrailingSpaces()
	return t
}

// jsonRows writes objects.
type jsonRows struct {
	w                    *bufio.Writer
	names                []string
	open, between, close string
	buffer               []byte
	begun                bool
}

func (j *jsonRows) row(row eval.Row) error {
	separator := j.between
	if !j.begun {
		separator, j.begun = j.open, true
	}
	b := append(j.buffer[:0], separator...)
	b = append(b, '{')
	for i, v := range row {
		if i > 0 {
			b = append(b, ',')
		}
		b = scalar.AppendJSON(b, scalar.NewString(j.names[i]).AsDynamic())
		b = appendValue(append(b, ':'), v)
	}
	j.buffer = append(b, '}')
	_, err := j.w.Write(j.buffer)
	return err
}

func (j *jsonRows) end() error {
	switch {
	case j.begun:
		j.w.WriteString(j.close)
	case j.open != "":
		j.w.WriteString("[]\n")
	}
	return j.w.Flush()
}

// csvRows writes a header and lines; null is an empty cell.
type csvRows struct {
	w   *csv.Writer
	err error
}

func (c *csvRows) row(row eval.Row) error {
	cells := make([]string, len(row))
	for i, v := range row {
		cells[i] = cell(v)
	}
	if c.err == nil {
		c.err = c.w.Write(cells)
	}
	return c.err
}

func (c *csvRows) end() error {
	c.w.Flush()
	if c.err != nil {
		return c.err
	}
	return c.w.Error()
}

// tableRows collects a table for people or Markdown.
type tableRows struct {
	w        io.Writer
	t        table.Writer
	markdown bool
}

func (t *tableRows) row(row eval.Row) error {
	cells := make(table.Row, len(row))
	for i, v := range row {
		cells[i] = printable(cell(v))
	}
	t.t.AppendRow(cells)
	return nil
}

func (t *tableRows) end() error {
	text := t.t.Render
	if t.markdown {
		text = t.t.RenderMarkdown
	}
	_, err := io.WriteString(t.w, strings.TrimRight(text(), "\n")+"\n")
	return err
}

// cell is a value as text: "" for null, a datetime without needless zeros.
func cell(v scalar.Value) string {
	if v.Kind() == scalar.DateTime {
		return string(scalar.AppendDateTime(nil, v.DateTime(), false))
	}
	return scalar.ToString(v)
}

// appendValue appends a value as JSON: as scalar.AppendJSON does, but a datetime column without needless zeros.
func appendValue(b []byte, v scalar.Value) []byte {
	if v.Type() == scalar.DateTime && !v.IsNull() {
		b = append(b, '"')
		b = scalar.AppendDateTime(b, v.DateTime(), false)
		return append(b, '"')
	}
	return scalar.AppendJSON(b, v)
}
