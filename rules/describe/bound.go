package describe

import (
	"slices"
	"strings"

	"github.com/seed-2512943d/picket/eval"
)

// bound holds the outputs to the columns of the bound query, which knows more: the types of columns, which part those of a union in two
// (a_string and a_long); what stored functions and plugins give.
func (q *Query) bound(columns []eval.Column, open bool) []Output {
	has := func(name string) bool {
		return slices.ContainsFunc(columns, func(c eval.Column) bool { return c.Name == name })
	}
	outputs := []Output{}
	for _, o := range q.Outputs {
		if has(o.Name) {
			outputs = append(outputs, o)
			continue
		}
		parts := 0
		for _, c := range columns {
			if c.Name == o.Name+"_"+c.Type.String() {
				outputs = append(outputs, Output{c.Name, o.Made})
				parts++
			}
		}
		if open && parts == 0 {
			outputs = append(outputs, o)
		}
	}
	for _, c := range columns {
		listed := slices.ContainsFunc(outputs, func(o Output) bool { return o.Name == c.Name })
		if maker := q.maker(c); !listed && maker != "" {
			outputs = append(outputs, Output{c.Name, maker})
		}
	}
	return outputs
}

// maker is the operator that makes a column of which only the bound query knows; empty for one of a table.
func (q *Query) maker(c eval.Column) string {
	switch base, split := strings.CutSuffix(c.Name, "_"+c.Type.String()); {
	case q.result == nil || q.result.find(c.Name) >= 0:
		return ""
	case split && q.result.find(base) >= 0:
		return "union"
	}
	return q.result.opener
}
