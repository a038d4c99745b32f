package eval

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// externalField says where the value of a column of external data stands in a record.
type externalField struct {
	typ      scalar.Type
	ordinal  int     // of the cell, in delimited text; -1 for none
	path     string  // in JSON, as gjson reads it; "" for none
	constant *string // in place of both
	unit     int64   // ticks of the unit of which a time is the number since 1970; 0 for a value that is read as it stands
}

// identityFields are the fields without a mapping: cells by their places, members of JSON by the
// names of the columns.
func identityFields(cols []Column) []externalField {
	fields := make([]externalField, len(cols))
	for i, c := range cols {
		fields[i] = externalField{typ: c.Type, ordinal: i, path: gjson.Escape(c.Name)}
	}
	return fields
}

// value reads the field of a record: null, or an empty string, where there is none, and
// where a text is no value of the column's type.
func (f externalField) value(rec externalRecord) scalar.Value {
	if f.unit > 0 {
		number := f
		number.typ, number.unit = scalar.Long, 0
		return sinceEpoch(number.value(rec), f.unit)
	}
	switch {
	case f.constant != nil:
		return ofText(*f.constant, f.typ)
	case rec.json != "" && f.path != "":
		return fieldValue(gjson.Get(rec.json, f.path).Raw, f.typ)
	case rec.json == "" && f.ordinal >= 0 && f.ordinal < len(rec.cells):
		return ofText(rec.cells[f.ordinal], f.typ)
	}
	return fieldValue("", f.typ)
}

// sinceEpoch is the instant that is so many units after the beginning of 1970.
func sinceEpoch(n scalar.Value, unit int64) scalar.Value {
	epoch := scalar.FromTime(time.Unix(0, 0))
	if n.IsNull() || n.Long() < -int64(epoch)/unit || n.Long() > int64(scalar.MaxInstant-epoch)/unit {
		return scalar.Null(scalar.DateTime)
	}
	return scalar.NewDateTime(epoch + scalar.Instant(n.Long()*unit))
}

// ofText reads the text of a cell.
func ofText(text string, t scalar.Type) scalar.Value {
	if t == scalar.Dynamic {
		return scalar.ParseJSON(text)
	}
	return scalar.Convert(scalar.NewString(text), t)
}

// mapping is an element of ingestionMapping. Its keys are read in any case; the older form has
// the properties beside the name of the column.
type mapping struct {
	Column, Name string
	mappingProperties
	Properties *mappingProperties
}

type mappingProperties struct {
	Path, Field, Transform    string
	Ordinal                   any // a number, or its text
	ConstValue, ConstantValue *string
}

// mappedFields reads an ingestionMapping. A column that it leaves out is null
// (Kusto docs, "Ingestion mappings").
func mappedFields(text string, cols []Column) ([]externalField, error) {
	var elements []mapping
	if err := json.Unmarshal([]byte(text), &elements); err != nil {
		return nil, err
	}
	fields := make([]externalField, len(cols))
	places := make(map[string]int)
	for i, c := range cols {
		fields[i] = externalField{typ: c.Type, ordinal: -1}
		places[c.Name] = i
	}
	for _, m := range elements {
		name := cmp.Or(m.Column, m.Name)
		i, ok := places[name]
		if !ok {
			return nil, fmt.Errorf("there is no column '%s'", name)
		}
		properties := m.mappingProperties
		if m.Properties != nil {
			properties = *m.Properties
		}
		if err := fields[i].mapTo(properties); err != nil {
			return nil, fmt.Errorf("column '%s': %w", name, err)
		}
	}
	return fields, nil
}

// mapTo takes the field from where the properties say.
func (f *externalField) mapTo(p mappingProperties) (err error) {
	f.constant = cmp.Or(p.ConstValue, p.ConstantValue)
	if p.Ordinal != nil {
		if f.ordinal, err = strconv.Atoi(fmt.Sprint(p.Ordinal)); err != nil || f.ordinal < 0 {
			return fmt.Errorf("the ordinal %v is no number of a cell", p.Ordinal)
		}
	}
	switch {
	case p.Path != "":
		f.path, err = jsonPath(p.Path)
	case p.Field != "":
		f.path = gjson.Escape(p.Field)
	}
	if err != nil {
		return err
	}
	units := map[string]int64{
		"datetimefromunixseconds": scalar.TicksPerSecond, "datetimefromunixmilliseconds": scalar.TicksPerMillisecond,
		"datetimefromunixmicroseconds": scalar.TicksPerMicrosecond,
	}
	switch name := strings.ToLower(p.Transform); {
	case units[name] > 0 && f.typ == scalar.DateTime:
		f.unit = units[name]
	case name != "":
		return fmt.Errorf("the transformation %s cannot run here", p.Transform)
	}
	return nil
}

// jsonPath writes a path such as $.a['b c'][0] as gjson has it.
func jsonPath(path string) (string, error) {
	rest, ok := strings.CutPrefix(path, "$")
	if !ok {
		return "", fmt.Errorf("the path %s does not begin with $", path)
	}
	if rest == "" {
		return "@this", nil
	}
	var steps []string
	for rest != "" {
		step, after, ok := pathStep(rest)
		if !ok {
			return "", fmt.Errorf("the path %s cannot be read", path)
		}
		steps, rest = append(steps, gjson.Escape(step)), after
	}
	return strings.Join(steps, "."), nil
}

// pathStep takes .name, ['name'], ["name"] or [0] from the front of a path.
func pathStep(path string) (step, rest string, ok bool) {
	if inner, bracket := strings.CutPrefix(path, "["); bracket {
		for _, quote := range []string{"'", `"`} {
			if name, quoted := strings.CutPrefix(inner, quote); quoted {
				return strings.Cut(name, quote+"]")
			}
		}
		step, rest, ok = strings.Cut(inner, "]")
		_, err := strconv.Atoi(step)
		return step, rest, ok && err == nil
	}
	name, dot := strings.CutPrefix(path, ".")
	end := strings.IndexAny(name, ".[")
	if end < 0 {
		end = len(name)
	}
	return name[:end], name[end:], dot && end > 0
}
