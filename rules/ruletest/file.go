package ruletest

import (
	"os"
	"slices"
	"time"

	"go.yaml.in/yaml/v4"
)

// file is a test file as it stands.
type file struct {
	path      string
	text      []byte
	rules     []located // paths and globs
	query     *yaml.Node
	function  located
	arguments string
	defaults  defaults
	fixtures  map[string]*fixture
	included  []string // paths of the files that fixtures were taken from
	tests     []*Test
}

// located is a text with its place in a file.
type located struct {
	text string
	node *yaml.Node
}

// defaults hold for all tests of a file.
type defaults struct {
	now        time.Time
	window     located
	queryNow   string
	schemas    []located
	functions  []located
	watchlists []watchlist
	external   []externalData
}

type watchlist struct {
	alias, searchKey string
	path             located
}

// externalData is a file in place of an address that externaldata reads.
type externalData struct {
	uri  string
	path located
}

// fixture is a named set of rows.
type fixture struct {
	node    *yaml.Node
	table   string
	sources []*source
	dir     string // that its paths start from
}

// Test is one test of a test file.
type Test struct {
	Name string
	Line int // in the test file, from 1
	Tags []string
	Skip string // why it does not run; empty if it does
	Todo bool   // it is expected to fail

	node     *yaml.Node
	now      time.Time
	queryNow string
	window   located
	clock    *clock
	runs     []time.Time
	input    []tableInput
	expect   *expectation
	rowsAt   map[string]*yaml.Node // where values stand that Update may rewrite
}

// clock is a span of time in which the rule runs as scheduled.
type clock struct {
	node       *yaml.Node
	start, end time.Time
}

// tableInput is what a test puts into a table.
type tableInput struct {
	table   string
	node    *yaml.Node
	sources []*source
}

// readFile reads a test file and those that it includes. The faults are all that was found.
func readFile(path string) (*file, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return parseFile(path, text)
}

// parseFile reads a test file from its text.
func parseFile(path string, text []byte) (*file, error) {
	f := &file{path: path, text: text, fixtures: map[string]*fixture{}}
	d := &fileDecoder{decoder: decoder{faults{path: path}}, file: f}
	root := d.parseYAML(text)
	if root != nil {
		d.whole(root)
	}
	return f, d.err()
}

// fileDecoder reads a test file.
type fileDecoder struct {
	decoder
	file *file
}

func (d *fileDecoder) whole(root *yaml.Node) {
	f := d.file
	var tests *yaml.Node
	d.mapping(root, "a test file", d.wholeKeys(&tests))
	subjects := 0
	for _, given := range []bool{f.rules != nil, f.query != nil, f.function.node != nil} {
		if given {
			subjects++
		}
	}
	if subjects != 1 {
		d.add(root, "", "a test file needs one of the keys rule, query, function and parser")
	}
	if tests == nil {
		d.add(root, "", "a test file needs the key tests")
		return
	}
	names := map[string]int{}
	d.list(tests, "tests", func(n *yaml.Node) {
		t := d.test(n)
		if first, taken := names[t.Name]; taken && t.Name != "" {
			d.add(n, "", "the test of line %d has the name %q too", first, t.Name)
		}
		names[t.Name] = t.Line
		f.tests = append(f.tests, t)
	})
	if len(tests.Content) == 0 && tests.Kind == yaml.SequenceNode {
		d.add(tests, "", "there is no test in tests")
	}
}

// wholeKeys are the keys of a test file.
func (d *fileDecoder) wholeKeys(tests **yaml.Node) setters {
	f := d.file
	return setters{
		"rule":     func(n *yaml.Node) { f.rules = d.located(n, "rule") },
		"query":    func(n *yaml.Node) { f.query = n; d.text(n, "query") },
		"function": func(n *yaml.Node) { f.function = located{d.text(n, "function"), n} },
		"parser":   func(n *yaml.Node) { f.function = located{d.text(n, "parser"), n} },
		"args":     func(n *yaml.Node) { f.arguments = d.text(n, "args") },
		"defaults": d.defaults,
		"include":  func(n *yaml.Node) { d.include(d.located(n, "include")) },
		"fixtures": func(n *yaml.Node) {
			d.pairs(n, "fixtures", func(key, value *yaml.Node) { f.fixtures[key.Value] = d.fixture(key.Value, value) })
		},
		"tests": func(n *yaml.Node) { *tests = n },
	}
}

func (d *fileDecoder) located(n *yaml.Node, what string) []located {
	n = resolve(n)
	if n.Kind == yaml.ScalarNode {
		return []located{{d.text(n, what), n}}
	}
	var all []located
	d.list(n, what, func(item *yaml.Node) { all = append(all, located{d.text(item, what), item}) })
	return all
}

func (d *fileDecoder) defaults(n *yaml.Node) { d.mapping(n, "defaults", d.defaultsKeys()) }

