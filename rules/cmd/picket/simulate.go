package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"
	"time"

	"github.com/seed-2512943d/picket/rules"
	"github.com/seed-2512943d/picket/rules/timeline"
)

type simulateCommand struct {
	Rules []string `arg:"" optional:"" name:"rule" help:"Rule files, or directories of them; without any, a sample rule."`
	data
	From       string `placeholder:"TIME" help:"The instant of the first runs. Default: the start of the day of the first event."`
	To         string `placeholder:"TIME" help:"The instant of the last runs. Default: the end of the day of the last event."`
	Window     string `default:"rule" placeholder:"rule|none|DUR" help:"The time before each run that queries see: each rule's own period, everything, or a duration such as 7d."`
	CloseAfter string `placeholder:"DUR" help:"Close each incident that long after it was created or reopened, as an analyst does. Default: never."`
	Jobs       int    `default:"0" placeholder:"N" help:"Rules to run at once. Default: one for each processor."`
	limits
	assumptions
	Format string `enum:"text,json,html" default:"text" help:"text; json: all runs, alerts and incidents; html: a page with a timeline."`
}

// Help is printed below the flags.
func (simulateCommand) Help() string {
	return `Each rule runs first at --from, then by its queryFrequency. Alerts go into SecurityAlert and incidents into
SecurityIncident, where later runs find them.

Examples:
  picket simulate                                             a sample rule over sample events
  picket simulate rules/ --cloudtrail logs/                   all runs over the days of the logs
  picket simulate rules/ --cloudtrail logs/ --format html > timeline.html
  picket simulate rules/ --data SigninLogs=logs/ --from 2026-03-01 --to 2026-03-08T12:00Z --format json

Exit codes: 0 all rules ran, 2 a rule could not run or the input is at fault, 3 internal error.`
}

// Run simulates the rules.
func (c *simulateCommand) Run(ctx context.Context, io *streams) error {
	window, err := windowOf(c.Window)
	if err != nil {
		return err
	}
	options := rules.SimulateOptions{Run: rules.RunOptions{Window: window, Timeout: c.Timeout}, Jobs: c.Jobs}
	if err := c.apply(&options.Run, &options.Run.Entities, &options.Incidents); err != nil {
		return err
	}
	if c.CloseAfter != "" {
		if options.Incidents.CloseAfter, err = rules.ParseDuration(c.CloseAfter); err != nil {
			return fmt.Errorf("--close-after: %w", err)
		}
	}
	r := io.readings()
	defer r.close()
	w, err := c.open(ctx, io, r)
	if err != nil {
		return err
	}
	if !c.given() {
		if _, err := quickstart(ctx, w); err != nil {
			return err
		}
	}
	chosen, unread, err := loadRules(c.Rules, io)
	if err != nil {
		return err
	}
	from, to, err := c.span(ctx, w)
	if err != nil {
		return err
	}
	if err := c.bound(w, min(cmp.Or(c.Jobs, runtime.GOMAXPROCS(0)), len(chosen))); err != nil {
		return err
	}
	options.Progress = func(at time.Time, alerts int) { r.say("%s: %s", at.Format("2006-01-02 15:04"), count(alerts, "alert")) }
	s, err := rules.Simulate(ctx, w, chosen, from, to, options)
	if err != nil {
		return err
	}
	r.close()
	if err := c.write(io, s); err != nil {
		return err
	}
	if err := w.BrokenFunctions(); err != nil {
		io.warn("%v", err)
	}
	return simulationVerdict(s, len(unread) > 0)
}

// span is --from and --to, or else the days of the events.
func (c *simulateCommand) span(ctx context.Context, w *rules.Workspace) (from, to time.Time, err error) {
	if c.From != "" {
		if from, err = instant("--from", c.From); err != nil {
			return from, to, err
		}
	}
	if c.To != "" {
		if to, err = instant("--to", c.To); err != nil {
			return from, to, err
		}
	}
	if c.From != "" && c.To != "" {
		return from, to, nil
	}
	first, last, err := w.Span(ctx)
	if err != nil {
		return from, to, err
	}
	if first.IsZero() {
		return from, to, errors.New("there are no events whose days could be simulated; give --from and --to")
	}
	const day = 24 * time.Hour
	if c.From == "" {
		from = first.Truncate(day)
	}
	if c.To == "" {
		to = last.Truncate(day).Add(day)
	}
	return from, to, nil
}

func (c *simulateCommand) write(io *streams, s *rules.Simulation) error {
	var bad badRecords
	bad.add(s.BadRecords, s.Bad)
	bad.print(io)
	switch c.Format {
	case "json":
		encoder := newEncoder(io.out)
		encoder.SetIndent("", "  ")
		return encoder.Encode(s)
	case "html":
		return timeline.Write(io.out, s)
	}
	(&simulationReport{io: io, palette: io.palette(), simulation: s}).write()
	return nil
}

// simulationVerdict gives the error that the exit code follows from.
func simulationVerdict(s *rules.Simulation, unreadable bool) error {
	failed := 0
	for _, r := range s.Rules {
		var internal *rules.InternalError
		if errors.As(r.Err, &internal) {
			return r.Err
		}
		if r.Err != nil {
			failed++
		}
	}
	switch {
	case failed > 0:
		return fmt.Errorf("%d of %d rules could not run", failed, len(s.Rules))
	case unreadable:
		return errors.New("not all rules could be read")
	}
	return nil
}
