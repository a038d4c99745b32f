package rules

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/seed-2512943d/picket/rules/catalog"
)

// ruleDecoder fills a rule from YAML nodes. It notes the place of each value, and a finding for each that has the wrong form; such a
// value counts as absent.
type ruleDecoder struct {
	rule       *Rule
	text       string
	arm        *armTemplate        // around a rule in JSON, else nil
	unresolved map[*yaml.Node]bool // the expressions that count as text
}

// setter takes the value at a path.
type setter func(path string, node *yaml.Node)

// fields is every key that may stand at the top of a rule's file.
func (d *ruleDecoder) fields() map[string]setter {
	r := d.rule
	return map[string]setter{
		"id":                       d.string(&r.ID),
		"name":                     d.string(&r.Name),
		"description":              d.string(&r.Description),
		"kind":                     oneOf(d, &r.Kind, kinds),
		"severity":                 oneOf(d, &r.Severity, severities),
		"status":                   d.string(&r.Status),
		"version":                  d.string(&r.Version),
		"enabled":                  d.bool(&r.Enabled),
		"requiredDataConnectors":   d.list(d.connector),
		"queryFrequency":           d.duration(&r.Frequency),
		"queryPeriod":              d.duration(&r.Period),
		"triggerOperator":          d.operator,
		"triggerThreshold":         d.threshold,
		"tactics":                  d.list(d.appendString(&r.Tactics)),
		"relevantTechniques":       d.list(d.appendString(&r.Techniques)),
		"techniques":               d.list(d.appendString(&r.Techniques)),
		"tags":                     d.list(d.tag),
		"Tags":                     d.list(d.tag),
		"query":                    d.query,
		"entityMappings":           d.list(d.entityMapping),
		"sentinelEntitiesMappings": d.list(d.sentinelEntity),
		"customDetails":            d.customDetails,
		"alertDetailsOverride":     d.override(),
		"eventGroupingSettings":    d.object(map[string]setter{"aggregationKind": oneOf(d, &r.EventGrouping, alertGroups)}),
		"suppressionEnabled":       d.bool(&r.Suppression.Enabled),
		"suppressionDuration":      d.duration(&r.Suppression.Duration),
		"incidentConfiguration":    d.incident(),
		"alertRuleTemplateName":    ignore,
		"metadata":                 ignore,
		"author":                   ignore,
		"references":               ignore,
		"Id":                       d.string(&r.ID), // this and the following are keys of entity exploration queries
		"DisplayName":              d.string(&r.Name),
		"Description":              d.string(&r.Description),
		"Tactics":                  d.list(d.appendString(&r.Tactics)),
		"InputEntityType":          ignore,
		"InputFields":              ignore,
		"OutputEntityTypes":        ignore,
		"QueryPeriodBefore":        ignore,
		"QueryPeriodAfter":         ignore,
		"DataSources":              ignore,
	}
}

func (d *ruleDecoder) override() setter {
	o := &d.rule.Override
	return d.object(map[string]setter{
		"alertDisplayNameFormat":  d.template(&o.Name),
		"alertDescriptionFormat":  d.template(&o.Description),
		"alertSeverityColumnName": d.string(&o.SeverityColumn),
		"alertTacticsColumnName":  d.string(&o.TacticsColumn),
		"alertDynamicProperties": d.list(func(path string, node *yaml.Node) {
			var p DynamicProperty
			d.object(map[string]setter{"alertProperty": oneOf(d, &p.Property, alertProperty), "value": d.string(&p.Column)})(path, node)
			o.Properties = append(o.Properties, p)
		}),
	})
}

func (d *ruleDecoder) incident() setter {
	g := &d.rule.Incident.Grouping
	return d.object(map[string]setter{
		"createIncident": d.bool(&d.rule.Incident.Create),
		"groupingConfiguration": d.object(map[string]setter{
			"enabled":              d.bool(&g.Enabled),
			"reopenClosedIncident": d.bool(&g.ReopenClosed),
			"lookbackDuration":     d.duration(&g.Lookback),
			"matchingMethod":       oneOf(d, &g.Method, matchMethods),
			"groupByEntities":      d.list(d.appendString(&g.ByEntities)),
			"groupByAlertDetails":  d.list(d.appendString(&g.ByAlertDetails)),
			"groupByCustomDetails": d.list(d.appendString(&g.ByCustom)),
		}),
	})
}

// object reads a mapping by a table of its keys.
func (d *ruleDecoder) object(fields map[string]setter) setter {
	return func(path string, node *yaml.Node) {
		d.pairs(path, node, func(key string, path string, keyNode, value *yaml.Node) {
			set, known := fields[key]
			if !known {
				d.note(path, keyNode)
				d.unknownKey(path, key, slices.Sorted(maps.Keys(fields)))
				return
			}
			set(path, value)
		})
	}
}

