package ruletest

import (
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/seed-2512943d/picket/eval/ingest"
)

// source is an item of the list of a table's input: a row, or where rows come from, and what is done to them.
type source struct {
	node *yaml.Node

	row       []pair  // of an inline row, with the columns that override those of ref
	ref       located // $ref: the fixture whose rows an inline row starts from
	fixture   located // the fixture whose records are the source's
	file      located // of records
	format    ingest.Format
	noHeader  bool // of a CSV file
	datatable located
	generate  *generate

	where  located
	shift  *shift
	patch  []pair         // by path
	repeat int            // how often each record occurs
	ingest *time.Duration // how long after the event a record was ingested
}

// pair is a key of a mapping with its value.
type pair struct{ key, value *yaml.Node }

// generate makes many rows of one.
type generate struct {
	count      int
	row        []pair
	step, from time.Duration
	fromGiven  bool
}

// shift moves all times of a set of records.
type shift struct {
	to time.Time     // of the first event; zero where by counts
	by time.Duration // later, or earlier where it is negative
}

// sourceKeys say where records come from, besides the names of formats.
var sourceKeys = []string{"fixture", "datatable", "generate", "file", "patch"}

// formats are the names of the formats of files.
func formats() []string {
	var names []string
	for _, f := range ingest.Formats() {
		if f != ingest.Auto {
			names = append(names, f.String())
		}
	}
	return names
}

// sources reads the input of a table: a list, of rows mostly.
func (d *fileDecoder) sources(n *yaml.Node) []*source {
	var all []*source
	if isNull(n) {
		return nil
	}
	d.list(n, "the input of a table", func(item *yaml.Node) { all = append(all, d.source(item)) })
	return all
}

func (d *fileDecoder) source(n *yaml.Node) *source {
	s := &source{node: n, repeat: 1}
	if n.Kind != yaml.MappingNode {
		d.add(n, "", "a row must be a mapping of columns to values")
		return s
	}
	keys := setters{
		"where":  func(n *yaml.Node) { s.where = located{d.text(n, "where"), n} },
		"shift":  func(n *yaml.Node) { s.shift = d.shift(n) },
		"patch":  func(n *yaml.Node) { s.patch = d.pairsOf(n, "patch") },
		"repeat": func(n *yaml.Node) { s.repeat = d.count(n, "repeat") },
		"ingest": func(n *yaml.Node) { s.ingest = d.delay(n) },
	}
	switch kind := sourceKind(n); kind {
	case "":
		d.row(s, n)
		return s
	case "fixture":
		keys[kind] = func(n *yaml.Node) { s.fixture = located{d.text(n, kind), n} }
	case "patch":
		keys[kind] = func(n *yaml.Node) { d.patched(s, n) }
	case "datatable":
		keys[kind] = func(n *yaml.Node) { s.datatable = located{d.text(n, kind), n} }
	case "generate":
		keys[kind] = func(n *yaml.Node) { s.generate = d.generate(n) }
	case "file":
		keys[kind] = func(n *yaml.Node) { s.file = located{d.text(n, kind), n} }
		keys["from"] = func(n *yaml.Node) { s.format = d.format(n) }
	default:
		s.format, _ = ingest.ParseFormat(kind)
		keys[kind] = func(n *yaml.Node) { s.file = located{d.text(n, kind), n} }
	}
	keys["header"] = func(n *yaml.Node) { s.noHeader = !d.boolean(n, "header") }
	d.mapping(n, "a source of rows", keys)
	return s
}

// sourceKind is the key that says where the records of a source come from; it is empty for an inline row.
func sourceKind(n *yaml.Node) string {
	known := append(formats(), sourceKeys...) // patch comes last, since it stands beside others too
	for _, name := range known {
		for i := 0; i < len(n.Content); i += 2 {
			if n.Content[i].Value == name {
				return name
			}
		}
	}
	return ""
}

func (d *fileDecoder) format(n *yaml.Node) ingest.Format {
	name := d.text(n, "from")
	f, err := ingest.ParseFormat(name)
	if err != nil {
		d.add(n, didYouMean(name, formats()), "from must be one of %s", join(formats(), "or"))
	}
	return f
}

