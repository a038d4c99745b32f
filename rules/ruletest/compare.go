package ruletest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/rules"
)

// Mismatch is an expectation that does not hold.
type Mismatch struct {
	Line    int    // of the expectation, in the test file
	Message string // on one line
	Diff    string // a listing of how the nearest thing differs; may be empty
}

// comparison compares an outcome with what is expected of it.
type comparison struct {
	outcome    *outcome
	listing    Listing
	mismatches []Mismatch
	prefix     string // names the run of several that is compared
}

func (c *comparison) report(n *yaml.Node, diff, format string, args ...any) {
	c.mismatches = append(c.mismatches, Mismatch{n.Line, c.prefix + fmt.Sprintf(format, args...), diff})
}

// compare lists what does not hold.
func compare(e *expectation, o *outcome, listing Listing) []Mismatch {
	c := &comparison{outcome: o, listing: listing}
	switch {
	case e.failure != nil && o.err == nil:
		c.report(e.failureNode, "", "expected the run to fail with %s, and it did not", quote(e.failure.String()))
	case e.failure != nil && !e.failure.MatchString(o.err.Error()):
		c.report(e.failureNode, "", "expected the run to fail with %s; it failed with: %v", quote(e.failure.String()), o.err)
	case e.failure != nil:
	case o.err != nil:
		c.report(e.node, "", "the run failed: %v", o.err)
	default:
		c.all(e)
	}
	return c.mismatches
}

func (c *comparison) all(e *expectation) {
	noun, n := c.outcome.what()
	alerts := c.outcome.alerts
	switch {
	case e.none != nil && n > 0:
		c.report(e.none, "", "expected no %s, got %d%s", noun, n, c.names())
	case e.fires != nil && n == 0:
		c.report(e.fires, "", "expected at least 1 %s, got 0", noun)
	}
	if e.alerts != nil && !e.alerts.holds(len(alerts)) {
		c.report(e.alerts.node, "", "expected %s, got %d%s", e.alerts.of("alert"), len(alerts), c.names())
	}
	if e.rowCount != nil && !e.rowCount.holds(len(c.outcome.rows)) {
		c.report(e.rowCount.node, "", "expected %s, got %d", e.rowCount.of("row"), len(c.outcome.rows))
	}
	if e.runs != nil && !e.runs.holds(len(c.outcome.runs)) {
		c.report(e.runs.node, "", "expected %s, there were %d", e.runs.of("run"), len(c.outcome.runs))
	}
	if e.incidents != nil && !e.incidents.holds(c.outcome.incidents) {
		c.report(e.incidents.node, "", "expected %s, got %d", e.incidents.of("incident"), c.outcome.incidents)
	}
	c.alerts(e)
	for _, p := range e.rows {
		c.rows(p)
	}
	if e.columns != nil {
		c.columns(e.columns)
	}
	for _, at := range e.atRun {
		c.run(at)
	}
	if e.neverSeen != nil {
		c.events(e.neverSeen, c.outcome.missed, "no run sees")
	}
	if e.seenTwice != nil {
		c.events(e.seenTwice, c.outcome.repeated, "several runs see")
	}
	if len(e.diagnostics) > 0 {
		c.diagnostics(e.diagnostics)
	}
}

// names lists the names of the alerts, for messages.
func (c *comparison) names() string {
	if len(c.outcome.alerts) == 0 {
		return ""
	}
	var names []string
	for _, a := range c.outcome.alerts[:min(3, len(c.outcome.alerts))] {
		names = append(names, quote(a.Name))
	}
	if len(c.outcome.alerts) > 3 {
		names = append(names, "…")
	}
	return ": " + strings.Join(names, ", ")
}

func (c *comparison) alerts(e *expectation) {
	alerts := c.outcome.alerts
	if e.alert != nil {
		if len(alerts) == 1 {
			c.alert(e.alert, alerts[0], "the alert")
		} else if e.alerts == nil || e.alerts.holds(len(alerts)) {
			c.report(e.alert.node, "", "expected 1 alert, got %d%s", len(alerts), c.names())
		}
	}
	for _, at := range e.alertAt {
		if at.index >= len(alerts) {
			c.report(at.pattern.node, "", "there is no alert %d, only %d", at.index, len(alerts))
			continue
		}
		c.alert(at.pattern, alerts[at.index], fmt.Sprintf("alert %d", at.index))
	}
	if e.some == nil {
		return
	}
	best := -1
	var least []Mismatch
	for i, a := range alerts {
		if found := c.alertMismatches(e.some, a, "an alert"); best < 0 || len(found) < len(least) {
			best, least = i, found
		}
	}
	switch {
	case best < 0:
		c.report(e.some.node, "", "expected an alert, got none")
	default:
		c.mismatches = append(c.mismatches, least...)
	}
}

func (c *comparison) alert(p *alertPattern, a rules.Alert, what string) {
	c.mismatches = append(c.mismatches, c.alertMismatches(p, a, what)...)
}

