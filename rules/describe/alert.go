package describe

import (
	"slices"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/rules"
	"github.com/seed-2512943d/picket/rules/catalog"
)

// Alert is what the rule's file says of the alerts that it raises; texts are empty where the rule's own stand.
type Alert struct {
	Name           string        `json:"name"`        // with placeholders {{Column}}
	Description    string        `json:"description"` // with placeholders {{Column}}
	SeverityColumn string        `json:"severityColumn"`
	TacticsColumn  string        `json:"tacticsColumn"`
	Properties     []FieldColumn `json:"properties"`
	Grouping       string        `json:"grouping"` // SingleAlert or AlertPerResult
}

// Schedule says when the rule runs and what makes it raise alerts. It is zero for a hunting query.
type Schedule struct {
	Frequency   string `json:"frequency,omitempty"` // 1h
	Period      string `json:"period,omitempty"`    // 1d
	Trigger     string `json:"trigger,omitempty"`   // gt 0, on the number of rows
	Suppression string `json:"suppression,omitempty"`
}

func alertOf(rule *rules.Rule) Alert {
	a := Alert{
		Name: rule.Override.Name.Source, Description: rule.Override.Description.Source,
		SeverityColumn: rule.Override.SeverityColumn, TacticsColumn: rule.Override.TacticsColumn,
		Properties: []FieldColumn{}, Grouping: string(rule.EventGrouping),
	}
	for _, p := range rule.Override.Properties {
		a.Properties = append(a.Properties, FieldColumn{p.Property, p.Column})
	}
	return a
}

func scheduleOf(rule *rules.Rule) Schedule {
	if rule.Kind == rules.Hunting {
		return Schedule{}
	}
	runs := rule.Schedule()
	s := Schedule{Frequency: runs.Frequency.String(), Period: runs.Period.String(), Trigger: rule.Trigger.String()}
	if rule.Trigger.Operator == "" {
		s.Trigger = rules.Trigger{Operator: rules.GreaterThan}.String()
	}
	if rule.Suppression.Enabled {
		s.Suppression = rule.Suppression.Duration.String()
	}
	return s
}

// entitiesOf are the rule's entity mappings, or those that columns of old names stand for.
func entitiesOf(rule *rules.Rule, columns []Column) []Entity {
	mappings, legacy := rule.Entities, false
	if len(mappings) == 0 {
		listed := make([]catalog.Column, len(columns))
		for i, c := range columns {
			listed[i] = catalog.Column{Name: c.Name, Type: c.Type}
		}
		mappings, legacy = rules.LegacyEntities(listed), true
	}
	list := []Entity{}
	for _, m := range mappings {
		e := Entity{Type: m.Type, Fields: []FieldColumn{}, Legacy: legacy}
		for _, f := range m.Fields {
			e.Fields = append(e.Fields, FieldColumn{f.Identifier, f.Column})
		}
		list = append(list, e)
	}
	return list
}

// usesOf says which parts of the rule read each column.
func usesOf(rule *rules.Rule, columns []eval.Column) map[string][]string {
	uses := map[string][]string{}
	note := func(column, use string) {
		if column != "" && !slices.Contains(uses[column], use) {
			uses[column] = append(uses[column], use)
		}
	}
	listed := make([]Column, len(columns))
	for i, c := range columns {
		listed[i] = Column{Name: c.Name, Type: c.Type.String()}
	}
	for _, e := range entitiesOf(rule, listed) {
		for _, f := range e.Fields {
			note(f.Column, "entity "+e.Type+"."+f.Name)
		}
	}
	for _, column := range rule.SentinelEntities {
		note(column, "entities of other alerts")
	}
	for _, d := range rule.CustomDetails {
		note(d.Column, "detail "+d.Key)
	}
	for _, column := range rule.Override.Name.Columns() {
		note(column, "alert name")
	}
	for _, column := range rule.Override.Description.Columns() {
		note(column, "alert description")
	}
	note(rule.Override.SeverityColumn, "alert severity")
	note(rule.Override.TacticsColumn, "alert tactics")
	for _, p := range rule.Override.Properties {
		note(p.Column, "alert "+p.Property)
	}
	return uses
}
