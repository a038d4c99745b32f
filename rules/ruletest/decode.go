package ruletest

import (
	"errors"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// decoder reads the values of a test file and notes what is wrong with them.
type decoder struct{ faults }

// setters say what to do with the value of each key of a mapping.
type setters map[string]func(*yaml.Node)

// parseYAML gives the mapping that a text is.
func (d *decoder) parseYAML(text []byte) *yaml.Node {
	var document yaml.Node
	if err := yaml.Load(text, &document); err != nil {
		at := &yaml.Node{Line: 1, Column: 1}
		message := err.Error()
		var failure *yaml.LoadError
		if errors.As(err, &failure) {
			at.Line, at.Column, message = failure.Mark.Line, failure.Mark.Column, failure.Message
		}
		d.add(at, "", "the file is no YAML: %s", message)
		return nil
	}
	root := &document
	if root.Kind == yaml.DocumentNode && len(root.Content) == 1 {
		root = root.Content[0]
	}
	if !d.expandable(root) {
		return nil
	}
	if root.Kind != yaml.MappingNode {
		d.add(root, "", "a test file is a mapping with the keys rule and tests")
		return nil
	}
	return root
}

// mapping reads a mapping whose keys are known; what names it in messages.
func (d *decoder) mapping(n *yaml.Node, what string, keys setters) bool {
	n = resolve(n)
	if n.Kind != yaml.MappingNode {
		d.add(n, "", "%s must be a mapping of keys to values", what)
		return false
	}
	d.pairs(n, what, func(key, value *yaml.Node) {
		set, known := keys[key.Value]
		if !known {
			d.add(key, didYouMean(key.Value, slices.Sorted(maps.Keys(keys))), "%s has no key %s", what, strconv.Quote(key.Value))
			return
		}
		set(value)
	})
	return true
}

// pairs visits the keys of a mapping. A key that is there twice is a fault.
func (d *decoder) pairs(n *yaml.Node, what string, visit func(key, value *yaml.Node)) {
	n = resolve(n)
	if n.Kind != yaml.MappingNode {
		d.add(n, "", "%s must be a mapping of keys to values", what)
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		if seen[key.Value] {
			d.add(key, "", "the key %s is there twice", strconv.Quote(key.Value))
			continue
		}
		seen[key.Value] = true
		visit(key, resolve(n.Content[i+1]))
	}
}

// list visits the items of a list.
func (d *decoder) list(n *yaml.Node, what string, visit func(*yaml.Node)) {
	n = resolve(n)
	if n.Kind != yaml.SequenceNode {
		d.add(n, "", "%s must be a list", what)
		return
	}
	for _, item := range n.Content {
		visit(resolve(item))
	}
}

// texts reads a list of texts, or one text.
func (d *decoder) texts(n *yaml.Node, what string) []string {
	if n = resolve(n); n.Kind == yaml.ScalarNode {
		return []string{d.text(n, what)}
	}
	var all []string
	d.list(n, what, func(item *yaml.Node) { all = append(all, d.text(item, what)) })
	return all
}

func (d *decoder) text(n *yaml.Node, what string) string {
	if n = resolve(n); n.Kind != yaml.ScalarNode {
		d.add(n, "", "%s must be a text", what)
		return ""
	}
	return n.Value
}

func (d *decoder) boolean(n *yaml.Node, what string) bool {
	n = resolve(n)
	v, err := strconv.ParseBool(n.Value)
	if n.Kind != yaml.ScalarNode || err != nil {
		d.add(n, "", "%s must be true or false", what)
	}
	return v
}

func (d *decoder) count(n *yaml.Node, what string) int {
	n = resolve(n)
	v, err := strconv.Atoi(n.Value)
	if n.Kind != yaml.ScalarNode || err != nil || v < 0 || v > math.MaxInt32 {
		d.add(n, "", "%s must be a number from 0 on", what)
	}
	return v
}

func (d *decoder) instant(n *yaml.Node, what string) time.Time {
	n = resolve(n)
	at, ok := parseInstant(n.Value)
	if n.Kind != yaml.ScalarNode || !ok {
		d.add(n, "", "%s must be a time such as 2026-03-02T00:00:00Z", what)
	}
	return at
}

func (d *decoder) duration(n *yaml.Node, what string) time.Duration {
	n = resolve(n)
	v, ok := parseDuration(n.Value)
	if n.Kind != yaml.ScalarNode || !ok {
		d.add(n, "", "%s must be a duration such as 5m, -1h or 1d", what)
	}
	return v
}

// parseInstant reads a time as KQL and YAML write them; one without a zone is in UTC.
func parseInstant(text string) (time.Time, bool) {
	if len(text) < len("2026-03-02") || text[4] != '-' {
		return time.Time{}, false
	}
	at, ok := scalar.ParseDateTime(text)
	if !ok {
		return time.Time{}, false
	}
	return at.Time(), true
}

// parseDuration reads a duration with a sign before it, perhaps: -5m, +1d, 90s, 1h30m.
func parseDuration(text string) (time.Duration, bool) {
	sign := time.Duration(1)
	if rest, ok := strings.CutPrefix(text, "-"); ok {
		sign, text = -1, rest
	} else {
		text = strings.TrimPrefix(text, "+")
	}
	if v, err := time.ParseDuration(text); err == nil && v >= 0 {
		return sign * v, true
	}
	if text == "" || !strings.ContainsAny(text[len(text)-1:], "smhd") {
		return 0, false
	}
	v, ok := scalar.ParseTimeSpan(text)
	return sign * 100 * time.Duration(v), ok
}

// resolve follows an alias to the value it stands for.
func resolve(n *yaml.Node) *yaml.Node {
	for n.Kind == yaml.AliasNode && n.Alias != nil {
		n = n.Alias
	}
	return n
}

// isNull says whether a value is null or absent.
func isNull(n *yaml.Node) bool { return n == nil || n.Kind == yaml.ScalarNode && n.Tag == "!!null" }