// alertMismatches compares one alert with a pattern.
func (c *comparison) alertMismatches(p *alertPattern, a rules.Alert, what string) []Mismatch {
	inner := &comparison{outcome: c.outcome, listing: c.listing, prefix: c.prefix}
	want, got := map[string]any{}, map[string]any{}
	line, differs := p.node, false
	for _, cell := range p.texts {
		value, _ := alertText(a, cell.name)
		got[cell.name] = plainValue(value)
		want[cell.name] = got[cell.name]
		if !cell.value(value) {
			want[cell.name] = cell.plain()
			if !differs {
				line, differs = cell.node, true
			}
		}
	}
	for _, list := range []struct {
		name string
		node *yaml.Node
		got  []string
	}{{"tactics", p.tactics, a.Tactics}, {"techniques", p.techniques, a.Techniques}} {
		if list.node == nil {
			continue
		}
		expected := nodeTexts(list.node)
		got[list.name], want[list.name] = plainText(strings.Join(list.got, ", ")), plainText(strings.Join(list.got, ", "))
		if !sameSet(expected, list.got) {
			want[list.name] = plainText(strings.Join(expected, ", "))
			if !differs {
				line, differs = list.node, true
			}
		}
	}
	if differs {
		inner.report(line, c.listing.differences(want, got), "%s differs", what)
	}
	if p.rows != nil && !p.rows.holds(a.Rows) {
		inner.report(p.rows.node, "", "expected %s to be about %s, it is about %d", what, p.rows.of("row"), a.Rows)
	}
	inner.entities(p, a, what)
	for _, d := range p.details {
		inner.detail(d, a, what)
	}
	return inner.mismatches
}

// alertText is one of alertTexts of an alert.
func alertText(a rules.Alert, name string) (scalar.Value, bool) {
	switch name {
	case "name":
		return scalar.NewString(a.Name), true
	case "description":
		return scalar.NewString(a.Description), true
	case "severity":
		return scalar.NewString(a.Severity), true
	case "startTime":
		return instantValue(a.StartTime), true
	case "endTime":
		return instantValue(a.EndTime), true
	}
	return scalar.Value{}, false
}

func instantValue(t time.Time) scalar.Value {
	if t.IsZero() {
		return scalar.Null(scalar.DateTime)
	}
	return scalar.NewDateTime(scalar.FromTime(t))
}

func nodeTexts(n *yaml.Node) []string {
	if n.Kind == yaml.ScalarNode {
		return []string{n.Value}
	}
	var texts []string
	for _, item := range n.Content {
		texts = append(texts, resolve(item).Value)
	}
	return texts
}

func sameSet(a, b []string) bool {
	x, y := slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b))
	return slices.Equal(x, y)
}

// plain is what a matcher expects, as differences shows it.
func (m matcher) plain() any {
	if m.kind == literal && m.node.Kind == yaml.ScalarNode {
		return m.text
	}
	if m.node.Kind != yaml.ScalarNode {
		return plainText(jsonOf(m.node))
	}
	return plainText(m.node.Value)
}

