package describe_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/seed-2512943d/picket/rules"
	"github.com/seed-2512943d/picket/rules/describe"
)

// analyze reads a query that stands alone.
func analyze(t *testing.T, query string) *describe.Query {
	t.Helper()
	q, err := describe.Analyze(&rules.Rule{Query: query}, rules.NewWorkspace())
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return q
}

// indicators writes those of a query, each as field kind: value, value; other predicates have a question mark before them.
func indicators(q *describe.Query) string {
	var lines []string
	for _, i := range q.Indicators {
		line := i.Field + " " + i.Label()
		for n, v := range i.Values {
			line += map[bool]string{true: ": ", false: ", "}[n == 0] + v.String()
			if len(v.Transforms) > 0 {
				line += fmt.Sprint(v.Transforms)
			}
		}
		lines = append(lines, line)
	}
	for _, o := range q.Others {
		if o.Negated {
			o.Text = "not " + o.Text
		}
		lines = append(lines, "? "+o.Text)
	}
	return strings.Join(lines, "\n")
}

func TestIndicators(t *testing.T) {
	for _, test := range []struct{ predicate, want string }{
		{`A == "x"`, `A eq: x[cased]`},
		{`"x" == A`, `A eq: x[cased]`},
		{`A =~ 'x'`, `A eq: x`},
		{`A != @"c:\x"`, `A not eq: c:\x[cased]`},
		{`A !~ "x"`, `A not eq: x`},
		{`N == 5 or N == 6`, `N eq: 5, 6`},
		{`N == -5`, `N eq: -5`},
		{`B == true`, `B eq: true`},
		{`B`, `B eq: true`},
		{`A == ""`, `A is_null`},
		{`A != ""`, `A not is_null`},
		{`isempty(A)`, `A is_null`},
		{`isnull(A) == false`, `A not is_null`},
		{`isnotempty(A) and isnotnull(N)`, "A not is_null\nN not is_null"},
		{`not(isempty(A))`, `A not is_null`},
		{`A in ("b", "a", "b")`, `A in: a[cased], b[cased]`},
		{`A in~ ("b", "a")`, `A in: a, b`},
		{`A !in ("a")`, `A not in: a[cased]`},
		{`N in (3, 1)`, `N in: 1, 3`},
		{`A in (dynamic(["x", "y"]))`, `A in: x[cased], y[cased]`},
		{`A has "x" or A has_cs "y"`, `A match: x, y[cased]`},
		{`A !has "x"`, `A not match: x`},
		{`A has_any ("x", "y")`, `A match: x, y`},
		{`A has_all ("x", "y")`, `A match_all: x, y`},
		{`not(A has_any ("x"))`, `A not match: x`},
		{`A contains "x"`, `A contains: x`},
		{`A !contains_cs "x"`, `A not contains: x[cased]`},
		{`A startswith "x" and A endswith_cs "y"`, "A ends_with: y[cased]\nA starts_with: x"},
		{`A hasprefix "x" or A hassuffix "y"`, "A term_prefix: x\nA term_suffix: y"},
		{`A matches regex "x+"`, `A regex: x+[cased]`},
		{`N > 5 and N <= 9`, "N gt: 5\nN le: 9"},
		{`5 < N`, `N gt: 5`},
		{`N between (1 .. 5)`, `N range: 1 .. 5`},
		{`N !between (1 .. 5)`, `N not range: 1 .. 5`},
		{`N between (1 .. toscalar(U | count))`, `N range: ref:1 .. toscalar(U | count)`},
		{`A !in (dynamic([]))`, `A not in`},
		{`ipv4_is_private(A)`, `A ip_private`},
		{`not(ipv4_is_private(A))`, `A not ip_private`},
		{`ipv4_is_in_range(A, "10.0.0.0/8")`, `A ip_range: 10.0.0.0/8`},
		{`ipv4_is_match(A, "10.0.0.1")`, `A ip_range: 10.0.0.1`},
		{`not(ipv4_is_match("10.0.0.0", A, 8) or ipv4_is_match(A, "192.168.0.0", 16))`, `A not ip_range: 10.0.0.0/8, 192.168.0.0/16`},
		{`ipv4_is_match("127.0.0.1", A) == false`, `A not ip_range: 127.0.0.1`},
		{`ipv4_is_match(A, C)`, `? ipv4_is_match(A, C)`},
		{`tobool(A.b)`, `A.b eq: true`},
		{`A == C`, `A eq_field: C`},
		{`N < M`, `N lt_field: M`},
		{`tolower(A) == "x"`, `A eq: x[cased lower]`},
		{`tostring(parse_json(A).b["c"][0].d) == "x"`, `A.b.c[0].d eq: x[cased]`},
		{`trim(" ", A) =~ "x"`, `A eq: x[trim]`},
		{`strlen(A) > 5`, `strlen(A) gt: 5`},
		{`A == strcat("x", "y")`, `A eq: xy[cased]`},
		{`N > 60 * 5`, `N gt: 300`},
		{`N > M * 3`, `? N > M * 3`},
		{`not(N > M * 3)`, `? not N > M * 3`},
		{`TimeGenerated > ago(1d) and A == "x"`, `A eq: x[cased]`},
		{`Expires > now()`, ``},
		{`not(A == "x" and not(B == "y"))`, "A not eq: x[cased]\nB eq: y[cased]"},
		{`A == "x" or (A == "y" and B == "z")`, "A eq: x[cased], y[cased]\nB eq: z[cased]"},
		{`A == 'tab\t\u0041'`, "A eq: tab\tA[cased]"},
		{`A in (SigninLogs)`, `A in: ref:SigninLogs[cased]`},
	} {
		if got := indicators(analyze(t, "T | where "+test.predicate)); got != test.want {
			t.Errorf("where %s\ngot  %s\nwant %s", test.predicate, got, test.want)
		}
	}
}

