package ruletest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/seed-2512943d/picket/kql"
	"github.com/seed-2512943d/picket/rules"
)

func (m *mutator) fixBranches() {
	for _, c := range m.choices {
		values := c.values()
		for i, condition := range c.conditions() {
			if m.source(values[i]) == m.source(values[i+1]) {
				continue
			}
			for _, fixed := range []string{"true", "false"} {
				opposite := "does not hold"
				if fixed == "false" {
					opposite = "holds"
				}
				reached := func(r *recorder) bool { return len(r.choices[c.call]) > 0 }
				m.query(edit{condition.Span(), fixed}, reached, fmt.Sprintf("add a row of which %s %s, and expect what it chooses", m.source(condition), opposite),
					"%s instead of the condition %s", fixed, m.source(condition))
			}
		}
	}
}

func (m *mutator) changeJoins() {
	for _, join := range m.joins {
		reached := func(r *recorder) bool { return r.rows[m.before(join)] > 0 }
		text := shorten(m.source(join), 60)
		kind, span := "innerunique", kql.Span{Start: join.Span().Start + len("join"), End: join.Span().Start + len("join")}
		given := false
		for _, p := range join.Params {
			if p.Name == "kind" {
				kind, span, given = m.source(p.Value), p.Value.Span(), true
			}
		}
		others := map[string][]string{
			"innerunique": {"leftouter"}, "inner": {"leftouter", "leftanti"}, "leftouter": {"inner", "leftanti"}, "leftanti": {"inner", "leftouter"},
		}[kind]
		for _, other := range others {
			written := other
			if !given {
				written = " kind=" + other
			}
			m.query(edit{span, written}, reached, "add rows that have a partner on the other side, and rows that have none", "kind=%s instead of %s in %s", other, kind, text)
		}
		if len(join.On) > 1 {
			for _, key := range join.On {
				m.query(edit{m.withComma(key.Span()), ""}, reached, "add rows that agree in all keys but "+m.source(key), "without the key %s in %s", m.source(key), text)
			}
		}
	}
}

// paired are aggregates with those that are easily taken for them.
var paired = map[string]string{"min": "max", "max": "min", "arg_min": "arg_max", "arg_max": "arg_min", "minif": "maxif", "maxif": "minif"}

func (m *mutator) changeAggregates() {
	kql.Inspect(m.anatomy.query, func(n kql.Node) bool {
		op, ok := n.(*kql.Summarize)
		if !ok {
			return true
		}
		reached := func(r *recorder) bool { return r.rows[op] > 0 }
		for _, aggregate := range op.Aggregates {
			call, ok := unparen(aggregate.X).(*kql.Call)
			if !ok {
				continue
			}
			text := m.source(call)
			switch other := paired[call.Func.Name]; {
			case other != "":
				m.query(edit{call.Func.Span(), other}, reached, "add rows that differ in "+text+", and expect its value", "%s instead of %s", other, text)
			case call.Func.Name == "dcount" && len(call.Args) > 0:
				m.query(edit{call.Span(), "count()"}, reached, "add two rows with the same "+m.source(call.Args[0]), "count() instead of %s", text)
			case call.Func.Name == "count" && len(op.By) > 0:
				m.query(edit{call.Span(), "dcount(" + m.source(op.By[0].X) + ")"}, reached, "add two rows of one group", "dcount(%s) instead of count()", m.source(op.By[0].X))
			}
		}
		if len(op.By) > 1 {
			for _, key := range op.By {
				m.query(edit{m.withComma(key.Span()), ""}, reached, "add rows that differ in nothing but "+m.source(key.X), "group by without %s", m.source(key))
			}
		}
		return true
	})
}

func (m *mutator) changeTrigger() {
	if m.rule.Kind == rules.Scheduled {
		for _, step := range []int{-1, 1} {
			rule := *m.rule
			if rule.Trigger.Threshold += step; rule.Trigger.Threshold < 0 {
				continue
			}
			m.outside(rule, fmt.Sprintf("triggerThreshold: %d", m.rule.Trigger.Threshold), fmt.Sprintf("triggerThreshold: %d", rule.Trigger.Threshold),
				"add a test whose query gives as many rows as the threshold, and one with a row more", "threshold %d", rule.Trigger.Threshold)
		}
	}
	if m.rule.Kind != rules.Hunting {
		rule := *m.rule
		rule.EventGrouping = rules.AlertPerResult
		if m.rule.EventGrouping == rules.AlertPerResult {
			rule.EventGrouping = rules.SingleAlert
		}
		m.outside(rule, "aggregationKind: "+string(m.rule.EventGrouping), "aggregationKind: "+string(rule.EventGrouping),
			"add a test with two rows that match, and expect the number of alerts", "%s", rule.EventGrouping)
	}
	for i, mapping := range m.rule.Entities {
		rule := *m.rule
		rule.Entities = slices.Delete(slices.Clone(rule.Entities), i, i+1)
		text := mappingText(mapping)
		m.outside(rule, text, "", "expect entities: ["+strings.ToLower(mapping.Type)+": …]", "without the mapping %s", text)
		if i+1 == len(m.rule.Entities) || len(mapping.Fields) == 0 || len(m.rule.Entities[i+1].Fields) == 0 {
			continue
		}
		a, b := cloneMapping(mapping), cloneMapping(m.rule.Entities[i+1])
		a.Fields[0].Column, b.Fields[0].Column = b.Fields[0].Column, a.Fields[0].Column
		if a.Fields[0].Column == b.Fields[0].Column || a.Type == b.Type && len(a.Fields) == 1 && len(b.Fields) == 1 && a.Fields[0].Identifier == b.Fields[0].Identifier {
			continue // the entities are the same
		}
		swapped := *m.rule
		swapped.Entities = slices.Clone(m.rule.Entities)
		swapped.Entities[i], swapped.Entities[i+1] = a, b
		m.outside(swapped, text+"; "+mappingText(m.rule.Entities[i+1]), mappingText(a)+"; "+mappingText(b), "expect the entities with their identifiers",
			"columns of %s and %s swapped", mapping.Type, m.rule.Entities[i+1].Type)
	}
}

func cloneMapping(m rules.EntityMapping) rules.EntityMapping {
	m.Fields = slices.Clone(m.Fields)
	return m
}

func mappingText(m rules.EntityMapping) string {
	fields := make([]string, len(m.Fields))
	for i, f := range m.Fields {
		fields[i] = f.Identifier + "=" + f.Column
	}
	return m.Type + " " + strings.Join(fields, ", ")
}
