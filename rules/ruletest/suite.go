package ruletest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v4"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/rules"
)

// Suffix is how the names of test files end.
const Suffix = ".test.yaml"

// Suite is a test file with what it tests and its data. It is safe for concurrent use.
type Suite struct {
	Path  string
	Tests []*Test
	Rules []*rules.Rule // one, mostly; each test runs for each of them

	file      *file
	builder   *builder
	prepared  map[*Test]*prepared
	subjects  map[*rules.Rule]*subject
	companion []string // further files that the tests read
}

// prepared is the input of a test, ready to run.
type prepared struct {
	tables eval.TableMap
	events map[string][][]byte
}

// subject is a rule that tests run for, compiled once and, where needed, once more to be observed.
type subject struct {
	rule     *rules.Rule
	plain    func() (*rules.Compiled, error)
	observed func() (*rules.Compiled, error)
}

// Load reads test files. A path is a test file, a directory whose test files are read at any depth, a glob, or a rule, whose test file has its name
// with the ending .test.yaml. A path that names nothing is an error. The error joins all faults that were found; the suites without any are
// returned with it.
func Load(ctx context.Context, paths ...string) ([]*Suite, error) {
	files, err := Find(paths...)
	failures := []error{err}
	var suites []*Suite
	for _, path := range files {
		s, err := Open(ctx, path)
		if err != nil {
			failures = append(failures, err)
			continue
		}
		suites = append(suites, s)
	}
	return suites, errors.Join(failures...)
}

// Find lists the test files that paths name, as Load takes them, each once and in order.
func Find(paths ...string) ([]string, error) {
	var files []string
	var failures []error
	for _, path := range paths {
		found, err := findOne(path)
		if err == nil && len(found) == 0 {
			err = fmt.Errorf("%s: there is no test file; their names end in %s", path, Suffix)
		}
		files, failures = append(files, found...), append(failures, err)
	}
	slices.Sort(files)
	return slices.Compact(files), errors.Join(failures...)
}

func findOne(path string) ([]string, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil && strings.ContainsAny(path, "*?["):
		matched, err := filepath.Glob(path)
		return slices.DeleteFunc(matched, func(name string) bool { return !strings.HasSuffix(name, Suffix) }), err
	case err != nil:
		return nil, err
	case !info.IsDir() && strings.HasSuffix(path, Suffix):
		return []string{path}, nil
	case !info.IsDir():
		test := strings.TrimSuffix(path, filepath.Ext(path)) + Suffix
		if _, err := os.Stat(test); err != nil {
			return nil, fmt.Errorf("%s: there is no test file %s; picket test --init %s writes one", path, test, path)
		}
		return []string{test}, nil
	}
	var files []string
	err = filepath.WalkDir(path, func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && strings.HasSuffix(name, Suffix) {
			files = append(files, name)
		}
		return err
	})
	return files, err
}

// Open reads one test file, the rules it names, and its data.
func Open(ctx context.Context, path string) (*Suite, error) {
	f, err := readFile(path)
	if err != nil {
		return nil, err
	}
	return newSuite(ctx, f)
}

func newSuite(ctx context.Context, f *file) (*Suite, error) {
	s := &Suite{Path: f.path, Tests: f.tests, file: f, prepared: map[*Test]*prepared{}, subjects: map[*rules.Rule]*subject{}}
	d := &faults{path: f.path}
	s.builder = &builder{file: f, workspace: s.openWorkspace(ctx, d)}
	s.openRules(d)
	for _, t := range f.tests {
		if t.now.IsZero() && t.clock == nil && t.runs == nil && f.defaults.now.IsZero() {
			d.add(t.node, "", "the test %q has no now, and neither have the defaults", t.Name)
		}
	}
	f.checkFixtures(d)
	s.checkRuns(d)
	if err := d.err(); err != nil {
		return nil, err
	}
	s.prepare(ctx, d)
	s.inferTables(ctx, d)
	for _, rule := range s.Rules {
		s.addSubject(rule, d)
	}
	return s, d.err()
}

