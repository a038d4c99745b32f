package ruletest

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/seed-2512943d/picket/rules/catalog"
)

var noon = time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)

// expectation is what a test expects.
type expectation struct {
	node        *yaml.Node
	none, fires *yaml.Node // present and true
	alerts      *amount
	rowCount    *amount
	incidents   *amount
	runs        *amount
	some        *alertPattern  // the fields that stand in expect itself: some alert has them
	alert       *alertPattern  // of the only alert
	alertAt     []alertAt      // of the nth alert, from 0
	rows        []*rowsPattern // rows, rowsExact, rowsOrdered
	columns     *columnsPattern
	atRun       []atRun
	neverSeen   *rowsPattern
	seenTwice   *rowsPattern
	failure     *regexp.Regexp
	failureNode *yaml.Node
	diagnostics []located
	snapshot    located
}

// amount is a number, or bounds of one.
type amount struct {
	node     *yaml.Node
	min, max int // max is -1 where nothing bounds it
}

func (a amount) holds(n int) bool { return n >= a.min && (a.max < 0 || n <= a.max) }

// of writes the amount with a noun: 1 alert, at least 2 alerts.
func (a amount) of(noun string) string {
	switch {
	case a.min == a.max:
		return count(a.min, noun)
	case a.max < 0:
		return "at least " + count(a.min, noun)
	}
	return strconv.Itoa(a.min) + " to " + count(a.max, noun)
}

// count writes a number with a noun in the right number.
func count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return strconv.Itoa(n) + " " + noun
}

type alertAt struct {
	index   int
	pattern *alertPattern
}

// atRun is what one run of several is expected to give, counted from 1.
type atRun struct {
	run    int
	expect *expectation
}

// rowsPattern is a list of rows; a row is a mapping of columns to matchers.
type rowsPattern struct {
	node           *yaml.Node
	key            string
	exact, ordered bool
	rows           []rowPattern
}

type rowPattern struct {
	node  *yaml.Node
	cells []cellPattern
}

type cellPattern struct {
	name string
	matcher
}

// columnsPattern is names of columns with perhaps a type: Count, or Count: long.
type columnsPattern struct {
	node  *yaml.Node
	exact bool
	names []string
	types []string
}

// alertPattern is what is expected of an alert; what it does not tell of may be anything.
type alertPattern struct {
	node          *yaml.Node
	texts         []cellPattern // name, description, severity, startTime, endTime
	tactics       *yaml.Node
	techniques    *yaml.Node
	entities      []entityPattern
	entitiesNode  *yaml.Node
	entitiesExact bool
	details       []detailPattern
	rows          *amount
}

type entityPattern struct {
	node       *yaml.Node
	entityType string // as rules write it
	cells      []cellPattern
}

type detailPattern struct {
	key    string
	node   *yaml.Node
	values []matcher
}

// expectation reads what a test, or one of its runs, expects.
func (d *fileDecoder) expectation(t *Test, n *yaml.Node) *expectation {
	e, some := &expectation{node: n}, &alertPattern{node: n}
	if !d.mapping(n, "expect", d.expectKeys(t, e, some)) {
		return e
	}
	if some.told() {
		e.some = some
	}
	if len(n.Content) == 0 {
		d.add(n, "", "expect is empty, so that the test would prove nothing")
	}
	d.consistent(t, e)
	return e
}