func TestIndicatorsOfQueries(t *testing.T) {
	for _, test := range []struct{ what, query, want string }{
		{"a let", "let a = 'x'; T | where A == a", "A eq: x[cased]"},
		{"a let of a let", "let a = 'x'; let b = a; T | where A == b", "A eq: x[cased]"},
		{"a list", "let list = dynamic(['x', 'y']); T | where A in~ (list)", "A in: x, y"},
		{"a list over several fields", "let list = dynamic(['x', 'y']); T | where A has_any (list) or B has_any (list) or C has_any (list)",
			"A match: x, y\nB match: x, y\nC match: x, y"},
		{"a computed let", "let a = strcat('x', 'y'); T | where A has a", "A match: xy"},
		{"a let of a table", "let list = U | where B == 'z' | project C; T | where A in (list)", "A in: ref:list[cased]\nB eq: z[cased]"},
		{"a let with a subquery", "let n = toscalar(U | where B == 'z' | count); T | where N > n", "B eq: z[cased]\nN gt: ref:n"},
		{"a column hides a let", "let A = 'x'; T | extend A = B | where A == 'y'", "A eq: y[cased]"},
		{"a template, filled in before the query runs", "let from = todatetime('{{Start}}'); T | where Seen > from and Last between (from .. from + 1d)",
			"Last range: ref:from .. from + 1d\nSeen gt: ref:from"},
		{"a let of the clock", "let from = ago(1d); T | where Seen > from", ""},
		{"fields as they are named at that point", "T | extend X = tolower(A) | where X == 'x' | project Z = X | where Z != 'y'", "X eq: x[cased]\nZ not eq: y[cased]"},
		{"no conditions of extend", "T | extend X = iff(A == 'x', 1, 2) | summarize countif(B == 'y')", ""},
		{"legs", "union (T | where A == 'x'), (U | where A == 'y') | join (V | where B == 'z') on A", "A eq: x[cased], y[cased]\nB eq: z[cased]"},
		{"functions", "let f = (n: string) { T | where A == n and B == 'y' }; f('x')", "A eq: ref:n[cased]\nB eq: y[cased]"},
		{"functions of tables", "let f = (t: (A: string)) { t | where A == 'x' }; T | invoke f()", "A eq: x[cased]"},
		{"mv-apply", "T | mv-apply x = Items on (where tostring(x.kind) == 'k')", "x.kind eq: k[cased]"},
		{"search", "search in (T) 'x' and A == 'y'", "* match: x\nA eq: y[cased]"},
		{"find", "find in (T, U) where A == 'y'", "A eq: y[cased]"},
		{"a filter by another name", "T | filter A == 'y'", "A eq: y[cased]"},
	} {
		if got := indicators(analyze(t, test.query)); got != test.want {
			t.Errorf("%s: %s\ngot  %s\nwant %s", test.what, test.query, got, test.want)
		}
	}
}

