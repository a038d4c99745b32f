package catalog

import (
	_ "embed"
	"maps"
	"slices"
	"sort"
	"strings"
)

// Column is a column of a table: its name, and its type in Kusto's words (string, long, datetime …).
type Column struct{ Name, Type string }

// tables is one line a table, sorted by name, with tabs between the fields:
//
//	name [*] [+group …] [letter:column,column …]
//
// A star says that the table is open, +1 adds the columns of the group of that name, and a letter is a type of
// typeLetters. Groups are listed before the tables in the same form; their names are digits, which sort before
// the letters that tables start with. Lines stay text so that a change of a schema is a change that can be read,
// and a look-up bisects the text, so that nothing is decoded but the table asked for.
//
//go:embed tables.txt
var tables string

// typeLetters pairs the letters of tables.txt with type names.
var typeLetters = []struct{ letter, name string }{
	{"s", "string"}, {"t", "datetime"}, {"r", "real"}, {"d", "dynamic"}, {"i", "int"}, {"b", "bool"}, {"l", "long"}, {"g", "guid"},
}

// Table gives the columns of a Log Analytics, Defender or well-known custom table, ordered by name. An open
// table accepts further columns, whose values are dynamic; ok says whether the table is known. Names are
// case-sensitive, as they are in Kusto.
func Table(name string) (columns []Column, open, ok bool) {
	line, ok := tableLine(name)
	if !ok || isGroup(name) {
		return nil, false, false
	}
	columns, open = decodeTable(line)
	slices.SortFunc(columns, func(a, b Column) int { return strings.Compare(a.Name, b.Name) })
	return columns, open, true
}

// Tables lists the names of all known tables in order.
func Tables() []string {
	var names []string
	for line := range strings.Lines(tables) {
		if name, _, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t"); !isGroup(name) {
			names = append(names, name)
		}
	}
	return names
}

func isGroup(name string) bool { return name == "" || name[0] >= '0' && name[0] <= '9' }

// tableLine bisects the text for the line of a name, and returns the line's fields after the name.
func tableLine(name string) (string, bool) {
	lineAt := func(offset int) string {
		start := strings.LastIndexByte(tables[:offset], '\n') + 1
		line, _, _ := strings.Cut(tables[start:], "\n")
		return line
	}
	nameOf := func(line string) string {
		name, _, _ := strings.Cut(line, "\t")
		return name
	}
	i := sort.Search(len(tables), func(offset int) bool { return nameOf(lineAt(offset)) >= name })
	if i == len(tables) {
		return "", false
	}
	line := lineAt(i)
	if nameOf(line) != name {
		return "", false
	}
	return strings.TrimPrefix(line[len(name):], "\t"), true
}

func decodeTable(line string) (columns []Column, open bool) {
	for field := range strings.SplitSeq(line, "\t") {
		switch {
		case field == "":
		case field == "*":
			open = true
		case field[0] == '+':
			if group, ok := tableLine(field[1:]); ok {
				shared, _ := decodeTable(group)
				columns = append(columns, shared...)
			}
		default:
			letter, names, _ := strings.Cut(field, ":")
			for name := range strings.SplitSeq(names, ",") {
				columns = append(columns, Column{name, typeOfLetter(letter)})
			}
		}
	}
	return columns, open
}

func typeOfLetter(letter string) string {
	for _, t := range typeLetters {
		if t.letter == letter {
			return t.name
		}
	}
	return "dynamic"
}

// encodeTables writes the text that Table reads; groups are column sets that many tables share.
func encodeTables(schemas map[string]map[string]string, open map[string]bool, groups map[string]map[string]string) string {
	var text strings.Builder
	write := func(name string, open bool, columns map[string]string, include []string) {
		text.WriteString(name)
		if open {
			text.WriteString("\t*")
		}
		for _, group := range include {
			text.WriteString("\t+" + group)
		}
		for _, t := range typeLetters {
			var names []string
			for column, columnType := range columns {
				if columnType == t.name {
					names = append(names, column)
				}
			}
			if slices.Sort(names); len(names) > 0 {
				text.WriteString("\t" + t.letter + ":" + strings.Join(names, ","))
			}
		}
		text.WriteByte('\n')
	}
	groupNames := slices.Sorted(maps.Keys(groups))
	for _, name := range groupNames {
		write(name, false, groups[name], nil)
	}
	for _, name := range slices.Sorted(maps.Keys(schemas)) {
		rest := maps.Clone(schemas[name])
		var include []string
		for _, group := range groupNames {
			if contains(rest, groups[group]) {
				include = append(include, group)
				maps.DeleteFunc(rest, func(column, _ string) bool { return groups[group][column] != "" })
			}
		}
		write(name, open[name], rest, include)
	}
	return text.String()
}

func contains(columns, group map[string]string) bool {
	for name, columnType := range group {
		if columns[name] != columnType {
			return false
		}
	}
	return true
}
