package describe

import (
	"slices"
	"strings"
)

// actionFields are the columns that name what was done: an API call, an operation, a kind of event.
var actionFields = []string{"EventName", "OperationName", "OperationNameValue", "Operation", "EventID", "ActionType", "EventType", "Activity"}

// action is a value of such a column in a table, in small letters: rules that share one detect the same action.
type action struct{ table, field, value string }

// note adds the actions that an indicator looks for.
func (p *predicate) note(i Indicator) {
	if i.Negated || i.Kind != kindEqual && i.Kind != kindIn || !slices.Contains(actionFields, i.Field) {
		return
	}
	for _, table := range p.table.reads {
		for _, v := range i.Values {
			one := action{table, i.Field, strings.ToLower(v.Text)}
			if !v.Reference && !slices.Contains(p.out.actions, one) {
				p.out.actions = append(p.out.actions, one)
			}
		}
	}
}
