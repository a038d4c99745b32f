package ruletest

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
	"github.com/seed-2512943d/picket/rules"
)

// Skeleton writes a test file to begin with: a fixture for each table, whose row has what the rule asks of it, a test that fires on these, and for
// each predicate a test whose row lacks just that. Columns that the rule computes are followed back to the tables, also into JSON. What cannot be
// known is marked TODO. now is the instant of the runs. The error is that of a query that cannot be parsed.
func Skeleton(rule *rules.Rule, now time.Time) (string, error) {
	query, err := kql.Parse(rule.Query)
	if err != nil {
		return "", err
	}
	s := &skeleton{anatomy: dissect(rule.Query, query), rule: rule, workspace: rules.NewWorkspace(), rows: map[*reading]*fixtureRow{}, names: map[string]bool{}}
	s.fires, s.silent, s.repeat = turns(rule)
	s.recent = before(step)
	if period := time.Duration(rule.Schedule().Period); period > 0 {
		s.recent = before(min(step, period/2))
	}
	tracer := &tracer{anatomy: s.anatomy, schema: s.workspace.TableSchema}
	var ways []*way
	for _, statement := range query.Statements {
		if e, ok := statement.(*kql.ExprStatement); ok {
			ways = tracer.follow(e.Expr)
		}
	}
	if len(ways) == 0 {
		ways = []*way{{}}
	}
	for _, w := range ways {
		s.fill(w)
	}
	for _, w := range ways {
		s.write(w)
	}
	return s.file(now), nil
}

// turns says what to expect where the query gives the rows that the rule looks for and where it does not, and how many rows are needed for it.
func turns(rule *rules.Rule) (fires, silent string, rows int) {
	fires, silent = "fires: true", "none: true"
	if rule.Kind != rules.Scheduled {
		return fires, silent, 1
	}
	if rule.Trigger.Fires(0) {
		fires, silent = silent, fires
	}
	const most = 1000
	for rows = 1; rows < most && rule.Trigger.Fires(rows) == rule.Trigger.Fires(0); rows++ {
	}
	if rows == most {
		rows = 1
	}
	return fires, silent, rows
}

type skeleton struct {
	*anatomy
	rule          *rules.Rule
	workspace     *rules.Workspace
	fires, silent string  // what is expected where the query gives rows, and where it gives none
	repeat        int     // how often rows are needed for it
	recent        example // when rows were generated, unless the rule asks for another time
	readings      []*reading
	rows          map[*reading]*fixtureRow
	names         map[string]bool // of tests
	tests         strings.Builder
}

// fixtureRow is the row of a fixture.
type fixtureRow struct {
	branch
	todo     []string // what people have to see to
	count    int      // how many rows there must be of it
	distinct []string // the path whose value differs from row to row
}

// branch is a value in a row, or its members.
type branch struct {
	value   example
	keys    []string
	members map[string]*branch
}

func (b *branch) at(path []string) *branch {
	if len(path) == 0 {
		return b
	}
	if b.members == nil {
		b.members = map[string]*branch{}
	}
	if b.members[path[0]] == nil {
		b.members[path[0]] = new(branch)
		b.keys = append(b.keys, path[0])
	}
	return b.members[path[0]].at(path[1:])
}

