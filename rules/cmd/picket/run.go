package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"time"

	"github.com/seed-2512943d/picket/rules"
)

type runCommand struct {
	Rules []string `arg:"" optional:"" name:"rule" help:"Rule files (.yaml, .json), or directories of them; without any, a sample rule."`
	data
	Now    string `placeholder:"TIME" help:"The instant that the run is scheduled for, and now() in queries. Default: the full minute after the last event."`
	Window string `default:"rule" placeholder:"rule|none|DUR" help:"The time before it that queries see: each rule's own period, everything, or a duration such as 7d."`
	Jobs   int    `default:"0" placeholder:"N" help:"Rules to run at once. Default: one for each processor."`
	limits
	assumptions
	Format      string `enum:"text,json,jsonl" default:"text" help:"text; json: an object for each rule, and the sum; jsonl: the alerts, a SecurityAlert record a line."`
	Rows        bool   `help:"In text, print the rows of each rule's result too."`
	FailOnAlert bool   `help:"Exit with 1 if a rule raises an alert."`
}

// Help is printed below the flags.
func (runCommand) Help() string {
	return `Examples:
  picket run                                             a sample rule over sample events
  picket run rule.yaml --cloudtrail logs/                one rule, over the day before the last event
  picket run rules/ --cloudtrail logs/ --window none     many rules over everything there is
  picket run rules/ --data SigninLogs='logs/*.json.gz' --data AuditLogs=audit.csv
  picket run rule.yaml --data T_CL=t.jsonl --schemas tables/ --functions parsers/ --watchlist vips=vips.csv
  picket run rules/ --cloudtrail logs/ --format jsonl | picket query 'SecurityAlert | count' --data SecurityAlert=-

Exit codes: 0 all rules ran, 1 with --fail-on-alert an alert was raised, 2 a rule could not run or
the input is at fault, 3 internal error.`
}

// Run runs the rules.
func (c *runCommand) Run(ctx context.Context, io *streams) error {
	window, err := windowOf(c.Window)
	if err != nil {
		return err
	}
	options := rules.RunOptions{Window: window, Timeout: c.Timeout}
	if err := c.apply(&options, &options.Entities); err != nil {
		return err
	}
	r := io.readings()
	defer r.close()
	w, err := c.open(ctx, io, r)
	if err != nil {
		return err
	}
	chosen, unread, err := loadRules(c.Rules, io)
	if err != nil {
		return err
	}
	var at time.Time
	if !c.given() {
		if at, err = quickstart(ctx, w); err != nil {
			return err
		}
	}
	if at, err = c.instant(ctx, w, at); err != nil {
		return err
	}
	jobs := c.Jobs
	if jobs == 0 {
		jobs = runtime.GOMAXPROCS(0)
	}
	if err := c.bound(w, min(jobs, len(chosen))); err != nil {
		return err
	}
	ended := 0
	outcomes := rules.RunAll(ctx, w, chosen, at, options, jobs, func(rules.Outcome) {
		ended++
		r.say("%d of %d rules", ended, len(chosen))
	})
	r.close()
	outcomes = withUnread(outcomes, unread)
	report := &report{io: io, palette: io.palette(), rows: c.Rows}
	if err := report.write(c.Format, outcomes); err != nil {
		return err
	}
	if err := w.BrokenFunctions(); err != nil {
		io.warn("%v", err)
	}
	return c.verdict(outcomes)
}

// limits is the flag that bounds runs.
type limits struct {
	Timeout time.Duration `default:"10m" placeholder:"DUR" help:"The time after which a rule's query is given up, as the service does; 0 for none."`
}

// instant is --now, or else the sample's instant, or else the minute after the last event.
func (c *runCommand) instant(ctx context.Context, w *rules.Workspace, sample time.Time) (time.Time, error) {
	switch {
	case c.Now != "":
		return instant("--now", c.Now)
	case !sample.IsZero():
		return sample, nil
	}
	last, err := w.LastEvent(ctx)
	if err != nil {
		return time.Time{}, err
	}
	if last.IsZero() {
		return time.Now().UTC(), nil
	}
	return last.Truncate(time.Minute).Add(time.Minute), nil
}

// verdict gives the error that the exit code follows from.
func (c *runCommand) verdict(outcomes []rules.Outcome) error {
	failed, fired := 0, false
	for _, o := range outcomes {
		var internal *rules.InternalError
		if errors.As(o.Err, &internal) {
			return o.Err
		}
		if o.Err != nil {
			failed++
		}
		fired = fired || o.Result != nil && o.Result.Fired()
	}
	switch {
	case failed > 0:
		return fmt.Errorf("%d of %d rules could not run", failed, len(outcomes))
	case fired && c.FailOnAlert:
		return errFindings
	}
	return nil
}

// windowOf reads the value of --window.
func windowOf(text string) (func(rules.Schedule, time.Time) (rules.Window, bool), error) {
	switch text {
	case "rule":
		return rules.ScheduledWindow, nil
	case "none":
		return rules.NoWindow, nil
	}
	d, err := rules.ParseDuration(text)
	if err != nil {
		return nil, fmt.Errorf("--window: %w, or rule or none", err)
	}
	return rules.LastWindow(d), nil
}
