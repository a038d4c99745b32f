package ruletest

import (
	"cmp"
	"context"
	"regexp"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/tidwall/gjson"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/rules"
)

// Options say which tests run, and how.
type Options struct {
	Run      *regexp.Regexp // of the names of tests; all where it is nil
	Tags     []string       // tests that have one of these; all where there are none
	Jobs     int            // how many tests run at once; one for each processor where it is 0
	FailFast bool           // no further test begins once one has failed
	Explain  bool           // say of tests that fail why the rule gave what it gave
	Listing  Listing        // of what differs
}

// Status is how a test ended.
type Status string

// How tests end.
const (
	Passed  Status = "passed"
	Failed  Status = "failed"
	Skipped Status = "skipped" // the file says so, or an earlier test failed and Options.FailFast is set
	Todo    Status = "todo"    // it fails, as it is expected to
)

// Result is how one test ended for one rule.
type Result struct {
	Suite      *Suite
	Test       *Test
	Rule       *rules.Rule
	Status     Status
	Reason     string     // why it was skipped
	Mismatches []Mismatch // why it failed
	Why        string     // what the stages of the query did, where it failed and Options.Explain is set
	Alerts     int
	Rows       int
	Duration   time.Duration
}

// Selects says whether a test is one of those to run.
func (o Options) Selects(t *Test) bool {
	if o.Run != nil && !o.Run.MatchString(t.Name) {
		return false
	}
	return len(o.Tags) == 0 || slices.ContainsFunc(t.Tags, func(tag string) bool { return slices.Contains(o.Tags, tag) })
}

// job is a test to run for a rule.
type job struct {
	suite *Suite
	test  *Test
	rule  *rules.Rule
}

func (o Options) jobs(suites []*Suite) []job {
	var jobs []job
	for _, s := range suites {
		for _, rule := range s.Rules {
			for _, t := range s.Tests {
				if o.Selects(t) {
					jobs = append(jobs, job{s, t, rule})
				}
			}
		}
	}
	return jobs
}

// RunAll runs the tests of suites. The results come in the order of the files. The error is that of ctx, or an *rules.InternalError.
func RunAll(ctx context.Context, suites []*Suite, options Options) ([]Result, error) {
	jobs := options.jobs(suites)
	results := make([]Result, len(jobs))
	var mu sync.Mutex
	failed := false
	var fault error
	parallel(options.Jobs, len(jobs), func(i int) {
		j := jobs[i]
		mu.Lock()
		stop := failed && options.FailFast || fault != nil || ctx.Err() != nil
		mu.Unlock()
		if stop {
			results[i] = Result{Suite: j.suite, Test: j.test, Rule: j.rule, Status: Skipped, Reason: "an earlier test failed"}
			return
		}
		err := rules.Guard(func() error {
			results[i] = j.run(ctx, options)
			return nil
		})
		mu.Lock()
		fault, failed = cmp.Or(fault, err), failed || results[i].Status == Failed
		mu.Unlock()
	})
	return results, cmp.Or(fault, context.Cause(ctx))
}

