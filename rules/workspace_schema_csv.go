package rules

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// addSchemaCSV reads the columns of one or more tables from a CSV file.
func (w *Workspace) addSchemaCSV(path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	lines, err := csv.NewReader(strings.NewReader(decodeText(data))).ReadAll()
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if len(lines) == 0 {
		return fmt.Errorf("%s: a schema file has a header with Column and Type", path)
	}
	field := func(names ...string) int {
		return slices.IndexFunc(lines[0], func(title string) bool {
			_, is := normalize(strings.TrimSpace(title), names)
			return is
		})
	}
	table, column := field("Table", "TableName"), field("Column", "ColumnName", "Name")
	columnType := field("Type", "ColumnType")
	if columnType < 0 {
		columnType = field("DataType")
	}
	if column < 0 || columnType < 0 {
		return fmt.Errorf("%s: the header must have Column and Type; it has %s", path, strings.Join(lines[0], ", "))
	}
	name := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	for i, line := range lines[1:] {
		if table >= 0 {
			name = line[table]
		}
		if name == "" || line[column] == "" {
			return fmt.Errorf("%s: row %d names no table or no column", path, i+2)
		}
		w.addColumn(name, line[column], strings.TrimPrefix(line[columnType], "System."))
	}
	return nil
}