// String writes the value on one line.
func (b *branch) String() string {
	if b.members == nil {
		return string(cmp.Or(b.value, absent))
	}
	if length, ok := b.list(); ok {
		items := slices.Repeat([]string{"{}"}, length)
		for key, member := range b.members {
			i, _ := strconv.Atoi(key) // it is a number: see list
			items[i] = member.String()
		}
		return "[" + strings.Join(items, ", ") + "]"
	}
	var parts []string
	for _, key := range b.keys {
		parts = append(parts, yamlText(key)+": "+b.members[key].String())
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// list says whether the members are those of a list, and how long it is.
func (b *branch) list() (length int, ok bool) {
	const longest = 20
	for key := range b.members {
		i, err := strconv.Atoi(key)
		if err != nil || i < 0 || i >= longest {
			return 0, false
		}
		length = max(length, i+1)
	}
	return length, len(b.members) > 0
}

// row is the row of the fixture for a reading, which is made where it is new.
func (s *skeleton) row(r *reading) *fixtureRow {
	if s.rows[r] != nil {
		return s.rows[r]
	}
	name := r.table
	for n := 2; slices.ContainsFunc(s.readings, func(other *reading) bool { return other.fixture == name }); n++ {
		name = r.table + strconv.Itoa(n)
	}
	r.fixture = name
	s.readings = append(s.readings, r)
	s.rows[r] = &fixtureRow{count: 1}
	if s.timed(r) {
		s.rows[r].at([]string{timeGenerated}).value = s.recent
	}
	return s.rows[r]
}

func (s *skeleton) timed(r *reading) bool {
	columns, _, known := s.workspace.TableSchema(r.table)
	return !known || columnIndex(columns, timeGenerated) >= 0
}

// typeOf is the type of the values at an origin, if the catalogue tells.
func (s *skeleton) typeOf(o *origin) scalar.Type {
	columns, _, _ := s.workspace.TableSchema(o.from.table)
	if i := columnIndex(columns, o.path[0]); i >= 0 && len(o.path) == 1 {
		return columns[i].Type
	}
	return scalar.NoType
}

// fill gives the fixtures of a way what it wants of their rows.
func (s *skeleton) fill(w *way) {
	for _, r := range slices.Concat(w.reads, w.absent) {
		s.row(r)
	}
	for _, x := range slices.Concat(w.wants, w.absence) {
		if x.leaf != nil && x.number == 0 {
			s.need(w, x)
		}
	}
	for _, x := range slices.Concat(w.wants, w.absence) {
		if x.equalTo != nil {
			s.join(x)
		}
	}
}

func (s *skeleton) need(w *way, x want) {
	if x.origin == nil || !s.reachable(x.origin) {
		if len(w.reads) > 0 && !ofClock(x.leaf.expr) {
			r := s.row(w.reads[0])
			r.todo = append(r.todo, s.source(x.leaf.expr))
		}
		return
	}
	r := s.row(x.from)
	if x.counts {
		n, err := strconv.Atoi(string(first(s.samples(x.leaf, scalar.Long))))
		if err != nil || n > 5000 {
			r.todo = append(r.todo, s.source(x.leaf.expr))
			return
		}
		r.count = max(r.count, n)
		if x.path != nil {
			r.distinct = x.path
		}
		return
	}
	yes, _ := s.samples(x.leaf, s.typeOf(x.origin))
	if yes == unknown && ofClock(x.leaf.expr) {
		return
	}
	at := r.at(x.path)
	switch {
	case at.members != nil || yes == absent && at.value == "":
	case yes == unknown:
		if at.value == "" {
			at.value = some(s.typeOf(x.origin), unknown)
		}
		r.todo = append(r.todo, s.source(x.leaf.expr))
	case at.value == "" || at.value == s.recent || at.value == "other" || at.value == "x" || at.value == unknown:
		at.value = yes
	case positive(operatorOf(x.leaf.expr)) && !x.leaf.negated && yes != at.value && !strings.Contains(string(at.value), string(yes)):
		at.value = example(quote(unquote(string(at.value)) + " " + unquote(string(yes))))
	}
}

// ofClock says whether a leaf compares with the time of the run, which the window of the run takes care of.
func ofClock(x kql.Expr) bool {
	found := false
	kql.Inspect(x, func(n kql.Node) bool {
		call, ok := n.(*kql.Call)
		found = found || ok && slices.Contains([]string{"ago", "now", "startofday", "endofday", "ingestion_time"}, call.Func.Name)
		return !found
	})
	return found
}

// reachable says whether a value can stand at an origin: members only within columns of JSON.
func (s *skeleton) reachable(o *origin) bool {
	if len(o.path) < 2 {
		return true
	}
	switch t := s.typeOf(&origin{from: o.from, path: o.path[:1]}); t {
	case scalar.String, scalar.Dynamic, scalar.NoType:
		return true
	}
	return false
}

func first(yes, _ example) example { return yes }

// join gives the rows of two fixtures the same key.
func (s *skeleton) join(x want) {
	l, r := s.row(x.equalTo.from).at(x.equalTo.path), s.row(x.from).at(x.path)
	switch {
	case l.members != nil || r.members != nil:
	case l.value != "" && l.value != "x":
		r.value = l.value
	case r.value != "":
		l.value = r.value
	default:
		l.value = some(s.typeOf(x.equalTo), "same")
		r.value = l.value
	}
}

// write writes the tests of a way.
func (s *skeleton) write(w *way) {
	name := "fires on rows that have all that the rule asks for"
	if s.fires != "fires: true" {
		name = "silent on rows that have all that the rule asks for"
	}
	if len(w.reads) > 0 && s.names[name] {
		name += ", of " + w.reads[0].table
	}
	s.test(w.reads, nil, "", name, s.fires)
	if s.fires != "fires: true" {
		s.test(nil, nil, "", "fires without rows", s.silent)
	}
	verb := map[bool]string{true: "silent", false: "fires"}[s.silent == "none: true"]
	for _, x := range w.wants {
		if x.leaf == nil || x.number != 0 || x.origin == nil || !s.reachable(x.origin) {
			continue
		}
		s.without(w, x, verb)
	}
	s.alternatives(w)
	for _, r := range w.reads[min(1, len(w.reads)):] {
		s.test(slices.DeleteFunc(slices.Clone(w.reads), func(other *reading) bool { return other == r }), nil, "", verb+": no row of "+r.fixture, s.silent)
	}
	for _, r := range w.absent {
		s.test(append(slices.Clone(w.reads), r), nil, "", verb+": there is a row of "+r.fixture, s.silent)
	}
}

// without writes a test whose row does not pass a leaf.
func (s *skeleton) without(w *way, x want, verb string) {
	if x.counts {
		row := s.row(x.from)
		switch {
		case row.count < 2:
		case row.distinct != nil:
			if len(row.distinct) == 1 {
				s.test(w.reads, x.from, fmt.Sprintf("where: %s != %s", row.distinct[0], s.numberedFirst(x.from)), fmt.Sprintf("%s: one %s fewer", verb, row.distinct[0]), s.silent)
			}
		default:
			s.test(w.reads, x.from, fmt.Sprintf("repeat: %d", row.count-1), fmt.Sprintf("%s: only %s", verb, count(row.count-1, "row")), s.silent)
		}
		return
	}
	_, no := s.samples(x.leaf, s.typeOf(x.origin))
	if no == unknown {
		return
	}
	says := "is " + strings.Trim(string(no), `"`)
	if no == absent {
		says = "is empty"
	}
	if patch := s.patch(x.origin, no); patch != "" {
		s.test(w.reads, x.from, "patch: {"+patch+"}", fmt.Sprintf("%s: %s %s", verb, strings.Join(x.path, "."), says), s.silent)
	}
}

// alternatives writes tests whose row passes by an alternative that is not the first.
func (s *skeleton) alternatives(w *way) {
	var failing want
	var patch []string
	var from *reading
	name, usable := "", false
	flush := func() {
		if usable && len(patch) > 0 {
			_, no := s.samples(failing.leaf, s.typeOf(failing.origin))
			if no != unknown && failing.from == from {
				patch = addPatch(patch, s.patch(failing.origin, no))
				s.test(w.reads, from, "patch: {"+strings.Join(patch, ", ")+"}", name, s.fires)
			}
		}
		patch, usable = nil, false
	}
	var last alternative
	for _, x := range w.wants {
		if x.alternative != last {
			flush()
			last = x.alternative
			usable = x.number > 0 && x.group == failing.group && failing.origin != nil
			name = "fires: "
			if s.fires != "fires: true" {
				name = "silent: "
			}
		}
		if x.leaf == nil || x.group == 0 {
			continue
		}
		if x.number == 0 && failing.group != x.group {
			failing = x
			continue
		}
		if x.origin == nil || x.counts || !s.reachable(x.origin) {
			usable = false
			continue
		}
		yes, _ := s.samples(x.leaf, s.typeOf(x.origin))
		if yes == unknown || from != nil && from != x.from && len(patch) > 0 {
			usable = false
			continue
		}
		from = x.from
		if len(patch) > 0 {
			name += ", "
		}
		name += strings.Join(x.path, ".") + " is " + strings.Trim(string(yes), `"`)
		patch = addPatch(patch, s.patch(x.origin, yes))
	}
	flush()
}

// patch writes a patch that sets a value: where the row has nothing to hold it, with what holds it. It is empty where a list is too short for it.
func (s *skeleton) patch(o *origin, value example) string {
	at, path := &s.row(o.from).branch, o.path
	for i, step := range path {
		next := at.members[step]
		if next == nil || next.members == nil || i+1 == len(path) {
			if length, ok := at.list(); ok && next == nil && step != strconv.Itoa(length) {
				return ""
			}
			inner := new(branch)
			inner.at(path[i+1:]).value = value
			return patchPath(path[:i+1]) + ": " + inner.String()
		}
		at = next
	}
	return ""
}

// addPatch adds a patch, unless there is one of its path already.
func addPatch(patches []string, patch string) []string {
	path, _, _ := strings.Cut(patch, ": ")
	if patch == "" || slices.ContainsFunc(patches, func(p string) bool { return strings.HasPrefix(p, path+": ") }) {
		return patches
	}
	return append(patches, patch)
}

// patchPath writes a path as patches do.
func patchPath(path []string) string {
	steps := make([]string, len(path))
	for i, step := range path {
		steps[i] = strings.ReplaceAll(step, ".", `\.`)
	}
	return yamlText(strings.Join(steps, "."))
}

// test writes a test with rows of fixtures, one of them altered.
func (s *skeleton) test(reads []*reading, altered *reading, how, name, expect string) {
	for base, n := name, 2; s.names[name]; n++ {
		name = fmt.Sprintf("%s (%d)", base, n)
	}
	s.names[name] = true
	var tables []string
	items := map[string][]string{}
	for _, r := range reads {
		item := "fixture: " + yamlText(r.fixture)
		row := s.row(r)
		if r == altered {
			item += ", " + how
		}
		if n := max(s.repeat, row.count); n > 1 && row.distinct == nil && !strings.Contains(item, "repeat:") {
			item += fmt.Sprintf(", repeat: %d", n)
		}
		if items[r.table] == nil {
			tables = append(tables, r.table)
		}
		items[r.table] = append(items[r.table], "{"+item+"}")
	}
	var parts []string
	for _, table := range tables {
		parts = append(parts, yamlText(table)+": ["+strings.Join(items[table], ", ")+"]")
	}
	fmt.Fprintf(&s.tests, "\n  - name: %s\n", yamlText(name))
	if len(parts) > 0 {
		fmt.Fprintf(&s.tests, "    input: {%s}\n", strings.Join(parts, ", "))
	}
	fmt.Fprintf(&s.tests, "    expect: {%s}\n", expect)
}

// file writes the whole file.
func (s *skeleton) file(now time.Time) string {
	var text strings.Builder
	base := filepath.Base(s.rule.Path)
	fmt.Fprintf(&text, "# Tests of %s\nrule: %s\ndefaults:\n  now: %s\n", base, yamlText(base), now.UTC().Format(time.RFC3339))
	for _, line := range s.resources() {
		text.WriteString("  # TODO: " + line + "\n")
	}
	if len(s.readings) > 0 {
		text.WriteString("fixtures:\n")
	}
	for _, r := range s.readings {
		s.fixture(&text, r)
	}
	text.WriteString("tests:\n" + strings.TrimPrefix(s.tests.String(), "\n"))
	return text.String()
}

func (s *skeleton) fixture(text *strings.Builder, r *reading) {
	row := s.rows[r]
	fmt.Fprintf(text, "  %s:\n    table: %s\n", yamlText(r.fixture), yamlText(r.table))
	indent, dash := "      ", "- "
	if row.distinct == nil {
		text.WriteString("    rows:\n")
	} else {
		value := s.numbered(r)
		row.at(row.distinct).value, row.at(row.distinct).members = example(value), nil
		fmt.Fprintf(text, "    generate:\n      count: %d\n      from: -5m\n      step: 1s\n      row:\n", max(row.count, 1))
		indent, dash = "        ", ""
		delete(row.members, timeGenerated) // the rows are as many seconds apart as step says
	}
	for _, key := range row.keys {
		member := row.members[key]
		if member == nil || member.members == nil && (member.value == "" || member.value == absent) {
			continue
		}
		fmt.Fprintf(text, "%s%s%s: %s\n", indent, dash, yamlText(key), member)
		if dash != "" {
			dash = "  "
		}
	}
	if dash == "- " {
		text.WriteString(indent + "- TODO: a column\n")
		dash = "  "
	}
	slices.Sort(row.todo)
	for _, todo := range slices.Compact(row.todo) {
		fmt.Fprintf(text, "%s%s# TODO: %s\n", indent, strings.ReplaceAll(dash, "-", " "), todo)
	}
}

// numbered is a value that differs from row to row.
func (s *skeleton) numbered(r *reading) string {
	row := s.rows[r]
	switch s.typeOf(&origin{from: r, path: row.distinct}) {
	case scalar.Int, scalar.Long, scalar.Real:
		return "'{{n}}'"
	}
	switch value := row.at(row.distinct).value; {
	case strings.Contains(string(value), "{{n}}"):
		return string(value)
	case value == "", value == unknown, value == "x", value == "other":
		return `"x{{n}}"`
	default:
		return quote(unquote(string(value)) + " {{n}}")
	}
}

// numberedFirst is the first of the numbered values, as KQL.
func (s *skeleton) numberedFirst(r *reading) string {
	return strings.Trim(strings.ReplaceAll(s.numbered(r), "{{n}}", "0"), "'")
}

// resources are what the query reads besides tables, as defaults name it.
func (s *skeleton) resources() []string {
	var lines []string
	kql.Inspect(s.query, func(n kql.Node) bool {
		switch n := n.(type) {
		case *kql.ExternalData:
			for _, uri := range n.URIs {
				if literal, ok := unparen(uri).(*kql.Literal); ok {
					lines = append(lines, fmt.Sprintf("externaldata: {%s: a file}", quote(literal.Value)))
				}
			}
		case *kql.Call:
			if n.Func.Name == "_GetWatchlist" && len(n.Args) > 0 {
				if literal, ok := unparen(n.Args[0]).(*kql.Literal); ok {
					lines = append(lines, fmt.Sprintf("watchlists: {%s: a CSV file}", yamlText(literal.Value)))
				}
			}
		}
		return true
	})
	return lines
}
