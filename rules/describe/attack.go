package describe

import (
	"slices"
	"strings"

	"github.com/seed-2512943d/picket/rules"
	"github.com/seed-2512943d/picket/rules/catalog"
)

// Coverage is a tactic of ATT&CK with the techniques of the rule that serve it. A technique that serves several of the rule's tactics
// stands under each.
type Coverage struct {
	Tactic     string      `json:"tactic"` // as the rule writes it; empty for techniques that serve none of its tactics
	Title      string      `json:"title"`  // as people write it
	Techniques []Technique `json:"techniques"`
}

// Technique is a technique or sub-technique of ATT&CK.
type Technique struct {
	ID   string `json:"id"`
	Name string `json:"name"` // empty where the catalogue does not know the id
}

// String is the id with the name behind it.
func (t Technique) String() string {
	if t.Name == "" {
		return t.ID + " (not in the catalogue of ATT&CK)"
	}
	return t.ID + " " + t.Name
}

// outside titles the techniques that serve none of the tactics that the rule lists.
const outside = "None of the rule's tactics"

// coverage lists the rule's tactics in the order of an attack, those that have no technique left out.
func coverage(rule *rules.Rule) []Coverage {
	list := []Coverage{}
	placed := map[string]bool{}
	for _, tactic := range catalog.Tactics() {
		if !slices.Contains(rule.Tactics, tactic) {
			continue
		}
		row := Coverage{Tactic: tactic, Title: tacticTitle(tactic)}
		for _, id := range rule.Techniques {
			name, tactics, _ := catalog.Technique(id)
			if slices.Contains(tactics, tactic) {
				row.Techniques = append(row.Techniques, Technique{id, name})
				placed[id] = true
			}
		}
		if row.Techniques != nil {
			list = append(list, row)
		}
	}
	rest := Coverage{Title: outside}
	for _, id := range rule.Techniques {
		if !placed[id] {
			name, _, _ := catalog.Technique(id)
			rest.Techniques = append(rest.Techniques, Technique{id, name})
		}
	}
	if rest.Techniques != nil {
		list = append(list, rest)
	}
	return list
}

// bareTactics are the titles of the rule's tactics that none of its techniques serves.
func bareTactics(rule *rules.Rule) []string {
	titles := []string{}
	covered := coverage(rule)
	for _, tactic := range rule.Tactics {
		if !slices.ContainsFunc(covered, func(c Coverage) bool { return c.Tactic == tactic }) {
			titles = append(titles, tacticTitle(tactic))
		}
	}
	return titles
}

// tacticTitle is a tactic's name for people; a name that is none of ATT&CK stays.
func tacticTitle(name string) string {
	title, ok := catalog.Tactic(name)
	if !ok {
		return name
	}
	return strings.ReplaceAll(title, " and ", " & ")
}
