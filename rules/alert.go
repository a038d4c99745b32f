package rules

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"
)

// noWorkspace stands for a workspace that has no id.
const noWorkspace = "00000000-0000-0000-0000-000000000000"

// productName is what raises the alerts of rules.
const productName = "Azure Sentinel"

// queryTime is how extended properties write times.
const queryTime = "2006-01-02 15:04:05Z"

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
	result        *Result
	workspace     string
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
		CustomDetails: BuildCustomDetails(rule.CustomDetails, rows),
		TimeGenerated: r.At.Add(rule.Delay()),
		Rows:          len(rows),
		result:        r,
		workspace:     cmp.Or(options.WorkspaceID, noWorkspace),
	}
	if options.SortCustomDetails {
		for _, d := range a.CustomDetails {
			slices.Sort(d.Values)
		}
	}
	var notes []EntityNote
	a.Entities, notes = rule.BuildEntities(rows)
	for _, note := range notes {
		r.warn(note.Code, "%s", note.Message)
	}
	for _, p := range rule.Override.Properties {
		if text, ok := cellText(detail, p.Column); ok {
			a.setProperty(p.Property, text)
		}
	}
	a.StartTime, a.EndTime = r.span(rows, options)
	r.ambiguous(a, rows)
	r.Alerts = append(r.Alerts, a)
}

// setProperty takes a value that has the form which the property needs; another leaves the property as the rule has it.
func (a *Alert) setProperty(name, value string) {
	switch name {
	case "ConfidenceScore":
		if score, err := strconv.ParseFloat(value, 64); err != nil || score < 0 || score > 1 {
			return
		}
	case "Techniques", "SubTechniques":
		var ids []string
		if json.Unmarshal([]byte(value), &ids) != nil {
			return
		}
		if name == "Techniques" {
			a.Techniques = ids
			return
		}
	case "ExtendedLinks", "RemediationSteps":
		var list []any
		if json.Unmarshal([]byte(value), &list) != nil {
			return
		}
	}
	a.Properties = append(a.Properties, Property{name, value})
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

// MarshalJSON writes the record of the SecurityAlert table.
func (a Alert) MarshalJSON() ([]byte, error) {
	extended, err := a.extendedProperties()
	if err != nil {
		return nil, err
	}
	techniques, subTechniques := splitTechniques(a.Techniques)
	kind := "Scheduled Alerts"
	provider := "ASI Scheduled Alerts"
	if a.Rule.Kind == NRT {
		kind, provider = "NRT Alerts", "ASI NRT Alerts"
	}
	fields := []jsonField{
		{"TenantId", a.workspace},
		{"TimeGenerated", a.TimeGenerated},
		{"DisplayName", a.Name},
		{"AlertName", a.Name},
		{"AlertSeverity", a.Severity},
		{"Description", a.Description},
		{"ProviderName", provider},
		{"VendorName", "Microsoft"},
		{"VendorOriginalId", a.ID},
		{"SystemAlertId", a.ID},
		{"AlertType", a.workspace + "_" + a.Rule.ID},
		{"ConfidenceLevel", ""},
		{"IsIncident", false},
		{"StartTime", optionalTime(a.StartTime)},
		{"EndTime", optionalTime(a.EndTime)},
		{"ProcessingEndTime", a.TimeGenerated},
		{"ExtendedProperties", extended},
		{"Entities", a.Entities.JSON()},
		{"SourceSystem", "Detection"},
		{"ProductName", productName},
		{"ProductComponentName", kind},
		{"Status", "New"},
		{"Tactics", strings.Join(a.Tactics, ", ")},
		{"Techniques", jsonText(techniques)},
		{"SubTechniques", jsonText(subTechniques)},
		{"Type", "SecurityAlert"},
	}
	for _, p := range a.Properties {
		i := slices.IndexFunc(fields, func(f jsonField) bool { return f.name == p.Name })
		if i < 0 {
			fields = append(fields, jsonField{p.Name, p.Value})
		} else {
			fields[i].value = p.Value
		}
	}
	return marshalFields(fields)
}

// extendedProperties is the JSON text of the column of that name.
func (a Alert) extendedProperties() (string, error) {
	r, rule := a.result, a.Rule
	fields := []jsonField{
		{"Query Period", rule.Schedule().Period.DotNet()},
		{"Trigger Operator", rule.trigger().Operator.Long()},
		{"Trigger Threshold", strconv.Itoa(rule.trigger().Threshold)},
		{"Correlation Id", stableID("run", cmp.Or(rule.ID, rule.Name), r.At.Format(time.RFC3339Nano))},
		{"Search Query Results Overall Count", strconv.Itoa(len(r.Rows))},
		{"Data Sources", "[]"},
		{"Query", rule.Query},
	}
	if rule.EventGrouping == AlertPerResult {
		fields = append(fields, jsonField{"OriginalQuery", rule.Query})
	}
	if r.Window != (Window{}) {
		fields = append(fields, jsonField{"Query Start Time UTC", r.Window.Start.Format(queryTime)}, jsonField{"Query End Time UTC", r.Window.End.Format(queryTime)})
	}
	fields = append(fields,
		jsonField{"Analytic Rule Ids", jsonText([]string{rule.ID})},
		jsonField{"Event Grouping", string(rule.EventGrouping)},
		jsonField{"Analytic Rule Name", rule.Name},
		jsonField{"ProcessedBySentinel", "True"},
		jsonField{"Alert generation status", "Full alert created"},
	)
	if len(a.CustomDetails) > 0 {
		fields = append(fields, jsonField{"Custom Details", jsonText(a.CustomDetails)})
	}
	text, err := marshalFields(fields)
	return string(text), err
}

// splitTechniques parts sub-techniques (T1078.004) from techniques, which they imply.
func splitTechniques(ids []string) (techniques, subTechniques []string) {
	techniques, subTechniques = []string{}, []string{}
	for _, id := range ids {
		technique, _, isSub := strings.Cut(id, ".")
		if isSub {
			subTechniques = append(subTechniques, id)
		}
		if !slices.Contains(techniques, technique) {
			techniques = append(techniques, technique)
		}
	}
	return techniques, subTechniques
}

// jsonText is the JSON of a value that can always be written.
func jsonText(value any) string {
	text, err := marshalPlain(value)
	if err != nil {
		panic("rules: no JSON of lists of strings: " + err.Error())
	}
	return string(text)
}

// optionalTime is null for a time that is not known.
func optionalTime(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t
}
