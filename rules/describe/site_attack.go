package describe

import (
	"maps"
	"slices"

	"github.com/seed-2512943d/picket/rules/catalog"
)

// matrix is what the page of ATT&CK shows.
type matrix struct {
	Title      string
	Key        []matrixLevel
	Columns    []matrixColumn
	Techniques []matrixCell // that rules name, by their ids
}

// matrixColumn is a tactic with its techniques, those that most rules name first.
type matrixColumn struct {
	Tactic, Title string
	Count         int // of the rules that list the tactic
	Used, Unused  []matrixCell
}

// matrixCell is a technique with the rules that name it or one of its sub-techniques.
type matrixCell struct {
	Technique
	Rules []link
}

// Count is the number of rules.
func (c matrixCell) Count() int { return len(c.Rules) }

// Level is the number of the cell's colour.
func (c matrixCell) Level() int {
	level := 0
	for i, l := range matrixLevels {
		if c.Count() >= l.least {
			level = i
		}
	}
	return level
}

// matrixLevel is a colour of the matrix.
type matrixLevel struct {
	Level int
	Text  string
	least int
}

var matrixLevels = []matrixLevel{{0, "no rules", 0}, {1, "1 or 2", 1}, {2, "3 to 9", 3}, {3, "10 to 29", 10}, {4, "30 to 99", 30}, {5, "100 or more", 100}}

func newMatrix(entries []entry) matrix {
	cells := map[string]*matrixCell{}
	counts := map[string]int{}
	for _, e := range entries {
		for _, tactic := range e.listed {
			counts[tactic]++
		}
		for _, t := range e.techniques() {
			id := parentTechnique(t.ID)
			if cells[id] == nil {
				name, _, _ := catalog.Technique(id)
				cells[id] = &matrixCell{Technique: Technique{id, name}}
			}
			l := e.link()
			if l.Note = t.ID; t.ID == id {
				l.Note = ""
			}
			if list := cells[id].Rules; len(list) > 0 && list[len(list)-1].Href == l.Href { // has several of the sub-techniques
				list[len(list)-1].Note += " " + t.ID
				continue
			}
			cells[id].Rules = append(cells[id].Rules, l)
		}
	}
	m := matrix{Title: "ATT&CK coverage", Key: matrixLevels}
	for _, tactic := range catalog.Tactics() {
		if column := newMatrixColumn(tactic, counts[tactic], cells); len(column.Used)+column.Count > 0 {
			m.Columns = append(m.Columns, column)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(cells)) {
		m.Techniques = append(m.Techniques, *cells[id])
	}
	return m
}

func newMatrixColumn(tactic string, count int, cells map[string]*matrixCell) matrixColumn {
	column := matrixColumn{Tactic: tactic, Title: tacticTitle(tactic), Count: count}
	for _, id := range catalog.Techniques() {
		name, tactics, _ := catalog.Technique(id)
		switch {
		case parentTechnique(id) != id || !slices.Contains(tactics, tactic):
		case cells[id] != nil:
			column.Used = append(column.Used, *cells[id])
		default:
			column.Unused = append(column.Unused, matrixCell{Technique: Technique{id, name}})
		}
	}
	slices.SortStableFunc(column.Used, func(a, b matrixCell) int { return b.Count() - a.Count() })
	return column
}