// stages writes the stages of a query, each as number kind, those of legs behind their label.
func stages(q *describe.Query) string {
	var list []string
	var add func(stages []describe.Stage)
	add = func(stages []describe.Stage) {
		for _, s := range stages {
			list = append(list, s.Number+" "+s.Kind)
			if s.Steps > 1 {
				list[len(list)-1] += fmt.Sprintf("*%d", s.Steps)
			}
			for _, leg := range s.Legs {
				list = append(list, "["+leg.Label)
				add(leg.Stages)
				list = append(list, "]")
			}
		}
	}
	for _, p := range q.Pipelines {
		if p.Name != "" {
			list = append(list, p.Name+":")
		}
		add(p.Stages)
	}
	return strings.Join(list, " ")
}

func TestStages(t *testing.T) {
	for _, test := range []struct{ query, want string }{
		{"T", "1 source"},
		{"T | where A == 1 | where B == 2", "1 source 2 where 3 where"},
		{"T | extend a = 1 | extend b = 2 | where A == 1 | extend c = 3", "1 source 2 extend*2 3 where 4 extend"},
		{"T | mvexpand A | order by A | limit 5 | filter B", "1 source 2 mv-expand 3 sort 4 take 5 where"},
		{"(T | where A == 1) | where B == 2", "1 source 2 where 3 where"},
		{"union (T | where A == 1), U, (V | take 1)", "1 union [leg 1 of union 1.1.1 source 1.1.2 where ] [leg 3 of union 1.3.1 source 1.3.2 take ]"},
		{"union (union (T | count), (U | take 1)), (V | join (W | count) on A)",
			"1 union [leg 1 of union 1.1.1 union [leg 1 of union 1.1.1.1.1 source 1.1.1.1.2 count ] [leg 2 of union 1.1.1.2.1 source 1.1.1.2.2 take ] ]" +
				" [leg 2 of union 1.2.1 source 1.2.2 join [join 1.2.2.1 source 1.2.2.2 count ] ]"},
		{"T | union (U | count)", "1 source 2 union [leg 1 of union 2.1.1 source 2.1.2 count ]"},
		{"T | join kind=inner (U | where A == 1) on A", "1 source 2 join [join 2.1 source 2.2 where ]"},
		{"T | lookup (U | project A) on A", "1 source 2 lookup [lookup 2.1 source 2.2 project ]"},
		{"T | mv-apply a = A on (take 1 | project a)", "1 source 2 mv-apply [mv-apply 2.1 take 2.2 project ]"},
		{"let u = U | where A == 1; T | join u on A", "u: u.1 source u.2 where 1 source 2 join"},
		{"let u = materialize(U | where A == 1); u", "u: u.1 source u.2 where 1 source"},
		{"let n = toscalar(U | count); T | where N > n", "n: n.1 source n.2 count 1 source 2 where"},
		{"let f = (x: long) { U | where N > x }; f(1)", "f: f.1 source f.2 where 1 source"},
		{"T | where A in ((U | project A))", "1 source 2 where [subquery 2.1 source 2.2 project ]"},
		{"print a = 1", "1 print"},
		{"range x from 1 to 3 step 1 | count", "1 range 2 count"},
		{"datatable (a: long) [1, 2] | count", "1 datatable 2 count"},
		{"search in (T) 'x' | take 1", "1 search 2 take"},
	} {
		if got := stages(analyze(t, test.query)); got != test.want {
			t.Errorf("%s\ngot  %s\nwant %s", test.query, got, test.want)
		}
	}
}

