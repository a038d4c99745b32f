package rules

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/eval/scalar"
)

// ingestionColumn is the column of Log Analytics that tells when a record was ingested.
const ingestionColumn = "_TimeReceived"

// visibility is which records a run sees.
type visibility struct {
	window     Window    // zero where nothing bounds the run
	end        time.Time // that of the window, and a tick more where the end is in it
	ingested   bool      // the window bounds the time of ingestion: a near-real-time rule
	arrivedBy  time.Time // what was ingested later is not seen; zero where nothing bounds the run
	timeColumn string    // the key that tells when a record was ingested
}

func (o RunOptions) visibility(rule *Rule, at time.Time) visibility {
	v := visibility{timeColumn: cmp.Or(o.IngestionColumn, ingestionColumn)}
	window, bounded := o.window(rule.Schedule(), at)
	if !bounded {
		return v
	}
	v.window, v.end = window, window.End
	if o.WindowEndIncluded {
		v.end = v.end.Add(100 * time.Nanosecond)
	}
	v.ingested, v.arrivedBy = rule.Kind == NRT, at.Add(rule.Delay())
	return v
}

// bound is what the query itself bounds its tables by.
func (v visibility) bound() eval.Window {
	if v.ingested {
		return eval.Window{}
	}
	return eval.Window{Start: v.window.Start, End: v.end}
}

// unbounded says that the run sees everything.
func (v visibility) unbounded() bool { return v.arrivedBy.IsZero() }

// shows says whether the run sees a record of that time of ingestion. The other bound of a scheduled rule is that of its query.
func (v visibility) shows(received time.Time) bool {
	if v.ingested {
		return !received.Before(v.window.Start) && received.Before(v.end)
	}
	return !received.After(v.arrivedBy)
}

// received tells when a record was ingested, where it says so.
func received(record, column string) (time.Time, bool) {
	if !strings.Contains(record, column) { // sparing most records a search through their keys
		return time.Time{}, false
	}
	return timeOf(record, column)
}

// timeOf reads a time out of a record.
func timeOf(record, column string) (time.Time, bool) {
	t, ok := scalar.ParseDateTime(gjson.Get(record, gjson.Escape(column)).String())
	if !ok {
		return time.Time{}, false
	}
	return t.Time(), true
}

// hasTime says whether a table's records have a TimeGenerated.
func hasTime(t *eval.Table) bool {
	return slices.Contains(t.Columns, eval.Column{Name: timeGenerated, Type: scalar.DateTime})
}

// seen says whether the run sees a record of a table that has a TimeGenerated.
func (v visibility) seen(record string) bool {
	at, told := received(record, v.timeColumn)
	if !told && !v.ingested {
		return true
	}
	if !told {
		at, told = timeOf(record, timeGenerated)
	}
	return told && v.shows(at)
}
