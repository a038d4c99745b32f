package describe

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/rules"
)

// Difference is what changes for a rule's indicators from one version to the next. What only the writing changes (the order, the layout, a let in
// place of a literal) is none.
type Difference struct {
	Old        string            `json:"old"` // path of the old version
	New        string            `json:"new"`
	Indicators []IndicatorChange `json:"indicators"`
	Predicates []Change          `json:"otherPredicates"`
	// Combinations are the tests that or and not join, without their values: A eq or B match.
	Combinations []Change     `json:"combinations"`
	GroupBy      []Change     `json:"groupBy"`
	Outputs      []Change     `json:"outputs"` // names of columns
	Tables       []Change     `json:"tables"`  // and functions
	Facts        []FactChange `json:"facts"`   // severity, window and the like
	Faults       []string     `json:"faults"`  // of the queries, each with its place
	// Rewritten says that the text of the query differs, by more than layout and comments. Alone it is no difference of what the rule looks for.
	Rewritten bool `json:"rewritten"`
}

// IndicatorChange is a test that is made in one version only, or with other values.
type IndicatorChange struct {
	Field  string   `json:"field"`
	Kind   string   `json:"kind"` // as Indicator.Label gives it
	Status string   `json:"status"`
	Values []Change `json:"values"` // those added and removed; none for a test of the field alone
}

// The statuses of a test.
const (
	Added   = "added"
	Removed = "removed"
	Changed = "changed" // has other values
)

// Change is something that is added or removed.
type Change struct {
	Status string `json:"status"`
	Text   string `json:"text"`
}

// FactChange is a fact of the rule's file that differs.
type FactChange struct {
	Name string `json:"name"`
	Old  string `json:"old"`
	New  string `json:"new"`
}

// Compare finds what differs between two versions of a rule. A query with faults is compared as far as it can be read, and they are listed.
func Compare(old, new *rules.Rule, schemas eval.Schemas) *Difference {
	before, oldErr := Analyze(old, schemas)
	after, newErr := Analyze(new, schemas)
	return &Difference{
		Old: old.Path, New: new.Path,
		Indicators:   indicatorChanges(before.Indicators, after.Indicators),
		Predicates:   changes(labels(before.Others), labels(after.Others)),
		Combinations: changes(before.combinations(), after.combinations()),
		GroupBy:      changes(before.GroupBy, after.GroupBy),
		Outputs:      changes(outputNames(before.Outputs), outputNames(after.Outputs)),
		Tables:       changes(slices.Concat(before.Tables, before.Calls), slices.Concat(after.Tables, after.Calls)),
		Facts:        factChanges(old, new),
		Faults:       append(faultLines(old, oldErr), faultLines(new, newErr)...),
		Rewritten:    written(old, before, oldErr) != written(new, after, newErr),
	}
}

func faultLines(rule *rules.Rule, err error) []string {
	lines := []string{}
	if err != nil {
		for _, f := range faults(rule, err) {
			lines = append(lines, fmt.Sprintf("%s:%d:%d: %s", rule.Path, f.Line, f.Column, f.Message))
		}
	}
	return lines
}

// indicatorChanges goes through both lists, which are in order.
func indicatorChanges(before, after []Indicator) []IndicatorChange {
	list := []IndicatorChange{}
	old, now := byTest(before), byTest(after)
	all := &indicatorSet{}
	for _, i := range slices.Concat(before, after) {
		all.add(i)
	}
	for _, i := range all.rows() {
		was, had := old[i.test()]
		is, has := now[i.test()]
		change := IndicatorChange{Field: i.Field, Kind: i.Label(), Values: changes(descriptions(was.Values), descriptions(is.Values))}
		switch {
		case !had:
			change.Status = Added
		case !has:
			change.Status = Removed
		case len(change.Values) > 0:
			change.Status = Changed
		default:
			continue
		}
		list = append(list, change)
	}
	return list
}

func byTest(list []Indicator) map[test]Indicator {
	found := map[test]Indicator{}
	for _, i := range list {
		found[i.test()] = i
	}
	return found
}

// changes lists what only one of two lists has, what is removed before what is added.
func changes(before, after []string) []Change {
	list := []Change{}
	for _, text := range before {
		if !slices.Contains(after, text) {
			list = append(list, Change{Removed, text})
		}
	}
	for _, text := range after {
		if !slices.Contains(before, text) {
			list = append(list, Change{Added, text})
		}
	}
	return list
}

func descriptions(values []Value) []string {
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = v.described()
	}
	return texts
}

func labels(conditions []Condition) []string {
	texts := make([]string, len(conditions))
	for i, c := range conditions {
		texts[i] = c.label()
	}
	return texts
}

func outputNames(outputs []Output) []string {
	names := make([]string, len(outputs))
	for i, o := range outputs {
		names[i] = o.Name
	}
	return names
}

func factChanges(old, new *rules.Rule) []FactChange {
	list := []FactChange{}
	value := func(facts []Tag, name string) string {
		if i := slices.IndexFunc(facts, func(t Tag) bool { return t.Name == name }); i >= 0 {
			return facts[i].Value
		}
		return ""
	}
	before, after := facts(old), facts(new)
	var seen []string
	for _, fact := range slices.Concat(after, before) {
		was, is := value(before, fact.Name), value(after, fact.Name)
		if was != is && !slices.Contains(seen, fact.Name) {
			seen = append(seen, fact.Name)
			list = append(list, FactChange{fact.Name, was, is})
		}
	}
	return list
}

