package ruletest

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/eval/scalar"
)

// row makes the JSON of an inline row. A column that the table lacks is a fault, since a query would read null in silence.
func (b *builder) row(cells []pair, table string, now time.Time, path string) (string, error) {
	columns, open, known := b.schema(table)
	members := make([]string, 0, len(cells))
	for _, cell := range cells {
		at := place{path, cell.key.Line, cell.key.Column}
		t := scalar.NoType
		i := columnIndex(columns, cell.key.Value)
		switch {
		case i >= 0:
			t = columns[i].Type
		case known && !open:
			return "", at.fault(didYouMean(cell.key.Value, append(columnNames(columns), sourceNames()...)), "the table %s has no column %s", table, cell.key.Value)
		}
		text, err := cellJSON(cell.value, t, cell.key.Value, now)
		if err != nil {
			return "", place{path, cell.value.Line, cell.value.Column}.fault("", "%s: %v", cell.key.Value, err)
		}
		members = append(members, quote(cell.key.Value)+":"+text)
	}
	return "{" + strings.Join(members, ",") + "}", nil
}

// sourceNames are the keys that make an item of an input something else than a row.
func sourceNames() []string { return append(formats(), sourceKeys...) }

func columnNames(columns []eval.Column) []string {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.Name
	}
	return names
}

// override puts columns into rows in place of what they have.
func (b *builder) override(rows []string, cells []pair, table string, now time.Time, path string) ([]string, error) {
	for _, cell := range cells {
		one, err := b.row([]pair{cell}, table, now, path)
		if err != nil {
			return nil, err
		}
		name := strings.ReplaceAll(cell.key.Value, ".", `\.`)
		value := one[len("{"+quote(cell.key.Value)+":") : len(one)-1]
		for i, row := range rows {
			if rows[i], err = setPath(row, name, value); err != nil {
				return nil, place{path, cell.key.Line, cell.key.Column}.fault("", "%v", err)
			}
		}
	}
	return rows, nil
}

// cellJSON is a YAML value as the JSON of a column's cell. In columns of times, and in TimeGenerated always, a duration counts from now.
// A list or mapping in a column of strings is the JSON text of it.
func cellJSON(n *yaml.Node, t scalar.Type, column string, now time.Time) (string, error) {
	n = resolve(n)
	if n.Tag == "!kql" {
		return constantJSON(n.Value, now)
	}
	if isNull(n) {
		return "null", nil
	}
	if t == scalar.Dynamic || t == scalar.NoType && column != timeGenerated {
		return jsonOf(n), nil
	}
	if n.Kind != yaml.ScalarNode && t == scalar.String {
		return quote(jsonOf(n)), nil
	}
	if n.Kind != yaml.ScalarNode {
		return "", fmt.Errorf("a list or mapping cannot stand in a column of type %s", t)
	}
	text := n.Value
	switch t {
	case scalar.String:
		return quote(text), nil
	case scalar.Bool:
		if v, err := strconv.ParseBool(text); err == nil {
			return strconv.FormatBool(v), nil
		}
	case scalar.DateTime, scalar.NoType:
		if d, ok := parseDuration(text); ok {
			return quote(now.Add(d).UTC().Format(time.RFC3339Nano)), nil
		}
		if at, ok := parseInstant(text); ok {
			return quote(at.UTC().Format(time.RFC3339Nano)), nil
		}
	default:
		if v := scalar.Convert(scalar.NewString(text), t); !v.IsNull() {
			return string(scalar.AppendJSON(nil, v.AsDynamic())), nil
		}
	}
	if t == scalar.NoType {
		t = scalar.DateTime
	}
	return "", fmt.Errorf("%s is no %s", strconv.Quote(text), t)
}

// constantJSON evaluates a KQL expression that reads no row.
func constantJSON(expression string, now time.Time) (string, error) {
	program, err := eval.Compile("print "+expression, eval.WithNow(now))
	if err != nil {
		return "", err
	}
	rows, err := program.Collect(context.Background(), nil)
	if err != nil {
		return "", err
	}
	return string(scalar.AppendJSON(nil, rows[0][0].AsDynamic())), nil
}

// patchValue is the JSON of what a patch sets. A duration under the name of a time counts from now.
func (b *builder) patchValue(p pair, now time.Time) (string, error) {
	if steps := splitPath(p.key.Value); steps[len(steps)-1] == timeGenerated || steps[len(steps)-1] == "eventTime" {
		return cellJSON(p.value, scalar.DateTime, timeGenerated, now)
	}
	if p.value.Tag == "!kql" {
		return constantJSON(p.value.Value, now)
	}
	return jsonOf(p.value), nil
}

// numbered puts the number of a row in place of {{n}}.
func numbered(cells []pair, n int) []pair {
	out := make([]pair, len(cells))
	for i, cell := range cells {
		out[i] = pair{cell.key, numberedNode(cell.value, strconv.Itoa(n))}
	}
	return out
}

func numberedNode(n *yaml.Node, number string) *yaml.Node {
	if n = resolve(n); n.Kind == yaml.ScalarNode && !strings.Contains(n.Value, "{{n}}") {
		return n
	}
	out := *n
	out.Value = strings.ReplaceAll(n.Value, "{{n}}", number)
	out.Content = make([]*yaml.Node, len(n.Content))
	for i, child := range n.Content {
		out.Content[i] = numberedNode(child, number)
	}
	return &out
}