// expectKeys are the keys of an expectation; some takes those that tell of an alert.
func (d *fileDecoder) expectKeys(t *Test, e *expectation, some *alertPattern) setters {
	keys := setters{
		"none":      func(n *yaml.Node) { e.none = d.flag(n, "none") },
		"fires":     func(n *yaml.Node) { e.fires = d.flag(n, "fires") },
		"alerts":    func(n *yaml.Node) { e.alerts = d.amount(n, "alerts") },
		"rowCount":  func(n *yaml.Node) { e.rowCount = d.amount(n, "rowCount") },
		"incidents": func(n *yaml.Node) { e.incidents = d.amount(n, "incidents") },
		"runs":      func(n *yaml.Node) { e.runs = d.amount(n, "runs") },
		"alert":     func(n *yaml.Node) { e.alert = d.alertPattern(n, "alert") },
		"alertAt":   func(n *yaml.Node) { e.alertAt = d.alertsAt(n) },
		"columns":   func(n *yaml.Node) { e.columns = d.columns(n, "columns") },
		"columnsExact": func(n *yaml.Node) {
			if e.columns = d.columns(n, "columnsExact"); e.columns != nil {
				e.columns.exact = true
			}
		},
		"atRun":       func(n *yaml.Node) { e.atRun = d.atRuns(t, n) },
		"neverSeen":   func(n *yaml.Node) { e.neverSeen = d.rowsPattern(n, "neverSeen") },
		"seenTwice":   func(n *yaml.Node) { e.seenTwice = d.rowsPattern(n, "seenTwice") },
		"error":       func(n *yaml.Node) { e.failure, e.failureNode = d.regex(n, "error"), n },
		"diagnostics": func(n *yaml.Node) { e.diagnostics = d.located(n, "diagnostics") },
		"snapshot":    func(n *yaml.Node) { e.snapshot = located{d.text(n, "snapshot"), n} },
	}
	for _, key := range []string{"rows", "rows!", "rowsExact", "rowsOrdered"} {
		keys[key] = func(n *yaml.Node) {
			p := d.rowsPattern(n, key)
			p.exact, p.ordered = key != "rows", key == "rowsOrdered"
			e.rows = append(e.rows, p)
		}
	}
	fields := d.alertKeys(some)
	delete(fields, "rows")
	maps.Copy(keys, fields)
	return keys
}

// consistent refuses what cannot hold together, or only with a clock.
func (d *fileDecoder) consistent(t *Test, e *expectation) {
	several := t.clock != nil || t.runs != nil
	switch {
	case e.none != nil && (e.fires != nil || e.alert != nil || e.some != nil || e.alertAt != nil):
		d.add(e.none, "", "none: true cannot hold together with what is expected of an alert")
	case e.none != nil && e.alerts != nil && e.alerts.min > 0:
		d.add(e.none, "", "none: true cannot hold together with alerts: %d", e.alerts.min)
	case e.atRun != nil && !several:
		d.add(e.node, "", "atRun needs a clock or runs")
	case (e.neverSeen != nil || e.seenTwice != nil) && !several:
		d.add(e.node, "", "neverSeen and seenTwice need a clock or runs")
	case e.failure != nil && (e.none != nil || e.alerts != nil || e.rows != nil || e.alert != nil):
		d.add(e.failureNode, "", "a run that fails gives no alerts and no rows: expect only the error")
	}
}

// flag reads true; false says nothing that another key does not say better.
func (d *fileDecoder) flag(n *yaml.Node, what string) *yaml.Node {
	if !d.boolean(n, what) {
		d.add(n, "", "%s can only be true", what)
	}
	return n
}

// amount reads a number, or {min: 1, max: 5}.
func (d *fileDecoder) amount(n *yaml.Node, what string) *amount {
	a := &amount{node: n, max: -1}
	if n.Kind == yaml.ScalarNode {
		a.min = d.decoder.count(n, what)
		a.max = a.min
		return a
	}
	d.mapping(n, what, setters{
		"min": func(n *yaml.Node) { a.min = d.decoder.count(n, "min") },
		"max": func(n *yaml.Node) { a.max = d.decoder.count(n, "max") },
	})
	return a
}

func (d *fileDecoder) regex(n *yaml.Node, what string) *regexp.Regexp {
	re, err := regexp.Compile(d.text(n, what))
	if err != nil {
		d.add(n, "", "%s is no regular expression: %v", what, err)
	}
	return re
}

func (d *fileDecoder) matcher(n *yaml.Node) matcher {
	m, err := newMatcher(n)
	if err != nil {
		d.add(n, "", "%v", err)
	}
	if n.Kind == yaml.SequenceNode || n.Kind == yaml.MappingNode {
		for _, child := range n.Content {
			d.matcher(resolve(child))
		}
	}
	return m
}

func (d *fileDecoder) cells(n *yaml.Node, what string) []cellPattern {
	var cells []cellPattern
	d.pairs(n, what, func(key, value *yaml.Node) { cells = append(cells, cellPattern{key.Value, d.matcher(value)}) })
	return cells
}

func (d *fileDecoder) rowsPattern(n *yaml.Node, key string) *rowsPattern {
	p := &rowsPattern{node: n, key: key}
	d.list(n, key, func(item *yaml.Node) {
		p.rows = append(p.rows, rowPattern{item, d.cells(item, "a row of "+key)})
	})
	return p
}