func (d *fileDecoder) defaultsKeys() setters {
	to := &d.file.defaults
	return setters{
		"now":       func(n *yaml.Node) { to.now = d.instant(n, "now") },
		"window":    func(n *yaml.Node) { to.window = d.window(n) },
		"queryNow":  func(n *yaml.Node) { to.queryNow = d.oneOf(n, "queryNow", "exact", "delayed") },
		"schema":    func(n *yaml.Node) { to.schemas = d.located(n, "schema") },
		"functions": func(n *yaml.Node) { to.functions = d.located(n, "functions") },
		"watchlists": func(n *yaml.Node) {
			d.pairs(n, "watchlists", func(key, value *yaml.Node) { to.watchlists = append(to.watchlists, d.watchlist(key.Value, value)) })
		},
		"externaldata": func(n *yaml.Node) {
			d.pairs(n, "externaldata", func(key, value *yaml.Node) {
				to.external = append(to.external, externalData{key.Value, located{d.text(value, "the file"), value}})
			})
		},
	}
}

// watchlist reads the path of a watchlist's file, or a mapping with the path and the search key.
func (d *fileDecoder) watchlist(alias string, n *yaml.Node) watchlist {
	w := watchlist{alias: alias}
	if n.Kind == yaml.ScalarNode {
		w.path = located{n.Value, n}
		return w
	}
	d.mapping(n, "a watchlist", setters{
		"file":      func(n *yaml.Node) { w.path = located{d.text(n, "file"), n} },
		"searchKey": func(n *yaml.Node) { w.searchKey = d.text(n, "searchKey") },
	})
	if w.path.node == nil {
		d.add(n, "", "the watchlist %s has no file", alias)
		w.path.node = n
	}
	return w
}

func (d *fileDecoder) oneOf(n *yaml.Node, what string, names ...string) string {
	text := d.text(n, what)
	if !slices.Contains(names, text) {
		d.add(n, didYouMean(text, names), "%s must be one of %s", what, join(names, "or"))
	}
	return text
}

// window reads rule, none, or a duration.
func (d *fileDecoder) window(n *yaml.Node) located {
	text := d.text(n, "window")
	if _, ok := parseDuration(text); !ok && text != "rule" && text != "none" {
		d.add(n, didYouMean(text, []string{"rule", "none"}), "window must be rule, none or a duration such as 6h")
	}
	return located{text, n}
}

// include takes over the fixtures of other files. Their paths start from the file they stand in.
func (d *fileDecoder) include(paths []located) {
	for _, path := range paths {
		full := beside(d.path, path.text)
		d.file.included = append(d.file.included, full)
		text, err := os.ReadFile(full)
		if err != nil {
			d.add(path.node, "", "%v", err)
			continue
		}
		other := &fileDecoder{decoder: decoder{faults{path: full}}, file: &file{fixtures: map[string]*fixture{}}}
		if root := other.parseYAML(text); root != nil {
			other.mapping(root, "an included file", setters{"fixtures": func(n *yaml.Node) {
				other.pairs(n, "fixtures", func(key, value *yaml.Node) { d.file.fixtures[key.Value] = other.fixture(key.Value, value) })
			}})
		}
		d.all = append(d.all, other.all...)
	}
}

func (d *fileDecoder) test(n *yaml.Node) *Test {
	t := &Test{node: n, Line: n.Line, rowsAt: map[string]*yaml.Node{}}
	var expect *yaml.Node
	d.mapping(n, "a test", d.testKeys(t, &expect))
	if t.Name == "" {
		d.add(n, "", "the test has no name")
	}
	if t.clock != nil && t.runs != nil {
		d.add(n, "", "a test has a clock or runs, not both")
	}
	if expect == nil {
		d.add(n, "", "the test %q has no expect", t.Name)
		return t
	}
	t.expect = d.expectation(t, expect)
	return t
}

func (d *fileDecoder) testKeys(t *Test, expect **yaml.Node) setters {
	return setters{
		"name":     func(n *yaml.Node) { t.Name = d.text(n, "name") },
		"tags":     func(n *yaml.Node) { t.Tags = d.texts(n, "tags") },
		"skip":     func(n *yaml.Node) { t.Skip = d.text(n, "skip") },
		"todo":     func(n *yaml.Node) { t.Todo = d.boolean(n, "todo") },
		"now":      func(n *yaml.Node) { t.now = d.instant(n, "now") },
		"queryNow": func(n *yaml.Node) { t.queryNow = d.oneOf(n, "queryNow", "exact", "delayed") },
		"window":   func(n *yaml.Node) { t.window = d.window(n) },
		"clock":    func(n *yaml.Node) { t.clock = d.clock(n) },
		"runs": func(n *yaml.Node) {
			d.list(n, "runs", func(n *yaml.Node) { t.runs = append(t.runs, d.instant(n, "a run")) })
		},
		"input": func(n *yaml.Node) {
			d.pairs(n, "input", func(key, value *yaml.Node) {
				t.input = append(t.input, tableInput{key.Value, key, d.sources(value)})
			})
		},
		"expect": func(n *yaml.Node) { *expect = n },
	}
}

func (d *fileDecoder) clock(n *yaml.Node) *clock {
	c := &clock{node: n}
	d.mapping(n, "clock", setters{
		"start": func(n *yaml.Node) { c.start = d.instant(n, "start") },
		"end":   func(n *yaml.Node) { c.end = d.instant(n, "end") },
	})
	if c.end.Before(c.start) {
		d.add(n, "", "the clock ends before it starts")
	}
	return c
}

// join lists names as people do: a, b or c.
func join(names []string, word string) string {
	switch len(names) {
	case 0:
		return ""
	case 1:
		return names[0]
	}
	text := names[0]
	for _, name := range names[1 : len(names)-1] {
		text += ", " + name
	}
	return text + " " + word + " " + names[len(names)-1]
}