// openWorkspace makes a workspace with the schemas, functions and watchlists of the file.
func (s *Suite) openWorkspace(ctx context.Context, d *faults) *rules.Workspace {
	w := rules.NewWorkspace()
	for _, list := range []struct {
		paths []located
		add   func(...string) error
	}{{s.file.defaults.schemas, w.AddSchemas}, {s.file.defaults.functions, w.AddFunctions}} {
		for _, path := range list.paths {
			full := beside(s.Path, path.text)
			s.companion = append(s.companion, full)
			if err := list.add(full); err != nil {
				d.add(path.node, "", "%v", err)
			}
		}
	}
	if s.file.function.node != nil {
		full := beside(s.Path, s.file.function.text)
		s.companion = append(s.companion, full)
		if err := w.AddFunctions(full); err != nil {
			d.add(s.file.function.node, "", "%v", err)
		}
	}
	for _, list := range s.file.defaults.watchlists {
		full := beside(s.Path, list.path.text)
		s.companion = append(s.companion, full)
		if err := w.AddWatchlist(ctx, list.alias, list.searchKey, full); err != nil {
			d.add(list.path.node, "", "watchlist %s: %v", list.alias, err)
		}
	}
	for _, e := range s.file.defaults.external {
		full := beside(s.Path, e.path.text)
		if err := w.AddExternalData(e.uri, full); err != nil {
			d.add(e.path.node, "", "externaldata: %v", err)
		}
		s.companion = append(s.companion, full)
	}
	return w
}

// openRules reads what the file tests.
func (s *Suite) openRules(d *faults) {
	f := s.file
	switch {
	case f.query != nil:
		// The test file is read as a rule, so that faults of the query stand at their place in it.
		rule, err := rules.Parse(f.path, f.text)
		if err != nil {
			d.add(f.query, "", "%v", err)
			return
		}
		s.Rules = append(s.Rules, rule)
	case f.function.node != nil:
		functions, err := rules.LoadFunctions(beside(f.path, f.function.text))
		if err != nil || len(functions.Names()) == 0 {
			d.add(f.function.node, "", "%s holds no function", f.function.text)
			return
		}
		function, _, err := functions.Lookup(functions.Names()[0])
		if err != nil {
			d.add(f.function.node, "", "%v", err)
			return
		}
		rule, err := functionRule(f, function)
		if err != nil {
			d.add(f.function.node, "", "%v", err)
			return
		}
		rule.Name = function.Name
		s.Rules = append(s.Rules, rule)
	}
	for _, pattern := range f.rules {
		s.openPattern(pattern, d)
	}
}

// functionKey is the key of a function's file that holds its query.
var functionKey = regexp.MustCompile(`(?m)^(ParserQuery|FunctionQuery):`)

// functionRule makes a rule of a saved function: of its body where it has no parameters, so that coverage and mutation are about that; else of a call.
func functionRule(f *file, function rules.SavedFunction) (*rules.Rule, error) {
	if function.Params != "" || f.arguments != "" {
		return rules.Parse(f.path, []byte("query: "+quote(function.Name+"("+f.arguments+")")+"\n"))
	}
	text, err := os.ReadFile(function.Path)
	if err != nil {
		return nil, err
	}
	if !functionKey.Match(text) {
		return rules.ParseQuery(function.Path, text), nil
	}
	rule, err := rules.Parse(function.Path, functionKey.ReplaceAll(text, []byte("query:")))
	if err == nil {
		rule.Raw = text
	}
	return rule, err
}