func (d *fileDecoder) columns(n *yaml.Node, what string) *columnsPattern {
	p := &columnsPattern{node: n}
	d.list(n, what, func(item *yaml.Node) {
		if item.Kind == yaml.MappingNode && len(item.Content) == 2 {
			p.names, p.types = append(p.names, item.Content[0].Value), append(p.types, item.Content[1].Value)
			return
		}
		p.names, p.types = append(p.names, d.text(item, "a column")), append(p.types, "")
	})
	return p
}

func (d *fileDecoder) alertsAt(n *yaml.Node) []alertAt {
	var all []alertAt
	d.pairs(n, "alertAt", func(key, value *yaml.Node) {
		all = append(all, alertAt{d.decoder.count(key, "the number of an alert"), d.alertPattern(value, "alertAt")})
	})
	return all
}

func (d *fileDecoder) atRuns(t *Test, n *yaml.Node) []atRun {
	var all []atRun
	d.pairs(n, "atRun", func(key, value *yaml.Node) {
		run := d.decoder.count(key, "the number of a run")
		if run == 0 {
			d.add(key, "", "runs are counted from 1")
		}
		all = append(all, atRun{run, d.expectation(t, value)})
	})
	slices.SortStableFunc(all, func(a, b atRun) int { return a.run - b.run })
	return all
}

func (d *fileDecoder) alertPattern(n *yaml.Node, what string) *alertPattern {
	p := &alertPattern{node: n}
	d.mapping(n, what, d.alertKeys(p))
	return p
}

func (p *alertPattern) told() bool {
	return len(p.texts) > 0 || p.tactics != nil || p.techniques != nil || p.entitiesNode != nil || p.details != nil || p.rows != nil
}

// alertKeys are the keys that tell of an alert.
func (d *fileDecoder) alertKeys(p *alertPattern) setters {
	keys := setters{
		"tactics":    func(n *yaml.Node) { p.tactics = n; d.texts(n, "tactics") },
		"techniques": func(n *yaml.Node) { p.techniques = n; d.texts(n, "techniques") },
		"entities":   func(n *yaml.Node) { p.entitiesNode, p.entities = n, d.entities(n, "entities") },
		"entitiesExact": func(n *yaml.Node) {
			p.entitiesNode, p.entities, p.entitiesExact = n, d.entities(n, "entitiesExact"), true
		},
		"customDetails": func(n *yaml.Node) { p.details = d.details(n) },
		"rows":          func(n *yaml.Node) { p.rows = d.amount(n, "rows") },
	}
	for _, key := range alertTexts {
		keys[key] = func(n *yaml.Node) { p.texts = append(p.texts, cellPattern{key, d.matcher(n)}) }
	}
	return keys
}

// alertTexts are the keys of an alert that hold a text or a time.
var alertTexts = []string{"name", "description", "severity", "startTime", "endTime"}

// entities reads a list of {type: {identifier: value}}.
func (d *fileDecoder) entities(n *yaml.Node, what string) []entityPattern {
	var all []entityPattern
	d.list(n, what, func(item *yaml.Node) {
		if item.Kind != yaml.MappingNode || len(item.Content) != 2 {
			d.add(item, "", "an entity is written as account: {Name: alice}")
			return
		}
		key, value := item.Content[0], resolve(item.Content[1])
		name, ok := entityType(key.Value)
		if !ok {
			d.add(key, didYouMean(key.Value, catalog.EntityTypes()), "%q is no entity type", key.Value)
			return
		}
		all = append(all, entityPattern{item, name, d.cells(value, "an entity")})
	})
	return all
}

// entityType finds a type by the name that rules have for it or the one that alerts have, in any case.
func entityType(name string) (string, bool) {
	for _, known := range catalog.EntityTypes() {
		if t, _ := catalog.Entity(known); strings.EqualFold(known, name) || strings.EqualFold(t.JSON, name) {
			return known, true
		}
	}
	return "", false
}

func (d *fileDecoder) details(n *yaml.Node) []detailPattern {
	var all []detailPattern
	d.pairs(n, "customDetails", func(key, value *yaml.Node) {
		p := detailPattern{key: key.Value, node: value}
		if value.Kind == yaml.ScalarNode {
			p.values = []matcher{d.matcher(value)}
		} else {
			d.list(value, "the values of a custom detail", func(item *yaml.Node) { p.values = append(p.values, d.matcher(item)) })
		}
		all = append(all, p)
	})
	return all
}
