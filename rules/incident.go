package rules

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"time"
)

// MaxIncidentAlerts is how many alerts an incident holds; a further one opens a new incident with the same details
// (Sentinel page "sentinel-service-limits").
const MaxIncidentAlerts = 150

// IncidentStatus is where an incident stands.
type IncidentStatus string

// Where incidents stand. One that an alert reopens is Active.
const (
	IncidentNew    IncidentStatus = "New"
	IncidentActive IncidentStatus = "Active"
	IncidentClosed IncidentStatus = "Closed"
)

// Incident is what analysts work on: one or more alerts of a rule. Its JSON is a record of the SecurityIncident table, which in
// Sentinel gets such a record whenever an incident changes.
type Incident struct {
	ID          string // a GUID that follows from the id of its first alert
	Number      int    // from 1, in the order of creation
	Rule        *Rule
	Title       string
	Description string
	Severity    string
	Status      IncidentStatus
	Tactics     []string // of all alerts, each once
	Techniques  []string
	Entities    Entities // of all alerts, each once
	Alerts      []Alert
	Created     time.Time // when the first alert was raised
	Modified    time.Time
	Closed      time.Time // zero unless Status is IncidentClosed
	key         string    // what alerts share that may join
	workspace   string
}

// newIncident opens an incident for an alert.
func newIncident(number int, key string, a Alert) *Incident {
	return &Incident{
		ID:          stableID("incident", a.ID),
		Number:      number,
		Rule:        a.Rule,
		Title:       a.Name,
		Description: a.Description,
		Severity:    a.Severity,
		Status:      IncidentNew,
		Created:     a.TimeGenerated,
		key:         key,
		workspace:   a.workspace,
	}
}

// add takes an alert into the incident.
func (i *Incident) add(a Alert, highest bool) {
	i.Alerts = append(i.Alerts, a)
	i.Modified = a.TimeGenerated
	if i.Status == IncidentClosed {
		i.Status, i.Closed = IncidentActive, time.Time{}
	}
	if highest && slices.Index(severities, a.Severity) > slices.Index(severities, i.Severity) {
		i.Severity = a.Severity
	}
	i.Tactics = appendNew(i.Tactics, a.Tactics)
	i.Techniques = appendNew(i.Techniques, a.Techniques)
	for _, entity := range a.Entities {
		key := entityKey(entity)
		if !slices.ContainsFunc(i.Entities, func(e Entity) bool { return entityKey(e) == key }) {
			i.Entities = append(i.Entities, entity)
		}
	}
}

// appendNew appends the names that the list lacks.
func appendNew(list, names []string) []string {
	for _, name := range names {
		if !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	return list
}

// Activity is the time of the first and the last event of the incident's alerts.
func (i *Incident) Activity() (first, last time.Time) {
	for _, a := range i.Alerts {
		if first.IsZero() || !a.StartTime.IsZero() && a.StartTime.Before(first) {
			first = a.StartTime
		}
		if a.EndTime.After(last) {
			last = a.EndTime
		}
	}
	return first, last
}

// MarshalJSON writes the record of the SecurityIncident table as the incident stands now.
func (i *Incident) MarshalJSON() ([]byte, error) {
	ids := make([]string, len(i.Alerts))
	for n, a := range i.Alerts {
		ids[n] = a.ID
	}
	classification := ""
	if i.Status == IncidentClosed {
		classification = "Undetermined"
	}
	first, last := i.Activity()
	techniques, subTechniques := splitTechniques(i.Techniques)
	additional, err := marshalFields([]jsonField{
		{"alertsCount", len(i.Alerts)},
		{"bookmarksCount", 0},
		{"commentsCount", 0},
		{"alertProductNames", []string{productName}},
		{"tactics", append([]string{}, i.Tactics...)},
		{"techniques", techniques},
		{"subTechniques", subTechniques},
	})
	if err != nil {
		return nil, err
	}
	return marshalFields([]jsonField{
		{"TenantId", i.workspace},
		{"TimeGenerated", i.Modified},
		{"IncidentName", i.ID},
		{"Title", i.Title},
		{"Description", i.Description},
		{"Severity", i.Severity},
		{"Status", i.Status},
		{"Classification", classification},
		{"ClassificationComment", ""},
		{"ClassificationReason", ""},
		{"Owner", json.RawMessage(`{"objectId":null,"email":null,"assignedTo":null,"userPrincipalName":null}`)},
		{"ProviderName", productName},
		{"ProviderIncidentId", strconv.Itoa(i.Number)},
		{"FirstActivityTime", optionalTime(first)},
		{"LastActivityTime", optionalTime(last)},
		{"FirstModifiedTime", i.Created},
		{"LastModifiedTime", i.Modified},
		{"CreatedTime", i.Created},
		{"ClosedTime", optionalTime(i.Closed)},
		{"IncidentNumber", i.Number},
		{"RelatedAnalyticRuleIds", []string{cmp.Or(i.Rule.ID, i.Rule.Name)}},
		{"AlertIds", ids},
		{"BookmarkIds", []string{}},
		{"Comments", []string{}},
		{"Tasks", []string{}},
		{"Labels", []string{}},
		{"IncidentUrl", ""},
		{"AdditionalData", json.RawMessage(additional)},
		{"ModifiedBy", "Incident created from alert"},
		{"SourceSystem", "Azure"},
		{"Type", "SecurityIncident"},
	})
}
