package rules

import (
	"maps"
	"strings"

	"go.yaml.in/yaml/v4"
)

// resourceReader finds the rules in a JSON document. These have one of four wrappings, in any depth and number: the resources of a
// template of Azure Resource Manager, which the portal exports (alertRules, alertRuleTemplates, and savedSearches of the category Hunting
// Queries); templates within the content packages of solutions; answers of the management API (value); and plain objects of the
// properties of a rule (source: REST API "Alert Rules", Azure page "template-syntax").
type resourceReader struct {
	name, text string
	data       []byte
	rules      []*Rule
}

// parseResources reads the rules in a JSON text.
func parseResources(name, text string, data []byte) ([]*Rule, error) {
	root, err := parseJSON(name, text)
	if err != nil {
		return nil, err
	}
	r := &resourceReader{name: name, text: text, data: data}
	r.walk(root, &armTemplate{})
	return r.rules, nil
}

// walk looks for rules in a node of a template.
func (r *resourceReader) walk(node *yaml.Node, template *armTemplate) {
	if node == nil {
		return
	}
	if node.Kind == yaml.SequenceNode {
		for _, item := range node.Content {
			r.walk(item, template)
		}
		return
	}
	properties := child(node, "properties")
	switch kind := text(child(node, "kind")); {
	case properties != nil && isResource(node, "alertRules", "alertRuleTemplates"):
		if _, queries := normalize(kind, kinds); queries {
			r.alertRule(node, properties, template)
		}
	case properties != nil && isResource(node, "savedSearches"):
		if strings.EqualFold(text(child(properties, "category")), "Hunting Queries") {
			r.savedSearch(node, properties, template)
		}
	case child(node, "query") != nil && child(node, "displayName") != nil:
		r.alertRule(node, node, template)
	default:
		inner := *template
		if parameters := child(node, "parameters"); parameters != nil && len(parameters.Content) > 0 {
			inner.parameters = parameters
		}
		if variables := child(node, "variables"); variables != nil && len(variables.Content) > 0 {
			inner.variables = variables
		}
		for _, key := range []string{"resources", "properties", "mainTemplate", "template", "value"} {
			r.walk(child(node, key), &inner)
		}
	}
}

// isResource says whether the last part of a resource's type is one of some names.
func isResource(node *yaml.Node, names ...string) bool {
	full := text(child(node, "type"))
	_, known := normalize(full[strings.LastIndexByte(full, '/')+1:], names)
	return known
}

func text(node *yaml.Node) string {
	if node == nil || node.Kind != yaml.ScalarNode {
		return ""
	}
	return node.Value
}

// alertRule reads a rule from its properties; the id and the kind stand in the resource around them.
func (r *resourceReader) alertRule(resource, properties *yaml.Node, template *armTemplate) {
	d := r.decoder(resource, template)
	fields := d.fields()
	maps.Copy(fields, map[string]setter{
		"displayName":     d.string(&d.rule.Name),
		"templateVersion": d.string(&d.rule.Version),
		"subTechniques":   d.list(d.appendString(&d.rule.Techniques)),
		"name":            ignore, // of a plain object: its id, as in a resource
		"id":              ignore,
	})
	for _, key := range []string{"startTimeUtc", "lastModifiedUtc", "lastUpdatedDateUTC", "createdDateUTC", "alertRulesCreatedByTemplateCount", "etag", "type"} {
		fields[key] = ignore
	}
	if kind := child(resource, "kind"); kind != nil && resource != properties {
		d.note("kind", kind)
		oneOf(d, &d.rule.Kind, kinds)("kind", kind)
	}
	d.object(fields)("", properties)
	r.finish(d.rule)
}

// savedSearch reads a hunting query, whose description, tactics and techniques are tags.
func (r *resourceReader) savedSearch(resource, properties *yaml.Node, template *armTemplate) {
	d := r.decoder(resource, template)
	words := func(to *[]string) setter {
		return func(path string, node *yaml.Node) {
			if text, ok := d.scalar(path, node); ok {
				for word := range strings.SplitSeq(text, ",") {
					*to = append(*to, strings.TrimSpace(word))
				}
			}
		}
	}
	tags := map[string]setter{
		"description": d.string(&d.rule.Description),
		"tactics":     words(&d.rule.Tactics),
		"techniques":  words(&d.rule.Techniques),
	}
	d.object(map[string]setter{
		"displayName": d.string(&d.rule.Name),
		"query":       d.query,
		"tags": d.list(func(path string, node *yaml.Node) {
			name, value := text(child(node, "name")), child(node, "value")
			if set, known := tags[name]; known && value != nil {
				value = d.resolve(value)
				d.note(name, value)
				set(name, value)
			} else if value != nil {
				d.rule.Tags = append(d.rule.Tags, Tag{name, text(value)})
			}
		}),
		"eTag": ignore, "etag": ignore, "category": ignore, "version": ignore, "functionAlias": ignore, "functionParameters": ignore,
	})("", properties)
	r.finish(d.rule)
}

// decoder makes that of a rule with the id of its resource: the GUID in its name or its id.
func (r *resourceReader) decoder(resource *yaml.Node, template *armTemplate) *ruleDecoder {
	rule := newRule()
	rule.Path, rule.Raw, rule.resource = r.name, r.data, true
	d := &ruleDecoder{rule: rule, text: r.text, arm: template, unresolved: map[*yaml.Node]bool{}}
	for _, key := range []string{"name", "id"} {
		node := child(resource, key)
		if node == nil {
			continue
		}
		value, _ := template.resolve(node)
		if id := someGUID().FindString(value.Value); id != "" {
			rule.ID = id
			d.note("id", node)
			break
		}
	}
	return d
}

var someGUID = pattern(`[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}`)

func (r *resourceReader) finish(rule *Rule) {
	rule.placeAliases()
	rule.Kind = kindOf(rule)
	r.rules = append(r.rules, rule)
}