// row reads an inline row.
func (d *fileDecoder) row(s *source, n *yaml.Node) {
	d.pairs(n, "a row", func(key, value *yaml.Node) {
		switch key.Value {
		case "$ref":
			s.ref = located{d.text(value, "$ref"), value}
		case "$repeat":
			s.repeat = d.count(value, "$repeat")
		case "_ingest":
			s.ingest = d.delay(value)
		default:
			if strings.HasPrefix(key.Value, "$") {
				d.add(key, didYouMean(key.Value, []string{"$ref", "$repeat"}), "a row has no helper %s", key.Value)
			}
			s.row = append(s.row, pair{key, value})
		}
	})
	if len(s.row) == 0 && s.ref.node == nil {
		d.add(n, "", "the row has no columns")
	}
}

func (d *fileDecoder) delay(n *yaml.Node) *time.Duration {
	v := d.duration(n, "the time between event and ingestion")
	return &v
}

// patched reads {fixture: name, set: {path: value}}.
func (d *fileDecoder) patched(s *source, n *yaml.Node) {
	d.mapping(n, "patch", setters{
		"fixture": func(n *yaml.Node) { s.fixture = located{d.text(n, "fixture"), n} },
		"set":     func(n *yaml.Node) { s.patch = d.pairsOf(n, "set") },
	})
	if s.fixture.node == nil {
		d.add(n, "", "patch names no fixture; write {fixture: name, set: {path: value}}")
	}
}

func (d *fileDecoder) pairsOf(n *yaml.Node, what string) []pair {
	var all []pair
	d.pairs(n, what, func(key, value *yaml.Node) { all = append(all, pair{key, value}) })
	return all
}

func (d *fileDecoder) generate(n *yaml.Node) *generate {
	g := &generate{step: time.Minute}
	d.mapping(n, "generate", setters{
		"count": func(n *yaml.Node) { g.count = d.count(n, "count") },
		"row":   func(n *yaml.Node) { g.row = d.pairsOf(n, "row") },
		"step":  func(n *yaml.Node) { g.step = d.duration(n, "step") },
		"from":  func(n *yaml.Node) { g.from, g.fromGiven = d.duration(n, "from"), true },
	})
	if g.count == 0 || g.count > maxRows {
		d.add(n, "", "generate needs a count from 1 to %d", maxRows)
	}
	if g.row == nil {
		d.add(n, "", "generate needs a row")
	}
	return g
}

// shift reads "to TIME", "by DURATION", or a duration.
func (d *fileDecoder) shift(n *yaml.Node) *shift {
	text := d.text(n, "shift")
	if rest, ok := strings.CutPrefix(text, "to "); ok {
		if to, ok := parseInstant(strings.TrimSpace(rest)); ok {
			return &shift{to: to}
		}
	} else if by, ok := parseDuration(strings.TrimSpace(strings.TrimPrefix(text, "by "))); ok {
		return &shift{by: by}
	}
	d.add(n, "", "shift must be written as to 2026-03-01T10:00:00Z, or as by -2h")
	return nil
}

// fixture reads a named set of rows: {table: T, rows: […]}, or the table beside a source.
func (d *fileDecoder) fixture(name string, n *yaml.Node) *fixture {
	f := &fixture{node: n, dir: d.path}
	if n.Kind != yaml.MappingNode {
		d.add(n, "", "the fixture %s must be a mapping with the key table", name)
		return f
	}
	rest := *n
	rest.Content = nil
	rows := false
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], resolve(n.Content[i+1])
		switch key.Value {
		case "table":
			f.table = d.text(value, "table")
		case "rows":
			rows = true
			f.sources = append(f.sources, d.sources(value)...)
		default:
			rest.Content = append(rest.Content, key, value)
		}
	}
	if f.table == "" {
		d.add(n, "", "the fixture %s has no table", name)
	}
	switch {
	case len(rest.Content) == 0 && !rows:
		d.add(n, "", "the fixture %s has no rows", name)
	case len(rest.Content) > 0 && sourceKind(&rest) == "":
		key := rest.Content[0]
		known := append(append(formats(), sourceKeys...), "table", "rows", "where", "shift", "repeat", "ingest", "from")
		slices.Sort(known)
		d.add(key, didYouMean(key.Value, known), "a fixture has no key %q", key.Value)
	case len(rest.Content) > 0:
		f.sources = append(f.sources, d.source(&rest))
	}
	return f
}