// entities compares the entities of an alert.
func (c *comparison) entities(p *alertPattern, a rules.Alert, what string) {
	if p.entitiesNode == nil {
		return
	}
	taken := make([]bool, len(a.Entities))
	for _, expected := range p.entities {
		best, distance := -1, 0
		for i, entity := range a.Entities {
			if taken[i] || entity.Type != expected.entityType {
				continue
			}
			if d := expected.distance(entity); best < 0 || d < distance {
				best, distance = i, d
			}
		}
		switch {
		case best < 0:
			c.report(expected.node, "", "%s has no entity of type %s; it has %s", what, expected.entityType, entityList(a.Entities))
		case distance > 0:
			want, got := expected.plain(a.Entities[best])
			c.report(expected.node, c.listing.differences(want, got), "%s has no such entity of type %s; the closest differs", what, expected.entityType)
		default:
			taken[best] = true
		}
	}
	if p.entitiesExact && len(p.entities) != len(a.Entities) {
		c.report(p.entitiesNode, "", "expected %s, %s has %d: %s", plural(len(p.entities), "entity", "entities"), what, len(a.Entities), entityList(a.Entities))
	}
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// distance is how many identifiers do not match.
func (p entityPattern) distance(entity rules.Entity) int {
	n := 0
	for _, cell := range p.cells {
		if !cell.textValue(entity.Get(cell.name)) {
			n++
		}
	}
	return n
}

func (p entityPattern) plain(entity rules.Entity) (want, got map[string]any) {
	want, got = map[string]any{}, map[string]any{}
	for _, id := range entity.Identifiers {
		want[id.Name], got[id.Name] = id.Value, id.Value
	}
	for _, cell := range p.cells {
		if !cell.textValue(entity.Get(cell.name)) {
			want[cell.name] = cell.plain()
		}
	}
	return want, got
}

func entityList(entities rules.Entities) string {
	if len(entities) == 0 {
		return "none"
	}
	var texts []string
	for _, entity := range entities {
		text, err := json.Marshal(entity)
		if err != nil {
			continue
		}
		texts = append(texts, string(text))
	}
	return strings.Join(texts, ", ")
}

// detail compares the values of a custom detail, in any order.
func (c *comparison) detail(p detailPattern, a rules.Alert, what string) {
	got := a.CustomDetails.Get(p.key)
	known := slices.ContainsFunc(a.CustomDetails, func(d rules.DetailValues) bool { return d.Key == p.key })
	if !known {
		var keys []string
		for _, d := range a.CustomDetails {
			keys = append(keys, d.Key)
		}
		hint := didYouMean(p.key, keys)
		if hint != "" {
			hint = "; " + hint
		}
		c.report(p.node, "", "%s has no custom detail %s%s", what, p.key, hint)
		return
	}
	free := slices.Clone(got)
	ok := len(p.values) == len(got)
	for _, m := range p.values {
		i := slices.IndexFunc(free, m.textValue)
		if i < 0 {
			ok = false
			break
		}
		free = slices.Delete(free, i, i+1)
	}
	if !ok {
		var expected []string
		for _, m := range p.values {
			expected = append(expected, fullText(m.plain()))
		}
		c.report(p.node, "", "custom detail %s: expected [%s], got %s", p.key, strings.Join(expected, ", "), quoteAll(got))
	}
}

func quoteAll(texts []string) string {
	quoted := make([]string, len(texts))
	for i, text := range texts {
		quoted[i] = quote(text)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

// run compares one run of several.
func (c *comparison) run(at atRun) {
	if at.run > len(c.outcome.runs) {
		c.report(at.expect.node, "", "there is no run %d, only %d", at.run, len(c.outcome.runs))
		return
	}
	inner := &comparison{outcome: c.outcome.only(at.run - 1), listing: c.listing, prefix: fmt.Sprintf("run %d, %s: ", at.run, c.outcome.runs[at.run-1].at.Format(time.RFC3339))}
	inner.all(at.expect)
	c.mismatches = append(c.mismatches, inner.mismatches...)
}

// columns compares the names of the result's columns, and the types where they are told.
func (c *comparison) columns(p *columnsPattern) {
	got := make([]string, len(c.outcome.columns))
	for i, column := range c.outcome.columns {
		got[i] = column.Name
	}
	for i, name := range p.names {
		j := columnIndex(c.outcome.columns, name)
		switch {
		case j < 0:
			hint := didYouMean(name, got)
			if hint != "" {
				hint = "; " + hint
			}
			c.report(p.node, "", "the result has no column %s%s", name, hint)
		case p.types[i] != "" && p.types[i] != c.outcome.columns[j].Type.String():
			c.report(p.node, "", "expected column %s to be %s, it is %s", name, p.types[i], c.outcome.columns[j].Type)
		}
	}
	if p.exact && len(p.names) != len(got) {
		c.report(p.node, "", "expected %s, the result has %d: %s", count(len(p.names), "column"), len(got), strings.Join(got, ", "))
	}
}

// events compares events that runs saw in number of times with those expected.
func (c *comparison) events(p *rowsPattern, events []string, what string) {
	free := slices.Clone(events)
	for _, expected := range p.rows {
		i := slices.IndexFunc(free, expected.event)
		if i < 0 {
			c.report(expected.node, "", "%s: expected an event that %s; there is none like it among %d", p.key, what, len(events))
			continue
		}
		free = slices.Delete(free, i, i+1)
	}
	for _, event := range free {
		c.report(p.node, "", "%s: an event that %s is not listed: %s", p.key, what, shown(plainText(event)))
	}
}

// event says whether an event matches a pattern.
func (p rowPattern) event(record string) bool {
	v := scalar.ParseJSON(record)
	for _, cell := range p.cells {
		field := v.Field(cell.name)
		if at, ok := parseInstant(scalar.ToString(field)); ok && cell.kind == literal {
			if want, ok := parseInstant(cell.text); ok && want.Equal(at) {
				continue
			}
		}
		if !cell.value(field) {
			return false
		}
	}
	return true
}

// diagnostics compares the codes of what is amiss with the rule.
func (c *comparison) diagnostics(expected []located) {
	var found []string
	for _, d := range c.outcome.rule.Validate() {
		found = append(found, d.Code)
	}
	for _, d := range c.outcome.rule.ValidateColumns(catalogColumns(c.outcome.columns), false) {
		found = append(found, d.Code)
	}
	for _, code := range expected {
		if !slices.Contains(found, code.text) {
			c.report(code.node, "", "expected the diagnostic %s; the rule has %s", code.text, orNone(found))
		}
	}
}

func orNone(texts []string) string {
	if len(texts) == 0 {
		return "none"
	}
	return strings.Join(slices.Compact(texts), ", ")
}

// cell is the value of a column in a row.
func cell(columns []eval.Column, row eval.Row, name string) (scalar.Value, bool) {
	if i := columnIndex(columns, name); i >= 0 {
		return row[i], true
	}
	return scalar.Value{}, false
}