// facts are what a rule's file says besides its query, of what matters to those who get the alerts.
func facts(rule *rules.Rule) []Tag {
	schedule := scheduleOf(rule)
	alert := alertOf(rule)
	list := []Tag{
		{"Name", rule.Name}, {"Version", rule.Version}, {"Status", rule.Status}, {"Severity", rule.Severity}, {"Kind", string(rule.Kind)},
		{"Frequency", schedule.Frequency}, {"Period", schedule.Period}, {"Trigger", schedule.Trigger},
		{"Tactics", strings.Join(rule.Tactics, ", ")}, {"Techniques", strings.Join(rule.Techniques, ", ")},
		{"Suppression", schedule.Suppression}, {"Alert name", alert.Name}, {"Alert description", alert.Description},
		{"Alert severity from", alert.SeverityColumn}, {"Alert tactics from", alert.TacticsColumn}, {"Grouping", alert.Grouping},
	}
	for _, p := range alert.Properties {
		list = append(list, Tag{"Alert " + p.Name + " from", p.Column})
	}
	for _, d := range rule.CustomDetails {
		list = append(list, Tag{"Detail " + d.Key, d.Column})
	}
	entities := map[string]int{}
	for _, e := range rule.Entities {
		name := "Entity " + e.Type
		if entities[e.Type]++; entities[e.Type] > 1 {
			name += " " + number(entities[e.Type])
		}
		for _, f := range e.Fields {
			list = append(list, Tag{name + "." + f.Identifier, f.Column})
		}
	}
	return list
}

// Empty says whether nothing differs but the text of the query, if that.
func (d *Difference) Empty() bool {
	return len(d.Indicators)+len(d.Predicates)+len(d.Combinations)+len(d.GroupBy)+len(d.Outputs)+len(d.Tables)+len(d.Facts)+len(d.Faults) == 0
}

// signs mark the lines of a difference.
var signs = map[string]string{Added: "+", Removed: "-", Changed: "~"}

// Text writes the difference as lines that begin with + for what is added, - for what is removed and ~ for what changes. The error is
// that of writing.
func (d *Difference) Text(w io.Writer) error {
	t := &textPage{}
	if d.Empty() {
		t.line(d.none())
	}
	for _, s := range d.sections() {
		t.line(s.title)
		for _, line := range s.lines {
			t.line(line)
		}
		t.gap()
	}
	_, err := io.WriteString(w, strings.TrimRight(t.String(), "\n")+"\n")
	return err
}

// Markdown writes the difference for a pull request: headings with blocks that GitHub colours. The error is that of writing.
func (d *Difference) Markdown(w io.Writer) error {
	m := &markdown{}
	m.heading(2, "What the rule looks for")
	m.line(code(d.Old) + " → " + code(d.New))
	if d.Empty() {
		m.line("\n" + d.none())
	}
	for _, s := range d.sections() {
		m.heading(3, s.title)
		lines := make([]string, len(s.lines))
		for i, line := range s.lines {
			if rest, ok := strings.CutPrefix(line, "~"); ok { // the mark of a line of context
				line = " " + rest
			}
			lines[i] = line
		}
		m.fence("diff", strings.Join(lines, "\n"))
	}
	_, err := io.WriteString(w, strings.TrimLeft(m.String(), "\n"))
	return err
}

// none says that nothing differs.
func (d *Difference) none() string {
	if d.Rewritten {
		return "No difference in indicators, output fields and facts; the query is written differently."
	}
	return "No difference."
}

type differenceSection struct {
	title string
	lines []string
}

func (d *Difference) sections() []differenceSection {
	indicators := differenceSection{title: "Indicators"}
	for _, i := range d.Indicators {
		indicators.lines = append(indicators.lines, signs[i.Status]+" "+i.Field+" "+i.Kind)
		for _, v := range i.Values {
			indicators.lines = append(indicators.lines, signs[v.Status]+"   "+v.Text)
		}
	}
	facts := differenceSection{title: "Rule"}
	for _, f := range d.Facts {
		if f.Old != "" {
			facts.lines = append(facts.lines, "- "+f.Name+": "+f.Old)
		}
		if f.New != "" {
			facts.lines = append(facts.lines, "+ "+f.Name+": "+f.New)
		}
	}
	all := []differenceSection{
		indicators, changeSection("Other predicates", d.Predicates), changeSection("Combinations", d.Combinations),
		changeSection("Group by", d.GroupBy), changeSection("Output fields", d.Outputs),
		changeSection("Tables and functions", d.Tables), facts, {"Faults of the queries", d.Faults},
	}
	return slices.DeleteFunc(all, func(s differenceSection) bool { return len(s.lines) == 0 })
}

func changeSection(title string, list []Change) differenceSection {
	s := differenceSection{title: title}
	for _, c := range list {
		s.lines = append(s.lines, signs[c.Status]+" "+c.Text)
	}
	return s
}
