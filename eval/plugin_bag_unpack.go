package eval

import (
	"maps"
	"slices"
	"strings"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// bagUnpacking is a call of bag_unpack.
type bagUnpacking struct {
	bag     *expr
	prefix  string
	ignored map[string]bool
}

// bindBagUnpack puts a column for each key of a bag in the place of the bag, with the type of
// the key's values, dynamic where they differ (Kusto docs, "bag_unpack plugin"). Which there
// are is known when the rows are, unless the query says it.
func bindBagUnpack(c *pluginCall) *relation {
	if !c.arguments(1, "Column", "OutputColumnPrefix", "columnsConflict", "ignoredProperties") {
		return c.refused()
	}
	bag := c.column(c.args[0])
	none := scalar.NewString("")
	prefix, ok1 := c.constant(c.args[1], scalar.String, none)
	conflict, ok2 := c.constant(c.args[2], scalar.String, scalar.NewString("error"))
	ignored, ok3 := c.constant(c.args[3], scalar.Dynamic, scalar.Null(scalar.Dynamic))
	if bag == nil || !ok1 || !ok2 || !ok3 {
		return c.refused()
	}
	switch conflict.Str() {
	case "error", "replace_source", "keep_source":
	default:
		return c.nothing(c.args[2], "KS140", "columnsConflict is error, replace_source or keep_source", "")
	}
	u := &bagUnpacking{bag: bag, prefix: prefix.Str(), ignored: make(map[string]bool)}
	for v := range ignored.Elements() {
		u.ignored[scalar.ToString(v)] = true
	}
	source := slices.DeleteFunc(slices.Clone(c.in.cols), func(col *column) bool { return col.name == bag.name })
	if schema := c.takeSchema(); schema != nil {
		out := c.in.with(u.written(c.writtenColumns(schema, source), source, conflict.Str()))
		out.open = false
		return out
	}
	found, known := c.decide(c.call, func(e env) decided { return u.decide(e, c.in) })
	if !known || found.empty {
		return awaiting(c.in, source)
	}
	cols := slices.Clone(source)
	for _, col := range found.columns {
		switch i := indexOf(cols, col.Name); {
		case i < 0:
			cols = append(cols, u.column(col))
		case conflict.Str() == "replace_source":
			cols[i] = u.column(col)
		case conflict.Str() == "error":
			return c.nothing(c.call, "KS171", "bag_unpack makes a column '"+col.Name+"', and there is one already", "set columnsConflict, or give a prefix")
		}
	}
	return c.in.with(cols)
}

// written gives the columns of a written schema: those of the input that it names, and the
// others out of the bag.
func (u *bagUnpacking) written(schema []Column, source []*column, conflict string) []*column {
	var cols []*column
	for _, col := range schema {
		i := indexOf(source, col.Name)
		if i >= 0 && (conflict != "replace_source" || source[i].typ == col.Type) {
			cols = append(cols, &column{name: col.Name, typ: col.Type, make: func() *expr { return converted(source[i].expr(), col.Type) }})
			continue
		}
		cols = append(cols, u.column(col))
	}
	return cols
}

// column reads a key of the bag.
func (u *bagUnpacking) column(col Column) *column {
	key, bag := strings.TrimPrefix(col.Name, u.prefix), u.bag.value
	return &column{name: col.Name, typ: col.Type, make: func() *expr {
		x := ofValue(col.Type, func(f *frame) scalar.Value { return scalar.Convert(bag(f).Field(key), col.Type) })
		return x.from(u.bag)
	}}
}

// decide reads all bags and gives the columns in the order of their names. Null values have
// no say in a column's type.
func (u *bagUnpacking) decide(e env, in *relation) decided {
	types := make(map[string]scalar.Type)
	empty := true
	for f := range in.rows(e) {
		empty = false
		for key, v := range u.bag.value(f).Entries() {
			t := v.Kind()
			if u.ignored[key] || t == scalar.NoType {
				continue
			}
			if t == scalar.Array || t == scalar.Bag {
				t = scalar.Dynamic
			}
			was, known := types[key]
			if !known {
				key = strings.Clone(key) // it may lie in a record's buffer
				if !e.hold(len(key) + 16) {
					return decided{}
				}
			} else if was != t {
				t = scalar.Dynamic
			}
			types[key] = t
		}
	}
	found := decided{empty: empty}
	for _, key := range slices.Sorted(maps.Keys(types)) {
		found.columns = append(found.columns, Column{u.prefix + key, types[key]})
	}
	return found
}