// parallel calls do for each number below n, several at once.
func parallel(jobs, n int, do func(i int)) {
	if jobs <= 0 {
		jobs = runtime.GOMAXPROCS(0)
	}
	var workers sync.WaitGroup
	next := make(chan int)
	for range min(jobs, n) {
		workers.Go(func() {
			for i := range next {
				do(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	workers.Wait()
}

// run runs the test.
func (j job) run(ctx context.Context, options Options) Result {
	r := Result{Suite: j.suite, Test: j.test, Rule: j.rule, Status: Skipped, Reason: j.test.Skip}
	if j.test.Skip != "" {
		return r
	}
	start := time.Now()
	o := j.outcome(ctx, j.suite.subjects[j.rule].plain, nil)
	r.Status = Passed
	r.Mismatches = j.mismatches(o, options.Listing)
	r.Alerts, r.Rows = len(o.alerts), len(o.rows)
	r.Duration = time.Since(start)
	switch {
	case j.test.Todo && len(r.Mismatches) == 0:
		r.Status, r.Mismatches = Failed, []Mismatch{{j.test.Line, "the test is marked todo and passes: take the mark away", ""}}
	case j.test.Todo:
		r.Status, r.Reason, r.Mismatches = Todo, r.Mismatches[0].Message, nil
	case len(r.Mismatches) > 0:
		r.Status = Failed
		if options.Explain && o.err == nil {
			r.Why = j.explain(ctx, o)
		}
	}
	return r
}

// mismatches compares an outcome with the test, its snapshot too.
func (j job) mismatches(o *outcome, listing Listing) []Mismatch {
	found := compare(j.test.expect, o, listing)
	if j.test.expect.snapshot.node != nil && o.err == nil {
		found = append(found, j.compareSnapshot(o)...)
	}
	return found
}

// start is the instant that durations in the test's input count from.
func (s *Suite) start(t *Test) time.Time {
	switch {
	case !t.now.IsZero():
		return t.now
	case t.clock != nil:
		return t.clock.start
	case t.runs != nil:
		return t.runs[0]
	}
	return s.file.defaults.now
}

// instants are those that the rule runs for.
func (j job) instants() []time.Time {
	switch {
	case j.test.clock != nil:
		at := slices.Collect(j.rule.Schedule().Runs(j.test.clock.start, j.test.clock.end))
		if n := len(at); n > 0 && at[n-1].Equal(j.test.clock.end) {
			at = at[:n-1]
		}
		return at
	case j.test.runs != nil:
		return j.test.runs
	}
	return []time.Time{j.suite.start(j.test)}
}

func (j job) runOptions() rules.RunOptions {
	var o rules.RunOptions
	switch text := cmp.Or(j.test.window.text, j.suite.file.defaults.window.text, "rule"); text {
	case "rule":
	case "none":
		o.Window = rules.NoWindow
	default:
		d, _ := parseDuration(text) // it was checked when the file was read
		o.Window = rules.LastWindow(rules.Duration(d))
	}
	o.DelayedNow = cmp.Or(j.test.queryNow, j.suite.file.defaults.queryNow) == "delayed"
	return o
}

// outcome runs the rule as the test says. Alerts of a run are in SecurityAlert for those after it.
func (j job) outcome(ctx context.Context, compile func() (*rules.Compiled, error), observer eval.Observer) *outcome {
	o := &outcome{rule: j.rule}
	compiled, err := compile()
	if err != nil {
		o.err = err
		return o
	}
	if observer != nil {
		compiled = compiled.Observe(observer)
	}
	input := j.suite.prepared[j.test]
	tables, options := input.tables, j.runOptions()
	incidents := rules.NewIncidents(rules.IncidentOptions{}, nil)
	var suppressed time.Time
	for _, at := range j.instants() {
		if at.Before(suppressed) {
			continue
		}
		result, err := compiled.Run(ctx, tables, at, options)
		if err == nil && result.Bad > 0 {
			err = result.BadRecords[0]
		}
		if err != nil {
			o.err = err
			return o
		}
		o.columns = result.Columns
		o.rows, o.alerts = append(o.rows, result.Rows...), append(o.alerts, result.Alerts...)
		o.runs = append(o.runs, runOutcome{result.At, result.Window, result.Columns, result.Rows, result.Alerts})
		for _, a := range result.Alerts {
			incidents.Add(a)
		}
		if result.Fired() {
			suppressed = j.rule.SuppressedUntil(at, options)
			if compiled.Reads("SecurityAlert") {
				tables = j.withAlerts(tables, o.alerts)
			}
		}
	}
	o.incidents = len(incidents.All())
	if j.test.clock != nil || j.test.runs != nil {
		j.countSeen(compiled, o)
	}
	return o
}

// withAlerts is tables with alerts in SecurityAlert, behind the rows that the test puts there.
func (j job) withAlerts(tables eval.TableMap, alerts []rules.Alert) eval.TableMap {
	records := slices.Clone(j.suite.prepared[j.test].events["SecurityAlert"])
	for _, a := range alerts {
		text, err := a.MarshalJSON()
		if err != nil {
			panic("ruletest: an alert without JSON: " + err.Error())
		}
		records = append(records, text)
	}
	with := eval.TableMap{}
	for name, t := range tables {
		with[name] = t
	}
	columns, open, _ := j.suite.builder.workspace.TableSchema("SecurityAlert")
	with["SecurityAlert"] = eval.RecordTable("SecurityAlert", columns, records...)
	with["SecurityAlert"].Open = open
	return with
}

// countSeen finds the events that no run saw, and those that several saw.
func (j job) countSeen(compiled *rules.Compiled, o *outcome) {
	input := j.suite.prepared[j.test]
	for _, table := range keysOf(input.events) {
		if !compiled.Reads(table) || table == "SecurityAlert" {
			continue
		}
		for _, record := range input.events[table] {
			seen := 0
			for _, run := range o.runs {
				if run.sees(j.rule, record) {
					seen++
				}
			}
			switch {
			case seen == 0:
				o.missed = append(o.missed, string(record))
			case seen > 1:
				o.repeated = append(o.repeated, string(record))
			}
		}
	}
}

// sees says whether an event is in the run's window and was there when the run was executed.
func (r runOutcome) sees(rule *rules.Rule, record []byte) bool {
	generated, ok := parseInstant(gjson.GetBytes(record, timeGenerated).String())
	if !ok || r.window == (rules.Window{}) {
		return true
	}
	received, ok := parseInstant(gjson.GetBytes(record, timeReceived).String())
	if !ok {
		received = generated
	}
	if rule.Kind == rules.NRT {
		return r.window.Contains(received)
	}
	return r.window.Contains(generated) && !received.After(r.at.Add(rule.Delay()))
}
