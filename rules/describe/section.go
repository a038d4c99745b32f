package describe

import (
	"cmp"
	"fmt"
	"strings"
)

// section is a table of the page behind those that explain the query.
type section struct {
	Title string
	Rows  [][]string // the first is the heads of the columns
}

// furtherSections are what the rule's file and the bound query say besides: entities, details, alerts, schedule, needs, result and
// faults. Those without rows are left out.
func (p *Page) furtherSections() []section {
	all := []section{
		{"Entities", p.entityRows()},
		{"Custom details", fieldRows("Detail", "Column", p.CustomDetails)},
		{"Alert", p.alertRows()},
		{"Schedule", p.scheduleRows()},
		{"Tables and functions needed", p.needRows()},
		{"Result", p.resultRows()},
		{"Columns of the tables in the result, as they are", p.untouchedRows()},
		{"Faults of the query", p.faultRows()},
	}
	kept := all[:0]
	for _, s := range all {
		if len(s.Rows) > 1 {
			kept = append(kept, s)
		}
	}
	return kept
}

func fieldRows(name, column string, fields []FieldColumn) [][]string {
	rows := [][]string{{name, column}}
	for _, f := range fields {
		rows = append(rows, []string{f.Name, f.Column})
	}
	return rows
}

func (p *Page) entityRows() [][]string {
	rows := [][]string{{"Entity", "Identifier", "Column"}}
	for _, e := range p.Entities {
		entity := e.Type
		if e.Legacy {
			entity += " (by the column's name)"
		}
		for _, f := range e.Fields {
			rows = append(rows, []string{entity, f.Name, f.Column})
			entity = ""
		}
	}
	return rows
}

func (p *Page) alertRows() [][]string {
	rows := [][]string{{"Part", "From"}}
	for _, row := range [][]string{
		{"Name", p.Alert.Name}, {"Description", p.Alert.Description}, {"Severity", fromColumn(p.Alert.SeverityColumn)},
		{"Tactics", fromColumn(p.Alert.TacticsColumn)},
	} {
		if row[1] != "" {
			rows = append(rows, row)
		}
	}
	for _, f := range p.Alert.Properties {
		rows = append(rows, []string{f.Name, fromColumn(f.Column)})
	}
	if p.Alert.Grouping == "AlertPerResult" {
		rows = append(rows, []string{"Alerts", "one for each row"})
	}
	return rows
}

func fromColumn(name string) string {
	if name == "" {
		return ""
	}
	return "the column " + name
}

func (p *Page) scheduleRows() [][]string {
	rows := [][]string{{"When", "What"}}
	s := p.Schedule
	if s.Frequency == "" {
		return rows
	}
	rows = append(rows, []string{"Runs every", s.Frequency}, []string{"Looks back", s.Period}, []string{"Alerts if rows", s.Trigger})
	if s.Suppression != "" {
		rows = append(rows, []string{"Pauses after an alert", s.Suppression})
	}
	return rows
}

func (p *Page) needRows() [][]string {
	rows := [][]string{{"Name", "What"}}
	for _, n := range p.Needs {
		rows = append(rows, []string{n.Name, n.Kind})
	}
	for _, c := range p.Connectors {
		rows = append(rows, []string{c.ID, strings.TrimSuffix("connector for "+strings.Join(c.DataTypes, ", "), " for ")})
	}
	return rows
}

func (p *Page) resultRows() [][]string {
	rows := [][]string{{"Column", "Type", "Made by", "Used for"}}
	for _, c := range p.Columns {
		if !c.untouched() {
			rows = append(rows, []string{c.Name, c.Type, cmp.Or(c.Made, "table"), strings.Join(c.Uses, ", ")})
		}
	}
	if p.Open && len(p.Columns) > 0 {
		rows = append(rows, []string{"…", "known when run", "", ""})
	}
	return rows
}

// untouched says whether the column is one of a table that the query hands on and nothing uses.
func (c Column) untouched() bool { return c.Made == "" && len(c.Uses) == 0 }

// untouchedRows lists the columns that Result leaves out, by type.
func (p *Page) untouchedRows() [][]string {
	var types []string
	names := map[string][]string{}
	for _, c := range p.Columns {
		if !c.untouched() {
			continue
		}
		if names[c.Type] == nil {
			types = append(types, c.Type)
		}
		names[c.Type] = append(names[c.Type], c.Name)
	}
	rows := [][]string{{"Type", "Columns"}}
	for _, t := range types {
		rows = append(rows, []string{t, strings.Join(names[t], ", ")})
	}
	return rows
}

func (p *Page) faultRows() [][]string {
	rows := [][]string{{"Line", "Fault"}}
	for _, f := range p.Faults {
		rows = append(rows, []string{fmt.Sprintf("%d:%d", f.Line, f.Column), strings.TrimPrefix(f.Code+": ", ": ") + f.Message})
	}
	return rows
}
