package ingest

import (
	"time"

	"github.com/tidwall/gjson"
)

// row builds the flat JSON object of one table row. Of two values for one column the first counts.
type row struct {
	spacing JSONSpacing
	out     []byte
	has     map[string]bool
	text    []byte // one JSON text
}

func newRow(o Options) *row { return &row{spacing: o.JSONSpacing, has: map[string]bool{}} }

// begin starts a row of a table.
func (w *row) begin(table string) {
	clear(w.has)
	w.out = append(w.out[:0], '{')
	w.string("Type", table)
}

// end returns the row; it is valid until the next begin.
func (w *row) end() []byte {
	w.out = append(w.out, '}')
	return w.out
}

// key writes a column's name and says whether its value is to follow.
func (w *row) key(column string) bool {
	if w.has[column] {
		return false
	}
	w.has[column] = true
	if len(w.out) > 1 {
		w.out = append(w.out, ',')
	}
	w.out = append(appendQuoted(w.out, []byte(column)), ':')
	return true
}

// string writes a text; an empty one is left out, as is what a column without value holds.
func (w *row) string(column, text string) {
	if text != "" && w.key(column) {
		w.out = appendQuoted(w.out, []byte(text))
	}
}

// time writes an instant.
func (w *row) time(column string, t time.Time) {
	if w.key(column) {
		w.out = append(w.out, '"')
		w.out = append(t.UTC().AppendFormat(w.out, isoTime), '"')
	}
}

// value writes a JSON value as it is, objects and arrays without the source's white space; null is left out. In a
// string column an object or array is its JSON text, in a dynamic column the value.
func (w *row) value(column string, v gjson.Result) {
	switch {
	case v.Type == gjson.Null || !w.key(column):
	case v.Type == gjson.JSON:
		w.out = appendJSONText(w.out, []byte(v.Raw), w.spacing)
	default:
		w.out = append(w.out, v.Raw...)
	}
}

// jsonText writes a JSON value as text: an object or array as JSON, a string as it is.
func (w *row) jsonText(column string, v gjson.Result) {
	if v.Type != gjson.JSON {
		w.value(column, v)
		return
	}
	if w.key(column) {
		w.text = appendJSONText(w.text[:0], []byte(v.Raw), w.spacing)
		w.out = appendQuoted(w.out, w.text)
	}
}

// wants says whether the rows of a table are asked for. Those that are not are counted, and a note tells what they are.
func (r *reading) wants(table, what string) bool {
	if r.options.Table == "" || r.options.Table == table {
		return true
	}
	r.stats.Other++
	r.noteOfFormat("%s belongs to table %s, not %s, and is left out", what, table, r.options.Table)
	return false
}
