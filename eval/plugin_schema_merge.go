package eval

import (
	"sort"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// mergedColumn is a column of the schema that schema_merge makes.
type mergedColumn struct {
	name    string
	ordinal int64 // the greatest that was seen
	moved   bool  // schemas differ in the ordinal
	typ     scalar.Type
	clash   bool // schemas differ in the type, and none fits all of them
}

// bindSchemaMerge merges schemas as getschema gives them into one. With PreserveOrder, which
// is the default, a column that stands elsewhere in another schema is an error of its row
// (Kusto docs, "schema_merge plugin").
func bindSchemaMerge(c *pluginCall) *relation {
	if !c.arguments(0, "PreserveOrder") {
		return c.refused()
	}
	preserve, ok := c.constant(c.args[0], scalar.Bool, scalar.NewBool(true))
	if !ok {
		return c.refused()
	}
	var xs []*expr
	for _, name := range []string{"ColumnName", "ColumnOrdinal", "ColumnType"} {
		i := c.in.find(name)
		if i < 0 {
			return c.nothing(c.call, "KS109", "schema_merge needs a column '"+name+"', as getschema gives it", "")
		}
		xs = append(xs, c.in.cols[i].expr())
	}
	cols := []Column{{"ColumnName", scalar.String}, {"ColumnOrdinal", scalar.Long}, {"DataType", scalar.String}, {"ColumnType", scalar.String}}
	return c.heldWhole(cols, func(e env) [][]scalar.Value {
		merged := mergeSchemas(c.in.collectOf(e, xs))
		rows := make([][]scalar.Value, len(merged))
		for i, m := range merged {
			ordinal, typeName, dataType := int64(i), m.typ.String(), dataTypes[m.typ]
			wrong := ""
			switch {
			case m.clash:
				wrong = "ERROR(columns have different types)"
			case m.moved && preserve.IsTrue():
				wrong = "ERROR(columns are out of order)"
			}
			if wrong != "" {
				ordinal, typeName, dataType = -1, wrong, "ERROR(unknown CSL type:"+wrong+")"
			}
			rows[i] = []scalar.Value{scalar.NewString(m.name), scalar.NewLong(ordinal), scalar.NewString(dataType), scalar.NewString(typeName)}
		}
		return rows
	})
}

// mergeSchemas reads rows of name, ordinal and type.
func mergeSchemas(rows [][]scalar.Value) []*mergedColumn {
	var merged []*mergedColumn
	byName := make(map[string]*mergedColumn)
	for _, row := range rows {
		name := row[0].Str()
		ordinal, _ := scalar.ToLong(row[1])
		typ, _ := scalar.ParseType(row[2].Str())
		m := byName[name]
		if m == nil {
			m = &mergedColumn{name: name, ordinal: ordinal, typ: typ}
			byName[name] = m
			merged = append(merged, m)
			continue
		}
		m.moved = m.moved || m.ordinal != ordinal
		m.ordinal = max(m.ordinal, ordinal)
		switch {
		case m.typ == typ:
		case m.typ.Numeric() && typ.Numeric():
			m.typ = widest(m.typ, typ)
		default:
			m.clash = true
		}
	}
	sort.SliceStable(merged, func(i, j int) bool { return merged[i].ordinal < merged[j].ordinal })
	return merged
}
