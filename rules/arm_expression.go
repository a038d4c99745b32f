package rules

import (
	"errors"
	"strings"

	"go.yaml.in/yaml/v4"
)

// armTemplate resolves the expressions of an Azure Resource Manager template as far as the template itself says what they stand for: texts
// in brackets such as [concat(parameters('workspace'), '/x')] (Azure page "template-expressions").
type armTemplate struct {
	parameters *yaml.Node // of each the default value counts
	variables  *yaml.Node
	depth      int
}

// maxExpressionDepth bounds variables that refer to others, and calls within calls.
const maxExpressionDepth = 50

var errUnresolved = errors.New("the template does not say what it stands for")

// isExpression says whether a text is an expression; one that starts with two brackets is text that starts with one.
func isExpression(text string) bool {
	return strings.HasPrefix(text, "[") && strings.HasSuffix(text, "]") && !strings.HasPrefix(text, "[[")
}

// resolve gives the value that a node stands for: itself unless it is an expression. ok is false for an expression that cannot be resolved.
func (t *armTemplate) resolve(node *yaml.Node) (value *yaml.Node, ok bool) {
	if node.Kind != yaml.ScalarNode || node.Tag != "!!str" || !isExpression(node.Value) {
		return node, true
	}
	value, rest, err := t.expression(strings.TrimSpace(node.Value[1 : len(node.Value)-1]))
	if err != nil || strings.TrimSpace(rest) != "" {
		return node, false
	}
	if value.Line == 0 { // made by a function
		value.Line, value.Column = node.Line, node.Column
	}
	return value, true
}

// expression reads an expression at the start of a text, and gives what follows it.
func (t *armTemplate) expression(text string) (value *yaml.Node, rest string, err error) {
	if t.depth++; t.depth > maxExpressionDepth {
		return nil, "", errUnresolved
	}
	defer func() { t.depth-- }()
	text = strings.TrimSpace(text)
	if strings.HasPrefix(text, "'") {
		return textLiteral(text[1:])
	}
	name, rest := wordPrefix(text)
	rest, open := strings.CutPrefix(strings.TrimSpace(rest), "(")
	if name == "" || !open {
		return nil, "", errUnresolved
	}
	var args []*yaml.Node
	for rest = strings.TrimSpace(rest); !strings.HasPrefix(rest, ")"); {
		var arg *yaml.Node
		if arg, rest, err = t.expression(rest); err != nil {
			return nil, "", err
		}
		args = append(args, arg)
		rest = strings.TrimSpace(rest)
		if after, comma := strings.CutPrefix(rest, ","); comma {
			rest = after
		} else if !strings.HasPrefix(rest, ")") {
			return nil, "", errUnresolved
		}
	}
	rest = rest[1:]
	if value, err = t.call(name, args); err != nil {
		return nil, "", err
	}
	for strings.HasPrefix(rest, ".") {
		var member string
		member, rest = wordPrefix(rest[1:])
		if value = child(value, member); value == nil {
			return nil, "", errUnresolved
		}
		if value, err = t.whole(value); err != nil {
			return nil, "", err
		}
	}
	return value, rest, nil
}

// call applies one of the functions that need nothing beyond the template.
func (t *armTemplate) call(name string, args []*yaml.Node) (*yaml.Node, error) {
	switch {
	case name == "concat":
		var text strings.Builder
		for _, arg := range args {
			if arg.Kind != yaml.ScalarNode {
				return nil, errUnresolved
			}
			text.WriteString(arg.Value)
		}
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: text.String()}, nil
	case len(args) != 1:
	case name == "parameters":
		if parameter := child(t.parameters, args[0].Value); parameter != nil {
			return t.whole(child(parameter, "defaultValue"))
		}
	case name == "variables":
		return t.whole(child(t.variables, args[0].Value))
	}
	return nil, errUnresolved
}

// whole is the value of a node that may be an expression itself.
func (t *armTemplate) whole(node *yaml.Node) (*yaml.Node, error) {
	if node == nil {
		return nil, errUnresolved
	}
	if value, ok := t.resolve(node); ok {
		return value, nil
	}
	return nil, errUnresolved
}

// textLiteral reads a literal behind its opening quote; two quotes are one within it.
func textLiteral(text string) (value *yaml.Node, rest string, err error) {
	var literal strings.Builder
	for {
		before, after, closed := strings.Cut(text, "'")
		if !closed {
			return nil, "", errUnresolved
		}
		literal.WriteString(before)
		if !strings.HasPrefix(after, "'") {
			return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: literal.String()}, after, nil
		}
		literal.WriteByte('\'')
		text = after[1:]
	}
}

// wordPrefix parts a text behind the letters, digits and underscores that it starts with.
func wordPrefix(text string) (word, rest string) {
	for i, c := range text {
		if c != '_' && (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return text[:i], text[i:]
		}
	}
	return text, ""
}

// child is the value of a key of a mapping, in any case; nil where there is none.
func child(node *yaml.Node, key string) *yaml.Node {
	if node == nil || node.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		if strings.EqualFold(node.Content[i].Value, key) {
			return node.Content[i+1]
		}
	}
	return nil
}
