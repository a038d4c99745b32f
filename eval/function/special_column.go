package function

import "github.com/seed-2512943d/picket/eval/scalar"

// columnFunctions look at the columns of the table, or at another table.
func columnFunctions() []Function {
	return []Function{
		{
			Sig:  "column_ifexists(column_name: string constant, defaultValue: scalar): arg1",
			Doc:  "The column of a name, or the default where the table has none.",
			Impl: Special,
			Examples: []string{
				`toscalar(print a = 1 | project c = column_ifexists("a", 5)) == 1`,
				`toscalar(print a = 1 | project c = column_ifexists("b", 5)) == 5`,
			},
		},
		{
			Sig:  "columnifexists(column_name: string constant, defaultValue: scalar): arg1",
			Doc:  "An obsolete name of column_ifexists().",
			Impl: Special,
			Examples: []string{
				`toscalar(print a = 1 | project c = columnifexists("a", 5)) == 1`,
				`toscalar(print a = 1 | project c = columnifexists("b", 5)) == 5`,
			},
		},
		{
			Sig:  "iscolumnexists(column_name: string constant): bool",
			Doc:  "Whether the table has a column.",
			Impl: Special,
			Examples: []string{
				`toscalar(print a = 1 | project c = iscolumnexists("a"))`,
				`not(toscalar(print a = 1 | project c = iscolumnexists("b")))`,
			},
		},
		{
			Sig:  "column_names_of(table: tabular): dynamic",
			Doc:  "The names of a table's columns.",
			Impl: Special,
		},
		{
			Sig:  "pack_all(ignore_null_empty: scalar literal?): dynamic",
			Doc:  "A bag of all columns, without the null and the empty ones if so asked.",
			Impl: Special,
			Examples: []string{
				`tostring(toscalar(print a = 1, b = "" | project p = pack_all())) == '{"a":1,"b":""}'`,
				`tostring(toscalar(print a = 1, b = "" | project p = pack_all(true))) == '{"a":1}'`,
			},
		},
		{
			Sig:   "ingestion_time(): datetime",
			Doc:   "When the row was taken in.",
			Names: NameRule{Fixed, "$IngestionTime"},
			Impl:  Special,
			Examples: []string{
				`isnull(toscalar(print a = 1 | project ingestion_time()))`,
				`isempty(toscalar(range x from 1 to 1 step 1 | project ingestion_time()))`,
			},
		},
		{
			Sig:      "toscalar(expression: tabular): dynamic",
			Doc:      "The first column of the first row of a table.",
			Impl:     Special,
			Examples: []string{`toscalar(print 5) == 5`, `toscalar(range x from 1 to 3 step 1 | count) == 3`},
		},
		{
			Sig:  "estimate_data_size(column: scalar column{1,*}): long",
			Doc:  "How many bytes the columns take: by their type, or the length of a text.",
			Impl: Raw(estimateDataSize),
			Examples: []string{
				`toscalar(print a = 1 | project estimate_data_size(a)) == 8`,
				`toscalar(print a = 1, b = "1234567890" | project estimate_data_size(a, b)) == 18`,
			},
		},
	}
}

func estimateDataSize(args []scalar.Value) scalar.Value {
	size := 0
	for _, v := range args {
		switch v.Type() {
		case scalar.Bool:
			size++
		case scalar.Int:
			size += 4
		case scalar.Guid, scalar.Decimal:
			size += 16
		case scalar.String:
			size += len(v.Str())
		case scalar.Dynamic:
			size += len(scalar.AppendJSON(nil, v))
		default:
			size += 8
		}
	}
	return scalar.NewLong(int64(size))
}