func (s *Suite) openPattern(pattern located, d *faults) {
	full := beside(s.Path, pattern.text)
	paths := []string{full}
	if _, err := os.Stat(full); err != nil { // a name with brackets is first of all a name
		if paths, err = filepath.Glob(full); err != nil {
			d.add(pattern.node, "", "%s: %v", pattern.text, err)
			return
		}
	}
	paths = slices.DeleteFunc(paths, func(p string) bool { return strings.HasSuffix(p, Suffix) })
	if len(paths) == 0 {
		d.add(pattern.node, didYouMean(filepath.Base(full), siblings(full)), "there is no rule %s", pattern.text)
	}
	for _, path := range paths {
		rule, err := rules.Load(path)
		if err != nil {
			d.add(pattern.node, "", "%v", err)
			continue
		}
		if strings.TrimSpace(rule.Query) == "" {
			d.add(pattern.node, "picket check says what is wrong with it", "the rule %s has no query", pattern.text)
		}
		s.Rules = append(s.Rules, rule)
	}
}

// siblings are the YAML files beside a path.
func siblings(path string) []string {
	var names []string
	entries, _ := os.ReadDir(filepath.Dir(path)) // none where the directory is not there either
	for _, entry := range entries {
		if name := entry.Name(); filepath.Ext(name) == ".yaml" && !strings.HasSuffix(name, Suffix) {
			names = append(names, name)
		}
	}
	return names
}

// prepare makes the records of all tests.
func (s *Suite) prepare(ctx context.Context, d *faults) {
	for _, t := range s.Tests {
		p := &prepared{tables: eval.TableMap{}, events: map[string][][]byte{}}
		s.prepared[t] = p
		for _, in := range t.input {
			if in.table == "" {
				continue
			}
			records, err := s.builder.input(ctx, in, s.start(t))
			if err != nil {
				d.all = append(d.all, err)
				continue
			}
			p.events[in.table] = append(p.events[in.table], records...)
		}
	}
}

// inferTables gives tables that no schema tells of the columns of the records that tests put into them.
func (s *Suite) inferTables(ctx context.Context, d *faults) {
	w := s.builder.workspace
	unknown := map[string][][]byte{}
	for _, t := range s.Tests {
		for table, records := range s.prepared[t].events {
			if _, _, known := w.TableSchema(table); !known {
				unknown[table] = append(unknown[table], records...)
			}
		}
	}
	for table, records := range unknown {
		t := eval.RecordTable(table, nil, records...)
		columns, err := eval.InferColumns(ctx, t.Records)
		if err != nil {
			d.add(&yaml.Node{Line: 1, Column: 1}, "", "%s: %v", table, err)
		}
		w.AddTable(&eval.Table{Name: table, Columns: columns, Records: noRecords})
	}
	for _, t := range s.Tests {
		for table, records := range s.prepared[t].events {
			columns, open, _ := w.TableSchema(table)
			made := eval.RecordTable(table, columns, records...)
			made.Open = open
			s.prepared[t].tables[table] = made
		}
	}
}

func noRecords(context.Context) iter.Seq2[[]byte, error] { return func(func([]byte, error) bool) {} }

// addSubject compiles a rule. One that cannot be compiled is a fault, unless all tests expect an error.
func (s *Suite) addSubject(rule *rules.Rule, d *faults) {
	w := s.builder.workspace
	compile := func(options ...eval.Option) func() (*rules.Compiled, error) {
		return sync.OnceValues(func() (*rules.Compiled, error) { return rule.Compile(w, options...) })
	}
	s.subjects[rule] = &subject{rule, compile(), compile(eval.Observable())}
	expected := !slices.ContainsFunc(s.Tests, func(t *Test) bool { return t.expect.failure == nil })
	if _, err := s.subjects[rule].plain(); err != nil && !expected {
		d.all = append(d.all, err)
	}
	if err := w.BrokenFunctions(); err != nil {
		d.all = append(d.all, err)
	}
}

// String names the suite for people.
func (s *Suite) String() string { return s.Path }

// ruleName is how a rule is called in reports.
func ruleName(rule *rules.Rule) string { return cmp.Or(rule.Name, filepath.Base(rule.Path)) }