func TestGroupBy(t *testing.T) {
	for _, test := range []struct{ what, query, want string }{
		{"none", "T | summarize count() | distinct A", ""},
		{"columns, parts of time and named keys, whatever their case", "T | summarize count() by b, A, bin(TimeGenerated, 1h), C = tolower(D)", "A, b, C, TimeGenerated"},
		{"each once", "T | summarize n = count() by A, B | summarize sum(n) by A", "A, B"},
		{"legs of unions", "union (T | summarize count() by A), (U | summarize count() by B) | union (V | summarize count() by C)", "A, B, C"},
		{"what is joined and looked up", "T | join (U | summarize count() by A) on A | lookup (V | summarize count() by B) on B", "A, B"},
		{"lets and functions", "let u = U | summarize count() by A; let f = (n: long) { V | summarize count() by B }; u | union (f(1))", "A, B"},
		{"subqueries", "let n = toscalar(U | summarize c = count() by A | summarize max(c)); T | where B in ((V | summarize by C))", "A, C"},
		{"mv-apply and partition", "T | mv-apply x = Items on (summarize count() by K = tostring(x)) | partition by A (summarize count() by B)", "B, K"},
	} {
		if got := strings.Join(analyze(t, test.query).GroupBy, ", "); got != test.want {
			t.Errorf("%s: %s\ngot  %s\nwant %s", test.what, test.query, got, test.want)
		}
	}
}

func TestOutputsOfQueries(t *testing.T) {
	for _, test := range []struct{ query, want string }{
		{"AWSCloudTrail", ""},
		{"AWSCloudTrail | extend a = 1, b = 2 | extend a = 3", "a extend, b extend"},
		{"AWSCloudTrail | project EventName, x = 1", "EventName project, x project"},
		{"AWSCloudTrail | summarize count(), dcount(EventName), arg_max(TimeGenerated, UserAgent), make_set(AWSRegion) by EventSource, bin(TimeGenerated, 1h)",
			"count_ summarize, dcount_EventName summarize, TimeGenerated1 summarize, UserAgent summarize, set_AWSRegion summarize, EventSource summarize, TimeGenerated summarize"},
		{"AWSCloudTrail | summarize arg_max(TimeGenerated, *) by EventName", "TimeGenerated summarize, EventName summarize"},
		{"AWSCloudTrail | parse UserAgent with * 'a' x: long 'b' *", "x parse"},
		{"AWSCloudTrail | extend a = 1, b = 2 | project-away a | project-rename c = b", "c project-rename"},
		{"AWSCloudTrail | distinct EventName", "EventName distinct"},
		{"AWSCloudTrail | project EventName | join (AWSCloudTrail | project EventName, n = 1) on EventName", "EventName project, EventName1 join, n join"},
		{"union (AWSCloudTrail | extend a = 1), (AWSCloudTrail | extend b = 1)", "a union, b union"},
		{"AWSCloudTrail | count", "Count count"},
		{"print 1, x = 2", "print_0 print, x print"},
		{"AWSCloudTrail | evaluate pivot(EventName, count(), UserAgent, AWSRegion) | extend a = 1", "UserAgent evaluate, AWSRegion evaluate, a extend"},
		{"union (AWSCloudTrail | extend a = 1), (AWSCloudTrail | extend a = 'x' | evaluate bag_unpack(Resources))", "a_long union, a_string union"},
	} {
		rule := &rules.Rule{Query: test.query}
		page := describe.NewCorpus(rules.NewWorkspace()).Page(rule)
		var got []string
		for _, o := range page.Outputs {
			got = append(got, o.Name+" "+o.Made)
		}
		if len(page.Faults) > 0 || strings.Join(got, ", ") != test.want {
			t.Errorf("%s\ngot  %s\nwant %s\n%v", test.query, strings.Join(got, ", "), test.want, page.Faults)
		}
	}
}

// TestTablesThatCallsName describes functions that read the tables whose names they are given.
func TestTablesThatCallsName(t *testing.T) {
	for _, test := range []struct{ query, want string }{
		{"let f = (name: string) { table(name) | where A == 'x' }; union f('SigninLogs'), f('AuditLogs'), f('SigninLogs')", "[AuditLogs SigninLogs] []"},
		{"let f = (n: long, name: string = 'x') { table(name) | take n }; f(n = 1, name = 'SigninLogs')", "[SigninLogs] []"},
		{"let name = 'SigninLogs'; let f = (name: string) { table(name) }; f('AuditLogs') | union (table(name))", "[AuditLogs SigninLogs] []"},
		{"let f = (name: string) { table(name) }; f(strcat('Signin', 'Logs'))", "[] []"},
		{"materialize(SigninLogs) | where A in (toscalar(AuditLogs | count)) and g(A)", "[AuditLogs SigninLogs] [g]"},
	} {
		q := analyze(t, test.query)
		if got := fmt.Sprint(q.Tables, q.Calls); got != test.want {
			t.Errorf("%s\ngot  %s\nwant %s", test.query, got, test.want)
		}
	}
}

