package eval

import (
	"context"
	"iter"
	"maps"
	"slices"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// Table is a named source of records that can be read again and again.
type Table struct {
	Name    string
	Columns []Column // the columns, in order
	Open    bool     // records may have further columns, which read as dynamic
	// Records yields each record as the text of one JSON object. The text is good
	// until the next one is asked for. An error that implements interface{ Skip() bool }
	// and says true is a bad record, after which reading goes on; any other ends the run.
	Records func(ctx context.Context) iter.Seq2[[]byte, error]
	// Parts, where it is set, yields the same records in pieces, in order. Several goroutines may
	// read a piece each. A run of several workers prefers it to Records.
	Parts func(ctx context.Context) iter.Seq[iter.Seq2[[]byte, error]]
}

// Tables finds the tables that a run reads. A table that a program knows by its schema
// but that is not found here is empty.
type Tables interface {
	Table(name string) (*Table, bool)
}

// TableMap is a set of tables by name. It is both the Tables and the Schemas of a query.
type TableMap map[string]*Table

// Table finds a table by name.
func (m TableMap) Table(name string) (*Table, bool) {
	t, ok := m[name]
	return t, ok
}

// TableSchema gives the columns of a table.
func (m TableMap) TableSchema(name string) (cols []Column, open, ok bool) {
	t, ok := m[name]
	if !ok {
		return nil, false, false
	}
	return t.Columns, t.Open, true
}

// TableNames lists the tables by name, for what reads tables by pattern: union, search, find.
func (m TableMap) TableNames() []string { return slices.Sorted(maps.Keys(m)) }

// TableOf makes a table of rows of values, in the order of cols.
func TableOf(name string, cols []Column, rows ...[]scalar.Value) *Table {
	var records [][]byte
	for _, row := range rows {
		rec := []byte{'{'}
		for i, v := range row {
			if i > 0 {
				rec = append(rec, ',')
			}
			rec = scalar.AppendJSON(rec, scalar.NewString(cols[i].Name).AsDynamic())
			rec = scalar.AppendJSON(append(rec, ':'), v.AsDynamic())
		}
		records = append(records, append(rec, '}'))
	}
	return RecordTable(name, cols, records...)
}

// RecordTable makes a table of records, each the text of one JSON object.
func RecordTable(name string, cols []Column, records ...[]byte) *Table {
	return &Table{Name: name, Columns: cols, Records: func(context.Context) iter.Seq2[[]byte, error] {
		return func(yield func([]byte, error) bool) {
			for _, rec := range records {
				if !yield(rec, nil) {
					return
				}
			}
		}
	}}
}

// InferColumns finds the columns of records: every key, in the order in which keys first
// occur, with the type that fits all of its values.
func InferColumns(ctx context.Context, records func(context.Context) iter.Seq2[[]byte, error]) ([]Column, error) {
	var in inference
	for rec, err := range records(ctx) {
		if err != nil {
			if skips(err) {
				continue
			}
			return nil, err
		}
		in.add(string(rec))
	}
	return in.columns(), nil
}

// skips reports whether an error is about one record only.
func skips(err error) bool {
	s, ok := err.(interface{ Skip() bool })
	return ok && s.Skip()
}

// inference gathers what is known of the columns of a table.
type inference struct {
	names []string
	types map[string]scalar.Type
}

func (in *inference) columns() []Column {
	cols := make([]Column, len(in.names))
	for i, name := range in.names {
		t := in.types[name]
		if t == scalar.NoType {
			t = scalar.String // only nulls
		}
		cols[i] = Column{name, t}
	}
	return cols
}

// add takes one record into account.
func (in *inference) add(rec string) {
	if in.types == nil {
		in.types = make(map[string]scalar.Type)
	}
	for key, v := range scalar.RawJSON(rec).Entries() {
		was, known := in.types[key]
		if !known {
			in.names = append(in.names, key)
		}
		in.types[key] = fits(was, inferred(v))
	}
}

// inferred gives the type that one JSON value suggests: a text that is a datetime or a
// guid in full form counts as one.
func inferred(v scalar.Value) scalar.Type {
	switch v.Kind() {
	case scalar.Array, scalar.Bag:
		return scalar.Dynamic
	case scalar.String:
		if s := v.Str(); len(s) >= 19 && s[4] == '-' && s[10] == 'T' {
			if _, ok := scalar.ParseDateTime(s); ok {
				return scalar.DateTime
			}
		}
		return scalar.String
	}
	return v.Kind()
}

// fits gives the type that has room for both: long within real, and string or dynamic for
// what has nothing in common.
func fits(a, b scalar.Type) scalar.Type {
	switch {
	case a == scalar.NoType || a == b:
		return b
	case b == scalar.NoType:
		return a
	case a.Numeric() && b.Numeric():
		return widest(a, b)
	case a == scalar.Dynamic || b == scalar.Dynamic:
		return scalar.Dynamic
	}
	return scalar.String
}

// Row is one row of a result. Its values may be kept.
type Row []scalar.Value

// Clone returns a copy of the row.
func (r Row) Clone() Row { return slices.Clone(r) }
