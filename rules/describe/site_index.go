package describe

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/seed-2512943d/picket/rules/catalog"
)

// siteIndex is what the index shows.
type siteIndex struct {
	Title                                   string
	Rows                                    []indexRow
	Tactics, Techniques, Tables, Severities []option
}

// indexRow is a rule in the index. Lists are parted by ", ", so that the filters can tell their items apart.
type indexRow struct {
	Name, Href, Severity                      string
	Tactics, TacticTitles, Techniques, Tables string
	Text                                      string // that the search looks through besides
}

// option is a choice of a filter.
type option struct{ Value, Text string }

// searchText is the number of bytes of a rule's description and values that the search looks through: a rule may hold a thousand values.
const searchText = 3000

func newIndex(title string, entries []entry) siteIndex {
	index := siteIndex{Title: title}
	techniques, tables := map[string]string{}, map[string]bool{}
	severities, tactics := map[string]bool{}, map[string]bool{}
	for _, e := range entries {
		row := indexRow{Name: e.title(), Href: e.href, Severity: e.Severity, Text: e.searchText()}
		row.Tactics = strings.Join(e.listed, ", ")
		titles := make([]string, len(e.listed))
		for i, tactic := range e.listed {
			titles[i] = tacticTitle(tactic)
			tactics[tactic] = true
		}
		row.TacticTitles = strings.Join(titles, ", ")
		var ids, names []string
		for _, t := range e.techniques() {
			ids = append(ids, t.ID)
			techniques[t.ID] = t.String()
		}
		for _, need := range e.Needs {
			names = append(names, need.Name)
			tables[need.Name] = true
		}
		row.Techniques, row.Tables = strings.Join(ids, ", "), strings.Join(names, ", ")
		severities[e.Severity] = e.Severity != ""
		index.Rows = append(index.Rows, row)
	}
	for _, tactic := range catalog.Tactics() {
		if tactics[tactic] {
			index.Tactics = append(index.Tactics, option{tactic, tacticTitle(tactic)})
		}
	}
	for _, id := range slices.Sorted(maps.Keys(techniques)) {
		index.Techniques = append(index.Techniques, option{id, techniques[id]})
	}
	for _, name := range slices.SortedFunc(maps.Keys(tables), foldedOrder) {
		index.Tables = append(index.Tables, option{name, name})
	}
	for _, name := range []string{"high", "medium", "low", "informational"} {
		if severities[name] {
			index.Severities = append(index.Severities, option{name, name})
		}
	}
	return index
}

func foldedOrder(a, b string) int {
	return cmp.Or(strings.Compare(strings.ToLower(a), strings.ToLower(b)), strings.Compare(a, b))
}

// searchText is the description and the values of the indicators.
func (p *Page) searchText() string {
	text := p.Description
	for _, i := range p.Indicators {
		for _, v := range i.Values {
			if len(text)+len(v.Text) > searchText {
				return text
			}
			text += " " + v.Text
		}
	}
	return text
}

// techniques are all techniques that the rule lists, each once.
func (p *Page) techniques() []Technique {
	var list []Technique
	for _, c := range p.Attack {
		for _, t := range c.Techniques {
			if !slices.Contains(list, t) {
				list = append(list, t)
			}
		}
	}
	return list
}

// tableList is what the list of tables shows.
type tableList struct {
	Title string
	Needs []neededBy
}

// neededBy is a table or function with the rules that need it.
type neededBy struct {
	Need
	Rules []link
}

func newTableList(entries []entry) tableList {
	by := map[Need][]link{}
	for _, e := range entries {
		for _, need := range e.Needs {
			by[need] = append(by[need], e.link())
		}
	}
	list := tableList{Title: "Tables and functions"}
	for _, need := range slices.SortedFunc(maps.Keys(by), func(a, b Need) int { return foldedOrder(a.Name, b.Name) }) {
		list.Needs = append(list.Needs, neededBy{need, by[need]})
	}
	return list
}