// unknownKey notes a key that Sentinel's importers ignore. One that is near a known key is surely a slip.
func (d *ruleDecoder) unknownKey(path, key string, known []string) {
	hint := didYouMean(key, known)
	severity := Note
	if hint != "" {
		severity = Warning
	}
	d.report("SR010", severity, path, hint, "unknown key %q is ignored", key)
}

// pairs visits the keys of a mapping whose values are not null. Of a key that stands twice, the first counts.
func (d *ruleDecoder) pairs(path string, node *yaml.Node, visit func(key, path string, keyNode, value *yaml.Node)) {
	if node.Kind != yaml.MappingNode {
		d.wrong(path, "a mapping of keys to values")
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(node.Content); i += 2 {
		keyNode, value := node.Content[i], d.resolve(node.Content[i+1])
		keyPath := strings.TrimPrefix(path+"."+keyNode.Value, ".")
		if seen[keyNode.Value] {
			d.rule.findings = append(d.rule.findings, Diagnostic{
				Code: "SR007", Severity: Error, Message: fmt.Sprintf("the key %s stands twice; the first counts", keyNode.Value),
				Path: d.rule.Path, Line: keyNode.Line, Column: keyNode.Column,
			})
			continue
		}
		seen[keyNode.Value] = true
		if value.Tag == "!!null" {
			continue
		}
		d.note(keyPath, value)
		visit(keyNode.Value, keyPath, keyNode, value)
	}
}

// list reads each item of a sequence.
func (d *ruleDecoder) list(item setter) setter {
	return func(path string, node *yaml.Node) {
		if node.Kind != yaml.SequenceNode {
			d.wrong(path, "a list")
			return
		}
		for i, value := range node.Content {
			value = d.resolve(value)
			itemPath := index(path, i)
			d.note(itemPath, value)
			if value.Tag != "!!null" {
				item(itemPath, value)
			}
		}
	}
}

func (d *ruleDecoder) scalar(path string, node *yaml.Node) (string, bool) {
	if node.Kind != yaml.ScalarNode {
		d.wrong(path, "a single value")
		return "", false
	}
	if d.unresolved[node] {
		d.report("SR007", Warning, path, "", "the expression %s cannot be resolved: %v", node.Value, errUnresolved)
	}
	return node.Value, true
}

// value is scalar for what is more than text; an expression that cannot be resolved is none.
func (d *ruleDecoder) value(path string, node *yaml.Node) (string, bool) {
	text, ok := d.scalar(path, node)
	return text, ok && !d.unresolved[node]
}

func (d *ruleDecoder) string(to *string) setter {
	return func(path string, node *yaml.Node) {
		if text, ok := d.scalar(path, node); ok {
			*to = text
		}
	}
}

func (d *ruleDecoder) appendString(to *[]string) setter {
	return func(path string, node *yaml.Node) {
		if text, ok := d.scalar(path, node); ok {
			*to = append(*to, text)
		}
	}
}

func (d *ruleDecoder) bool(to *bool) setter {
	return func(path string, node *yaml.Node) {
		text, ok := d.value(path, node)
		if !ok {
			return
		}
		value, err := strconv.ParseBool(strings.ToLower(text))
		if err != nil {
			d.wrong(path, "true or false")
			return
		}
		*to = value
	}
}

func (d *ruleDecoder) duration(to *Duration) setter {
	return func(path string, node *yaml.Node) {
		text, ok := d.value(path, node)
		if !ok {
			return
		}
		value, err := ParseDuration(text)
		if err != nil {
			d.report("SR003", Error, path, "", "%s", err)
			return
		}
		*to = value
	}
}

func (d *ruleDecoder) template(to *Template) setter {
	return func(path string, node *yaml.Node) {
		if text, ok := d.scalar(path, node); ok {
			*to = ParseTemplate(text)
		}
	}
}

// oneOf reads one of some names, in any case.
func oneOf[T ~string](d *ruleDecoder, to *T, names []string) setter {
	return func(path string, node *yaml.Node) {
		text, ok := d.value(path, node)
		if !ok {
			return
		}
		name, known := normalize(text, names)
		key := path[strings.LastIndexByte(path, '.')+1:]
		switch {
		case !known:
			d.report("SR002", Error, path, didYouMean(text, names), "%s is %q, which is none of %s", key, text, strings.Join(names, ", "))
			return
		case name != text:
			d.report("SR002", Note, path, "", "%s is written %q; Sentinel's name is %s", key, text, name)
		}
		*to = T(name)
	}
}

func (d *ruleDecoder) operator(path string, node *yaml.Node) {
	text, ok := d.value(path, node)
	if !ok {
		return
	}
	operator, err := ParseOperator(text)
	if err != nil {
		d.report("SR002", Error, path, "", "%s", err)
		return
	}
	d.rule.Trigger.Operator = operator
}

func (d *ruleDecoder) threshold(path string, node *yaml.Node) {
	text, ok := d.value(path, node)
	if !ok {
		return
	}
	threshold, err := strconv.Atoi(text)
	if err != nil {
		d.report("SR006", Error, path, "", "threshold %q is no whole number", text)
		return
	}
	d.rule.Trigger.Threshold = threshold
}

func (d *ruleDecoder) query(path string, node *yaml.Node) {
	text, ok := d.scalar(path, node)
	switch {
	case !ok:
	case d.arm != nil:
		d.rule.Query = strings.ReplaceAll(text, "\r\n", "\n")
		d.rule.QueryPos = locateJSON(d.text, node, d.rule.Query)
	default:
		d.rule.Query = text
		d.rule.QueryPos = locateQuery(d.text, node)
	}
}

func (d *ruleDecoder) connector(path string, node *yaml.Node) {
	var c Connector
	d.object(map[string]setter{"connectorId": d.string(&c.ID), "dataTypes": d.list(d.appendString(&c.DataTypes)), "datatypes": d.list(d.appendString(&c.DataTypes))})(path, node)
	d.rule.Connectors = append(d.rule.Connectors, c)
}

func (d *ruleDecoder) tag(path string, node *yaml.Node) {
	if node.Kind == yaml.ScalarNode {
		d.rule.Tags = append(d.rule.Tags, Tag{Name: node.Value})
		return
	}
	d.pairs(path, node, func(key, path string, _, value *yaml.Node) {
		tag := Tag{Name: key}
		d.string(&tag.Value)(path, value)
		d.rule.Tags = append(d.rule.Tags, tag)
	})
}

func (d *ruleDecoder) entityMapping(path string, node *yaml.Node) {
	var m EntityMapping
	d.object(map[string]setter{
		"entityType": d.entityType(&m.Type),
		"fieldMappings": d.list(func(path string, node *yaml.Node) {
			var f FieldMapping
			d.object(map[string]setter{"identifier": d.string(&f.Identifier), "columnName": d.string(&f.Column)})(path, node)
			m.Fields = append(m.Fields, f)
		}),
	})(path, node)
	d.rule.Entities = append(d.rule.Entities, m)
}

// entityType reads a type in any case, so that a rule runs whose type Sentinel would refuse.
func (d *ruleDecoder) entityType(to *string) setter {
	return func(path string, node *yaml.Node) {
		text, ok := d.value(path, node)
		if !ok {
			return
		}
		name, known := normalize(text, catalog.EntityTypes())
		switch {
		case !known:
			d.report("SR030", Error, path, didYouMean(text, catalog.EntityTypes()), "%q is no entity type", text)
		case name != text:
			d.report("SR030", Error, path, "did you mean "+name+"?", "%q is no entity type: their case counts", text)
		}
		*to = name
	}
}

func (d *ruleDecoder) sentinelEntity(path string, node *yaml.Node) {
	var column string
	d.object(map[string]setter{"columnName": d.string(&column)})(path, node)
	if column != "" {
		d.rule.SentinelEntities = append(d.rule.SentinelEntities, column)
	}
}

func (d *ruleDecoder) customDetails(path string, node *yaml.Node) {
	d.pairs(path, node, func(key, path string, _, value *yaml.Node) {
		detail := CustomDetail{Key: key}
		d.string(&detail.Column)(path, value)
		d.rule.CustomDetails = append(d.rule.CustomDetails, detail)
	})
}

func (d *ruleDecoder) report(code, severity, path, hint, format string, args ...any) {
	d.rule.findings = append(d.rule.findings, d.rule.diagnose(code, severity, path, hint, format, args...))
}

func (d *ruleDecoder) wrong(path, want string) {
	d.report("SR007", Error, path, "", "%s must be %s", cmp.Or(path, "the file"), want)
}

func ignore(string, *yaml.Node) {}

// note keeps the place of the value at a path.
func (d *ruleDecoder) note(path string, node *yaml.Node) {
	d.rule.places[path] = place{node.Line, node.Column}
}

// resolve follows an alias, or an expression of a template, to the value it stands for.
func (d *ruleDecoder) resolve(node *yaml.Node) *yaml.Node {
	if node.Kind == yaml.AliasNode && node.Alias != nil {
		return node.Alias
	}
	if d.arm == nil {
		return node
	}
	value, ok := d.arm.resolve(node)
	if !ok {
		d.unresolved[node] = true
	}
	if value.Tag == "!!str" && strings.HasPrefix(value.Value, "[[") {
		plain := *value
		plain.Value = value.Value[1:]
		return &plain
	}
	return value
}
