package rules

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/seed-2512943d/picket/eval"
)

// AddSchemas reads the columns of tables from JSON and CSV files, and from those that end in .json or .csv below directories. JSON has one of
// two forms, {"Table":{"Column":"type"}} for any number of tables, or {"Name":"Table","Properties":[{"Name":"Column","Type":"type"}]} for one,
// as the custom tables of Azure-Sentinel's repository; there keys may begin with small letters. CSV has a header with Column and Type, as
// well as Table where the file is not named after its one table; ColumnName, ColumnType, DataType and TableName are the same, so that the
// result of getschema will do. Columns added to a table that has some come after these. The error joins those of the files that cannot be read;
// the others count.
func (w *Workspace) AddSchemas(paths ...string) error {
	var failures []error
	for _, root := range paths {
		failures = append(failures, filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil {
				failures = append(failures, err)
				return nil
			}
			extension := strings.ToLower(filepath.Ext(path))
			switch {
			case entry.IsDir():
			case extension == ".csv":
				failures = append(failures, w.addSchemaCSV(path))
			case extension == ".json" || path == root:
				failures = append(failures, w.addSchemaFile(path))
			}
			return nil
		}))
	}
	return errors.Join(failures...)
}

func (w *Workspace) addSchemaFile(path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	text := decodeText(data)
	root := gjson.Parse(text)
	if !gjson.Valid(text) || !root.IsObject() {
		return fmt.Errorf("%s: a schema file holds one JSON object", path)
	}
	if properties := anyCase(root, "Properties"); properties.IsArray() {
		return w.addCustomTable(path, anyCase(root, "Name").String(), properties)
	}
	var failure error
	root.ForEach(func(table, columns gjson.Result) bool {
		if !columns.IsObject() {
			failure = fmt.Errorf("%s: table %s has no object of columns", path, table.Str)
			return false
		}
		columns.ForEach(func(name, columnType gjson.Result) bool {
			w.addColumn(table.Str, name.Str, columnType.String())
			return true
		})
		return true
	})
	return failure
}

// addCustomTable reads the list of columns of one table.
func (w *Workspace) addCustomTable(path, table string, properties gjson.Result) error {
	if table == "" {
		return fmt.Errorf("%s: the table has no Name", path)
	}
	var failure error
	properties.ForEach(func(_, property gjson.Result) bool {
		name := anyCase(property, "Name").String()
		if name == "" {
			failure = fmt.Errorf("%s: a column of table %s has no Name", path, table)
			return false
		}
		w.addColumn(table, name, anyCase(property, "Type").String())
		return true
	})
	return failure
}

func (w *Workspace) addColumn(table, name, typeName string) {
	for _, c := range w.schemas[table] {
		if c.Name == name {
			return
		}
	}
	w.schemas[table] = append(w.schemas[table], eval.Column{Name: name, Type: columnType(strings.ToLower(typeName))})
	delete(w.known, table)
}

// anyCase gives the value of a key that is written with a large or a small first letter.
func anyCase(object gjson.Result, key string) gjson.Result {
	if value := object.Get(key); value.Exists() {
		return value
	}
	return object.Get(strings.ToLower(key[:1]) + key[1:])
}
