package eval

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// externalData is an externaldata: addresses, and how what stands there becomes rows.
type externalData struct {
	open   ExternalData
	uris   []string
	format string // as written; "" where the address tells it
	skip   bool   // the first record of each text holds names
	zip    string // the pattern of the files to read of an archive
	fields []externalField
}

// bindExternalData binds the columns that the query declares. What stands at the addresses is
// opened by the caller's ExternalData when the rows are asked for (Kusto docs, "externaldata operator").
func (b *binder) bindExternalData(op *kql.ExternalData) *relation {
	cols := b.schemaColumns(op.Schema)
	x := &externalData{open: b.opts.external, fields: identityFields(cols)}
	for _, uri := range op.URIs {
		if text, ok := b.constantText(uri); ok {
			x.uris = append(x.uris, text)
		}
	}
	for _, p := range op.With {
		b.externalOption(x, cols, p)
	}
	return b.held(cols, x.rows)
}

// constantText binds what must be a constant, and gives its text.
func (b *binder) constantText(x kql.Expr) (string, bool) {
	v := b.expr(x, nil)
	if v.typ == scalar.NoType {
		return "", false
	}
	if v.konst == nil {
		b.fail(x, "KS140", "a constant is expected here", "")
		return "", false
	}
	return scalar.ToString(*v.konst), true
}

// externalOption binds a property; a name without quotes is its own text, as in format=csv.
func (b *binder) externalOption(x *externalData, cols []Column, p *kql.Property) {
	var text string
	if name, ok := p.Value.(*kql.Name); ok {
		text = name.Name
	} else if text, ok = b.constantText(p.Value); !ok {
		return
	}
	switch strings.ToLower(p.Name.Name) {
	case "format":
		x.format = strings.ToLower(text)
		if _, known := externalFormats[x.format]; !known {
			b.fail(p.Value, "", "'"+text+"' is no format of data", "want one of "+strings.Join(slices.Sorted(maps.Keys(externalFormats)), ", "))
		}
	case "ignorefirstrecord":
		x.skip = strings.EqualFold(text, "true")
	case "zippattern":
		x.zip = text
	case "ingestionmapping", "csvmapping", "jsonmapping":
		fields, err := mappedFields(text, cols)
		if err != nil {
			b.fail(p.Value, "", "the mapping cannot be read: "+err.Error(), `write [{"Column":"a","Properties":{"Path":"$.x"}}], or Ordinal in place of Path`)
			return
		}
		x.fields = fields
	}
}

// errEnough ends the reading of a text of which no more rows are wanted.
var errEnough = errors.New("enough")

// rows reads the texts of all addresses one after the other.
func (x *externalData) rows(e env) iter.Seq[[]scalar.Value] {
	return func(yield func([]scalar.Value) bool) {
		for _, uri := range x.uris {
			err := x.read(e, uri, yield)
			if err == errEnough {
				return
			}
			if err != nil {
				e.run.fail(fmt.Errorf("externaldata: %s: %w", uri, err))
				return
			}
		}
	}
}

// read yields the rows of one address.
func (x *externalData) read(e env, uri string, yield func([]scalar.Value) bool) error {
	if x.open == nil {
		return errors.New("addresses are not reached from here; give a file in its place")
	}
	read, err := externalReader(x.format, uri)
	if err != nil {
		return err
	}
	src, err := x.open(e.run.ctx, uri)
	if err != nil {
		return err
	}
	defer src.Close()
	row := make([]scalar.Value, len(x.fields))
	return unpacked(src, x.zip, func(text io.Reader) error {
		skip := x.skip
		return read(text, func(rec externalRecord) error {
			if skip && rec.json == "" {
				skip = false
				return nil
			}
			for i, f := range x.fields {
				row[i] = f.value(rec)
			}
			if !yield(row) {
				return errEnough
			}
			return nil
		})
	})
}