func TestActionsOfTablesThatCallsName(t *testing.T) {
	one := rule(t, "one", "| where EventName == 'CreateUser'")
	two := rule(t, "two", "| count;\nlet f = (name: string) { table(name) | where EventName == 'CreateUser' };\nf('AWSCloudTrail')")
	page := describe.NewCorpus(rules.NewWorkspace(), two).Page(one)
	if len(page.Related) != 1 {
		t.Errorf("related: %v", page.Related)
	}
}

func TestValuesThatAreNone(t *testing.T) {
	page := describe.NewCorpus(rules.NewWorkspace()).Page(rule(t, "rule", "| where AWSRegion !in (dynamic([])) and ipv4_is_private(SourceIpAddress) and isempty(ErrorCode)"))
	text := textOf(t, page)
	for _, want := range []string{"AWSRegion        not in\n  • (no value, empty list)", "SourceIpAddress  ip_private\n  • (no value)\n", "ErrorCode        is_null\n  • (no value, null check)"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page lacks %q:\n%s", want, text)
		}
	}
}

func TestTextOfStages(t *testing.T) {
	q := analyze(t, "T // the table\n| where A == 'x' // not 'y'   \n    and B == \"//\"   \n// a line\n| extend x = iff(A == 'a', case(B == 'b', 1, 2), 3)")
	var texts []string
	for _, s := range q.Pipelines[0].Stages {
		texts = append(texts, s.Text)
	}
	want := []string{"T", "| where A == 'x'\n    and B == \"//\"", "| extend x = iff(A == 'a', case(B == 'b', 1, 2), 3)"}
	if !slices.Equal(texts, want) {
		t.Errorf("got %q, want %q", texts, want)
	}
	c := q.Pipelines[0].Stages[2].Conditionals[0]
	if c.Column != "x" || c.Branches[0].Condition != "A == 'a'" || c.Branches[0].Then.Branches.Else.Text != "2" || c.Else.Text != "3" {
		t.Errorf("the conditional is %+v", c)
	}
}

func TestBannerOfAlertFeeds(t *testing.T) {
	for query, want := range map[string]bool{
		"SecurityAlert | where A == 'x'": true, "CognniIncidents_CL": true, "union SecurityAlert, AlertInfo": true, "AlertInfo | join SigninLogs on $left.A == $right.B": false,
		"AWSCloudTrail": false, "print 1": false, "SecurityAlert | where A in (_GetWatchlist('w') | project SearchKey)": true, "SecurityAlert | invoke f()": false,
	} {
		page := describe.NewCorpus(rules.NewWorkspace()).Page(&rules.Rule{Query: query})
		if has := page.Banner != ""; has != want {
			t.Errorf("%s: banner %q", query, page.Banner)
		}
		if strings.Contains(textOf(t, page), "Third-party alert feed") != want {
			t.Errorf("%s: the text has the banner: %v", query, !want)
		}
	}
}

func TestDescriptionsInQuotes(t *testing.T) {
	for text, want := range map[string]string{
		"'Finds  it.\n Don''t panic.'\n": "Finds it. Don't panic.", "It's 'it'": "It's 'it'", "'": "'", "''": "", "' a'": "a",
	} {
		if page := describe.NewCorpus(rules.NewWorkspace()).Page(&rules.Rule{Description: text}); page.Description != want {
			t.Errorf("%q is shown as %q, want %q", text, page.Description, want)
		}
	}
}

func TestPlacesInTheFile(t *testing.T) {
	page := describe.NewCorpus(rules.NewWorkspace()).Page(rule(t, "rule", "| where EventName == 'a'\n    and EventSource == 'b'"))
	where := page.Pipelines[0].Stages[1]
	term := where.Predicate.Terms[1]
	if where.Line != 5 || where.Column != 5 || term.Line != 6 || term.Column != 11 {
		t.Errorf("the stage is at %d:%d, its second term at %d:%d", where.Line, where.Column, term.Line, term.Column)
	}
}
