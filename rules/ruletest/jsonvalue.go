package ruletest

import (
	"bytes"
	"encoding/json"
	"strings"

	"go.yaml.in/yaml/v4"
)

// quote is a text as JSON, in which <, > and & stay as they are.
func quote(text string) string {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(text); err != nil {
		panic("ruletest: a text without JSON: " + err.Error())
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// jsonOf is a YAML value as JSON. Scalars without quotes are what YAML takes them for; times stay the texts they are written as.
func jsonOf(n *yaml.Node) string {
	switch n = resolve(n); n.Kind {
	case yaml.MappingNode:
		members := make([]string, 0, len(n.Content)/2)
		for i := 0; i+1 < len(n.Content); i += 2 {
			members = append(members, quote(n.Content[i].Value)+":"+jsonOf(n.Content[i+1]))
		}
		return "{" + strings.Join(members, ",") + "}"
	case yaml.SequenceNode:
		items := make([]string, len(n.Content))
		for i, item := range n.Content {
			items[i] = jsonOf(item)
		}
		return "[" + strings.Join(items, ",") + "]"
	}
	switch n.Tag {
	case "!!null":
		return "null"
	case "!!bool":
		return strings.ToLower(n.Value)
	case "!!int", "!!float":
		if json.Valid([]byte(n.Value)) {
			return n.Value
		}
		var v any
		if n.Decode(&v) == nil {
			if text, err := json.Marshal(v); err == nil {
				return string(text)
			}
		}
	}
	return quote(n.Value)
}
