package rules

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"
)

// Delays between the instant a run is scheduled for and the instant it is executed, after which nothing that arrives
// is seen (Sentinel pages "scheduled-rules-overview" and "near-real-time-rules").
const (
	ScheduledDelay = 5 * time.Minute
	NRTDelay       = 2 * time.Minute
)

// Schedule says how often a scheduled rule runs and how far back each run looks.
type Schedule struct {
	Frequency Duration // queryFrequency
	Period    Duration // queryPeriod
}

// nrtSchedule is that of every near-real-time rule: each minute, the minute before.
var nrtSchedule = Schedule{Frequency: Duration(time.Minute), Period: Duration(time.Minute)}

// Window is a span of time; Start is in it and End is not, so that no event falls into two adjacent windows.
type Window struct{ Start, End time.Time }

// Contains says whether t falls into the window.
func (w Window) Contains(t time.Time) bool { return !t.Before(w.Start) && t.Before(w.End) }

// Window is the span that the run scheduled for the instant at looks at: the period before it.
func (s Schedule) Window(at time.Time) Window {
	return Window{Start: at.Add(-time.Duration(s.Period)), End: at}
}

// Runs yields the instants of the runs in the span from ≤ at ≤ to. The first is at from; a rule without a frequency
// never runs.
func (s Schedule) Runs(from, to time.Time) iter.Seq[time.Time] {
	return func(yield func(time.Time) bool) {
		for at := from; s.Frequency > 0 && !at.After(to); at = at.Add(time.Duration(s.Frequency)) {
			if !yield(at) {
				return
			}
		}
	}
}

// Schedule is when the rule runs: what its file says for a scheduled rule, every minute for a near-real-time one, and
// zero for a hunting query, which runs when asked.
func (r *Rule) Schedule() Schedule {
	switch r.Kind {
	case NRT:
		return nrtSchedule
	case Scheduled:
		return Schedule{Frequency: r.Frequency, Period: r.Period}
	}
	return Schedule{}
}

// Delay is the time between the instant a run is scheduled for and its execution.
func (r *Rule) Delay() time.Duration {
	switch r.Kind {
	case NRT:
		return NRTDelay
	case Scheduled:
		return ScheduledDelay
	}
	return 0
}

// Operator compares the number of rows that a run gives with the threshold of a trigger.
type Operator string

// The operators of triggers, as rule files write them.
const (
	GreaterThan Operator = "gt"
	LessThan    Operator = "lt"
	Equal       Operator = "eq"
	NotEqual    Operator = "ne"
)

var operatorNames = []struct {
	operator Operator
	long     string
}{{GreaterThan, "GreaterThan"}, {LessThan, "LessThan"}, {Equal, "Equal"}, {NotEqual, "NotEqual"}}

// ParseOperator reads an operator, short (gt) or long (GreaterThan), in any case.
func ParseOperator(text string) (Operator, error) {
	for _, o := range operatorNames {
		if strings.EqualFold(text, string(o.operator)) || strings.EqualFold(text, o.long) {
			return o.operator, nil
		}
	}
	return "", fmt.Errorf("%q is no trigger operator; write gt, lt, eq or ne", text)
}

// Long is the operator's name in ARM templates and alerts (GreaterThan).
func (o Operator) Long() string {
	i := slices.IndexFunc(operatorNames, func(n struct {
		operator Operator
		long     string
	}) bool {
		return n.operator == o
	})
	if i < 0 {
		return string(o)
	}
	return operatorNames[i].long
}

// Trigger decides from the number of rows of a run whether it raises alerts.
type Trigger struct {
	Operator  Operator
	Threshold int
}

// Fires says whether a run of that many rows raises alerts. A trigger without an operator, as near-real-time rules
// have, fires on any row.
func (t Trigger) Fires(rows int) bool {
	switch t.Operator {
	case LessThan:
		return rows < t.Threshold
	case Equal:
		return rows == t.Threshold
	case NotEqual:
		return rows != t.Threshold
	}
	return rows > t.Threshold
}

// String writes the trigger as rule files do: gt 0.
func (t Trigger) String() string { return fmt.Sprintf("%s %d", t.Operator, t.Threshold) }
