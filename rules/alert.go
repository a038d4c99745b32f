package rules

import (
	"cmp"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"time"
)

// noWorkspace stands for a workspace that has no id.
const noWorkspace = "00000000-0000-0000-0000-000000000000"

// MaxDetailsSize is how many bytes an alert's name, description and custom details have together (Sentinel page
// "surface-custom-details-in-alerts").
const MaxDetailsSize = 64 * 1024

// Alert is an alert that a run of a rule raises. Its JSON is a record of the SecurityAlert table (Sentinel page
// "security-alert-schema"), so that alerts may be the input of further rules.
type Alert struct {
	ID            string // a GUID that follows from the rule's id, the instant of the run and the alert's place in it
	Rule          *Rule
	Name          string
	Description   string
	Severity      string
	Tactics       []string
	Techniques    []string
	Entities      Entities
	CustomDetails CustomDetailValues
	Properties    []Property // taken from columns by alertDynamicProperties
	TimeGenerated time.Time  // when the run is executed
	StartTime     time.Time  // of the first event; zero where that is not known
	EndTime       time.Time  // of the last event
	Rows          int        // of the result, that the alert is about
	run           runFacts
	event         string // the row of an AlertPerResult as JSON; empty for an alert about all rows
	workspace     string
}

// runFacts is what an alert tells of the run that raised it.
type runFacts struct {
	at     time.Time
	window Window
	rows   int
}

// Property is a property of an alert that alertDynamicProperties sets.
type Property struct{ Name, Value string }

// alert raises an alert about some of the rows.
func (r *Result) alert(rows []Row, options RunOptions) {
	rule := r.Rule
	var detail Row // an alert without rows has none
	if len(rows) > 0 {
		detail = rows[0]
		if options.DetailRow != nil {
			detail = rows[options.DetailRow(len(rows))]
		}
	}
	a := Alert{
		ID:            stableID("alert", cmp.Or(rule.ID, rule.Name), r.At.Format(time.RFC3339Nano), strconv.Itoa(len(r.Alerts))),
		Rule:          rule,
		Name:          rule.AlertName(detail),
		Description:   rule.AlertDescription(detail),
		Severity:      rule.AlertSeverity(detail),
		Tactics:       rule.AlertTactics(detail),
		Techniques:    rule.Techniques,
		CustomDetails: collectDetails(rule.CustomDetails, rows, options.RepeatCustomDetails),
		TimeGenerated: r.At.Add(rule.Delay()),
		Rows:          len(rows),
		run:           runFacts{r.At, r.Window, len(r.Rows)},
		workspace:     cmp.Or(options.WorkspaceID, noWorkspace),
	}
	if rule.EventGrouping == AlertPerResult && len(rows) == 1 {
		a.event = rows[0].(resultRow).json()
	}
	if text, ok := cellText(detail, rule.Override.TacticsColumn); ok && options.TacticsSeparator != "" {
		a.Tactics = rule.tacticsIn(text, options.TacticsSeparator)
	}
	if options.KeepLongTexts {
		a.Name, a.Description = renderOr(rule.Override.Name, detail, rule.Name), renderOr(rule.Override.Description, detail, rule.Description)
	}
	if options.SortCustomDetails {
		for _, d := range a.CustomDetails {
			slices.Sort(d.Values)
		}
	}
	var notes []EntityNote
	a.Entities, notes = rule.BuildEntities(rows, options.Entities)
	for _, note := range notes {
		r.warn(note.Code, "%s", note.Message)
	}
	for _, p := range rule.Override.Properties {
		if text, ok := cellText(detail, p.Column); ok {
			a.setProperty(p.Property, text, options.AnyPropertyValue)
		}
	}
	if dropped := a.fitDetails(); dropped > 0 {
		r.warn("DETAIL-SIZE", "the details of an alert have at most %d bytes: %d values of custom details are dropped", MaxDetailsSize, dropped)
	}
	a.StartTime, a.EndTime = r.span(rows, options)
	r.ambiguous(a, rows)
	r.Alerts = append(r.Alerts, a)
}

// setProperty takes a value that has the form which the property needs; another leaves the property as the rule has it.
func (a *Alert) setProperty(name, value string, anyForm bool) {
	var ids []string
	switch {
	case name == "Techniques" && json.Unmarshal([]byte(value), &ids) == nil:
		a.Techniques = ids
	case anyForm || fitsProperty(name, value):
		a.Properties = append(a.Properties, Property{name, value})
	}
}

// fitsProperty says whether a value has the form of a property.
func fitsProperty(name, value string) bool {
	switch name {
	case "ConfidenceScore":
		score, err := strconv.ParseFloat(value, 64)
		return err == nil && score >= 0 && score <= 1
	case "AlertLink":
		link, err := url.Parse(value)
		return err == nil && link.IsAbs()
	case "Techniques", "SubTechniques", "ExtendedLinks", "RemediationSteps":
		var list []any
		return json.Unmarshal([]byte(value), &list) == nil
	}
	return true
}

// fitDetails drops values of custom details, from the last, until the alert's details are within their limit. It returns how many.
func (a *Alert) fitDetails() (dropped int) {
	size := len(a.Name) + len(a.Description) + len(jsonText(a.CustomDetails))
	for i := len(a.CustomDetails) - 1; i >= 0; i-- {
		values := &a.CustomDetails[i].Values
		for ; size > MaxDetailsSize && len(*values) > 0; dropped++ {
			last := len(*values) - 1
			size -= len(jsonText((*values)[last])) + len(",")
			*values = (*values)[:last]
		}
	}
	return dropped
}

// span is the time of the first and the last of the rows.
func (r *Result) span(rows []Row, options RunOptions) (start, end time.Time) {
	for _, column := range append([]string{timeGenerated}, options.TimeColumns...) {
		for _, row := range rows {
			at, ok := row.(resultRow).instant(column)
			if !ok {
				continue
			}
			if start.IsZero() || at.Before(start) {
				start = at
			}
			if at.After(end) {
				end = at
			}
		}
		if column == timeGenerated && !start.IsZero() {
			break
		}
	}
	if start.IsZero() {
		return r.Window.Start, r.Window.End
	}
	return start, end
}

// ambiguous warns where another row would have given the alert another name or description. Rows are in no order
// unless the query sorts them.
func (r *Result) ambiguous(a Alert, rows []Row) {
	for _, row := range rows {
		if a.Rule.AlertName(row) != a.Name || a.Rule.AlertDescription(row) != a.Description {
			r.warn("DETAIL-AMBIGUOUS", "the alert's name and description come from one of %d rows, and others would give different ones", len(rows))
			return
		}
	}
}
