package rules

import (
	"errors"
	"fmt"
	"strings"

	"github.com/seed-2512943d/picket/kql"
)

// Outcome is how the run of one rule among many ended: with a result, or with an error.
type Outcome struct {
	Rule   *Rule
	Result *Result
	Err    error
}

// Status is in one word how a run ended.
type Status string

// How a run ends.
const (
	Fired     Status = "fired"      // it raised alerts
	FoundRows Status = "found rows" // of a hunting query, which raises none
	Silent    Status = "silent"
	Failed    Status = "could not run"
)

// Status is how the run ended.
func (o Outcome) Status() Status {
	switch {
	case o.Err != nil || o.Result == nil:
		return Failed
	case o.Result.Fired():
		return Fired
	case o.Rule.Kind == Hunting && len(o.Result.Rows) > 0:
		return FoundRows
	}
	return Silent
}

// Missing lists what the rule's query names and the workspace lacks: tables, functions and files for externaldata, because of which it could
// not run, and watchlists, which read as empty.
func (o Outcome) Missing() []kql.Missing {
	var faults *QueryError
	var address *NoExternalData
	switch {
	case errors.As(o.Err, &faults):
		return faults.Missing()
	case errors.As(o.Err, &address):
		return []kql.Missing{{Kind: kql.MissingExternalData, Name: address.Address}}
	case o.Result != nil:
		return o.Result.Missing
	}
	return nil
}

// Reason says why the run did not fire: what is missing or wrong with the query, which tables have no records, or how the rows compare with
// the trigger. It is empty where the run fired, or found nothing in records that are there.
func (o Outcome) Reason() string {
	var faults *QueryError
	var unread Diagnostic // about the rule's file
	missing := o.Missing()
	switch {
	case errors.As(o.Err, &faults) && len(missing) == 0:
		d := faults.Diagnostics()[0]
		text := fmt.Sprintf("line %d: %s", d.Line, d.Message)
		if more := len(faults.Faults) - 1; more > 0 {
			text += fmt.Sprintf(" (and %d more)", more)
		}
		return text
	case errors.As(o.Err, &unread):
		return fmt.Sprintf("line %d: %s", unread.Line, unread.Message)
	case o.Err != nil && len(missing) == 0:
		return o.Err.Error()
	}
	reasons := missingTexts(missing)
	if o.Status() == Silent {
		if tables := o.Result.NoRecords; len(tables) > 0 {
			reasons = append(reasons, "no records of "+strings.Join(tables, ", "))
		}
		if n := len(o.Result.Rows); n > 0 {
			reasons = append(reasons, fmt.Sprintf("the number of rows is not %s", o.Rule.trigger()))
		}
	}
	return strings.Join(reasons, "; ")
}

// missingTexts writes what is missing, each sort together: no table or function a, b → c.
func missingTexts(missing []kql.Missing) []string {
	var texts []string
	for _, kind := range []struct{ kind, title string }{
		{kql.MissingTable, "no table or function "}, {kql.MissingFunction, "no function "}, {kql.MissingWatchlist, "no watchlist "},
		{kql.MissingExternalData, "no file for externaldata "},
	} {
		var names []string
		for _, m := range missing {
			if m.Kind == kind.kind {
				names = append(names, m.String())
			}
		}
		if names != nil {
			texts = append(texts, kind.title+strings.Join(names, ", "))
		}
	}
	return texts
}
