package rules

import (
	"context"
	"time"
)

// RunOptions alter how a rule is run. The zero value does what Sentinel does, as far as that is documented, and else what
// the package's documentation lists.
type RunOptions struct {
	// Window says which span of time a run looks at: ScheduledWindow, which is meant where it is nil, NoWindow, or LastWindow.
	Window func(s Schedule, at time.Time) (w Window, bounded bool)

	// WindowEndIncluded takes an event at the very end of the window into it.
	WindowEndIncluded bool

	// IngestionColumn is the key of a record that tells when it was ingested; _TimeReceived where it is empty. A run does not see what
	// is ingested after its execution. A record that does not tell was ingested at its TimeGenerated.
	IngestionColumn string

	// DelayedNow makes now() in queries the instant that the run is executed at, instead of the one that it is scheduled for.
	DelayedNow bool

	// SilentWithoutRows makes a run without rows raise no alert, though the trigger fires.
	SilentWithoutRows bool

	// DistinctRows makes equal rows of a result one alert of AlertPerResult.
	DistinctRows bool

	// SummaryAtLimit makes the last alert of AlertPerResult one about all rows as soon as there are as many rows as alerts may be, not
	// only where there are more.
	SummaryAtLimit bool

	// DetailRow chooses the row of n that gives the name, description, severity and tactics of an alert about several rows. Where it
	// is nil, that is the first.
	DetailRow func(n int) int

	// TimeColumns are columns of type datetime that give an alert's StartTime and EndTime where the result has no
	// TimeGenerated. Without them these are the ends of the window.
	TimeColumns []string

	// SortCustomDetails puts the values of a custom detail in the order of their text instead of that of the rows.
	SortCustomDetails bool

	// RepeatCustomDetails shows a value of a custom detail as often as rows give it.
	RepeatCustomDetails bool

	// TacticsSeparator parts the tactics in the column that alertTacticsColumnName names; a comma where it is empty.
	TacticsSeparator string

	// KeepLongTexts leaves names and descriptions over their limit as they are.
	KeepLongTexts bool

	// AnyPropertyValue takes values of alertDynamicProperties that have not the form of their property.
	AnyPropertyValue bool

	// Entities alter how entities are built.
	Entities EntityOptions

	// SuppressFromExecution counts the duration of a suppression from the execution of the run, five minutes after the instant that
	// it is scheduled for, instead of from that instant.
	SuppressFromExecution bool

	// Timeout ends a run whose query takes longer, with a *TimeoutError. Zero lets it take any time; the service gives up after 10 minutes
	// (Azure Monitor page "service-limits").
	Timeout time.Duration

	// WorkspaceID is the GUID that AlertType begins with and that TenantId holds.
	WorkspaceID string
}

func (o RunOptions) window(s Schedule, at time.Time) (Window, bool) {
	if o.Window == nil {
		return ScheduledWindow(s, at)
	}
	return o.Window(s, at)
}

// limit gives a context that ends with the timeout.
func (o RunOptions) limit(ctx context.Context) (context.Context, context.CancelFunc) {
	if o.Timeout <= 0 {
		return ctx, func() {}
	}
	return context.WithTimeoutCause(ctx, o.Timeout, &TimeoutError{o.Timeout})
}

// TimeoutError is the error of a run that took longer than RunOptions.Timeout.
type TimeoutError struct{ Limit time.Duration }

// Error tells the limit.
func (e *TimeoutError) Error() string { return "the query did not end within " + e.Limit.String() }

// now is the instant of now() in the rule's query.
func (o RunOptions) now(rule *Rule, at time.Time) time.Time {
	if o.DelayedNow {
		at = at.Add(rule.Delay())
	}
	return at.UTC()
}

// ScheduledWindow is the rule's period before the run. A rule without a period, as a hunting query is, looks at everything.
func ScheduledWindow(s Schedule, at time.Time) (w Window, bounded bool) {
	return s.Window(at), s.Period > 0
}

// NoWindow looks at everything.
func NoWindow(Schedule, time.Time) (w Window, bounded bool) { return Window{}, false }

// LastWindow looks at a span of that length before the run, whatever the rule says.
func LastWindow(d Duration) func(Schedule, time.Time) (Window, bool) {
	return func(_ Schedule, at time.Time) (Window, bool) {
		return Schedule{Period: d}.Window(at), true
	}
}
